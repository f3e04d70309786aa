import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import { noDevices, type WasmDevice } from '../wasm/wasm-core.js';
import type { WasmEngine } from '../wasm/wasm-engine.js';
import type { SharedInstance } from '../wasm/wasm-instance.js';
import type { CoreDeviceOptions } from '../wire/core.js';
import { compiledFile } from './compiled-file.js';
import { type RunningPlayer, startPlayer } from './pipe-players.js';
import { wasmModule } from './wasm-module.js';

/** What the rendering thread is told when it begins. */
export interface RenderOrder {
  readonly module: WebAssembly.Module;
  readonly shared: SharedInstance;
  readonly engine: number;
  /** Where in the memory a block is rendered to. */
  readonly out: number;
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: number;
  /** Three Int32: `ThreadState`, 1 while a block is being rendered, and 1 when the pipe is closed. */
  readonly control: SharedArrayBuffer;
  /** Of a pipe, which is opened, written to and closed at the end; null: time is kept and nothing is heard. */
  readonly descriptor: number | null;
}

/** What the thread is asked to do. */
export const ThreadState = { stopped: 0, running: 1, closed: 2 } as const;

const defaultFrames = 512;
/** How long a block that is being rendered is waited for. */
const closingMilliseconds = 1000;
/** How long the end of a process waits for a player to take the last block. */
const endingMilliseconds = 300;
/**
 * A player that has not played out its buffer after this long is killed; one that takes nothing for this long
 * counts as hung. Some take a second at a time.
 */
const playerMilliseconds = 3000;

const workerPath = compiledFile('render-worker.js');

interface OpenDevice {
  readonly thread: Worker;
  readonly control: Int32Array;
  readonly player: RunningPlayer | null;
}

/** Devices whose thread might wait forever for a player while the process ends. */
const open = new Set<OpenDevice>();

process.once('exit', () => {
  for (const { control, player } of open) {
    // A player whose engine was closed plays out its buffer, even beyond the end of the process.
    const over =
      Atomics.load(control, 0) === ThreadState.closed &&
      Atomics.wait(control, 2, 0, endingMilliseconds) !== 'timed-out';
    Atomics.store(control, 0, ThreadState.closed);
    Atomics.notify(control, 0);
    if (!over) player?.child.kill('SIGKILL');
  }
});

/**
 * Plays an engine in WebAssembly: a thread renders it out of the shared memory and feeds a player program ('pipe'), or
 * only keeps time ('null').
 */
export class ThreadDevice implements WasmDevice {
  rendering = false;
  readonly #engine: WasmEngine;
  #shared: SharedInstance | null = null;
  #out = 0;
  #device: OpenDevice | null = null;
  /** The player of the last device, which may still be playing out what it has. */
  #formerPlayer: RunningPlayer | null = null;

  /** Nothing is opened yet. */
  constructor(engine: WasmEngine) {
    this.#engine = engine;
  }

  async open(options: CoreDeviceOptions): Promise<DeviceInfo> {
    const { backend } = options;
    if (backend !== 'pipe' && backend !== 'null') throw noDevices();
    if (!existsSync(workerPath))
      throw new AudioError('ERR_FILE_NOT_FOUND', `The file ${workerPath} of the rendering thread does not exist`);
    const { sampleRate, channels } = this.#engine.options;
    // The old player must not be heard beside the new one.
    this.#formerPlayer?.child.kill('SIGKILL');
    const player = backend === 'pipe' ? await startPlayer(sampleRate, channels, options.id) : null;
    this.#device = this.#startThread(player, options.periodFrames ?? defaultFrames);
    const name = player === null ? 'Null device' : player.name;
    return { id: player?.name ?? '', name, isDefault: true, backend, sampleRate, channels };
  }

  get heartbeatTimeoutMilliseconds(): number {
    const child = this.#device?.player?.child;
    return child !== undefined && child.exitCode === null && child.signalCode === null ? playerMilliseconds : 0;
  }

  async start(): Promise<void> {
    const device = this.#expectDevice();
    this.rendering = true;
    Atomics.store(device.control, 0, ThreadState.running);
    Atomics.notify(device.control, 0);
  }

  async stop(): Promise<void> {
    this.#halt(this.#expectDevice(), ThreadState.stopped);
  }

  async close(): Promise<void> {
    this.abandon();
  }

  abandon(): void {
    const device = this.#device;
    if (device === null) return;
    this.#device = null;
    this.#halt(device, ThreadState.closed);
  }

  #startThread(player: RunningPlayer | null, frames: number): OpenDevice {
    const { instance, address, options } = this.#engine;
    const { channels, sampleRate } = options;
    // One thread at a time: the next one gets the memory of the last.
    this.#shared ??= instance.share();
    if (this.#out !== 0) instance.release(this.#out);
    this.#out = instance.allocate(frames * channels * 4);
    const control = new SharedArrayBuffer(12);
    const order: RenderOrder = {
      module: wasmModule(),
      shared: this.#shared,
      engine: address,
      out: this.#out,
      frames,
      channels,
      sampleRate,
      control,
      descriptor: player?.descriptor ?? null,
    };
    const thread = new Worker(workerPath, { workerData: order, execArgv: [], trackUnmanagedFds: false });
    thread.unref();
    const device: OpenDevice = { thread, control: new Int32Array(control), player };
    // If the thread ends, its heartbeat stops and the engine notices that the device is lost.
    thread.on('error', () => {});
    thread.on('exit', () => {
      open.delete(device);
      player?.release();
    });
    thread.on('message', () => player?.release());
    open.add(device);
    return device;
  }

  /** When this returns no block is being rendered, nor will be. */
  #halt(device: OpenDevice, state: number): void {
    Atomics.store(device.control, 0, state);
    Atomics.notify(device.control, 0);
    const deadline = Date.now() + closingMilliseconds;
    while (Atomics.load(device.control, 1) === 1 && Date.now() < deadline) Atomics.wait(device.control, 1, 1, 10);
    this.rendering = false;
    if (state !== ThreadState.closed || device.player === null) return;
    // It plays out its buffer. One that does not take the rest is killed, so that the thread does not keep waiting for
    // it.
    const { child } = device.player;
    this.#formerPlayer = device.player;
    setTimeout(() => child.kill('SIGKILL'), playerMilliseconds).unref();
  }

  #expectDevice(): OpenDevice {
    if (this.#device === null) throw new AudioError('ERR_WRONG_STATE', 'No device is open');
    return this.#device;
  }
}
