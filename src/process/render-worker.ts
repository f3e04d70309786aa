import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { WasmInstance } from '../wasm/wasm-instance.js';
import { type RenderOrder, ThreadState } from './thread-device.js';

// The thread behind thread-device.ts. It never returns to its event loop: it renders, hands on, and waits, for the
// player or for the time to come.

const order = workerData as RenderOrder;
const { frames, channels, sampleRate, descriptor, engine, out } = order;
const control = new Int32Array(order.control);
const instance = new WasmInstance(order.module, order.shared);
const render = instance.function('render');
const noteCallback = instance.function('note_callback');
const block = new Uint8Array(instance.buffer, out, frames * channels * 4);
const bytes = Buffer.alloc(block.length);
const millisecondsOfBlock = (frames * 1000) / sampleRate;

/** Renders one block; false if the thread should not render any more. */
function renderBlock(): boolean {
  // Stored before the state is read, so that whoever changes the state can wait for the end of the block.
  Atomics.store(control, 1, 1);
  const wanted = Atomics.load(control, 0) === ThreadState.running;
  if (wanted) {
    const began = performance.now();
    render(engine, out, frames);
    noteCallback(engine, frames, (performance.now() - began) * 1e6);
    bytes.set(block);
  }
  Atomics.store(control, 1, 0);
  Atomics.notify(control, 1);
  return wanted;
}

/**
 * The pipe of a descriptor, which another thread has open: in Deno a descriptor is its thread's own, so the pipe is
 * opened anew.
 */
function openPipe(descriptor: number): number {
  const path = `/dev/fd/${descriptor}`;
  // Opened for writing alone this would wait for a reader, and the player may be gone already.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  closeSync(reader);
  return writer;
}

function writeBlock(target: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(target, bytes, done);
}

/** Waits until a block is due that began at `due`; gives the time at which the next one is. */
function keepTime(due: number): number {
  const now = performance.now();
  // After a stall, time goes on from now: what was missed is skipped.
  if (now > due + 500) return now;
  if (due > now) Atomics.wait(control, 0, ThreadState.running, due - now);
  return due + millisecondsOfBlock;
}

const pipe = descriptor === null ? null : openPipe(descriptor);
// From here on only this thread writes to the pipe.
parentPort?.postMessage('open');
try {
  let due = performance.now();
  for (;;) {
    const state = Atomics.load(control, 0);
    if (state === ThreadState.closed) break;
    if (state === ThreadState.stopped) {
      Atomics.wait(control, 0, ThreadState.stopped);
      due = performance.now();
      continue;
    }
    if (!renderBlock()) continue;
    if (pipe === null) due = keepTime(due);
    else writeBlock(pipe);
  }
} catch (error) {
  // The player is gone: the engine notices that by the heartbeat, and opens another.
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
} finally {
  if (pipe !== null) closeSync(pipe);
  Atomics.store(control, 2, 1);
  Atomics.notify(control, 2);
}
