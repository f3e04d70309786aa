import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import type { ByteSource } from '../wasm/byte-source.js';
import { errorOfAddon } from '../wasm/result-error.js';
import { namedInfo } from '../wasm/sound-info.js';
import {
  type Core,
  type CoreDeviceOptions,
  type CoreOptions,
  type DecodedAudio,
  type PreparedStream,
  type PreparingCall,
  type SampleMemory,
  type SoundInfo,
  StreamKind,
  type StreamShape,
  streamBytes,
} from '../wire/core.js';
import { Wire } from '../wire/wire.js';
import { STREAM_HEADER_BYTES, TOTAL_BYTES } from '../wire/wire-layout.js';
import { type Addon, addonCalls, backendNumber, type KeptPcm } from './addon.js';

/**
 * How many memories of live streams that are gone are kept for the next ones. Those of files are all kept until the
 * engine closes, as many as there were at once: the decoding thread knows them too, has hardly any garbage of its own,
 * and so might not collect them for hours.
 */
const keptRings = 4;

/**
 * An engine in the Node-API addon: its wire is shared memory of this process, its device's thread renders beside
 * JavaScript.
 */
export class NativeCore implements Core {
  readonly kind = 'native';
  readonly wire: Wire;
  readonly #addon: Addon;
  readonly #engine: number;
  /** Memory of streams, by id; and of some that are gone. */
  readonly #streamMemories = new Map<number, { memory: SharedArrayBuffer; kind: StreamKind }>();
  readonly #freeMemories: Record<StreamKind, SharedArrayBuffer[]> = { [StreamKind.ring]: [], [StreamKind.pages]: [] };
  #rendering = false;
  #closed = false;
  /** The device call that is under way, and how many there are: they follow one another. */
  #deviceCalls: Promise<unknown> = Promise.resolve();
  #deviceCallCount = 0;

