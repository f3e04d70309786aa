import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import type { Core, CoreDeviceOptions, CoreOptions, PreparedStream, SampleMemory, StreamShape } from '../wire/core.js';
import { Wire } from '../wire/wire.js';
import { TOTAL_BYTES } from '../wire/wire-layout.js';
import { checkResult } from './result-error.js';
import type { WasmInstance } from './wasm-instance.js';
import { makeWasmStream } from './wasm-stream.js';

/** Frames rendered in one call into the module; longer requests are cut, which does not change a bit. */
const framesAtOnce = 4096;

/** Where an engine lies, for a thread that renders it. */
export interface WasmEngineParts {
  readonly instance: WasmInstance;
  readonly engine: number;
  readonly sampleRate: number;
  readonly channels: number;
}

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
  readonly #engine: number;
  readonly #channels: number;
  readonly #sampleRate: number;
  readonly #out: number;
  #outView: Float32Array;
  #render: (engine: number, out: number, frames: number) => number;
  #drain: (engine: number) => number;
  /** Copies of sample memory, by buffer id. */
  readonly #buffers = new Map<number, number>();
  #instance: WasmInstance | null;
  #device: WasmDevice | null = null;

  /**
   * Makes the engine in an instance that nobody has used, on a new wire or on one that has collected commands before.
   * Throws an AudioError: ERR_WIRE, ERR_OUT_OF_MEMORY, ERR_INVALID_ARGUMENT.
   */
  constructor(instance: WasmInstance, options: CoreOptions, earlier?: Wire) {
    this.#instance = instance;
    const wire = instance.allocate(TOTAL_BYTES);
    const engine = instance.allocate(4);
    this.#out = instance.allocate(framesAtOnce * options.channels * 4);
    // The instance is new and this its first allocation: its memory is zero, and is not touched where nothing is
    // written.
    if (earlier === undefined) Wire.writeHeader(instance.buffer, wire);
    else earlier.moveTo(instance.buffer, wire);
    checkResult(
      instance.call(
        'engine_create',
        options.sampleRate,
        options.channels,
        options.smoothingFrames,
        options.maxVoices,
        wire,
        TOTAL_BYTES,
        engine,
      ),
    );
    this.#engine = new Uint32Array(instance.buffer, engine, 1)[0]!;
    instance.release(engine);
    this.#channels = options.channels;
    this.#sampleRate = options.sampleRate;
    this.#outView = new Float32Array(instance.buffer, this.#out, framesAtOnce * options.channels);
    this.#render = instance.function('render');
    this.#drain = instance.function('drain');
    this.wire = earlier ?? new Wire(instance.buffer, wire);
    this.wire.onFull = () => this.drain();
  }

  /** Gives the engine a device that renders it on a thread of its own. `make` receives where the engine lies. */
  attachDevice(make: (parts: WasmEngineParts) => WasmDevice): void {
    const instance = this.#open();
    this.#device = make({ instance, engine: this.#engine, sampleRate: this.#sampleRate, channels: this.#channels });
  }

  get rendering(): boolean {
    return this.#device?.rendering ?? false;
  }

  prepareSounds(count: number): void {
    checkResult(this.#open().call('prepare_sounds', this.#engine, count));
  }

  prepareResampler(resampler: number): void {
    checkResult(this.#open().call('prepare_resampler', this.#engine, resampler));
  }

  prepareNode(id: number): void {
    checkResult(this.#open().call('prepare_node', this.#engine, id));
  }

  prepareEffect(id: number, kind: number, variant: number): void {
    checkResult(this.#open().call('prepare_effect', this.#engine, id, kind, variant));
  }

  releaseNode(id: number): void {
    this.#instance?.call('release_node', this.#engine, id);
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    const instance = this.#open();
    const { samples, format, channels, sampleRate, frames, trusted } = memory;
    const bytes = frames * channels * samples.BYTES_PER_ELEMENT;
    if (bytes > samples.byteLength)
      throw new AudioError('ERR_INVALID_ARGUMENT', `The samples of a buffer are fewer than its ${frames} frames need`);
    const copy = instance.allocate(bytes);
    try {
      new Uint8Array(instance.buffer, copy, bytes).set(new Uint8Array(samples.buffer, samples.byteOffset, bytes));
      checkResult(
        instance.call('prepare_buffer', this.#engine, id, copy, format, channels, sampleRate, frames, trusted ? 1 : 0),
      );
    } catch (error) {
      instance.release(copy);
      throw error;
    }
    this.#buffers.set(id, copy);
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    const made = makeWasmStream(this.#open(), this.#engine, id, shape);
    this.#buffers.set(id, made.byteOffset);
    return made;
  }

  releaseBuffer(id: number): void {
    const copy = this.#buffers.get(id);
    if (copy === undefined) return;
    this.#buffers.delete(id);
    this.#instance?.release(copy);
  }

  render(target: Float32Array, frames: number): void {
    this.#open();
    if (this.rendering) throw new AudioError('ERR_BUSY', 'The engine is rendered by a device and cannot be pulled');
    const channels = this.#channels;
    if (frames * channels > target.length)
      throw new AudioError(
        'ERR_INVALID_ARGUMENT',
        `The target is shorter than ${frames} frames of ${channels} channels`,
      );
    for (let done = 0; done < frames; done += framesAtOnce) {
      const count = Math.min(framesAtOnce, frames - done);
      this.#render(this.#engine, this.#out, count);
      target.set(count === framesAtOnce ? this.#outView : this.#outView.subarray(0, count * channels), done * channels);
    }
  }

  drain(): void {
    if (this.#instance !== null && !this.rendering) this.#drain(this.#engine);
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
    if (this.#instance === null) return;
    this.#device?.abandon();
    this.wire.close();
    this.#instance.call('engine_destroy', this.#engine);
    // Frees the instance and its memory even if the program keeps the disposed engine.
    this.#instance = null;
    this.#render = () => 0;
    this.#drain = () => 0;
    this.#outView = new Float32Array(0);
    this.#buffers.clear();
  }

  #open(): WasmInstance {
    if (this.#instance === null) throw new AudioError('ERR_DISPOSED', 'The engine was disposed');
    return this.#instance;
  }
}

/** The error of a device that WebAssembly does not have. */
export function noDevices(): AudioError {
  return new AudioError(
    'ERR_UNSUPPORTED_HOST',
    'WebAssembly within a process has no playback devices: build or install the native addon, or use device: false',
  );
}
