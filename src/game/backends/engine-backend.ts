import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import { expectVolumeDb, gainOfDb } from '../../base/levels.js';
import { parameters } from '../../base/parameters.js';
import {
  expectBoolean,
  expectInstance,
  expectNumber,
  expectOptions,
  expectParameter,
  expectString,
  wrongKind,
} from '../../base/validate.js';
import type { AudioBuffer } from '../../engine/audio-buffer.js';
import { Engine } from '../../engine/engine.js';
import { expectSeconds } from '../../engine/ramp-options.js';
import { platform } from '../../engine/session/platform.js';
import { expectDirection, expectVector } from '../../engine/session/vectors.js';
import { Sound } from '../../engine/sound.js';
import type { SoundGroup } from '../../engine/sound-group.js';
import type { StreamSource } from '../../engine/stream-source.js';
import { busInput } from '../../synth/attachment.js';
import { masterName } from '../buses/bus.js';
import { AudioBusLayout } from '../buses/bus-layout.js';
import { effectTypes } from '../buses/effect-kinds.js';
import { hasEngineEffect } from '../buses/engine-effect.js';
import { type AudioClip, expectPlayable } from '../clips/clip.js';
import { ListenerHub } from '../space/listener-hub.js';
import type {
  AudioBackend,
  Capability,
  ChannelId,
  FedStreamFormat,
  OpenStreamOptions,
  PlayAudioOptions,
} from './audio-backend.js';
import { BackendChannel } from './backend-channel.js';
import { type BackendInside, backendInside } from './backend-inside.js';
import type { EngineBackendOptions } from './engine-backend-options.js';
import { expectPlayOptions, origin } from './play-options.js';
import '../buses/engine-effect-kinds.js';
import { EngineLayout } from '../buses/engine-layout.js';
import { placementOf } from '../space/placement.js';
import { formatOfStreams, openStreamOn } from './stream-channel.js';

/**
 * A backend that plays in an {@link Engine}. {@link makeBackend} makes one of these; make one yourself to render
 * without a device. {@link AudioBackend} describes the parameters and errors of each method.
 *
 * @example
 * ```ts
 * import { AudioClip, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * backend.playAudio(AudioClip.tone(440, { seconds: 0.5 }), { bus: 'SFX', volumeDb: -6 });
 * const samples = backend.engine.readPcmFrames(backend.engine.sampleRate / 2);
 * console.log(samples.length / backend.engine.channels, 'frames rendered');
 * backend.shutdown();
 * ```
 */
export class EngineBackend implements AudioBackend {
  readonly #engine: Engine;
  readonly #name: string;
  readonly #strict: boolean;
  readonly #buses: EngineLayout;
  readonly #hub: ListenerHub;
  readonly #channels = new Map<ChannelId, BackendChannel>();
  #lastId = 0;
  #closed = false;

  /**
   * Makes a backend that plays in an engine. Its `shutdown` also closes the engine.
   *
   * @param engine - The engine, with a device or without.
   * @param options - Name, layout and strictness.
   * @throws {@link AudioError} `ERR_DISPOSED` when the engine is closed; `ERR_NODE_LIMIT` when it has no room for the
   *   buses.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  constructor(engine: Engine, options?: EngineBackendOptions) {
    const { name = 'engine', busLayout, strict = false } = expectOptions(options, 'options');
    this.#engine = expectInstance(engine, 'engine', Engine);
    this.#name = expectString(name, 'name');
    this.#strict = expectBoolean(strict, 'strict');
    if (busLayout !== undefined) expectInstance(busLayout, 'busLayout', AudioBusLayout);
    this.#hub = new ListenerHub(engine);
    this.#buses = new EngineLayout(engine, busLayout ?? new AudioBusLayout());
  }

  /** The name it was given. */
  get name(): string {
    return this.#name;
  }

  /** The engine it plays in. */
  get engine(): Engine {
    return this.#engine;
  }

  /** The buses that are in use. */
  get busLayout(): AudioBusLayout {
    return this.#buses.layout;
  }

