import type { AudioBuffer } from '../../engine/audio-buffer.js';
import type { Engine } from '../../engine/engine.js';
import type { AudioBusLayout } from '../buses/bus-layout.js';
import type { AudioClip } from '../clips/clip.js';

/** Identifies one thing that a backend plays. An id is never used twice. */
export type ChannelId = number;

/**
 * Something a backend can do: 'play.basic', 'play.2d', 'play.3d', 'streaming', 'streaming.wav' (one for each format),
 * 'spatial.doppler', 'effect.lowpass' (one for each effect).
 */
export type Capability = string;

/** How a channel is positioned: 'basic' not at all, '2d' in a plane, '3d' in space. */
export type ChannelMode = 'basic' | '2d' | '3d';

/** Options of {@link AudioBackend.playAudio}. */
export interface PlayAudioOptions {
  /**
   * How the channel is positioned.
   *
   * @defaultValue `'basic'`
   */
  mode?: ChannelMode;
  /**
   * Position for '2d' (x, y) and '3d' (x, y, z), in the units of the listener's position.
   *
   * @defaultValue `[0, 0, 0]`
   */
  position?: readonly number[];
  /**
   * Level in dB, -80..24; -80 and below is silence.
   *
   * @defaultValue `0`
   */
  volumeDb?: number;
  /**
   * Another level in dB, -80..24, which is added to `volumeDb`. Use it for a level that belongs to the clip.
   *
   * @defaultValue `0`
   */
  gainDb?: number;
  /**
   * Speed and pitch as a factor, 0.01..100.
   *
   * @defaultValue `1`
   */
  pitch?: number;
  /**
   * Whether the clip starts again when it ends.
   *
   * @defaultValue `false`
   */
  loop?: boolean;
  /**
   * Name of the bus to play on.
   *
   * @defaultValue `'Master'` for 'basic', `'SFX'` for '2d' and '3d'
   */
  bus?: string;
  /**
   * Distance at which the channel becomes silent, above 0. Used by '2d' and '3d'.
   *
   * @defaultValue `2000` for '2d', `100` for '3d'
   */
  maxDistance?: number;
  /**
   * Where in the clip to start, in seconds, 0 to the clip's duration.
   *
   * @defaultValue `0`
   */
  fromPosition?: number;
  /**
   * Pan, -1 (left) to 1 (right). In '2d' and '3d' the position decides instead.
   *
   * @defaultValue `0`
   */
  pan?: number;
  /**
   * Length of the fade-in in seconds, 0..20000.
   *
   * @defaultValue `0`
   */
  fadeInSeconds?: number;
}

/** Options of {@link AudioBackend.openStream}. */
export interface OpenStreamOptions {
  /**
   * Level in dB, -80..24; -80 and below is silence.
   *
   * @defaultValue `0`
   */
  volumeDb?: number;
  /**
   * Name of the bus to play on.
   *
   * @defaultValue `'Master'`
   */
  bus?: string;
  /**
   * Length of the buffer in seconds, 0..600: how much can be fed ahead of playback.
   *
   * @defaultValue `0.5`
   */
  bufferSeconds?: number;
  /**
   * Whether a streamed clip starts again when it ends.
   *
   * @defaultValue `false`
   */
  loop?: boolean;
  /**
   * A clip to decode while it plays.
   *
   * @defaultValue none: the stream plays what {@link AudioBackend.feedAudioChunk} gives it
   */
  clip?: AudioClip;
}

/** The samples that {@link AudioBackend.feedAudioChunk} expects. */
export interface FedStreamFormat {
  /** Frames per second, in Hz. */
  readonly sampleRate: number;
  /** Samples per frame. */
  readonly channels: number;
  /** Each sample is a signed 16-bit integer. */
  readonly format: 's16';
}

/** What a game plays sound through: it plays clips on buses, positions them, and streams. No call blocks. */
export interface AudioBackend extends Disposable {
  /** 'native', 'pipe', 'null', 'worklet', or the name it was registered with. */
  readonly name: string;
  /** The engine that plays, or null for a backend without one. */
  readonly engine: Engine | null;
  /** The buses that are in use. */
  readonly busLayout: AudioBusLayout;
  /**
   * What this backend can do.
   *
   * @returns The names of all its capabilities.
   */
  listCapabilities(): ReadonlySet<Capability>;

