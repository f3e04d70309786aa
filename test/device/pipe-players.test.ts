import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { prepareRuntimes, runtimes } from '../../scripts/test/runtimes.mjs';
import type { Engine } from '../../src/index.js';
import { expectUnbrokenTone, longestUnbroken, openOnDevice, playTone } from '../support/devices.js';
import { delay, removeFolder, repository, run, shortFolder } from '../support/processes.js';
import { AlsaFifo } from '../support/servers/alsa.js';
import { PipeWireServer } from '../support/servers/pipewire.js';
import { PulseServer } from '../support/servers/pulse.js';

/** Plays a tone for three seconds through a player program, and lets the program play out what it has. */
async function playThrough(id: string): Promise<Engine> {
  const engine = await openOnDevice({ backend: 'pipe', id }, { host: 'wasm' });
  expect(engine.device).toMatchObject({ id, name: id, backend: 'pipe' });
  playTone(engine);
  await delay(3000);
  engine.dispose();
  return engine;
}

/** Most of the tone is unbroken in one piece. */
function expectTone(take: Float32Array): void {
  expectUnbrokenTone(longestUnbroken(take, 48000, 440), 0.8);
}

it('pw-cat is heard through PipeWire', async () => {
  const server = await PipeWireServer.start();
  onTestFinished(() => server.close());
  const finish = await server.record();
  await playThrough('pw-cat');
  await delay(500);
  expectTone(await finish());
});

it('pacat is heard through PulseAudio', async () => {
  const server = await PulseServer.start();
  onTestFinished(() => server.close());
  const recorder = await server.record();
  await playThrough('pacat');
  await delay(500);
  expectTone(await recorder.finish());
});

it.each(['aplay', 'ffplay', 'play'])('%s is heard through ALSA', async (id) => {
  const variables = { AUDIODRIVER: 'alsa', AUDIODEV: 'default', SDL_AUDIODRIVER: 'alsa' };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  const fifo = new AlsaFifo();
  onTestFinished(async () => {
    await fifo.close();
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  await fifo.start();
  await playThrough(id);
  await delay(500);
  expectUnbrokenTone((await fifo.finish()).samples, 2);
});

it.each(Object.keys(runtimes))('the backend is heard from a program on %s', async (name) => {
  const server = await PulseServer.start();
  const folder = shortFolder('mr');
  onTestFinished(async () => {
    removeFolder(folder);
    await server.close();
  });
  const recorder = await server.record();
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `import { AudioClip, AudioPlayer, makeBackend } from ${JSON.stringify(join(repository, 'dist/index.js'))};
    const backend = await makeBackend({ name: 'pipe' });
    const options = { seconds: 2, amplitude: 0.5, sampleRate: 48000, fadeSeconds: 0.005 };
    const player = new AudioPlayer(backend, { stream: AudioClip.tone(440, options) });
    player.play();
    console.log(backend.engine.host, await player.finished);
    backend.shutdown();`,
  );
  const [command, ...words] = prepareRuntimes()[name] as [string, ...string[]];
  expect(run('timeout', '30', command, ...words, program).toString()).toBe('wasm ended\n');
  // The program is over, and the player plays out what it has.
  await delay(1000);
  const take = await recorder.finish();
  expectTone(take);
  expect(take.filter((sample) => sample !== 0).length / 48000).toBeGreaterThan(1.9);
});
