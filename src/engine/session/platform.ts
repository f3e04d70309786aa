import type { AudioError } from '../../base/errors.js';
import type { DeviceInfo, HostChoice } from '../../base/types.js';
import type { Core, CoreOptions, DecodedAudio, SoundInfo, StreamThread } from '../../wire/core.js';
import type { TaskThread } from '../../wire/task.js';

export type { SoundInfo, TaskThread };

/** Work that can be done on a thread of its own: 'feed' renders a synth (src/synth/feed-worker.ts). */
type TaskName = 'feed';

/**
 * What the engine needs from where it runs (a process or a page): engines in C, decoders, files, threads, and an outlet
 * for warnings. Only the index files know which platform it is.
 */
export interface Platform {
  /** True in browsers, where a device is an AudioContext. */
  readonly hasAudioContexts: boolean;
  /** What relative addresses are relative to; null where they are file paths. */
  readonly baseAddress: string | null;
  /** Makes an engine in C, for a device or to be pulled. Throws MiniaudioEngineUnavailable. */
  openCore(host: HostChoice, options: CoreOptions, forDevice: boolean): Core;
  /** Playback devices of every backend. */
  listDevices(): Promise<DeviceInfo[]>;
  /** Decodes off the calling thread, and resamples where a rate is given (8000..192000 Hz). Rejects ERR_DECODE. */
  decodeBytes(bytes: Uint8Array, sampleRate?: number): Promise<DecodedAudio>;
  /** Decodes at once. Throws ERR_DECODE. */
  decodeBytesSync(bytes: Uint8Array): DecodedAudio;
  /**
   * What a file or its bytes hold, at once and without decoding: only what tells it is read. Throws ERR_FILE_NOT_FOUND,
   * ERR_FILE_READ, ERR_DECODE, and in a page ERR_NOT_READY before the engine's module is loaded.
   */
  inspect(source: string | URL | Uint8Array): SoundInfo;
  /** Reads a whole file. Rejects ERR_FILE_NOT_FOUND, ERR_FILE_READ, or with the signal's reason. */
  readFile(path: string | URL, signal?: AbortSignal): Promise<Uint8Array>;
  /** Reads a whole file at once. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ. */
  readFileSync(path: string | URL): Uint8Array;
  /** The path of a file URL. Throws a TypeError for a URL that is none. */
  pathOfUrl(url: URL): string;
  /** Pages of a stream of so many channels. */
  pageCountFor(channels: number): number;
  /** Starts a thread that decodes ahead. Throws ERR_UNSUPPORTED_HOST. */
  startStreamThread(): StreamThread;
  /**
   * Does some work of this package on a thread of its own, which does not keep the process alive; null where there is
   * no such thread. `transfer`: ports in the data.
   */
  startTask(task: TaskName, data: unknown, transfer: readonly object[]): TaskThread | null;
  /** True if the native addon is loaded; tries once. */
  hasNative(): boolean;
  /** Tries again to load what could not be loaded before. Returns whether an engine with a device can run. */
  refresh(): boolean;
  /** Compiles the native addon, telling what it does line by line. Rejects with the reason. */
  build?(onProgress: (line: string) => void): Promise<void>;
  /** Formats that can be decoded. */
  formats(): readonly string[];
  /** A variable of the environment; undefined where there is none. */
  environment(name: string): string | undefined;
  /** Shows a warning that no listener took. */
  warn(warning: AudioError): void;
}

let current: Platform | null = null;

/** Called once by an index file, before anything else. */
export function setPlatform(platform: Platform): void {
  current = platform;
}

/** The platform that the index file has set. */
export function platform(): Platform {
  if (current === null) throw new Error('src/engine was imported without an index file that sets its platform');
  return current;
}
