import { AudioError } from '../base/errors.js';
import {
  type CoreOptions,
  type EngineMemory,
  type PreparingCall,
  type SampleMemory,
  type StreamMemory,
  type StreamShape,
  streamBytes,
} from '../wire/core.js';
import { Wire } from '../wire/wire.js';
import { STREAM_HEADER_BYTES, TOTAL_BYTES } from '../wire/wire-layout.js';
import { checkResult } from './result-error.js';
import type { WasmInstance } from './wasm-instance.js';

/** An engine in an instance of the module, with all memory that it was given. */
export class WasmEngine implements EngineMemory {
  readonly instance: WasmInstance;
  readonly options: CoreOptions;
  /** The first argument of the module's functions. */
  readonly address: number;
  readonly wire: Wire;
  /** Where it is rendered to. */
  readonly mix: Float32Array;
  readonly #render: (engine: number, out: number, frames: number) => number;
  readonly #drain: (engine: number) => number;
  /** Memory of buffers and streams, by id. */
  readonly #memories = new Map<number, number>();

  /**
   * Makes the engine in an instance that nobody has used, with room to render `frames` frames at a time, on a new wire
   * or on one that has collected commands before. Throws ERR_WIRE, ERR_OUT_OF_MEMORY, ERR_INVALID_ARGUMENT.
   */
  constructor(instance: WasmInstance, options: CoreOptions, frames: number, earlier?: Wire) {
    const { sampleRate, channels, smoothingFrames, maxVoices } = options;
    this.instance = instance;
    this.options = options;
    const wire = instance.allocate(TOTAL_BYTES);
    const address = instance.allocate(4);
    const mix = instance.allocate(frames * channels * 4);
    // The instance is new and this its first allocation: its memory is zero, and is not touched where nothing is
    // written.
    if (earlier === undefined) Wire.writeHeader(instance.buffer, wire);
    else earlier.moveTo(instance.buffer, wire);
    checkResult(
      instance.call('engine_create', sampleRate, channels, smoothingFrames, maxVoices, wire, TOTAL_BYTES, address),
    );
    this.address = new Uint32Array(instance.buffer, address, 1)[0]!;
    instance.release(address);
    this.mix = new Float32Array(instance.buffer, mix, frames * channels);
    this.#render = instance.function('render');
    this.#drain = instance.function('drain');
    this.wire = earlier ?? new Wire(instance.buffer, wire);
  }

  /** Renders frames into the start of `mix`, as many as fit at most. */
  render(frames: number): void {
    this.#render(this.address, this.mix.byteOffset, frames);
  }

  /** Takes commands and sends events without rendering. */
  drain(): void {
    this.#drain(this.address);
  }

  prepare(call: PreparingCall, ...numbers: readonly number[]): void {
    checkResult(this.instance.call(call, this.address, ...numbers));
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    const { samples, frames, channels } = memory;
    const bytes = frames * channels * samples.BYTES_PER_ELEMENT;
    if (bytes > samples.byteLength)
      throw new AudioError('ERR_INVALID_ARGUMENT', `The samples of a buffer are fewer than its ${frames} frames need`);
    const copy = this.instance.allocate(bytes);
    this.write(copy, new Uint8Array(samples.buffer, samples.byteOffset, bytes));
    this.addBuffer(id, copy, memory);
  }

  /** Copies bytes into memory that was allocated. */
  write(address: number, bytes: Uint8Array): void {
    new Uint8Array(this.instance.buffer, address, bytes.length).set(bytes);
  }

  /** Makes a buffer of samples that lie in memory, which is the engine's from now on. Throws an AudioError. */
  addBuffer(id: number, address: number, memory: Omit<SampleMemory, 'samples'>): void {
    const { format, channels, sampleRate, frames, trusted } = memory;
    this.#add(id, address, 'prepare_buffer', address, format, channels, sampleRate, frames, trusted ? 1 : 0);
  }

  /** Only the header of its memory is cleared: no frame is read before it was written. */
  prepareStream(id: number, shape: StreamShape): StreamMemory {
    const { kind, format, channels, sampleRate, capacity, frames } = shape;
    const byteLength = streamBytes(shape);
    const byteOffset = this.instance.allocate(byteLength);
    this.write(byteOffset, new Uint8Array(STREAM_HEADER_BYTES));
    this.#add(
      id,
      byteOffset,
      'prepare_stream',
      byteOffset,
      byteLength,
      kind,
      format,
      channels,
      sampleRate,
      capacity,
      frames,
    );
    return { memory: this.instance.buffer, byteOffset, byteLength };
  }

  /** Makes what lies in memory known under an id; frees the memory if that fails. */
  #add(id: number, address: number, call: string, ...numbers: readonly number[]): void {
    try {
      checkResult(this.instance.call(call, this.address, id, ...numbers));
    } catch (error) {
      this.instance.release(address);
      throw error;
    }
    this.#memories.set(id, address);
  }

  releaseBuffer(id: number): void {
    const address = this.#memories.get(id);
    if (address === undefined) return;
    this.#memories.delete(id);
    this.instance.release(address);
  }

  /** Ends the engine; its memory goes with the instance. */
  destroy(): void {
    this.instance.call('engine_destroy', this.address);
  }
}
