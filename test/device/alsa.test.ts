import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from '../../src/index.js';
import { AlsaFifo } from '../support/alsa.js';
import { blockThread, expectUnbrokenTone, openOnDevice, playTone } from '../support/devices.js';
import { delay } from '../support/processes.js';

let fifo: AlsaFifo;

beforeEach(async () => {
  fifo = new AlsaFifo();
  await fifo.start();
});

afterEach(() => fifo.close());

it('is listed', async () => {
  const devices = (await Engine.devices()).filter((device) => device.backend === 'alsa');
  expect(devices.length).toBeGreaterThan(0);
  expect(devices.filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

it('plays a tone without a gap', async () => {
  const engine = await openOnDevice({ backend: 'alsa', periodFrames: 2400 });
  expect(engine.device).toMatchObject({ backend: 'alsa' });
  playTone(engine);
  await delay(2500);
  engine.dispose();
  const take = await fifo.finish();
  expectUnbrokenTone(take.samples, 2);
}, 20000);

it('goes on while JavaScript is blocked for three seconds: no gap, and nothing came late', async () => {
  const engine = await openOnDevice({ backend: 'alsa', periodFrames: 2400 });
  playTone(engine);
  await delay(300);
  blockThread(3000);
  const take = await fifo.finish();
  // What was buffered in the device and the FIFO before is silence.
  expectUnbrokenTone(take.samples, 2.7);
  expect(take.starvedFrames).toBe(0);
}, 20000);

it('hears 10,000 sounds a second come and go beside a tone that stays unbroken', async () => {
  const engine = await openOnDevice({ backend: 'alsa', periodFrames: 2400 });
  const { AudioBuffer } = await import('../../src/index.js');
  const silence = new AudioBuffer(new Float32Array(240), { sampleRate: 48000, channels: 1 });
  playTone(engine);
  const started = performance.now();
  let made = 0;
  while (performance.now() - started < 2500) {
    const due = Math.floor((performance.now() - started) * 10) - made;
    for (let index = 0; index < due; index++) engine.play(silence);
    made += due;
    await delay(2);
  }
  expect(made).toBeGreaterThan(20000);
  const take = await fifo.finish();
  expectUnbrokenTone(take.samples, 2);
}, 20000);
