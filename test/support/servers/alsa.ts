import { closeSync, constants, openSync, readSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { removeFolder, run, shortFolder } from '../processes.js';
import { channelOfBytes } from './pulse.js';

const bytesPerFrame = 8;

/**
 * Reads the FIFO at the sample rate on a thread of its own, so that a blocked JavaScript thread does not hold the
 * device up.
 */
const drainProgram = `
const { workerData, parentPort } = require('node:worker_threads');
const { openSync, readSync, closeSync, constants } = require('node:fs');
const file = openSync(workerData.path, constants.O_RDWR | constants.O_NONBLOCK);
const stop = new Int32Array(workerData.stop);
const buffer = Buffer.alloc(1 << 16);
const chunks = [];
const started = performance.now();
let taken = 0;
let heard = false;
let starvedFrames = 0;
parentPort.postMessage('open');
while (Atomics.wait(stop, 0, 0, 4) === 'timed-out') {
  let due = Math.floor((performance.now() - started) * 0.048 * 1000) * 8 - taken;
  while (due >= 8) {
    let count = 0;
    try {
      count = readSync(file, buffer, 0, Math.min(due, buffer.length), null);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
    if (count === 0) {
      if (heard) starvedFrames += due / 8;
      taken += due;
      break;
    }
    heard = true;
    chunks.push(Buffer.from(buffer.subarray(0, count)));
    taken += count;
    due -= count;
  }
}
closeSync(file);
parentPort.postMessage({ bytes: Buffer.concat(chunks), starvedFrames });
`;

/** What came through the FIFO: the sound, and how many frames were due at their time but not there. */
export interface AlsaTake {
  readonly samples: Float32Array;
  readonly starvedFrames: number;
}

/**
 * An ALSA device that writes into a FIFO: content and continuity of the real device path, paced by how fast it is read
 * instead of by a clock. While it is there, ALSA_CONFIG_PATH of this process names it.
 */
export class AlsaFifo {
  readonly folder = shortFolder('ma');
  readonly env: Record<string, string>;
  readonly #stop = new SharedArrayBuffer(4);
  readonly #guard: number;
  #drain: Worker | undefined;
  #before = process.env.ALSA_CONFIG_PATH;

  constructor() {
    const fifo = `${this.folder}/fifo`;
    const configuration = `${this.folder}/asound.conf`;
    run('mkfifo', fifo);
    writeFileSync(
      configuration,
      `pcm.!default {
  type plug
  slave {
    pcm { type file slave.pcm { type null } file "${fifo}" format "raw" }
    format FLOAT_LE
    rate 48000
    channels 2
  }
  hint { show on description "fifo" }
}
ctl.!default { type hw card 0 }
`,
    );
    // Held open until close: a FIFO without a reader raises SIGPIPE in the process that plays.
    this.#guard = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    this.env = { ALSA_CONFIG_PATH: configuration };
    process.env.ALSA_CONFIG_PATH = configuration;
  }

  /** Begins to read 48000 frames a second. */
  async start(): Promise<void> {
    this.#drain = new Worker(drainProgram, {
      eval: true,
      workerData: { path: `${this.folder}/fifo`, stop: this.#stop },
    });
    await new Promise((resolve, reject) => {
      this.#drain?.once('message', resolve);
      this.#drain?.once('error', reject);
    });
  }

  /** Ends the reading and gives one channel of what came. */
  async finish(channel = 0): Promise<AlsaTake> {
    const drain = this.#drain;
    if (!drain) throw new Error('The FIFO was not being read');
    this.#drain = undefined;
    const take = await new Promise<{ bytes: Uint8Array; starvedFrames: number }>((resolve, reject) => {
      drain.once('message', resolve);
      drain.once('error', reject);
      Atomics.store(new Int32Array(this.#stop), 0, 1);
      Atomics.notify(new Int32Array(this.#stop), 0);
    });
    const bytes = Buffer.from(
      take.bytes.buffer,
      take.bytes.byteOffset,
      take.bytes.byteLength - (take.bytes.byteLength % bytesPerFrame),
    );
    return { samples: channelOfBytes(bytes, channel, 2), starvedFrames: take.starvedFrames };
  }

  async close(): Promise<void> {
    if (this.#drain) await this.finish();
    try {
      const rest = Buffer.alloc(1 << 16);
      while (readSync(this.#guard, rest, 0, rest.length, null) > 0);
    } catch {
      // Empty: nothing left that a player could be waiting for.
    }
    closeSync(this.#guard);
    if (this.#before === undefined) delete process.env.ALSA_CONFIG_PATH;
    else process.env.ALSA_CONFIG_PATH = this.#before;
    removeFolder(this.folder);
  }
}
