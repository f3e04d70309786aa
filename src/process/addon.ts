import type { DeviceBackend, DeviceInfo } from '../base/types.js';
import type { NumberedInfo } from '../wasm/sound-info.js';
import type { PreparingCall } from '../wire/core.js';

/** What the addon calls the functions that prepare and release. */
export const addonCalls = {
  prepare_sounds: 'prepareSounds',
  prepare_resampler: 'prepareResampler',
  prepare_node: 'prepareNode',
  prepare_effect: 'prepareEffect',
  release_node: 'releaseNode',
} as const satisfies Record<PreparingCall, string>;

/** Decoded sound that lies in the addon until it is taken or dropped. */
export interface KeptPcm extends NumberedInfo {
  readonly handle: number;
}

/**
 * The functions of the Node-API addon (native/napi). Failures are Errors with a numeric `result`; handles are numbers.
 */
export interface Addon
  extends Record<(typeof addonCalls)[PreparingCall], (engine: number, ...numbers: readonly number[]) => void> {
  versions(): { wire: number; miniaudio: string; soundBytes: number };
  createEngine(
    wire: Uint8Array,
    sampleRate: number,
    channels: number,
    smoothingFrames: number,
    maxVoices: number,
  ): number;
  destroyEngine(engine: number): void;
  prepareBuffer(
    engine: number,
    id: number,
    samples: ArrayBufferView,
    format: number,
    channels: number,
    sampleRate: number,
    frames: number,
    trusted: number,
  ): void;
  prepareStream(
    engine: number,
    id: number,
    memory: Uint8Array,
    kind: number,
    format: number,
    channels: number,
    sampleRate: number,
    capacity: number,
    frames: number,
  ): void;
  releaseBuffer(engine: number, id: number): void;
  render(engine: number, target: Float32Array, frames: number): void;
  drain(engine: number): void;
  listDevices(backend: number): Promise<DeviceInfo[]>;
  openDevice(engine: number, backend: number, id: string | null, periodFrames: number): Promise<DeviceInfo>;
  startDevice(engine: number): Promise<void>;
  stopDevice(engine: number): Promise<void>;
  closeDevice(engine: number): Promise<void>;
  inspect(size: number, read: (offset: number, count: number) => Uint8Array): NumberedInfo;
  decode(bytes: Uint8Array): Promise<KeptPcm>;
  decodeSync(bytes: Uint8Array): KeptPcm;
  takePcm(handle: number, target: Float32Array): Promise<void>;
  takePcmSync(handle: number, target: Float32Array): void;
  dropPcm(handle: number): void;
}

/** `mae_backend` of native/include/mae.h, in order. */
const backends: readonly DeviceBackend[] = [
  'pulseaudio',
  'alsa',
  'jack',
  'wasapi',
  'dsound',
  'winmm',
  'coreaudio',
  'null',
];

/** The addon's number of a backend; undefined is the automatic choice. -1 for one that is not a native backend. */
export function backendNumber(backend: DeviceBackend | undefined): number {
  return backend === undefined ? backends.length : backends.indexOf(backend);
}
