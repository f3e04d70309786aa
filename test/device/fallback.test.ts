import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendNames, Engine, EngineBackend, makeBackend, registerBackend } from '../../src/index.js';
import { removeFolder, runProgram, shortFolder } from '../support/processes.js';
import { PulseServer } from '../support/servers/pulse.js';

let server: PulseServer;
const folder = shortFolder('mf');

beforeAll(async () => {
  server = await PulseServer.start();
});

afterAll(async () => {
  await server.close();
  removeFolder(folder);
});

const damaged = join(folder, 'damaged.node');
const older = join(folder, 'older.cjs');
writeFileSync(damaged, 'not an addon');
// What an addon built before this library would say.
writeFileSync(older, 'exports.versions = () => ({ wire: 0, miniaudio: "0.0.0" });');

/** A folder of programs without one that can play. */
const bare = join(folder, 'bin');
mkdirSync(bare);
for (const name of ['node', 'mkfifo', 'sh'])
  symlinkSync(name === 'node' ? process.execPath : `/usr/bin/${name}`, join(bare, name));

const program = `
  import { makeBackend } from 'miniaudio-engine';
  const options = JSON.parse(process.env.OPTIONS ?? '{}');
  try {
    const backend = await makeBackend(options);
    console.log('made', backend.name, backend.engine.host, backend.engine.device?.backend);
    const again = await makeBackend(options);
    console.log('again', again.name);
    backend.shutdown();
    again.shutdown();
  } catch (error) {
    console.log('failed', error.name, error.code);
    console.log(error.message);
  }`;

/** Runs the program in a world; gives its lines, and the warnings of the process. */
async function inWorld(
  env: Record<string, string>,
  options: object = {},
): Promise<{ lines: string[]; warnings: string }> {
  const result = await runProgram(program, { env: { ...env, OPTIONS: JSON.stringify(options) } });
  expect({ code: result.code, signal: result.signal }, result.stderr).toEqual({ code: 0, signal: null });
  return { lines: result.stdout.trim().split('\n'), warnings: result.stderr };
}

const count = (text: string, part: string): number => text.split(part).length - 1;
const noServer = { PULSE_SERVER: 'unix:/nowhere/at/all', ALSA_CONFIG_PATH: '/dev/null' };