  /**
   * Makes the engine. Throws an AudioError: ERR_WIRE when the addon is of another version, ERR_OUT_OF_MEMORY,
   * ERR_INVALID_ARGUMENT.
   */
  constructor(addon: Addon, options: CoreOptions) {
    this.#addon = addon;
    const memory = new SharedArrayBuffer(TOTAL_BYTES);
    Wire.writeHeader(memory, 0);
    const { sampleRate, channels, smoothingFrames, maxVoices } = options;
    this.#engine = calling(() =>
      addon.createEngine(new Uint8Array(memory), sampleRate, channels, smoothingFrames, maxVoices),
    );
    this.wire = new Wire(memory, 0);
    this.wire.onFull = () => this.drain();
  }

  get rendering(): boolean {
    return this.#rendering;
  }

  prepare(call: PreparingCall, ...numbers: readonly number[]): void {
    calling(() => this.#addon[addonCalls[call]](this.#engine, ...numbers));
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    const { samples, format, channels, sampleRate, frames, trusted } = memory;
    calling(() =>
      this.#addon.prepareBuffer(this.#engine, id, samples, format, channels, sampleRate, frames, trusted ? 1 : 0),
    );
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    const byteLength = streamBytes(shape);
    const memory = this.#takeStreamMemory(shape.kind, byteLength);
    const { kind, format, channels, sampleRate, capacity, frames } = shape;
    const bytes = new Uint8Array(memory);
    calling(() =>
      this.#addon.prepareStream(this.#engine, id, bytes, kind, format, channels, sampleRate, capacity, frames),
    );
    this.#streamMemories.set(id, { memory, kind });
    return { memory, byteOffset: 0, byteLength };
  }

  /**
   * Memory of that size whose header is zero, reused from a disposed stream where possible: other threads refer to it
   * too, and collect garbage when they like.
   */
  #takeStreamMemory(kind: StreamKind, byteLength: number): SharedArrayBuffer {
    const free = this.#freeMemories[kind];
    const index = free.findIndex((memory) => memory.byteLength === byteLength);
    const [known] = index < 0 ? [] : free.splice(index, 1);
    if (known !== undefined) {
      new Uint8Array(known, 0, STREAM_HEADER_BYTES).fill(0);
      return known;
    }
    try {
      return new SharedArrayBuffer(byteLength);
    } catch (cause) {
      throw new AudioError('ERR_OUT_OF_MEMORY', `There is no memory for a stream of ${byteLength} bytes`, { cause });
    }
  }

  releaseBuffer(id: number): void {
    if (this.#closed) return;
    this.#addon.releaseBuffer(this.#engine, id);
    const gone = this.#streamMemories.get(id);
    if (gone === undefined) return;
    this.#streamMemories.delete(id);
    this.#freeMemories[gone.kind].push(gone.memory);
    const rings = this.#freeMemories[StreamKind.ring];
    if (rings.length > keptRings) rings.shift();
  }

  render(target: Float32Array, frames: number): void {
    try {
      this.#addon.render(this.#engine, target, frames);
    } catch (error) {
      throw errorOfAddon(error);
    }
  }

  drain(): void {
    if (!this.#rendering && !this.#closed) this.#addon.drain(this.#engine);
  }

  openDevice(options: CoreDeviceOptions): Promise<DeviceInfo> {
    const backend = backendNumber(options.backend);
    if (backend < 0)
      return Promise.reject(
        new AudioError('ERR_UNSUPPORTED_HOST', `The native host has no backend "${options.backend}"`),
      );
    return this.#call(async () => {
      this.#expectOpen();
      return this.#addon.openDevice(this.#engine, backend, options.id ?? null, options.periodFrames ?? 0);
    }, describeDevice(options));
  }

  startDevice(): Promise<void> {
    return this.#call(async () => {
      this.#expectOpen();
      this.#rendering = true;
      try {
        await this.#addon.startDevice(this.#engine);
      } catch (error) {
        this.#rendering = false;
        throw error;
      }
    });
  }

  stopDevice(): Promise<void> {
    return this.#call(async () => {
      this.#expectOpen();
      try {
        await this.#addon.stopDevice(this.#engine);
      } finally {
        // Even if the sound system did not answer, the device cannot reach the engine any more.
        this.#rendering = false;
      }
    });
  }

  closeDevice(): Promise<void> {
    return this.#call(async () => {
      // An engine that is gone has closed its device already.
      if (this.#closed) return;
      const closing = this.#addon.closeDevice(this.#engine);
      // From the call on; only the sound system is still being waited for.
      this.#rendering = false;
      await closing;
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rendering = false;
    this.wire.close();
    this.#streamMemories.clear();
    for (const free of Object.values(this.#freeMemories)) free.length = 0;
    this.#addon.destroyEngine(this.#engine);
  }

  #expectOpen(): void {
    if (this.#closed) throw disposed();
  }

  /** Makes a device call when the earlier ones are over; at once when there are none. */
  #call<T>(make: () => Promise<T>, detail?: string): Promise<T> {
    const begin = async (): Promise<T> => {
      try {
        return await make();
      } catch (error) {
        throw this.#closed ? disposed() : errorOfAddon(error, detail);
      } finally {
        this.#deviceCallCount -= 1;
      }
    };
    this.#deviceCallCount += 1;
    const result = this.#deviceCallCount === 1 ? begin() : this.#deviceCalls.then(begin);
    this.#deviceCalls = result.catch(() => {});
    return result;
  }
}

/**
 * Decodes on another thread. Rejects ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY. The bytes must not be detached
 * meanwhile.
 */
export async function decodeNative(addon: Addon, bytes: Uint8Array): Promise<DecodedAudio> {
  try {
    const kept = await addon.decode(bytes);
    const samples = roomFor(addon, kept);
    await addon.takePcm(kept.handle, samples);
    return { ...namedInfo(kept), samples };
  } catch (error) {
    throw errorOfAddon(error);
  }
}

/** Decodes at once. Throws the same. */
export function decodeNativeSync(addon: Addon, bytes: Uint8Array): DecodedAudio {
  return calling(() => {
    const kept = addon.decodeSync(bytes);
    const samples = roomFor(addon, kept);
    addon.takePcmSync(kept.handle, samples);
    return { ...namedInfo(kept), samples };
  });
}

/** Calls the addon. Throws its errors as AudioErrors. */
function calling<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw errorOfAddon(error);
  }
}

/** What a file holds, without decoding it. Throws ERR_DECODE, ERR_OUT_OF_MEMORY and what reading the bytes throws. */
export function inspectNative(addon: Addon, bytes: ByteSource): SoundInfo {
  let failure: unknown = null;
  const read = (offset: number, count: number): Uint8Array => {
    const piece = new Uint8Array(count);
    try {
      return piece.subarray(0, bytes.read(offset, piece));
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  try {
    return namedInfo(addon.inspect(bytes.size, read));
  } catch (error) {
    throw failure ?? errorOfAddon(error);
  }
}

/** Shared memory for decoded sound: native engines read it in place. */
function roomFor(addon: Addon, kept: KeptPcm): Float32Array {
  try {
    return new Float32Array(new SharedArrayBuffer(kept.frames * kept.channels * 4));
  } catch (error) {
    addon.dropPcm(kept.handle);
    throw new AudioError(
      'ERR_OUT_OF_MEMORY',
      `There is not enough memory for ${kept.frames} frames of ${kept.channels} channels`,
      { cause: error },
    );
  }
}

function disposed(): AudioError {
  return new AudioError('ERR_DISPOSED', 'The engine was disposed before its device call was over');
}

function describeDevice(options: CoreDeviceOptions): string {
  const where = options.backend ?? 'any backend';
  return options.id === undefined ? `the default device of ${where}` : `"${options.id}" of ${where}`;
}
