import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioError, Engine } from '../../src/index.js';
import { coded, openOnDevice, playTone } from '../support/devices.js';
import { removeFolder, runProgram, shortFolder, until } from '../support/processes.js';

// No server, no card: every backend but null has nothing to offer.
const folder = shortFolder('mn');
const nothing: Record<string, string> = {
  PULSE_SERVER: `unix:${folder}/none`,
  XDG_RUNTIME_DIR: folder,
  PULSE_RUNTIME_PATH: folder,
  JACK_NO_START_SERVER: '1',
  JACK_DEFAULT_SERVER: 'none',
};
const before: Record<string, string | undefined> = {};

beforeAll(() => {
  for (const [name, value] of Object.entries(nothing)) {
    before[name] = process.env[name];
    process.env[name] = value;
  }
});

afterAll(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  removeFolder(folder);
});

it('the default device is refused with a code and a sentence, and is no silent null device', async () => {
  const engine = new Engine();
  const warnings: AudioError[] = [];
  engine.on('warning', (warning) => warnings.push(warning));
  await expect(engine.ready).rejects.toEqual(coded('ERR_NO_DEVICE'));
  expect(engine.device).toBe(null);
  expect(engine.state).not.toBe('running');
  engine.dispose();
  expect(warnings.every((warning) => warning instanceof AudioError)).toBe(true);
});

it.each(['pulseaudio', 'alsa', 'jack'] as const)('%s, named, does not fall back', async (backend) => {
  const engine = new Engine({ device: { backend } });
  engine.on('warning', () => {});
  await expect(engine.ready).rejects.toEqual(coded('ERR_NO_DEVICE'));
  engine.dispose();
});

it.each(['wasapi', 'coreaudio', 'dsound', 'winmm', 'webaudio'] as const)(
  '%s, which is not of this system, is refused with a code',
  async (backend) => {
    const failure = await (async () => {
      const engine = new Engine({ device: { backend } });
      engine.on('warning', () => {});
      await engine.ready.finally(() => engine.dispose());
    })().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AudioError);
    expect(['ERR_NO_DEVICE', 'ERR_UNSUPPORTED_HOST']).toContain((failure as AudioError).code);
  },
);

it('the list of devices is empty or has only what can be opened, and nothing is written to the terminal', async () => {
  const result = await runProgram(
    "import { Engine } from 'miniaudio-engine'; console.log(JSON.stringify(await Engine.devices()));",
    { env: nothing },
  );
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(result.stdout)).toBeInstanceOf(Array);
});

it('the null backend runs in real time when it is named', async () => {
  const engine = await openOnDevice({ backend: 'null' });
  expect(engine.device).toMatchObject({ backend: 'null' });
  const sound = playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  expect(sound.playing).toBe(true);
  const started = performance.now();
  const from = engine.timeFrames;
  await until('half a second of sound', () => (engine.timeFrames - from) / 48000 > 0.5);
  // A busy machine may be late, but nothing plays ahead of its time.
  expect((engine.timeFrames - from) / 48000).toBeLessThan((performance.now() - started) / 1000 + 0.25);
});

it('WebAssembly has no devices and says so', async () => {
  const failure = await (async () => {
    const engine = new Engine({ host: 'wasm', device: true });
    engine.on('warning', () => {});
    await engine.ready.finally(() => engine.dispose());
  })().catch((error: unknown) => error);
  expect(failure).toEqual(coded('ERR_UNSUPPORTED_HOST'));
});

it('a device that cannot be moved to leaves the engine where it was', async () => {
  const engine = await openOnDevice({ backend: 'null' });
  const sound = playTone(engine);
  await expect(engine.useDevice({ backend: 'pulseaudio' })).rejects.toEqual(coded('ERR_NO_DEVICE'));
  const from = engine.timeFrames;
  await until('the clock', () => engine.timeFrames > from);
  expect([engine.state, engine.device?.backend, sound.playing]).toEqual(['running', 'null', true]);
});

it('an engine without its device may try again, and may move to one that is there', async () => {
  const engine = new Engine();
  engine.on('warning', () => {});
  await expect(engine.ready).rejects.toEqual(coded('ERR_NO_DEVICE'));
  await expect(engine.start()).rejects.toEqual(coded('ERR_NO_DEVICE'));
  await engine.useDevice({ backend: 'null' });
  expect([engine.state, engine.device?.backend]).toEqual(['running', 'null']);
  engine.dispose();
});

it('starts and stops that overlap end as the last one asks', async () => {
  const engine = await openOnDevice({ backend: 'null' });
  await Promise.all([engine.start(), engine.stop(), engine.start(), engine.start()]);
  expect(engine.state).toBe('running');
  await Promise.all([engine.stop(), engine.start(), engine.stop()]);
  expect(engine.state).toBe('stopped');
  engine.dispose();
  await expect(engine.start()).rejects.toEqual(coded('ERR_DISPOSED'));
});

it('failed attempts leave no file descriptors behind', async () => {
  const { readdirSync } = await import('node:fs');
  const attempt = async () => {
    const engine = new Engine();
    engine.on('warning', () => {});
    await engine.ready.catch(() => {});
    engine.dispose();
  };
  await attempt();
  const descriptors = readdirSync('/proc/self/fd').length;
  for (let round = 0; round < 10; round++) await attempt();
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(descriptors + 1);
});
