import { allocateShared } from '../../base/memory.js';
import type { SampleArray } from '../../base/types.js';
import { wrongKind } from '../../base/validate.js';
import { type DecodedAudio, SampleFormat, type SampleMemory } from '../../wire/core.js';
import type { Session, SessionBuffer } from '../session/session.js';
import type { Source } from './source.js';

/** Samples, and the ids under which engines know them. */
export class SampleData implements SessionBuffer, Source {
  readonly className = 'AudioBuffer';
  readonly live = false;
  readonly memory: SampleMemory;
  /** True if the samples lie in memory that the program may still write to. */
  readonly shared: boolean;
  disposed = false;
  readonly #ids = new Map<Session, number>();

  /** Nobody knows them yet. */
  constructor(memory: SampleMemory, shared: boolean) {
    this.memory = memory;
    this.shared = shared;
  }

  /** Decoded samples: finite, and nobody else has them. */
  static fromDecoded(decoded: DecodedAudio): SampleData {
    const { samples, channels, sampleRate, frames } = decoded;
    return new SampleData({ samples, channels, sampleRate, frames, format: SampleFormat.f32, trusted: true }, false);
  }

  /** Length in frames. */
  get frames(): number {
    return this.memory.frames;
  }

  /** Hz. */
  get sampleRate(): number {
    return this.memory.sampleRate;
  }

  /**
   * The id under which this engine knows the samples, from now on if not before. Throws ERR_BUFFER_LIMIT,
   * ERR_OUT_OF_MEMORY.
   */
  idFor(session: Session): number {
    const known = this.#ids.get(session);
    if (known !== undefined) return known;
    const id = session.addSource(this, (core, newId) => core.prepareBuffer(newId, this.memory));
    this.#ids.set(session, id);
    return id;
  }

  /** Any number of sounds read samples. */
  attach(): void {}

  detach(): void {}

  heard(): void {}

  /** No new sound will be made from them: each engine lets go when its last sound is gone. Idempotent. */
  dispose(): void {
    this.disposed = true;
    for (const [session, id] of this.#ids) session.destroyBuffer(id);
    this.#ids.clear();
  }

  /** That engine is closed. */
  forget(session: Session): void {
    this.#ids.delete(session);
  }
}

/** The wire's number for the kind of an array, undefined for a kind that cannot be played. */
export function formatOf(samples: unknown): SampleFormat | undefined {
  if (samples instanceof Float32Array) return SampleFormat.f32;
  if (samples instanceof Int16Array) return SampleFormat.s16;
  if (samples instanceof Uint8Array) return SampleFormat.u8;
  if (samples instanceof Int32Array) return SampleFormat.s32;
  return undefined;
}

/** True if the memory behind a view was taken away from it. */
export function isDetached(samples: SampleArray): boolean {
  try {
    return new Uint8Array(samples.buffer).length < 0;
  } catch {
    // Only a detached buffer refuses a view of all of it.
    return true;
  }
}

/** A copy in memory that engines can share; NaN and infinity become 0. */
export function copySamples(samples: SampleArray): SampleArray {
  const memory = allocateShared(samples.byteLength);
  if (samples instanceof Float32Array) {
    const copy = new Float32Array(memory);
    // A view of memory that was given away is empty, and even nothing cannot be copied from it.
    if (copy.length > 0) copy.set(samples);
    for (let index = 0; index < copy.length; index += 1) if (!Number.isFinite(copy[index])) copy[index] = 0;
    return copy;
  }
  const bytes = new Uint8Array(memory);
  if (bytes.length > 0) bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  if (samples instanceof Int16Array) return new Int16Array(memory);
  return samples instanceof Int32Array ? new Int32Array(memory) : bytes;
}

/**
 * The view's part of an ArrayBuffer that is taken away from the caller: nobody else can reach the memory afterwards.
 * Throws a TypeError where it cannot be taken.
 */
export function takeSamples(samples: SampleArray): SampleArray {
  const { byteOffset, length } = samples;
  const buffer = transferred(samples);
  if (samples instanceof Float32Array) return new Float32Array(buffer, byteOffset, length);
  if (samples instanceof Int16Array) return new Int16Array(buffer, byteOffset, length);
  return samples instanceof Int32Array
    ? new Int32Array(buffer, byteOffset, length)
    : new Uint8Array(buffer, byteOffset, length);
}

function transferred(samples: SampleArray): ArrayBuffer {
  try {
    return structuredClone(samples.buffer, { transfer: [samples.buffer as ArrayBuffer] }) as ArrayBuffer;
  } catch {
    // Memory of WebAssembly, or memory that was given away already.
    throw wrongKind('an array whose memory can be taken over', 'samples', samples);
  }
}

/** Reads samples as numbers from -1 to 1: what is heard of each. */
export function sampleReader(memory: SampleMemory): (index: number) => number {
  const { samples, format } = memory;
  switch (format) {
    case SampleFormat.s16:
      return (index) => samples[index]! / 32768;
    case SampleFormat.u8:
      return (index) => (samples[index]! - 128) / 128;
    case SampleFormat.s32:
      return (index) => samples[index]! / 2147483648;
    default:
      return (index) => (Number.isFinite(samples[index]) ? samples[index]! : 0);
  }
}