describe('makeBackend', () => {
  it('gives the native one where there is an addon and a device, without a word', async () => {
    const { lines, warnings } = await inWorld({});
    expect(lines).toEqual(['made native native pulseaudio', 'again native']);
    expect(warnings).toBe('');
  });

  it.each([
    ['missing', '/nowhere/addon.node', 'there is no such file'],
    ['damaged', damaged, 'file too short|invalid ELF|not an addon|ELF'],
    ['of another version', older, 'older than the TypeScript library'],
  ])(
    'with an addon that is %s: pipes into a player, and warns once with the reason and the remedy',
    async (_name, addon, reason) => {
      const { lines, warnings } = await inWorld({ MINIAUDIO_ENGINE_ADDON: addon });
      expect(lines).toEqual(['made pipe wasm pipe', 'again pipe']);
      expect(count(warnings, '[ERR_BACKEND_FALLBACK]')).toBe(1);
      expect(warnings).toMatch(new RegExp(reason));
      expect(warnings).toContain(
        "The audio backend 'native' does not work here (ERR_UNAVAILABLE), so the backend 'pipe' is used instead.",
      );
      expect(warnings).toContain('npx miniaudio-engine build');
    },
  );

  it('with no addon and no player program: keeps time in silence, and says so for each step', async () => {
    const { lines, warnings } = await inWorld({ MINIAUDIO_ENGINE_ADDON: '/nowhere/addon.node', PATH: bare });
    expect(lines).toEqual(['made null wasm null', 'again null']);
    expect(count(warnings, '[ERR_BACKEND_FALLBACK]')).toBe(2);
    expect(warnings).toContain(
      "The audio backend 'pipe' does not work here (ERR_NO_DEVICE), " +
        'so nothing will be heard: the backend only keeps time.',
    );
    expect(warnings).toContain('pacat: not installed');
    expect(warnings).toContain('install one of the programs');
  });

  it('with an addon but no device anywhere: null, on the native engine', async () => {
    const { lines, warnings } = await inWorld(noServer);
    expect(lines).toEqual(['made null native null', 'again null']);
    expect(count(warnings, '[ERR_BACKEND_FALLBACK]')).toBe(2);
    expect(warnings).toMatch(/'native' does not work here \(ERR_(NO_)?DEVICE\)/);
  });

  it('a fallback that is forbidden throws with all reasons', async () => {
    for (const [env, options] of [
      [{ MINIAUDIO_ENGINE_FALLBACK: '0' }, {}],
      [{}, { fallback: false }],
    ] as const) {
      const { lines, warnings } = await inWorld({ MINIAUDIO_ENGINE_ADDON: '/nowhere/addon.node', ...env }, options);
      expect(lines[0]).toBe('failed AudioBackendUnavailable ERR_BACKEND_UNAVAILABLE');
      expect(lines.join('\n')).toContain('/nowhere/addon.node: there is no such file');
      expect(warnings).toBe('');
    }
  });

  it('a name never falls back', async () => {
    const { lines } = await inWorld({ MINIAUDIO_ENGINE_ADDON: '/nowhere/addon.node' }, { name: 'native' });
    expect(lines[0]).toBe('failed AudioBackendUnavailable ERR_BACKEND_UNAVAILABLE');
    const pipe = await inWorld({}, { name: 'pipe' });
    expect(pipe.lines[0]).toBe('made pipe wasm pipe');
    const silent = await inWorld({}, { name: 'null' });
    expect(silent.lines[0]).toBe('made null native null');
    expect(silent.warnings).toBe('');
  });

  it('refuses wrong options, and what is for browsers', async () => {
    await expect(makeBackend({ name: 'nothing' })).rejects.toThrowError("one of 'native', 'pipe', 'null'");
    await expect(makeBackend({ fallback: 1 as never })).rejects.toThrowError(TypeError);
    await expect(makeBackend({ engine: { sampleRate: 1 } })).rejects.toThrowError(RangeError);
    expect(backendNames()).toEqual(['native', 'pipe', 'null']);
  });

  it('gives a registered backend by its name', async () => {
    const remove = registerBackend(
      'mine',
      ({ busLayout }) =>
        new EngineBackend(new Engine({ device: false }), { name: 'mine', ...(busLayout ? { busLayout } : {}) }),
    );
    const backend = await makeBackend({ name: 'mine' });
    expect(backend.name).toBe('mine');
    backend.shutdown();
    remove();
    await expect(makeBackend({ name: 'mine' })).rejects.toThrowError(RangeError);
    registerBackend('failing', () => {
      throw new Error('out of order');
    });
    await expect(makeBackend({ name: 'failing' })).rejects.toMatchObject({
      code: 'ERR_BACKEND_UNAVAILABLE',
      reasons: [{ name: 'failing', code: 'ERR_INTERNAL', message: 'out of order' }],
    });
  });

  it('becomes native after a build without a restart', async () => {
    const built = join(folder, 'late.node');
    const late = `
      import { cpSync, existsSync } from 'node:fs';
      import { makeBackend, refresh, isAvailable } from 'miniaudio-engine';
      const before = await makeBackend();
      console.log(before.name, isAvailable());
      before.shutdown();
      cpSync(process.env.REAL_ADDON, process.env.MINIAUDIO_ENGINE_ADDON);
      console.log(refresh());
      const after = await makeBackend();
      console.log(after.name);
      after.shutdown();`;
    const real = join(
      new URL('../..', import.meta.url).pathname,
      'build',
      'addon',
      `${process.platform}-${process.arch}`,
      'miniaudio_engine.node',
    );
    const result = await runProgram(late, { env: { MINIAUDIO_ENGINE_ADDON: built, REAL_ADDON: real } });
    expect(result.stdout).toBe('pipe false\ntrue\nnative\n');
  });
});
