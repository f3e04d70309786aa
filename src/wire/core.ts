import type { AudioError } from '../base/errors.js';
import type { Codec, Container, DeviceBackend, DeviceInfo } from '../base/types.js';
import type { Wire } from './wire.js';
import { STREAM_HEADER_BYTES, STREAM_PAGE_FRAMES } from './wire-layout.js';

/** Sample formats the engine reads in place. The numbers are `mae_format` of native/include/mae.h. */
export const SampleFormat = { f32: 0, s16: 1, u8: 2, s32: 3, s24: 4 } as const;
export type SampleFormat = (typeof SampleFormat)[keyof typeof SampleFormat];

/** Interleaved samples that an engine is asked to read, before the host has made them reachable for its C side. */
export interface SampleMemory {
  readonly samples: Float32Array | Int16Array | Uint8Array | Int32Array;
  readonly format: SampleFormat;
  readonly channels: number;
  readonly sampleRate: number;
  readonly frames: number;
  /** True if the samples are known to be finite and nobody can write to them any more. */
  readonly trusted: boolean;
}

/** The kinds of streams. The numbers are `mae_stream_kind` of native/include/mae.h. */
export const StreamKind = { ring: 1, pages: 2 } as const;
export type StreamKind = (typeof StreamKind)[keyof typeof StreamKind];

/** A source whose frames come while it is played. */
export interface StreamShape {
  readonly kind: StreamKind;
  readonly format: SampleFormat;
  readonly channels: number;
  readonly sampleRate: number;
  /** Frames of the ring, a power of two from 64; or pages, 2..64. */
  readonly capacity: number;
  /** Pages: length of the source in frames. */
  readonly frames: number;
}

/** Memory that an engine reads while others write to it: the header of mae_wire.def, then the frames. */
export interface StreamMemory {
  readonly memory: ArrayBufferLike;
  /** Where in `memory` it begins, in bytes; a multiple of 8. */
  readonly byteOffset: number;
  /** Bytes of header and frames. */
  readonly byteLength: number;
}

/** The memory of a stream that was prepared, for the thread that prepared it. */
export interface PreparedStream extends StreamMemory {
  /** True while the engine is still loading: the memory is then one to write a ring to, and for pages none at all. */
  readonly early?: boolean;
  /** Called when the engine has made the memory that stays, with all that was written until then. */
  onMove?: (() => void) | null;
  /** Present where the engine reads a copy: to be called after the ring was written to. */
  readonly changed?: () => void;
  /**
   * Present where no thread but the engine's own can see the pages: a MessagePort for the thread that fills them
   * (src/page/links/page-port.ts).
   */
  readonly port?: object;
  /**
   * Present where no other thread can see a ring: gives a MessagePort through which one can write to it
   * (src/engine/sources/port-ring.ts).
   */
  readonly lend?: () => object;
  /** Present where what is written to a ring travels: settles when all of it has come. */
  readonly settled?: () => Promise<void>;
}

/**
 * What is written to a ring through a port: frames up to the position `written`. Back comes the position up to which
 * they were read, a plain number.
 */
export interface PortFrames {
  readonly written: number;
  readonly frames: ArrayBuffer;
}

/** Bytes of one sample of a format. */
export function sampleBytes(format: SampleFormat): number {
  return [4, 2, 1, 4, 3][format]!;
}

/** Bytes that a stream of this shape needs. */
export function streamBytes({ kind, format, channels, capacity }: StreamShape): number {
  const frames = kind === StreamKind.ring ? capacity : capacity * STREAM_PAGE_FRAMES;
  return STREAM_HEADER_BYTES + frames * channels * sampleBytes(format);
}

/** The shape of a sound. */
export interface SoundShape {
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Length in frames, exact. */
  readonly frames: number;
}

/** What a file holds, as its decoder says. */
export interface SoundInfo extends SoundShape {
  readonly container: Container;
  readonly codec: Codec;
  /** Bits of one sample as it is stored; 0 where the codec has no such number. */
  readonly bits: number;
}

/** Reports of a stream that is decoded on another thread. */
export interface StreamEvents {
  /** The first pages are there. */
  ready(): void;
  /** No page will come any more. */
  failed(error: AudioError): void;
}

/** A stream that is decoded on another thread. */
export interface StreamHandle {
  /** Commands were sent that may need other pages soon. */
  wake(): void;
  /** Keeps the process alive until the returned function is called, once. */
  hold(): () => void;
  /** Blocks until what will be played next is there, or cannot be. Only for engines without a device. */
  waitReady(): void;
  /** Ends it; `whenClosed` is called when nobody writes to its memory any more. */
  close(whenClosed: () => void): void;
}

