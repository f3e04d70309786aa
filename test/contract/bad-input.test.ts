import { afterAll, beforeAll, expect, it } from 'vitest';
import * as surfaceModule from '../../src/index.js';
import { forEachHost } from '../support/hosts.js';
import { badValues, shownAs } from '../support/surface/bad-values.js';
import type { Row } from '../support/surface/rows.js';
import { openSurface, type Surface } from '../support/surface/surface.js';
import { surfaceRows, withoutParameters } from '../support/surface/table.js';

/** Hands a value over and gives what was thrown, or what a promise was rejected with. */
async function refusalOf(row: Row, surface: Surface, value: unknown): Promise<unknown> {
  try {
    const result = row.call(surface, value);
    if (result instanceof Promise) await result;
    return undefined;
  } catch (error) {
    return error;
  }
}

function text(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `an object of ${Object.getPrototypeOf(value)?.constructor?.name}`
    : String(value).slice(0, 40);
}

forEachHost('bad input', (host) => {
  let attacked: Surface;
  let untouched: Surface;

  beforeAll(() => {
    attacked = openSurface(host);
    untouched = openSurface(host);
  });

  afterAll(() => {
    attacked.dispose();
    untouched.dispose();
  });

  const rows = surfaceRows.map((row): [string, string, Row] => [row.member, row.parameter, row]);

  it.each(rows)('of %s for %s is refused in words, and nothing has changed', async (member, parameter, row) => {
    const values = badValues(row.expects(attacked), row.optional ?? false);
    expect(values.length).toBeGreaterThan(5);
    for (const { value, refusal } of values) {
      const error = await refusalOf(row, attacked, value);
      const where = `${member}(${parameter}: ${text(value)})`;
      expect(error, `${where} was taken`).toBeInstanceOf(Error);
      const { name, message, code } = error as Error & { code?: string };
      if (refusal.startsWith('ERR_')) {
        expect({ name, code }, `${where}: ${message}`).toEqual({ name: 'AudioError', code: refusal });
      } else {
        expect({ name, code }, `${where}: ${message}`).toEqual({
          name: refusal,
          code: refusal === 'RangeError' ? 'ERR_OUT_OF_RANGE' : 'ERR_INVALID_ARG_TYPE',
        });
        expect(message, where).toMatch(/^Expected .+ for .+ but received .+/);
        expect(message, where).toContain(parameter);
        const shown = shownAs(value);
        if (shown !== undefined) expect(message, where).toContain(shown);
      }
    }
    const expected = untouched.engine.readPcmFrames(257);
    const got = attacked.engine.readPcmFrames(257);
    expect(expected.some((sample) => sample !== 0)).toBe(true);
    expect(Buffer.compare(Buffer.from(got.buffer), Buffer.from(expected.buffer))).toBe(0);
    expect([
      attacked.sound.cursorFrames,
      attacked.sound.playing,
      attacked.engine.stats.sounds,
      attacked.engine.stats.activeVoices,
    ]).toEqual([
      untouched.sound.cursorFrames,
      untouched.sound.playing,
      untouched.engine.stats.sounds,
      untouched.engine.stats.activeVoices,
    ]);
    expect([
      attacked.sound.volume,
      attacked.sound.pan,
      attacked.sound.pitch,
      attacked.group.volume,
      attacked.engine.volume,
    ]).toEqual([1, 0, 1.1, 1, 1]);
  });
});

/** A class and those it extends. */
function lineOf(type: unknown): (typeof Object)[] {
  return typeof type === 'function' && type.prototype !== undefined
    ? [type as typeof Object, ...lineOf(Object.getPrototypeOf(type))]
    : [];
}

it('the table has every function, constructor, setter and method there is', () => {
  const covered = new Set(surfaceRows.map(({ member }) => member));
  const missing: string[] = [];
  const abstractOrErrors = new Set([
    'AudioError',
    'MiniaudioEngineUnavailable',
    'AudioBackendUnavailable',
    'UnknownBusError',
  ]);
  const functionsWithoutParameters = new Set(['isAvailable', 'refresh', 'hostInfo', 'backendNames', 'effectTypes']);
  for (const [name, exported] of Object.entries(surfaceModule)) {
    if (typeof exported !== 'function' || abstractOrErrors.has(name) || functionsWithoutParameters.has(name)) continue;
    const line = lineOf(exported);
    const members = Object.assign(
      {},
      ...line.map((type) => Object.getOwnPropertyDescriptors(type.prototype)).reverse(),
    );
    if (!/^class\b/.test(Function.prototype.toString.call(exported))) {
      if (!covered.has(name)) missing.push(name);
      continue;
    }
    const statics = Object.entries(Object.getOwnPropertyDescriptors(exported)).filter(
      ([, { value }]) => typeof value === 'function',
    );
    for (const [member, descriptor] of [...Object.entries<PropertyDescriptor>(members), ...statics]) {
      if (member === 'constructor' || withoutParameters.includes(member)) continue;
      const takes = descriptor.set !== undefined || typeof descriptor.value === 'function';
      // What is inherited may stand under the class that declares it.
      if (takes && !line.some((type) => covered.has(`${type.name}.${member}`))) missing.push(`${name}.${member}`);
    }
  }
  expect(
    missing.filter((member) => !['Engine.devices', 'Engine.start', 'AudioPlaylist.load'].includes(member)),
  ).toEqual([]);
});
