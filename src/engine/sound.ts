import { disposedError } from '../base/disposal.js';
import type { AudioError } from '../base/errors.js';
import { coreParameters as parameters } from '../base/parameters.js';
import type { Curve } from '../base/types.js';
import {
  expectBoolean,
  expectInteger,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectParameter,
} from '../base/validate.js';
import { type AudioBuffer, expectSampleData } from './audio-buffer.js';
import { Decibels } from './decibels.js';
import type { Engine } from './engine.js';
import type { LoadOptions, LoadSource } from './loading.js';
import {
  expectFrame,
  expectRamp,
  expectSeconds,
  type FileOptions,
  livePitch,
  pitchDisabled,
  type Rampable,
  type RampOptions,
  type SoundOptions,
  type StreamOptions,
} from './options.js';
import { curveNames } from './session/curves.js';
import { makeHandle, type NodeHandle } from './session/graph-node.js';
import { expectSession } from './session/session.js';
import type { Vector } from './session/vectors.js';
import type { SoundGroup } from './sound-group.js';
import { loadSound, soundFromFile } from './sound-loading.js';
import { liveStream, voiceOf } from './sound-sources.js';
import { type DataSource, type Source, sourceOf } from './sources/source.js';
import { SpatialSound } from './spatial-sound.js';
import { expectStream, type StreamSource } from './stream-source.js';
import type { FinishReason } from './voices/finish.js';
import type { Voice } from './voices/voice.js';

const panLaws = ['balance', 'equal-power'] as const;
const soundParameters = ['volume', 'pan', 'pitch'] as const;

let construct: (engine: Engine, group: SoundGroup | null, voice: Voice) => Sound;

/** Plain JavaScript can call a private constructor; it has not got this. */
const constructorKey = Symbol('Sound');

/** How a sound starts. */
export interface PlayTiming {
  /** The engine frame at which it starts; default: at once. */
  atFrames?: number;
  /** Seconds in which it fades in, 0..20000, default 0. */
  fadeSeconds?: number;
}

/**
 * Something that plays. Its engine, or its group, owns it: a sound that is not disposed stays until they are, also when
 * the program has lost it, so that what is heard never stops by itself. `Engine.play` makes sounds that dispose
 * themselves.
 */
export class Sound extends SpatialSound implements Disposable, Rampable<'volume' | 'pan' | 'pitch'> {
  readonly #engine: Engine;
  readonly #group: SoundGroup | null;
  readonly #voice: Voice;
  readonly #decibels = new Decibels();
  #handle: NodeHandle | null = null;

  static {
    construct = (engine, group, voice) => new Sound(constructorKey, engine, group, voice);
  }

  private constructor(key: symbol, engine: Engine, group: SoundGroup | null, voice: Voice) {
    if (key !== constructorKey)
      throw new TypeError('A Sound is made by Sound.fromBuffer, fromStream, fromDataSource, fromFile or load');
    super(voice);
    this.#engine = engine;
    this.#group = group;
    this.#voice = voice;
  }

  /**
   * A sound that plays a buffer. Throws ERR_DISPOSED, ERR_WRONG_ENGINE for a group of another engine, ERR_SOUND_LIMIT
   * beyond 65,535 sounds.
   */
  static fromBuffer(engine: Engine, buffer: AudioBuffer, options?: SoundOptions): Sound {
    expectSession(engine);
    const samples = expectSampleData(buffer, 'buffer');
    return makeSound(engine, samples, expectOptions(options, 'options')).sound;
  }

  /**
   * A sound that plays a live stream. It has no pitch, no loop and no places to go to: they throw ERR_PITCH_DISABLED
   * and ERR_LIVE_STREAM; `lengthFrames` is NaN, `cursorFrames` counts the frames taken. Throws ERR_WRONG_ENGINE for a
   * stream of another engine, ERR_STREAM_TAKEN where another sound plays it.
   */
  static fromStream(engine: Engine, stream: StreamSource, options?: StreamOptions): Sound {
    expectSession(engine);
    const source = expectStream(stream, 'stream');
    return makeSound(engine, source, expectOptions(options, 'options')).sound;
  }

