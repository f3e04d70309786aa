import type { DeviceBackend, DeviceInfo } from '../base/types.js';
import type { Wire } from './wire.js';

/** Sample formats the engine reads in place. The numbers are `mae_format` of native/include/mae.h. */
export const SampleFormat = { f32: 0, s16: 1, u8: 2, s32: 3 } as const;
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

/** Decoded sound: interleaved float32. */
export interface DecodedAudio {
  readonly samples: Float32Array;
  readonly channels: number;
  readonly sampleRate: number;
  readonly frames: number;
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
}

/**
 * One engine in C, as TypeScript sees it: a wire for everything that sounds, and a few calls for what needs memory or a device.
 * Every method may throw an AudioError with the code of the result. No method calls back into user code.
 */
export interface Core {
  readonly kind: 'native' | 'wasm' | 'worklet';
  readonly wire: Wire;
  /** Memory for sounds with slots below `count`. */
  prepareSounds(count: number): void;
  /** Tables of a resampler (its number on the wire), made once: before the first sound that is read with it. */
  prepareResampler(resampler: number): void;
  prepareNode(id: number): void;
  /** The same for a node that carries an effect: `EFFECT_*` of the wire, and its variant (0 where it has none). */
  prepareEffect(id: number, kind: number, variant: number): void;
  /** After its RETIRED event: what the node's effect needed is freed. */
  releaseNode(id: number): void;
  /** Makes samples readable under an id: in place on native (the memory is pinned until `releaseBuffer`), copied once into its memory by wasm. */
  prepareBuffer(id: number, memory: SampleMemory): void;
  releaseBuffer(id: number): void;
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
