import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import { expectVolumeDb, gainOfDb } from '../../base/levels.js';
import { parameters } from '../../base/parameters.js';
import {
  expectBoolean,
  expectFinite,
  expectInstance,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectParameter,
  expectString,
  outOfRange,
  wrongKind,
} from '../../base/validate.js';
import type { AudioBuffer } from '../../engine/audio-buffer.js';
import { Engine } from '../../engine/engine.js';
import { expectSeconds } from '../../engine/ramp-options.js';
import { platform } from '../../engine/session/platform.js';
import { expectDirection, expectVector, type Vector } from '../../engine/session/vectors.js';
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
  ChannelMode,
  FedStreamFormat,
  OpenStreamOptions,
  PlayAudioOptions,
} from './audio-backend.js';
import { BackendChannel } from './backend-channel.js';
import '../buses/engine-effect-kinds.js';
import { EngineLayout } from '../buses/engine-layout.js';
import { placementOf } from '../space/placement.js';
import { formatOfStreams, openStreamOn } from './stream-channel.js';

const modes: readonly ChannelMode[] = ['basic', '2d', '3d'];

/** Distance from which on a sound is silent, by default. */
export const maxDistances = { '2d': 2000, '3d': 100 } as const;

/** How an `EngineBackend` is made. */
export interface EngineBackendOptions {
  /** Its name, default 'engine'. */
  name?: string;
  /** The layout that is heard, default: a new one with the default buses. */
  busLayout?: AudioBusLayout;
  /**
   * True: a call on a channel that is gone throws ERR_STALE_ID, `stopAudio` and `isChannelActive` excepted. False
   * (default): it does nothing.
   */
  strict?: boolean;
}

let openInside: (backend: EngineBackend) => BackendInside;

/** The parts of a backend that players use. */
export interface BackendInside {
  readonly engine: Engine;
  readonly buses: EngineLayout;
  readonly hub: ListenerHub;
}