  /**
   * A sound that plays the `dataSource` of an AudioBuffer or a StreamSource. `keeper`, anything, is held for as long as
   * the sound lives. Throws as `fromBuffer` and `fromStream` do.
   */
  static fromDataSource(engine: Engine, source: DataSource, options?: SoundOptions & { keeper?: unknown }): Sound {
    expectSession(engine);
    const given = sourceOf(source, 'source');
    const wanted = expectOptions(options, 'options');
    return makeSound(engine, given, wanted, wanted.keeper).sound;
  }

  /**
   * A sound that plays a wav, flac, mp3, ogg vorbis or opus file, which is read at once, or with `stream: true` as it
   * plays. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_DECODE (with `decodeNow: false` the event `error` tells).
   */
  static fromFile(engine: Engine, path: string | URL, options?: FileOptions): Sound {
    return soundFromFile(engine, path, expectOptions(options, 'options'));
  }

  /**
   * A sound from a file, address, Request, Blob or bytes, loaded and decoded off the calling thread. Options are those
   * of `fromFile`, `signal` and `onProgress`. Rejects ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_NETWORK with the HTTP
   * status, ERR_DECODE, or with the signal's reason.
   */
  static async load(engine: Engine, source: LoadSource, options?: FileOptions & LoadOptions): Promise<Sound> {
    return loadSound(engine, source, expectOptions(options, 'options'));
  }

  /** The engine it plays in. */
  get engine(): Engine {
    return this.#live() && this.#engine;
  }

  /** The group that owns it; null: the engine. `attachNode` changes what it is heard through, not this. */
  get group(): SoundGroup | null {
    return this.#live() && this.#group;
  }

  /** For wiring with `attachNode`. */
  get handle(): NodeHandle {
    const voice = this.#live();
    this.#handle ??= makeHandle(voice);
    return this.#handle;
  }

  /**
   * Starts or goes on; at the end, starts over. A fade-out that has not ended is taken back. Throws ERR_VOICE_LIMIT,
   * ERR_SCHEDULE_LIMIT.
   */
  play(options?: PlayTiming): this {
    const voice = this.#live();
    const { frame, fadeFrames } = this.#timing(options);
    voice.play(frame, fadeFrames);
    return this;
  }

  /** The same as `play()`. */
  start(): void {
    this.play();
  }

  /**
   * Stops at a frame (default: at once), after a fade if asked; keeps the place. Starts that wait for their frame are
   * called off. Throws ERR_SCHEDULE_LIMIT.
   */
  stop(options?: PlayTiming): void {
    const voice = this.#live();
    const { frame, fadeFrames } = this.#timing(options);
    voice.stop(frame, fadeFrames);
  }

  /** Stands still until `resume()` or `play()`. Does nothing to a sound that does not play. */
  pause(): void {
    this.#live().pause();
  }

  /** Goes on. Does nothing to a sound that is not paused. */
  resume(): void {
    this.#live().resume();
  }

  /** True while it plays; false while it is paused, and before the frame of a start that waits. */
  get playing(): boolean {
    return this.#live().place.playing;
  }

  /** True while it is paused; the pause of its group does not count. */
  get paused(): boolean {
    return this.#live().place.paused;
  }

  /** True when it has come to its end. */
  get atEnd(): boolean {
    return this.#live().place.atEnd;
  }

  /**
   * Settles when the present run is over, or the next one if it never played; pausing leaves it open. While a sound
   * plays whose promise was asked for, the process does not exit by itself.
   */
  get finished(): Promise<FinishReason> {
    return this.#live().finished;
  }

  /**
   * Goes on from another source frame, 0..lengthFrames; cross-faded. Outside the range of `setRange` it goes to the
   * nearest end.
   */
  seek(frames: number): void {
    const voice = this.#placed('seeking');
    voice.seek(expectInteger(frames, 'frames', 0, voice.frameLimit));
  }

  /** Goes on from another place, 0..lengthSeconds; cross-faded. */
  seekSeconds(seconds: number): void {
    const voice = this.#placed('seeking');
    const rate = voice.samples?.sampleRate ?? voice.session.settings.sampleRate;
    expectNumber(seconds, 'seconds', 0, voice.frameLimit / rate);
    voice.seek(Math.min(Math.round(seconds * rate), voice.frameLimit));
  }

  /** The source frame that is read next. */
  get cursorFrames(): number {
    return this.#live().place.cursorFrames;
  }

