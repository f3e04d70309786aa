import type { AudioBuffer } from '../../engine/audio-buffer.js';
import type { Engine } from '../../engine/engine.js';
import type { AudioBusLayout } from '../buses/bus-layout.js';
import type { AudioClip } from '../clips/clip.js';

/** Names one thing that plays. An id is never given twice. */
export type ChannelId = number;

/**
 * What a backend can do: 'play.basic', 'play.2d', 'play.3d', 'streaming', 'streaming.wav' and so on, 'spatial.doppler',
 * 'effect.lowpass' and so on.
 */
export type Capability = string;

/** How a channel is placed: not at all, in a plane, or in space. */
export type ChannelMode = 'basic' | '2d' | '3d';

/** How `playAudio` plays. */
export interface PlayAudioOptions {
  /** How the channel is placed, default 'basic'. */
  mode?: ChannelMode;
  /** Where it is, for '2d' and '3d': x, y and z (default 0 each), in the units of the listener's position. */
  position?: readonly number[];
  /** Level in dB, -80..24, default 0; -80 and below is silence. */
  volumeDb?: number;
  /** A further level in dB, -80..24, default 0, added to `volumeDb`: for what belongs to the clip. */
  gainDb?: number;
  /** Speed, 0.01..100, default 1. */
  pitch?: number;
  /** Whether it starts over at its end, default false. */
  loop?: boolean;
  /** Name of the bus, default 'Master' for 'basic', 'SFX' for '2d' and '3d'. */
  bus?: string;
  /** Distance from which on it is silent, above 0, default 2000 for '2d' and 100 for '3d'. */
  maxDistance?: number;
  /** Seconds of the clip at which it begins, default 0. */
  fromPosition?: number;
  /** -1 left, 0 centre, 1 right, default 0. For '2d' and '3d' the position decides. */
  pan?: number;
  /** Seconds in which it fades in, 0..20000, default 0. */
  fadeInSeconds?: number;
}

/** How `openStream` opens one. */
export interface OpenStreamOptions {
  /** Level in dB, -80..24, default 0. */
  volumeDb?: number;
  /** Name of the bus, default 'Master'. */
  bus?: string;
  /** Seconds that fit into the buffer, default 0.5. */
  bufferSeconds?: number;
  /** Whether a streamed clip starts over at its end, default false. */
  loop?: boolean;
  /** A clip to be decoded as it plays; without one, what is fed plays. */
  clip?: AudioClip;
}

/** What a fed stream is made of. */
export interface FedStreamFormat {
  /** Frames in each second, in Hz. */
  readonly sampleRate: number;
  /** Channels in each frame. */
  readonly channels: number;
  /** Samples are signed 16-bit integers. */
  readonly format: 's16';
}

/**
 * What a game framework plugs in: plays clips on buses, places them, streams. All calls may be made from one thread at
 * any time; none blocks.
 */
export interface AudioBackend extends Disposable {
  /** 'native', 'pipe', 'null', 'worklet', or the name under which it was registered. */
  readonly name: string;
  /** The engine behind it; null where there is none. */
  readonly engine: Engine | null;
  /** The layout that is heard. */
  readonly busLayout: AudioBusLayout;
  /** What this backend can do. */
  listCapabilities(): ReadonlySet<Capability>;

  /**
   * Plays a clip or buffer; returns the channel, which is gone when it is over. Throws UnknownBusError,
   * ERR_VOICE_LIMIT, what `AudioClip.buffer` throws, RangeError and TypeError for options.
   */
  playAudio(clip: AudioClip | AudioBuffer, options?: PlayAudioOptions): ChannelId;
  /**
   * Stops a channel; what is heard fades out over the smoothing time, or over `fadeSeconds`. Does nothing for one that
   * is gone.
   */
  stopAudio(id: ChannelId, fadeSeconds?: number): void;
  /** Lets a channel stand still. */
  pauseAudio(id: ChannelId): void;
  /** Lets it go on. */
  resumeAudio(id: ChannelId): void;
  /** Sets level (dB, -80..24) and pan (-1..1) of a channel, as a game that places it itself wants them; ramped. */
  updateAudio2d(id: ChannelId, volumeDb: number, pan: number): void;
  /** Sets level (dB, -80..24), pan (-1..1) and speed (0.01..100) of a channel; ramped. */
  updateAudio3d(id: ChannelId, volumeDb: number, pan: number, pitch: number): void;
  /** Moves a channel of mode '2d' or '3d': level and pan follow from its position and the listener's. */
  setPosition(id: ChannelId, x: number, y: number, z?: number): void;
  /** Sets the speed of a channel, 0.01..100; ramped. */
  setPitch(id: ChannelId, pitch: number): void;
  /** Seconds of the source that were played, right with pitch, pause and loop; NaN for a channel that is gone. */
  getPlaybackPosition(id: ChannelId): number;
  /** True while the channel plays or is paused. */
  isChannelActive(id: ChannelId): boolean;

  /** Where the listener is. */
  setListenerPosition(x: number, y: number, z?: number): void;
  /** How fast the listener moves, in units a second. */
  setListenerVelocity(x: number, y: number, z?: number): void;
  /** Where the listener looks; not zero. */
  setListenerDirection(x: number, y: number, z: number): void;
  /** What is up for the listener; not zero. */
  setListenerWorldUp(x: number, y: number, z: number): void;

  /** Opens a stream that is fed, or a clip that is decoded as it plays. */
  openStream(options?: OpenStreamOptions): ChannelId;
  /** Hands frames to a stream; returns how many were taken, never more than fit. s16 at `streamFormat()`. */
  feedAudioChunk(id: ChannelId, bytes: ArrayBufferView | ArrayBuffer): number;
  /** Frames that a stream would take now. */
  framesAvailable(id: ChannelId): number;
  /** What is buffered plays out, then the channel is over. */
  endOfStream(id: ChannelId): void;
  /** What `feedAudioChunk` takes. */
  streamFormat(): FedStreamFormat;

  /**
   * Lets a layout be heard: the difference to the present one is applied, without a click. Later changes of the layout
   * are heard at once.
   */
  syncBusLayout(layout: AudioBusLayout): void;
  /** Ends everything and closes the engine. Idempotent. */
  shutdown(): void;
}
