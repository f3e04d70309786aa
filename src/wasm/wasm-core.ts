import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import type {
  Core,
  CoreDeviceOptions,
  CoreOptions,
  PreparedStream,
  PreparingCall,
  SampleMemory,
  StreamShape,
} from '../wire/core.js';
import type { Wire } from '../wire/wire.js';
import { WasmEngine } from './wasm-engine.js';
import type { WasmInstance } from './wasm-instance.js';

/** Frames rendered in one call into the module; longer requests are cut, which does not change a bit. */
const framesAtOnce = 4096;

/** A device for an engine in WebAssembly. */
export interface WasmDevice {
  /** True while another thread may render. */
  readonly rendering: boolean;
  /** How long the heartbeat may stand still while it plays; 0: as long as with any device. */
  readonly heartbeatTimeoutMilliseconds: number;
  open(options: CoreDeviceOptions): Promise<DeviceInfo>;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
  /** The engine is closing: when this returns, nothing renders it any more. */
  abandon(): void;
}

/** An engine in WebAssembly within this process: for offline rendering and tests, without devices. */
export class WasmCore implements Core {
  readonly kind = 'wasm';
  readonly wire: Wire;
  readonly #channels: number;
  #engine: WasmEngine | null;
  #device: WasmDevice | null = null;

  /**
   * Makes the engine in an instance that nobody has used, on a new wire or on one that has collected commands before.
   * Throws an AudioError: ERR_WIRE, ERR_OUT_OF_MEMORY, ERR_INVALID_ARGUMENT.
   */
  constructor(instance: WasmInstance, options: CoreOptions, earlier?: Wire) {
    this.#engine = new WasmEngine(instance, options, framesAtOnce, earlier);
    this.#channels = options.channels;
    this.wire = this.#engine.wire;
    this.wire.onFull = () => this.drain();
  }

  /** Gives the engine a device that renders it on a thread of its own. */
  attachDevice(make: (engine: WasmEngine) => WasmDevice): void {
    this.#device = make(this.#open());
  }

  get rendering(): boolean {
    return this.#device?.rendering ?? false;
  }

  prepare(call: PreparingCall, ...numbers: readonly number[]): void {
    this.#open().prepare(call, ...numbers);
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    this.#open().prepareBuffer(id, memory);
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    return this.#open().prepareStream(id, shape);
  }

  releaseBuffer(id: number): void {
    this.#engine?.releaseBuffer(id);
  }

  render(target: Float32Array, frames: number): void {
    const engine = this.#open();
    if (this.rendering) throw new AudioError('ERR_BUSY', 'The engine is rendered by a device and cannot be pulled');
    const channels = this.#channels;
    if (frames * channels > target.length)
      throw new AudioError(
        'ERR_INVALID_ARGUMENT',
        `The target is shorter than ${frames} frames of ${channels} channels`,
      );
    for (let done = 0; done < frames; done += framesAtOnce) {
      const count = Math.min(framesAtOnce, frames - done);
      engine.render(count);
      target.set(count === framesAtOnce ? engine.mix : engine.mix.subarray(0, count * channels), done * channels);
    }
  }

  drain(): void {
    if (this.#engine !== null && !this.rendering) this.#engine.drain();
  }

  async openDevice(options: CoreDeviceOptions): Promise<DeviceInfo> {
    if (this.#device === null) throw noDevices();
    return this.#device.open(options);
  }

  async startDevice(): Promise<void> {
    if (this.#device === null) throw noDevices();
    await this.#device.start();
  }

  async stopDevice(): Promise<void> {
    if (this.#device === null) throw noDevices();
    await this.#device.stop();
  }

  get heartbeatTimeoutMilliseconds(): number {
    return this.#device?.heartbeatTimeoutMilliseconds ?? 0;
  }

  async closeDevice(): Promise<void> {
    await this.#device?.close();
  }

  close(): void {
    if (this.#engine === null) return;
    this.#device?.abandon();
    this.wire.close();
    this.#engine.destroy();
    // Frees the instance and its memory even if the program keeps the disposed engine.
    this.#engine = null;
  }

  #open(): WasmEngine {
    if (this.#engine === null) throw new AudioError('ERR_DISPOSED', 'The engine was disposed');
    return this.#engine;
  }
}

/** The error of a device that WebAssembly does not have. */
export function noDevices(): AudioError {
  return new AudioError(
    'ERR_UNSUPPORTED_HOST',
    'WebAssembly within a process has no playback devices: build or install the native addon, or use device: false',
  );
}