  /** The same in seconds of the source; NaN while it is being decoded. */
  get cursorSeconds(): number {
    const voice = this.#live();
    return voice.place.cursorFrames / (voice.samples?.sampleRate ?? Number.NaN);
  }

  /** Length of the whole source in frames; NaN while it is being decoded, and for a live stream. */
  get lengthFrames(): number {
    return this.#live().samples?.frames ?? Number.NaN;
  }

  /** Length of the whole source in seconds; NaN while it is being decoded, and for a live stream. */
  get lengthSeconds(): number {
    const { samples } = this.#live();
    return samples === null ? Number.NaN : samples.frames / samples.sampleRate;
  }

  /** Whether it starts over at the end of its loop range, default false. */
  get looping(): boolean {
    return this.#live().looping;
  }
  set looping(looping: boolean) {
    const wanted = expectBoolean(looping, 'looping');
    (wanted ? this.#placed('looping') : this.#live()).setLooping(wanted);
  }

  /**
   * What is repeated while looping: source frames, 0 <= start < end <= lengthFrames, end excluded. Default: all of the
   * range.
   */
  setLoopRange(startFrames: number, endFrames: number): void {
    const voice = this.#range(startFrames, endFrames);
    voice.setLoopRange(startFrames, endFrames);
  }

  /** What is played of the source: frames, 0 <= start < end <= lengthFrames, end excluded. Default: all. */
  setRange(startFrames: number, endFrames: number): void {
    const voice = this.#range(startFrames, endFrames);
    voice.setRange(startFrames, endFrames);
  }

  /** Linear gain, 0..16, default 1, ramped. */
  get volume(): number {
    return this.#live().volume;
  }
  set volume(volume: number) {
    this.#live().setVolume(expectParameter(volume, parameters.sound.volume));
  }

  /** The volume in dB, -Infinity..24.08, default 0. */
  get volumeDb(): number {
    return this.#decibels.fromGain(this.#live().volume);
  }
  set volumeDb(volumeDb: number) {
    this.#live().setVolume(this.#decibels.toGain(volumeDb));
  }

  /** -1 left, 0 centre, 1 right, default 0, ramped. */
  get pan(): number {
    return this.#live().pan;
  }
  set pan(pan: number) {
    this.#live().setPan(expectParameter(pan, parameters.sound.pan));
  }

  /**
   * How pan becomes gains: 'balance' (default) turns the other side down, 'equal-power' keeps the loudness.
   * Cross-faded.
   */
  get panLaw(): 'balance' | 'equal-power' {
    return this.#live().equalPowerPan ? 'equal-power' : 'balance';
  }
  set panLaw(panLaw: 'balance' | 'equal-power') {
    this.#live().setEqualPowerPan(expectOneOf(panLaw, 'panLaw', panLaws) === 'equal-power');
  }

  /**
   * Speed and pitch, 0.01..100, default 1, exact, ramped. Setting it throws ERR_PITCH_DISABLED for a sound made with
   * `pitchEnabled: false`.
   */
  get pitch(): number {
    return this.#live().pitch;
  }
  set pitch(pitch: number) {
    const voice = this.#live();
    expectParameter(pitch, parameters.sound.pitch);
    expectPitch(voice);
    voice.setPitch(pitch);
  }

  /** Moves a gain of its own beside the volume: `from` and `to` 0..16, `seconds` 0..20000, curve default linear. */
  fade(from: number, to: number, seconds: number, curve: Curve = 'linear'): void {
    const voice = this.#live();
    const { minimum, maximum } = parameters.sound.volume;
    expectNumber(from, 'from', minimum, maximum);
    expectNumber(to, 'to', minimum, maximum);
    const frames = voice.session.framesOf(expectSeconds(seconds, 'seconds'));
    voice.fade(from, to, frames, expectOneOf(curve, 'curve', curveNames));
  }

  /** `fade(0, 1, seconds)`. It does not start the sound. */
  fadeIn(seconds: number): void {
    this.fade(0, 1, seconds);
  }

  /**
   * Moves the gain of `fade` from where it is to `gain`, 0..16. It starts nothing, and goes on while the sound is at
   * rest. Resolves true when it is there, false when something took over. Throws ERR_SCHEDULE_LIMIT.
   */
  fadeTo(gain: number, options: RampOptions): Promise<boolean> {
    const voice = this.#live();
    expectNumber(gain, 'gain', parameters.sound.volume.minimum, parameters.sound.volume.maximum);
    const { frames, curve, atFrames } = expectRamp(options, voice.session);
    return voice.fadeTo(gain, frames, curve, atFrames);
  }

  /**
   * Fades from the present gain to silence and stops there; the next play starts at full. Curve default linear. One
   * that is paused, or waits for its frame, is stopped at once. Resolves true when it stopped (also if nothing played),
   * false when something took over.
   */
  fadeOut(seconds: number, curve: Curve = 'linear'): Promise<boolean> {
    const voice = this.#live();
    const frames = voice.session.framesOf(expectSeconds(seconds, 'seconds'));
    return voice.fadeOut(frames, expectOneOf(curve, 'curve', curveNames));
  }

  /**
   * Moves a parameter over time. Resolves true when it is there, false when a later change took over or the sound was
   * disposed. Throws ERR_SCHEDULE_LIMIT, ERR_PITCH_DISABLED.
   */
  ramp(parameter: 'volume' | 'pan' | 'pitch', target: number, options: RampOptions): Promise<boolean> {
    const voice = this.#live();
    expectOneOf(parameter, 'parameter', soundParameters);
    expectParameter(target, { ...parameters.sound[parameter], name: 'target' });
    const { frames, curve, atFrames } = expectRamp(options, voice.session);
    if (parameter === 'pitch') expectPitch(voice);
    return voice.ramp(parameter, target, frames, curve, atFrames);
  }

  /**
   * Hears of its end, of its stop, or (with `decodeNow: false`) of data that cannot be decoded. Returns the listener's
   * removal.
   */
  on(event: 'end' | 'stop' | 'error', listener: (detail?: AudioError) => void): () => void {
    return this.#live().events.on(event, listener);
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /** Ends it: what is heard fades out over the smoothing time. Idempotent. */
  dispose(): void {
    this.#voice.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`, of itself, of its group or of the engine. */
  get disposed(): boolean {
    return this.#voice.disposed;
  }

  #live(): Voice {
    const voice = this.#voice;
    if (voice.disposed) throw disposedError('Sound');
    return voice;
  }

  #placed(what: string): Voice {
    const voice = this.#live();
    if (voice.samples?.live) throw liveStream(what);
    return voice;
  }

  #timing(options: PlayTiming | undefined): { frame: number; fadeFrames: number } {
    const { atFrames, fadeSeconds } = expectOptions(options, 'options');
    return {
      frame: atFrames === undefined ? 0 : expectFrame(atFrames, 'atFrames'),
      fadeFrames:
        fadeSeconds === undefined ? 0 : this.#voice.session.framesOf(expectSeconds(fadeSeconds, 'fadeSeconds')),
    };
  }