/**
 * A backend over an engine of this package, which it closes with itself: 'native', 'pipe', 'null' and 'worklet' are
 * such.
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

  static {
    openInside = (backend) => {
      backend.#expectOpen();
      return { engine: backend.#engine, buses: backend.#buses, hub: backend.#hub };
    };
  }

  /** A backend that plays in an engine, with a device or without. Throws ERR_DISPOSED for one that is closed. */
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

  /** The layout that is heard. */
  get busLayout(): AudioBusLayout {
    return this.#buses.layout;
  }

  /** @internal Where a synth is heard that is attached to a player on this bus. Throws UnknownBusError. */
  [busInput](bus: string): SoundGroup {
    return this.#buses.get(bus).input;
  }

  /** What this backend can do. */
  listCapabilities(): ReadonlySet<Capability> {
    const effects = effectTypes()
      .filter(hasEngineEffect)
      .map((type) => `effect.${type}`);
    const streams = platform()
      .formats()
      .map((format) => `streaming.${format}`);
    return new Set(['play.basic', 'play.2d', 'play.3d', 'spatial.doppler', 'streaming', ...streams, ...effects]);
  }

  // channels
  // ------------------------------------------------------------------------------------------------------------

  /**
   * Plays a clip or buffer; returns the channel, which is gone when it is over. Throws UnknownBusError,
   * ERR_VOICE_LIMIT, what `AudioClip.buffer` throws, RangeError and TypeError for options.
   */
  playAudio(clip: AudioClip | AudioBuffer, options?: PlayAudioOptions): ChannelId {
    this.#expectOpen();
    const given = expectOptions(options, 'options');
    const mode = given.mode === undefined ? 'basic' : expectOneOf(given.mode, 'mode', modes);
    const space = mode === 'basic' ? null : mode;
    const bus = this.#buses.get(
      given.bus === undefined ? (space === null ? masterName : 'SFX') : expectString(given.bus, 'bus'),
    );
    const levelDb =
      (given.volumeDb === undefined ? 0 : expectVolumeDb(given.volumeDb, 'volumeDb')) +
      (given.gainDb === undefined ? 0 : expectVolumeDb(given.gainDb, 'gainDb'));
    const pitch = given.pitch === undefined ? 1 : expectParameter(given.pitch, parameters.sound.pitch);
    const looping = given.loop === undefined ? false : expectBoolean(given.loop, 'loop');
    const fadeSeconds = given.fadeInSeconds === undefined ? 0 : expectSeconds(given.fadeInSeconds, 'fadeInSeconds');
    const maxDistance =
      space === null
        ? 1
        : given.maxDistance === undefined
          ? maxDistances[space]
          : expectDistance(given.maxDistance, 'maxDistance');
    const position = given.position === undefined ? origin : expectPosition(given.position, space);
    let volume = gainOfDb(levelDb);
    let pan = given.pan === undefined ? 0 : expectParameter(given.pan, parameters.sound.pan);
    if (space !== null) {
      const placement = placementOf(position, this.#hub.pose(space), maxDistance, 1);
      volume = gainOfDb(levelDb + placement.attenuationDb);
      pan = placement.pan;
    }
    const buffer = expectPlayable(clip, 'clip');
    const from =
      given.fromPosition === undefined
        ? 0
        : expectNumber(given.fromPosition, 'fromPosition', 0, buffer.durationSeconds);
    const sound = Sound.fromBuffer(this.#engine, buffer, { group: bus.input, volume, pan, pitch, looping });
    try {
      if (from > 0) sound.seekSeconds(from);
      sound.play(fadeSeconds > 0 ? { fadeSeconds } : undefined);
    } catch (error) {
      sound.dispose();
      throw error;
    }
    return this.#add(new BackendChannel(sound, bus, this.#hub, space, levelDb, position, maxDistance, null));
  }

  /**
   * Stops a channel; what is heard fades out over the smoothing time, or over `fadeSeconds` (0..20000). Does nothing
   * for one that is gone.
   */
  stopAudio(id: ChannelId, fadeSeconds = 0): void {
    this.#expectOpen();
    expectSeconds(fadeSeconds, 'fadeSeconds');
    const channel = this.#channels.get(expectId(id));
    if (channel === undefined) return;
    if (fadeSeconds > 0 && channel.sound.playing) channel.sound.stop({ fadeSeconds });
    else this.#over(id);
  }

  /** Lets a channel stand still. */
  pauseAudio(id: ChannelId): void {
    this.#find(id)?.sound.pause();
  }

  /** Lets it go on. */
  resumeAudio(id: ChannelId): void {
    this.#find(id)?.sound.resume();
  }

  /** Sets level (dB, -80..24) and pan (-1..1) of a channel, as a game that places it itself wants them; ramped. */
  updateAudio2d(id: ChannelId, volumeDb: number, pan: number): void {
    const level = expectVolumeDb(volumeDb, 'volumeDb');
    expectParameter(pan, parameters.sound.pan);
    this.#find(id)?.set(level, pan);
  }

  /** Sets level (dB, -80..24), pan (-1..1) and speed (0.01..100) of a channel; ramped. */
  updateAudio3d(id: ChannelId, volumeDb: number, pan: number, pitch: number): void {
    const level = expectVolumeDb(volumeDb, 'volumeDb');
    expectParameter(pan, parameters.sound.pan);
    expectParameter(pitch, parameters.sound.pitch);
    const channel = this.#find(id);
    if (channel === undefined) return;
    channel.set(level, pan);
    channel.sound.pitch = pitch;
  }

  /** Moves a channel of mode '2d' or '3d': level and pan follow from its position and the listener's. */
  setPosition(id: ChannelId, x: number, y: number, z = 0): void {
    const position = expectVector(x, y, z);
    this.#find(id)?.moveTo(position);
  }

  /** Sets the speed of a channel, 0.01..100; ramped. */
  setPitch(id: ChannelId, pitch: number): void {
    expectParameter(pitch, parameters.sound.pitch);
    const channel = this.#find(id);
    if (channel !== undefined) channel.sound.pitch = pitch;
  }

  /** Seconds of the source that were played, right with pitch, pause and loop; NaN for a channel that is gone. */
  getPlaybackPosition(id: ChannelId): number {
    return this.#find(id)?.sound.cursorSeconds ?? Number.NaN;
  }

  /** True while the channel plays or is paused. */
  isChannelActive(id: ChannelId): boolean {
    this.#expectOpen();
    const sound = this.#channels.get(expectId(id))?.sound;
    return sound !== undefined && !sound.disposed && (sound.playing || sound.paused);
  }

  // listener
  // ------------------------------------------------------------------------------------------------------------

  /** Where the listener is; for '2d' z counts nothing. */
  setListenerPosition(x: number, y: number, z = 0): void {
    this.#expectOpen();
    const position = expectVector(x, y, z);
    this.#hub.setPosition('2d', [x, y, 0]);
    this.#hub.setPosition('3d', position);
  }

  /** How fast the listener moves, in units a second: for the doppler effect of players. */
  setListenerVelocity(x: number, y: number, z = 0): void {
    this.#expectOpen();
    const velocity = expectVector(x, y, z);
    this.#hub.setVelocity('2d', [x, y, 0]);
    this.#hub.setVelocity('3d', velocity);
  }

  /** Where the listener looks; not zero. */
  setListenerDirection(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#hub.setDirection(expectDirection('direction', x, y, z));
  }

  /** What is up for the listener; not zero. */
  setListenerWorldUp(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#hub.setWorldUp(expectDirection('worldUp', x, y, z));
  }

  // streams
  // -------------------------------------------------------------------------------------------------------------

  /**
   * Opens a stream that is fed, or a clip that is decoded as it plays. Throws UnknownBusError, a RangeError or
   * TypeError for options, what `AudioClip.buffer` throws, ERR_VOICE_LIMIT.
   */
  openStream(options?: OpenStreamOptions): ChannelId {
    this.#expectOpen();
    const given = expectOptions(options, 'options');
    const bus = this.#buses.get(given.bus === undefined ? masterName : expectString(given.bus, 'bus'));
    const { sound, source, levelDb } = openStreamOn(this.#engine, bus, given);
    return this.#add(new BackendChannel(sound, bus, this.#hub, null, levelDb, origin, 1, source));
  }

  /**
   * Hands frames to a stream; returns how many were taken, never more than fit, 0 for one that is gone. s16 at
   * `streamFormat()`. Throws ERR_WRONG_KIND for a channel that is not fed, ERR_WRONG_STATE after `endOfStream`.
   */
  feedAudioChunk(id: ChannelId, bytes: ArrayBufferView | ArrayBuffer): number {
    return this.#fed(id)?.write(bytes) ?? 0;
  }

  /**
   * Frames that a stream would take now, 0 for one that is gone. Throws ERR_WRONG_KIND for a channel that is not fed.
   */
  framesAvailable(id: ChannelId): number {
    return this.#fed(id)?.availableWriteFrames ?? 0;
  }

  /** What is buffered plays out, then the channel is over. Throws ERR_WRONG_KIND for a channel that is not fed. */
  endOfStream(id: ChannelId): void {
    this.#fed(id)?.end();
  }

  /** What `feedAudioChunk` takes. */
  streamFormat(): FedStreamFormat {
    this.#expectOpen();
    return formatOfStreams(this.#engine);
  }

  // the whole
  // -----------------------------------------------------------------------------------------------------------

  /**
   * Lets a layout be heard: the difference to the present one is applied, without a click. Later changes of the layout
   * are heard at once.
   */
  syncBusLayout(layout: AudioBusLayout): void {
    this.#expectOpen();
    this.#buses.sync(expectInstance(layout, 'layout', AudioBusLayout));
  }

  /** Ends everything and closes the engine. Idempotent. */
  shutdown(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#channels.clear();
    this.#engine.dispose();
    this.#buses.dispose();
  }

  /** The same as `shutdown()`. */
  dispose(): void {
    this.shutdown();
  }

  /** The same as `shutdown()`, for `using`. */
  [Symbol.dispose](): void {
    this.shutdown();
  }

  /** True after `shutdown()`, of itself or of its engine. */
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

  /** The channel of an id. If it is over: throws in strict mode, returns undefined otherwise. */
  #find(id: ChannelId): BackendChannel | undefined {
    this.#expectOpen();
    const channel = this.#channels.get(expectId(id));
    if (channel === undefined && this.#strict)
      throw new AudioError('ERR_STALE_ID', `The channel ${id} is over, or never was`);
    return channel;
  }

  #fed(id: ChannelId): StreamSource | undefined {
    const channel = this.#find(id);
    if (channel !== undefined && channel.source === null)
      throw new AudioError('ERR_WRONG_KIND', `The channel ${id} is not a stream that is fed`);
    return channel?.source ?? undefined;
  }

  /** Adds a channel that plays; it is removed when it is over. */
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

/**
 * The parts of a backend that players use. Throws a TypeError for anything but a backend, ERR_DISPOSED, and
 * ERR_UNSUPPORTED_HOST for a backend without an engine of this package.
 */
export function insideOf(backend: AudioBackend): BackendInside {
  if (backend instanceof EngineBackend) return openInside(backend);
  if (typeof backend !== 'object' || backend === null || typeof backend.playAudio !== 'function')
    throw wrongKind('an AudioBackend', 'backend', backend);
  throw new AudioError(
    'ERR_UNSUPPORTED_HOST',
    `The backend '${backend.name}' has no engine of this package, which players need`,
  );
}

/** Tells the program of trouble that no call can throw. */
export function warn(error: AudioError): void {
  platform().warn(error);
}

const origin: Vector = [0, 0, 0];

function expectId(id: unknown): ChannelId {
  if (typeof id === 'number') return id;
  throw wrongKind('a channel id', 'id', id);
}

/** A distance above 0. Throws a RangeError or TypeError. */
export function expectDistance(value: unknown, name: string): number {
  const distance = expectFinite(value, name);
  if (distance <= 0) throw outOfRange('a number above 0', name, distance);
  return distance;
}

function expectPosition(position: unknown, space: ChannelMode | null): Vector {
  if (!Array.isArray(position) || position.length < 2 || position.length > 3)
    throw wrongKind('an array of two or three numbers', 'position', position);
  const [x, y, z] = expectVector(position[0], position[1], position[2] ?? 0);
  return space === '2d' ? [x, y, 0] : [x, y, z];
}