  /**
   * Plays a clip or buffer on a new channel. The channel is removed when the sound ends.
   *
   * @param clip - What to play. A clip that is not loaded is read and decoded first.
   * @param options - Level, position, bus and so on.
   * @returns The id of the channel.
   * @throws {@link UnknownBusError} when there is no such bus.
   * @throws {@link AudioError} `ERR_VOICE_LIMIT` when too many sounds play; `ERR_DISPOSED` after `shutdown`; and as
   *   {@link AudioClip.buffer} does.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   * @example
   * ```ts
   * import { AudioClip, makeBackend } from 'miniaudio-engine';
   *
   * const backend = await makeBackend({ name: 'null' });
   * const door = AudioClip.tone(220, { seconds: 0.2 });
   * const channel = backend.playAudio(door, { mode: '2d', position: [300, 40], volumeDb: -3 });
   * backend.setListenerPosition(250, 40);
   * backend.stopAudio(channel, 0.05);
   * backend.shutdown();
   * ```
   */
  playAudio(clip: AudioClip | AudioBuffer, options?: PlayAudioOptions): ChannelId;
  /**
   * Stops a channel with a fade. Does nothing if the channel has ended.
   *
   * @param id - The channel.
   * @param fadeSeconds - Length of the fade in seconds, 0..20000; 0 uses the engine's short smoothing time.
   * @throws {@link AudioError} `ERR_DISPOSED` after `shutdown`.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  stopAudio(id: ChannelId, fadeSeconds?: number): void;
  /**
   * Pauses a channel.
   *
   * @param id - The channel. If it has ended, nothing happens, unless the backend is strict.
   * @throws {@link AudioError} `ERR_DISPOSED` after `shutdown`; `ERR_STALE_ID` when the backend is strict and the
   *   channel has ended.
   */
  pauseAudio(id: ChannelId): void;
  /**
   * Resumes a paused channel.
   *
   * @param id - The channel. If it has ended, nothing happens, unless the backend is strict.
   * @throws As {@link AudioBackend.pauseAudio} does.
   */
  resumeAudio(id: ChannelId): void;
  /**
   * Sets level and pan of a channel, for games that position their sounds themselves. Both are ramped.
   *
   * @param id - The channel.
   * @param volumeDb - Level in dB, -80..24.
   * @param pan - Pan, -1 (left) to 1 (right).
   * @throws As {@link AudioBackend.pauseAudio} does.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  updateAudio2d(id: ChannelId, volumeDb: number, pan: number): void;
  /**
   * Sets level, pan and speed of a channel, for games that position their sounds themselves. All are ramped.
   *
   * @param id - The channel.
   * @param volumeDb - Level in dB, -80..24.
   * @param pan - Pan, -1 (left) to 1 (right).
   * @param pitch - Speed and pitch as a factor, 0.01..100.
   * @throws As {@link AudioBackend.updateAudio2d} does.
   */
  updateAudio3d(id: ChannelId, volumeDb: number, pan: number, pitch: number): void;
  /**
   * Moves a channel of mode '2d' or '3d'. Level and pan follow, ramped.
   *
   * @param id - The channel.
   * @param x - To the right, in the units of the listener's position.
   * @param y - Up in '3d'; the second axis of the plane in '2d'.
   * @param z - Backwards, in '3d' only.
   * @throws As {@link AudioBackend.updateAudio2d} does.
   */
  setPosition(id: ChannelId, x: number, y: number, z?: number): void;
  /**
   * Sets the speed of a channel, ramped.
   *
   * @param id - The channel.
   * @param pitch - Speed and pitch as a factor, 0.01..100.
   * @throws As {@link AudioBackend.updateAudio2d} does.
   */
  setPitch(id: ChannelId, pitch: number): void;
  /**
   * Tells where in its source a channel is, counting speed, pauses and loops.
   *
   * @param id - The channel.
   * @returns The position in seconds; NaN for a channel that has ended.
   * @throws As {@link AudioBackend.pauseAudio} does.
   */
  getPlaybackPosition(id: ChannelId): number;
  /**
   * Tells whether a channel still exists.
   *
   * @param id - The channel.
   * @returns True while the channel plays or is paused.
   * @throws {@link AudioError} `ERR_DISPOSED` after `shutdown`.
   */
  isChannelActive(id: ChannelId): boolean;