  /**
   * The parts that players use.
   * @internal
   */
  [backendInside](): BackendInside {
    this.#expectOpen();
    return { engine: this.#engine, buses: this.#buses, hub: this.#hub };
  }

  /**
   * Where a synth that is attached to a player enters the bus.
   *
   * @internal
   */
  [busInput](bus: string): SoundGroup {
    return this.#buses.get(bus).input;
  }

  /**
   * What this backend can do.
   * @returns The names of all its capabilities.
   */
  listCapabilities(): ReadonlySet<Capability> {
    const effects = effectTypes()
      .filter(hasEngineEffect)
      .map((type) => `effect.${type}`);
    const streams = platform()
      .formats()
      .map((format) => `streaming.${format}`);
    return new Set(['play.basic', 'play.2d', 'play.3d', 'spatial.doppler', 'streaming', ...streams, ...effects]);
  }

  /**
   * Plays a clip or buffer on a new channel.
   * @param clip - What to play.
   * @param options - Level, position, bus and so on.
   * @returns The id of the channel.
   */
  playAudio(clip: AudioClip | AudioBuffer, options?: PlayAudioOptions): ChannelId {
    this.#expectOpen();
    const { dimension, levelDb, maxDistance, position, ...given } = expectPlayOptions(options);
    const bus = this.#buses.get(given.bus);
    let { pan } = given;
    let volume = gainOfDb(levelDb);
    if (dimension !== null) {
      const placement = placementOf(position, this.#hub.pose(dimension), maxDistance, 1);
      volume = gainOfDb(levelDb + placement.attenuationDb);
      pan = placement.pan;
    }
    const buffer = expectPlayable(clip, 'clip');
    const fromPosition: unknown = options?.fromPosition;
    const from = fromPosition === undefined ? 0 : expectNumber(fromPosition, 'fromPosition', 0, buffer.durationSeconds);
    const { pitch, looping, fadeSeconds } = given;
    const sound = Sound.fromBuffer(this.#engine, buffer, { group: bus.input, volume, pan, pitch, looping });
    try {
      if (from > 0) sound.seekSeconds(from);
      sound.play(fadeSeconds > 0 ? { fadeSeconds } : undefined);
    } catch (error) {
      sound.dispose();
      throw error;
    }
    return this.#add(new BackendChannel(sound, bus, this.#hub, dimension, levelDb, position, maxDistance, null));
  }

  /**
   * Stops a channel with a fade. Does nothing if the channel has ended.
   * @param id - The channel.
   * @param fadeSeconds - Length of the fade in seconds, 0..20000.
   */
  stopAudio(id: ChannelId, fadeSeconds = 0): void {
    this.#expectOpen();
    expectSeconds(fadeSeconds, 'fadeSeconds');
    const channel = this.#channels.get(expectId(id));
    if (channel === undefined) return;
    if (fadeSeconds > 0 && channel.sound.playing) channel.sound.stop({ fadeSeconds });
    else this.#over(id);
  }

  /**
   * Pauses a channel that plays.
   * @param id - The channel.
   */
  pauseAudio(id: ChannelId): void {
    this.#find(id)?.sound.pause();
  }

  /**
   * Resumes a paused channel.
   * @param id - The channel.
   */
  resumeAudio(id: ChannelId): void {
    this.#find(id)?.sound.resume();
  }

  /**
   * Sets level and pan of a channel, ramped.
   * @param id - The channel.
   * @param volumeDb - Level in dB, -80..24.
   * @param pan - Pan, -1 (left) to 1 (right).
   */
  updateAudio2d(id: ChannelId, volumeDb: number, pan: number): void {
    const level = expectVolumeDb(volumeDb, 'volumeDb');
    expectParameter(pan, parameters.sound.pan);
    this.#find(id)?.set(level, pan);
  }

  /**
   * Sets level, pan and speed of a channel, ramped.
   * @param id - The channel.
   * @param volumeDb - Level in dB, -80..24.
   * @param pan - Pan, -1 (left) to 1 (right).
   * @param pitch - Speed and pitch as a factor, 0.01..100.
   */
  updateAudio3d(id: ChannelId, volumeDb: number, pan: number, pitch: number): void {
    const level = expectVolumeDb(volumeDb, 'volumeDb');
    expectParameter(pan, parameters.sound.pan);
    expectParameter(pitch, parameters.sound.pitch);
    const channel = this.#find(id);
    if (channel === undefined) return;
    channel.set(level, pan);
    channel.sound.pitch = pitch;
  }

  /**
   * Moves a channel of mode '2d' or '3d'. Level and pan follow, ramped.
   * @param id - The channel.
   * @param x - To the right.
   * @param y - Up in '3d'; the second axis of the plane in '2d'.
   * @param z - Backwards, in '3d' only.
   */
  setPosition(id: ChannelId, x: number, y: number, z = 0): void {
    const position = expectVector(x, y, z);
    this.#find(id)?.moveTo(position);
  }

  /**
   * Sets the speed of a channel, ramped.
   * @param id - The channel.
   * @param pitch - Speed and pitch as a factor, 0.01..100.
   */
  setPitch(id: ChannelId, pitch: number): void {
    expectParameter(pitch, parameters.sound.pitch);
    const channel = this.#find(id);
    if (channel !== undefined) channel.sound.pitch = pitch;
  }

  /**
   * Tells where in its source a channel is.
   * @param id - The channel.
   * @returns The position in seconds; NaN for a channel that has ended.
   */
  getPlaybackPosition(id: ChannelId): number {
    return this.#find(id)?.sound.cursorSeconds ?? Number.NaN;
  }

  /**
   * Tells whether a channel still exists.
   * @param id - The channel.
   * @returns True while the channel plays or is paused.
   */
  isChannelActive(id: ChannelId): boolean {
    this.#expectOpen();
    const sound = this.#channels.get(expectId(id))?.sound;
    return sound !== undefined && !sound.disposed && (sound.playing || sound.paused);
  }

  /**
   * Moves the listener. Channels in a plane ignore z.
   * @param x - To the right.
   * @param y - Up in space; the second axis of the plane.
   * @param z - Backwards.
   */
  setListenerPosition(x: number, y: number, z = 0): void {
    this.#expectOpen();
    const position = expectVector(x, y, z);
    this.#hub.setPosition('2d', [x, y, 0]);
    this.#hub.setPosition('3d', position);
  }

  /**
   * Sets the velocity of the listener, for the doppler effect of players.
   * @param x - Units per second to the right.
   * @param y - Units per second up, or along the second axis of the plane.
   * @param z - Units per second backwards.
   */
  setListenerVelocity(x: number, y: number, z = 0): void {
    this.#expectOpen();
    const velocity = expectVector(x, y, z);
    this.#hub.setVelocity('2d', [x, y, 0]);
    this.#hub.setVelocity('3d', velocity);
  }

  /**
   * Sets the direction in which the listener looks, for sounds in space.
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   */
  setListenerDirection(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#hub.setDirection(expectDirection('direction', x, y, z));
  }

  /**
   * Sets which way is up for the listener, for sounds in space.
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   */
  setListenerWorldUp(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#hub.setWorldUp(expectDirection('worldUp', x, y, z));
  }

  /**
   * Opens a stream on a new channel: one that the program feeds, or a clip that is decoded while it plays.
   * @param options - Level, bus, buffer length and clip.
   * @returns The id of the channel.
   */
  openStream(options?: OpenStreamOptions): ChannelId {
    this.#expectOpen();
    const given = expectOptions(options, 'options');
    const bus = this.#buses.get(given.bus === undefined ? masterName : expectString(given.bus, 'bus'));
    const { sound, source, levelDb } = openStreamOn(this.#engine, bus, given);
    return this.#add(new BackendChannel(sound, bus, this.#hub, null, levelDb, origin, 1, source));
  }

  /**
   * Appends frames to a fed stream.
   * @param id - The channel.
   * @param bytes - Interleaved samples.
   * @returns How many frames were taken.
   */
  feedAudioChunk(id: ChannelId, bytes: ArrayBufferView | ArrayBuffer): number {
    return this.#fed(id)?.write(bytes) ?? 0;
  }

  /**
   * Tells how much a fed stream can take now.
   * @param id - The channel.
   * @returns A number of frames; 0 for a channel that has ended.
   */
  framesAvailable(id: ChannelId): number {
    return this.#fed(id)?.availableWriteFrames ?? 0;
  }

  /**
   * Ends a fed stream: what is buffered still plays, then the channel ends.
   * @param id - The channel.
   */
  endOfStream(id: ChannelId): void {
    this.#fed(id)?.end();
  }

  /**
   * Tells the format that `feedAudioChunk` expects.
   * @returns Sample rate, channels and kind of samples.
   */
  streamFormat(): FedStreamFormat {
    this.#expectOpen();
    return formatOfStreams(this.#engine);
  }

  /**
   * Switches to another layout without a click. Buses with the same name keep playing.
   * @param layout - The layout to use from now on.
   */
  syncBusLayout(layout: AudioBusLayout): void {
    this.#expectOpen();
    this.#buses.sync(expectInstance(layout, 'layout', AudioBusLayout));
  }

  /** Stops everything and closes the engine. Calling it again does nothing. */
  shutdown(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#channels.clear();
    this.#engine.dispose();
    this.#buses.dispose();
  }

  /** The same as {@link EngineBackend.shutdown}. */
  dispose(): void {
    this.shutdown();
  }

  /** The same as {@link EngineBackend.shutdown}, for `using`. */
  [Symbol.dispose](): void {
    this.shutdown();
  }

  /** True after `shutdown`, and after the engine was disposed. */
  get disposed(): boolean {
    return this.#closed || this.#engine.disposed;
  }

  #expectOpen(): void {
    if (this.disposed) throw disposedError('EngineBackend');
  }

  #over(id: ChannelId): void {
    const channel = this.#channels.get(id);
    if (channel === undefined) return;
    this.#channels.delete(id);
    channel.close();
  }

  /** The channel with an id. For one that has ended: throws in strict mode, returns undefined otherwise. */
  #find(id: ChannelId): BackendChannel | undefined {
    this.#expectOpen();
    const channel = this.#channels.get(expectId(id));
    if (channel === undefined && this.#strict)
      throw new AudioError('ERR_STALE_ID', `Channel ${id} has ended or never existed`);
    return channel;
  }

  #fed(id: ChannelId): StreamSource | undefined {
    const channel = this.#find(id);
    if (channel !== undefined && channel.source === null)
      throw new AudioError('ERR_WRONG_KIND', `Channel ${id} is not a stream that can be fed`);
    return channel?.source ?? undefined;
  }

  /** Adds a channel that plays; it is removed when it ends. */
  #add(channel: BackendChannel): ChannelId {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#channels.set(id, channel);
    const over = (): void => this.#over(id);
    channel.sound.on('end', over);
    channel.sound.on('stop', over);
    return id;
  }
}

function expectId(id: unknown): ChannelId {
  if (typeof id === 'number') return id;
  throw wrongKind('a channel id', 'id', id);
}