  #range(startFrames: number, endFrames: number): Voice {
    const voice = this.#placed('a range');
    const limit = voice.frameLimit;
    expectInteger(startFrames, 'startFrames', 0, Math.max(limit - 1, 0));
    expectInteger(endFrames, 'endFrames', startFrames + 1, limit);
    return voice;
  }
}

function expectPitch(voice: Voice): void {
  if (!voice.settings.pitchEnabled) throw voice.samples?.live ? livePitch() : pitchDisabled();
}

/** Checks a sound's options and makes it; `source` null: it is on its way. */
export function makeSound(
  engine: Engine,
  source: Source | null,
  options: Partial<SoundOptions>,
  keeper?: unknown,
): { sound: Sound; voice: Voice } {
  const voice = voiceOf(engine, source, options, keeper);
  return { sound: construct(engine, options.group ?? null, voice), voice };
}

/** `Engine.play`: a sound that plays once and disposes itself. */
export function playOnce(
  engine: Engine,
  buffer: AudioBuffer,
  options: Partial<SoundOptions>,
  frame: number,
  fadeFrames: number,
  position: Vector | null,
): Sound {
  expectSession(engine);
  const { sound, voice } = makeSound(engine, expectSampleData(buffer, 'source'), options);
  voice.disposesAtEnd = true;
  if (position !== null) {
    voice.spatial.setVector('position', position);
    if (options.spatial === undefined) voice.spatial.setEnabled(true);
  }
  try {
    voice.play(frame, fadeFrames);
  } catch (error) {
    sound.dispose();
    throw error;
  }
  return sound;
}
