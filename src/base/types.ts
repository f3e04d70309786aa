/**
 * The sound systems a device may be opened through. `'pipe'`, of the host 'wasm' only, is a player program that is fed
 * samples. `'null'` renders in real time and is heard nowhere.
 */
export type DeviceBackend =
  | 'pulseaudio'
  | 'alsa'
  | 'jack'
  | 'wasapi'
  | 'dsound'
  | 'winmm'
  | 'coreaudio'
  | 'webaudio'
  | 'pipe'
  | 'null';

/**
 * The kind of a sound file, by its first bytes and never by its name: 'wav' is RIFF, RIFX or RF64, 'aiff' AIFC too,
 * 'ogg' Vorbis or FLAC in Ogg, 'mp3' MPEG audio of every layer.
 */
export type Container = 'wav' | 'w64' | 'aiff' | 'flac' | 'mp3' | 'ogg' | 'opus';

/** How the samples of a sound file are coded. */
export type Codec = 'pcm' | 'float' | 'alaw' | 'mulaw' | 'adpcm' | 'flac' | 'mp3' | 'vorbis' | 'opus';

/** One playback device. */
export interface DeviceInfo {
  /** Text that names the device to its backend; the same from run to run. Empty where the backend has no ids. */
  readonly id: string;
  /** The device's name for people. */
  readonly name: string;
  /** True if this is the backend's default device. */
  readonly isDefault: boolean;
  /** The sound system it belongs to. */
  readonly backend: DeviceBackend;
  /** Hz; 0 while not known, before the device was opened. */
  readonly sampleRate: number;
  /** Number of channels; 0 while not known. */
  readonly channels: number;
}

/** How a playback device is opened. */
export interface DeviceOptions {
  /**
   * The `id` of a device from `Engine.devices()`; default: the backend's default device. An id that is not listed is
   * `ERR_NO_DEVICE`.
   */
  id?: string;
  /** Frames in one callback of the device, 16..65536; default: 10 ms. */
  periodFrames?: number;
  /**
   * The sound system; default: the first of the platform's that has a device, never `'null'`. An explicit one never
   * falls back.
   */
  backend?: DeviceBackend;
  /**
   * Whether a lost device is reopened, default true: meanwhile time goes on in silence. False: the engine stops and
   * says so.
   */
  recover?: boolean;
  /** Browsers: the program's own AudioContext, never closed by the engine. Elsewhere `ERR_UNSUPPORTED_HOST`. */
  context?: object;
  /** Browsers: the AudioNode that the engine plays into. Elsewhere `ERR_UNSUPPORTED_HOST`. */
  destination?: object;
}

/**
 * Where an engine runs: `'auto'` takes the native addon and falls back to WebAssembly; an explicit host never falls
 * back.
 */
export type HostChoice = 'auto' | 'native' | 'wasm';

/**
 * How a sound is read at another speed than its own. From 44.1 to 48 kHz a tone of 1, 5, 10 kHz stands above everything
 * that does not belong to it by: linear 62, 34, 20 dB; cubic (4 points) 105, 54, 30; sinc (16 points) 92, 103, 99 and
 * flat within 0.15 dB to 15 kHz; sinc-best (72 points) 123, 123, 113 and flat within 0.05 dB to 20 kHz. Both sincs keep
 * what is read faster from folding back, up to 8 times the speed; each sounding voice costs more the better it is. All
 * are exact in pitch.
 */
export type Resampler = 'linear' | 'cubic' | 'sinc' | 'sinc-best';

/**
 * The shape of a ramp. With t from 0 to 1, from a to b. linear: a + (b - a) t. exponential: a (b/a)^t, a zero end
 * counting as 1e-5 and reached exactly at t = 1. equal-power: rising a + (b - a) sin(pi t / 2), falling b + (a - b)
 * cos(pi t / 2). ease-in: t^2, ease-out: 1 - (1 - t)^2, ease-in-out: 3 t^2 - 2 t^3 in place of t.
 */
export type Curve = 'linear' | 'exponential' | 'equal-power' | 'ease-in' | 'ease-out' | 'ease-in-out';

/** Levels since the last reading, one entry for each channel. */
export interface Meter {
  /** Largest magnitude, linear. */
  peak: number[];
  /** Root mean square, linear. */
  rms: number[];
}

/** Interleaved samples: f32, s16 (x / 32768), u8 ((x - 128) / 128), s32 (x / 2147483648). */
export type SampleArray = Float32Array | Int16Array | Uint8Array | Int32Array;

/** One try to load a host. */
export interface HostAttempt {
  /** `'native'` or `'wasm'`. */
  host: string;
  /** The file that was tried, where it was a file. */
  path?: string;
  /** `'OK'`, or the code of the failure. */
  code: string;
  /** What happened, in a sentence. */
  message: string;
}

/** What was tried to load the engine, what was chosen, and why each better choice failed. */
export interface HostInfo {
  /** The host in use; null before anything was loaded. */
  chosen: 'native' | 'wasm' | 'worklet' | null;
  /** Every try, in order. */
  attempts: HostAttempt[];
  /** Versions of what is loaded: package, addon, wasm, miniaudio. */
  versions: Record<string, string>;
  /** Formats that can be decoded here: of wav, flac, mp3, ogg (vorbis), opus. */
  formats: string[];
  /** In a browser: whether the page may share memory. */
  crossOriginIsolated?: boolean;
}