/** How a fetch is watched and aborted. */
export interface FindOptions {
  /** Called with the bytes received and the total, which is 0 while unknown. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** A source that will be decoded while it plays; its shape is known. */
export interface FoundStream {
  readonly shape: SoundShape;
  /** Begins to fill the memory of a stream. To be called once. */
  open(prepared: PreparedStream, events: StreamEvents): StreamHandle;
  /** Lets go of it: it will not be opened. */
  drop(): void;
}

/** A thread that decodes ahead for the streams of one engine. */
export interface StreamThread {
  /**
   * Looks into a file, or bytes that nobody writes to any more. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_DECODE,
   * ERR_UNSUPPORTED_HOST.
   */
  findNow(source: string | Uint8Array): FoundStream;
  /**
   * Fetches enough to know the shape. Present where the thread itself fetches what it plays; bytes are handed
   * over to it. Rejects ERR_NETWORK with the HTTP status, ERR_FILE_READ, ERR_DECODE, ERR_UNSUPPORTED_HOST, or with the
   * signal's reason.
   */
  find?(source: URL | Request | Blob | Uint8Array, options: FindOptions): Promise<FoundStream>;
  /** Ends the thread; no event comes any more. */
  end(): void;
}

/** Decoded sound: interleaved float32. */
export interface DecodedAudio extends SoundInfo {
  readonly samples: Float32Array;
}

export interface CoreOptions {
  readonly sampleRate: number;
  readonly channels: number;
  readonly smoothingFrames: number;
  readonly maxVoices: number;
}

export interface CoreDeviceOptions {
  readonly backend?: DeviceBackend;
  readonly id?: string;
  readonly periodFrames?: number;
  /** Browsers: the program's own AudioContext. */
  readonly context?: object;
  /** Browsers: the AudioNode to play into. */
  readonly destination?: object;
}

/** A device that its host manages, as a browser does: it is never lost, but the host may suspend it. */
export interface HostedDevice {
  /** What it does now. */
  readonly state: 'running' | 'suspended' | 'stopped';
  /** Called when the state changed by itself, with the reason if it failed. */
  onChange: ((failure?: AudioError) => void) | null;
  /** Asks for sound within the program's call, where a user gesture still counts. */
  wake(): void;
  /**
   * Moves what plays to another device, without a gap in time. Rejects ERR_NO_DEVICE, ERR_DEVICE, ERR_UNSUPPORTED_HOST.
   */
  move(options: CoreDeviceOptions): Promise<DeviceInfo>;
}

/**
 * Calls that prepare memory for an engine or let go of it, with their numbers: `mae_engine_*` of native/include/mae.h
 * without the engine.
 */
export interface Preparations {
  /** Memory for sounds with slots below `count`. */
  prepare_sounds: [count: number];
  /** Tables of a resampler (its number on the wire), made once: before the first sound that is read with it. */
  prepare_resampler: [resampler: number];
  prepare_node: [id: number];
  /** The same for a node that carries an effect: `EFFECT_*` of the wire, and its variant (0 where it has none). */
  prepare_effect: [id: number, kind: number, variant: number];
  /** After its RETIRED event: what the node's effect needed is freed. */
  release_node: [id: number];
}

/** The name of such a call. */
export type PreparingCall = keyof Preparations;

/** Gives an engine the memory it needs. Every method may throw an AudioError with the code of the result. */
export interface EngineMemory {
  prepare<Call extends PreparingCall>(call: Call, ...numbers: Preparations[Call]): void;
  /**
   * Makes samples readable under an id: in place on native (the memory is pinned until `releaseBuffer`), copied once
   * into its memory by wasm. A promise where the samples are still on their way: no command may name the id before it
   * settles. It rejects ERR_OUT_OF_MEMORY.
   */
  prepareBuffer(id: number, memory: SampleMemory): Promise<void> | void;
  /**
   * Makes a stream under the id of a buffer; its memory, whose header is zero, is the engine's until `releaseBuffer`.
   * Throws ERR_OUT_OF_MEMORY.
   */
  prepareStream(id: number, shape: StreamShape): PreparedStream;
  /** After RETIRED: lets go of the memory of a buffer or stream. */
  releaseBuffer(id: number): void;
}

/**
 * One engine in C, as TypeScript sees it: a wire for everything that sounds, and a few calls for what needs memory or a
 * device. Every method may throw an AudioError with the code of the result. No method calls back into user code.
 */
export interface Core extends EngineMemory {
  readonly kind: 'native' | 'wasm' | 'worklet';
  readonly wire: Wire;
  /**
   * Settles when the engine can render; absent if it can from the start. Commands wait until then, in order. Rejects
   * with the reason.
   */
  readonly ready?: Promise<void>;
  /** Present where the host manages its device: the heartbeat is not watched then. */
  readonly hosted?: HostedDevice;
  /**
   * True where no thread renders for a running device: time then goes on in silence on the control
   * side.
   */
  readonly silent?: boolean;
  /** How long the heartbeat may stand still before the device counts as lost, where that is longer than usual. */
  readonly heartbeatTimeoutMilliseconds?: number;
  /** Renders the next `frames` frames into the start of `target`. Only without a running device. */
  render(target: Float32Array, frames: number): void;
  /** Takes waiting commands and sends waiting events without rendering. A no-op while a device runs. */
  drain(): void;
  /** True while a device's thread renders: then `drain` does nothing and a full ring waits on the TypeScript side. */
  readonly rendering: boolean;
  /** Opens (not started), off the calling thread. Rejects ERR_NO_DEVICE, ERR_DEVICE, ERR_UNSUPPORTED_HOST. */
  openDevice(options: CoreDeviceOptions): Promise<DeviceInfo>;
  startDevice(): Promise<void>;
  stopDevice(): Promise<void>;
  closeDevice(): Promise<void>;
  /** Stops the device at once if one runs and frees everything. Idempotent. */
  close(): void;
}