  /**
   * Moves the listener. Channels in a plane ignore z.
   *
   * @param x - To the right.
   * @param y - Up in space; the second axis of the plane.
   * @param z - Backwards.
   * @throws {@link AudioError} `ERR_DISPOSED` after `shutdown`.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything but finite numbers.
   */
  setListenerPosition(x: number, y: number, z?: number): void;
  /**
   * Sets the velocity of the listener, which the doppler effect of players uses. It does not move the listener.
   *
   * @param x - Units per second to the right.
   * @param y - Units per second up, or along the second axis of the plane.
   * @param z - Units per second backwards.
   * @throws As {@link AudioBackend.setListenerPosition} does.
   */
  setListenerVelocity(x: number, y: number, z?: number): void;
  /**
   * Sets the direction in which the listener looks, for sounds in space. At first it is (0, 0, -1).
   *
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   * @throws As {@link AudioBackend.setListenerPosition} does, also for the zero vector.
   */
  setListenerDirection(x: number, y: number, z: number): void;
  /**
   * Sets which way is up for the listener, for sounds in space. At first it is (0, 1, 0).
   *
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   * @throws As {@link AudioBackend.setListenerPosition} does, also for the zero vector.
   */
  setListenerWorldUp(x: number, y: number, z: number): void;

  /**
   * Opens a stream on a new channel: one that the program feeds, or a clip that is decoded while it plays.
   *
   * @param options - Level, bus, buffer length and clip.
   * @returns The id of the channel.
   * @throws {@link UnknownBusError} when there is no such bus.
   * @throws {@link AudioError} `ERR_VOICE_LIMIT` or `ERR_BUFFER_LIMIT` when there are too many; `ERR_DISPOSED` after
   *   `shutdown`; and as {@link AudioClip.buffer} does.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   * @example
   * ```ts
   * import { makeBackend } from 'miniaudio-engine';
   *
   * const backend = await makeBackend({ name: 'null' });
   * const { sampleRate, channels } = backend.streamFormat();
   * const channel = backend.openStream({ bufferSeconds: 0.2 });
   * const noise = Int16Array.from({ length: 0.1 * sampleRate * channels }, () => (Math.random() - 0.5) * 8000);
   * const taken = backend.feedAudioChunk(channel, noise);
   * console.log(taken, 'frames taken,', backend.framesAvailable(channel), 'more would fit');
   * backend.endOfStream(channel);
   * backend.shutdown();
   * ```
   */
  openStream(options?: OpenStreamOptions): ChannelId;
  /**
   * Appends frames to a fed stream, in the format of {@link AudioBackend.streamFormat}.
   *
   * @param id - The channel.
   * @param bytes - Interleaved samples.
   * @returns How many frames were taken: never more than fit, and 0 for a channel that has ended.
   * @throws {@link AudioError} `ERR_WRONG_KIND` when the channel is not a fed stream; `ERR_WRONG_STATE` after
   *   `endOfStream`; and as {@link AudioBackend.pauseAudio} does.
   */
  feedAudioChunk(id: ChannelId, bytes: ArrayBufferView | ArrayBuffer): number;
  /**
   * Tells how much a fed stream can take now.
   *
   * @param id - The channel.
   * @returns A number of frames; 0 for a channel that has ended.
   * @throws {@link AudioError} `ERR_WRONG_KIND` when the channel is not a fed stream; and as
   *   {@link AudioBackend.pauseAudio} does.
   */
  framesAvailable(id: ChannelId): number;
  /**
   * Ends a fed stream: what is buffered still plays, then the channel ends.
   *
   * @param id - The channel.
   * @throws As {@link AudioBackend.framesAvailable} does.
   */
  endOfStream(id: ChannelId): void;
  /**
   * Tells the format that {@link AudioBackend.feedAudioChunk} expects.
   *
   * @returns Sample rate, channels and kind of samples.
   * @throws {@link AudioError} `ERR_DISPOSED` after `shutdown`.
   */
  streamFormat(): FedStreamFormat;

  /**
   * Switches to another layout without a click. Buses with the same name keep playing. Later changes to the layout take
   * effect immediately.
   *
   * @param layout - The layout to use from now on.
   * @throws {@link AudioError} `ERR_DISPOSED` after `shutdown`; `ERR_NODE_LIMIT` when the engine has no room for it.
   */
  syncBusLayout(layout: AudioBusLayout): void;
  /** Stops everything and closes the engine. Calling it again does nothing. */
  shutdown(): void;
}
