import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioSynth, Oscillator } from '../../src/index.js';
import { blockThread, expectUnbrokenTone, openOnDevice } from '../support/devices.js';
import { delay } from '../support/processes.js';
import { PulseServer } from '../support/servers/pulse.js';

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start(['ci']);
});

afterAll(() => server.close());

it('an attached synth plays on a device without a gap, also while the program is blocked for a second', async () => {
  const recorder = await server.record('ci');
  const engine = await openOnDevice({ periodFrames: 2400 });
  const synth = new AudioSynth({ channels: 1 });
  synth.add(Oscillator.sine(440), { gain: 0.5 });
  // Long chunks: what is rendered ahead outlasts a stall of the machine.
  const attachment = synth.attachTo(engine, { chunkSeconds: 0.2 });
  expect(await attachment.ready).toBe(true);
  await delay(300);
  blockThread(1000);
  await delay(1200);
  blockThread(1000);
  await delay(300);
  expect(attachment.underruns).toBe(0);
  engine.dispose();
  expectUnbrokenTone(await recorder.finish(), 3);
});
