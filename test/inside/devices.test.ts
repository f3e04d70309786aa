import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { openCore } from '../../src/process/process-host.js';
import type { CoreOptions } from '../../src/wire/core.js';
import { hangMs } from '../support/processes.js';

const options: CoreOptions = { sampleRate: 48000, channels: 2, smoothingFrames: 480, maxVoices: 16 };
const built = new URL('../../dist/process/process-host.js', import.meta.url).href;

describe('a device (the null backend)', () => {
  it('renders beside JavaScript until it is stopped, and again', async () => {
    const core = openCore('native', options);
    expect(await core.openDevice({ backend: 'null', id: 'null', periodFrames: 480 })).toMatchObject({
      backend: 'null',
      id: 'null',
      sampleRate: 48000,
      channels: 2,
    });
    expect(core.wire.timeFrames).toBe(0);
    for (let round = 0; round < 2; round += 1) {
      await core.startDevice();
      expect(core.rendering).toBe(true);
      const [frames, beats] = [core.wire.timeFrames, core.wire.heartbeat];
      const until = performance.now() + hangMs;
      // JavaScript is busy the whole time.
      while (core.wire.timeFrames < frames + 2400 && performance.now() < until);
      expect(core.wire.timeFrames).toBeGreaterThanOrEqual(frames + 2400);
      expect(core.wire.heartbeat).toBeGreaterThan(beats);
      expect(() => core.render(new Float32Array(2), 1)).toThrow(expect.objectContaining({ code: 'ERR_BUSY' }));
      await core.stopDevice();
      expect(core.rendering).toBe(false);
      const stopped = core.wire.timeFrames;
      await sleep(30);
      expect(core.wire.timeFrames).toBe(stopped);
      core.render(new Float32Array(2 * 10), 10);
      expect(core.wire.timeFrames).toBe(stopped + 10);
    }
    core.close();
  });

  it('leaves the engine to the caller as soon as it is being closed', async () => {
    const core = openCore('native', options);
    await core.openDevice({ backend: 'null' });
    await core.startDevice();
    const closing = core.closeDevice();
    expect(core.rendering).toBe(false);
    const frames = core.wire.timeFrames;
    core.render(new Float32Array(2 * 10), 10);
    expect(core.wire.timeFrames).toBe(frames + 10);
    await closing;
    await core.openDevice({ backend: 'null' });
    core.close();
  });

  it('makes calls one after the other, and rejects what its end overtakes', async () => {
    const core = openCore('native', options);
    const calls = [
      core.openDevice({ backend: 'null' }),
      core.startDevice(),
      core.stopDevice(),
      core.closeDevice(),
      core.openDevice({ backend: 'null' }),
    ];
    await Promise.all(calls);
    const overtaken = [core.startDevice(), core.stopDevice()];
    const closing = core.closeDevice();
    core.close();
    await closing;
    for (const call of overtaken) await expect(call).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  });

  it('does not exist under another id or backend', async () => {
    const core = openCore('native', options);
    await expect(core.openDevice({ backend: 'null', id: 'another' })).rejects.toMatchObject({ code: 'ERR_NO_DEVICE' });
    const foreign = process.platform === 'win32' ? 'coreaudio' : 'wasapi';
    await expect(core.openDevice({ backend: foreign })).rejects.toMatchObject({ code: 'ERR_NO_DEVICE' });
    await expect(core.openDevice({ backend: 'webaudio' })).rejects.toMatchObject({ code: 'ERR_UNSUPPORTED_HOST' });
    await expect(core.startDevice()).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    core.close();
  });

  it('survives an engine that is destroyed at any moment', async () => {
    const ends: Promise<unknown>[] = [];
    for (let round = 0; round < 40; round += 1) {
      const core = openCore('native', options);
      ends.push(
        ...[core.openDevice({ backend: 'null' }), core.startDevice(), core.stopDevice(), core.startDevice()].map(
          (call) => call.catch((error: unknown) => error),
        ),
      );
      await sleep(round % 4);
      core.close();
    }
    for (const end of await Promise.all(ends))
      if (end instanceof Error) expect(end).toMatchObject({ code: 'ERR_DISPOSED' });
  });

  it('survives a worker that is terminated while it plays, opens and decodes', async () => {
    const program = `
      import(${JSON.stringify(built)}).then(async ({ openCore, listDevices, decodeBytes }) => {
        const core = openCore('native', ${JSON.stringify(options)});
        await core.openDevice({ backend: 'null' });
        await core.startDevice();
        require('node:worker_threads').parentPort.postMessage('playing');
        for (;;) {
          await core.stopDevice();
          await core.startDevice();
          await Promise.allSettled([listDevices(), decodeBytes(new Uint8Array(1000))]);
        }
      });`;
    for (let round = 0; round < 12; round += 1) {
      const worker = new Worker(program, { eval: true });
      const failed = new Promise<never>((_resolve, reject) => worker.once('error', reject));
      await Promise.race([failed, new Promise((resolve) => worker.once('message', resolve))]);
      await sleep(round * 2);
      expect(await worker.terminate()).toBe(1);
    }
  });
});
