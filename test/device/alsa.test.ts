import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from '../../src/index.js';
import { blockThread, expectUnbrokenTone, openOnDevice, playTone } from '../support/devices.js';
import { delay } from '../support/processes.js';
import { AlsaFifo } from '../support/servers/alsa.js';

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
});

it('goes on while JavaScript is blocked for three seconds: no gap, and no sound that waits for it', async () => {
  const engine = await openOnDevice({ backend: 'alsa', periodFrames: 2400 });
  playTone(engine);
  await delay(300);
  blockThread(3000);
  const take = await fifo.finish();
  // What was buffered in the device and the FIFO before is silence.
  expectUnbrokenTone(take.samples, 2.7);
  // A busy machine is late now and then; what waits for JavaScript is three seconds late.
  expect(take.starvedFrames).toBeLessThan(48_000);
});

it('hears 10,000 sounds a second come and go beside a tone that stays unbroken', async () => {
  const engine = await openOnDevice({ backend: 'alsa', periodFrames: 2400 });
  const { AudioBuffer } = await import('../../src/index.js');
  const silence = new AudioBuffer(new Float32Array(240), { sampleRate: 48000, channels: 1 });
  playTone(engine);
  // Ten for each millisecond of the engine's own time. What this thread is too late for is not made up for: the engine
  // has room for so many at once, and a sound that is over makes room only when a device has played it.
  let [made, before] = [0, engine.timeFrames];
  while (made < 25_000) {
    const now = engine.timeFrames;
    const due = Math.min(Math.floor((now - before) / 4.8), 600);
    for (let index = 0; index < due; index++) engine.play(silence);
    made += due;
    before = now;
    await delay(2);
  }
  const take = await fifo.finish();
  expectUnbrokenTone(take.samples, 2);
});
