import type { AudioError } from '../base/errors.js';
import { expectBoolean, expectInteger, expectNumber, expectOptions } from '../base/validate.js';
import { type AudioBuffer, expectSampleData } from './audio-buffer.js';
import type { Engine } from './engine.js';
import type { LoadOptions, LoadSource } from './loading.js';
import { makeVoice } from './make-voice.js';
import { MixedSound } from './mixed-sound.js';
import { expectFrame, expectSeconds } from './ramp-options.js';
import { makeHandle, type NodeHandle } from './session/graph-node.js';
import { expectSession } from './session/session.js';
import { inUse, liveStream } from './sound-errors.js';
import type { SoundGroup } from './sound-group.js';
import { loadVoice, voiceFromFile } from './sound-loading.js';
import type { FileOptions, SoundOptions, StreamOptions } from './sound-options.js';
import { type DataSource, sourceOf } from './sources/source.js';
import { expectStream, type StreamSource } from './stream-source.js';
import type { FinishReason } from './voices/finish.js';
import type { Voice } from './voices/voice.js';

let construct: (engine: Engine, group: SoundGroup | null, voice: Voice) => Sound;

/** Plain JavaScript can call a private constructor; it has not got this. */
const constructorKey = Symbol('Sound');

/** How a sound starts. */
export interface PlayTiming {
  /**
   * The engine frame at which it starts, an integer of 0 or more. A frame that has passed means at once.
   *
   * @defaultValue `0`, at once
   */
  atFrames?: number;
  /**
   * Length of the fade-in in seconds, 0..20000.
   *
   * @defaultValue `0`
   */
  fadeSeconds?: number;
}

/** How a sound stops. */
export interface StopTiming {
  /**
   * The engine frame at which it stops, or at which its fade-out begins: an integer of 0 or more. A frame that has
   * passed means at once.
   *
   * @defaultValue `0`, at once
   */
  atFrames?: number;
  /**
   * Length of the fade-out in seconds, 0..20000.
   *
   * @defaultValue `0`
   */
  fadeSeconds?: number;
}

/**
 * Something that plays. Its engine, or its group, owns it: a sound that is not disposed stays until they are, also when
 * the program has lost it, so that what is heard never stops by itself. `Engine.play` makes sounds that dispose
 * themselves.
 */
export class Sound extends MixedSound implements Disposable {
  readonly #engine: Engine;
  readonly #group: SoundGroup | null;
  readonly #voice: Voice;
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
    const session = expectSession(engine);
    const samples = expectSampleData(buffer, 'buffer');
    const given = expectOptions(options, 'options');
    return soundOf(engine, given, makeVoice(session, samples, given));
  }

  /**
   * A sound that plays a live stream. It has no pitch, no loop and no positions to seek to: they throw
   * ERR_PITCH_DISABLED and ERR_LIVE_STREAM; `lengthFrames` is NaN, `cursorFrames` counts the frames taken. Throws
   * ERR_WRONG_ENGINE for a stream of another engine, ERR_STREAM_TAKEN where another sound plays it.
   */
  static fromStream(engine: Engine, stream: StreamSource, options?: StreamOptions): Sound {
    const session = expectSession(engine);
    const source = expectStream(stream, 'stream');
    const given = expectOptions(options, 'options');
    return soundOf(engine, given, makeVoice(session, source, given));
  }

  /**
   * A sound that plays the `dataSource` of an AudioBuffer or a StreamSource. `keeper`, anything, is held for as long as
   * the sound lives. Throws as `fromBuffer` and `fromStream` do.
   */
  static fromDataSource(engine: Engine, source: DataSource, options?: SoundOptions & { keeper?: unknown }): Sound {
    const session = expectSession(engine);
    const samples = sourceOf(source, 'source');
    const given = expectOptions(options, 'options');
    return soundOf(engine, given, makeVoice(session, samples, given, given.keeper));
  }

  /**
   * A sound that plays a wav, flac, mp3, ogg vorbis or opus file, which is read at once, or with `stream: true` as it
   * plays. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_DECODE (with `decodeNow: false` the event `error` tells).
   */
  static fromFile(engine: Engine, path: string | URL, options?: FileOptions): Sound {
    const given = expectOptions(options, 'options');
    return soundOf(engine, given, voiceFromFile(expectSession(engine), path, given));
  }

  /**
   * A sound from a file, address, Request, Blob or bytes, loaded and decoded off the calling thread. Options are those
   * of `fromFile`, `signal` and `onProgress`. Rejects ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_NETWORK with the HTTP
   * status, ERR_DECODE, or with the signal's reason.
   */
  static async load(engine: Engine, source: LoadSource, options?: FileOptions & LoadOptions): Promise<Sound> {
    const given = expectOptions(options, 'options');
    return soundOf(engine, given, await loadVoice(expectSession(engine), source, given));
  }

  /** The engine it plays in. */
  get engine(): Engine {
    return inUse(this.#voice) && this.#engine;
  }

  /** The group that owns it; null: the engine. `attachNode` changes what it is heard through, not this. */
  get group(): SoundGroup | null {
    return inUse(this.#voice) && this.#group;
  }

  /** For wiring with `attachNode`. */
  get handle(): NodeHandle {
    const voice = inUse(this.#voice);
    this.#handle ??= makeHandle(voice);
    return this.#handle;
  }

  /**
   * Starts or goes on; at the end, starts over. A fade-out that has not ended is taken back. Throws ERR_VOICE_LIMIT,
   * ERR_SCHEDULE_LIMIT.
   */
  play(options?: PlayTiming): this {
    const voice = inUse(this.#voice);
    const { frame, fadeFrames } = this.#timing(options);
    voice.transport.play(frame, fadeFrames);
    return this;
  }

  /** The same as `play()`. */
  start(): void {
    this.play();
  }

  /**
   * Stops at a frame (default: at once), after a fade if asked; keeps the position. Starts that wait for their frame
   * are cancelled. Throws ERR_SCHEDULE_LIMIT.
   */
  stop(options?: StopTiming): void {
    const voice = inUse(this.#voice);
    const { frame, fadeFrames } = this.#timing(options);
    voice.transport.stop(frame, fadeFrames);
  }

  /** Stands still until `resume()` or `play()`. Does nothing to a sound that does not play. */
  pause(): void {
    inUse(this.#voice).transport.pause();
  }

  /** Goes on. Does nothing to a sound that is not paused. */
  resume(): void {
    inUse(this.#voice).transport.resume();
  }

  /** True while it plays; false while it is paused, and before the frame of a start that waits. */
  get playing(): boolean {
    return inUse(this.#voice).transport.state.playing;
  }

  /** True while it is paused; the pause of its group does not count. */
  get paused(): boolean {
    return inUse(this.#voice).transport.state.paused;
  }

  /** True when it has come to its end. */
  get atEnd(): boolean {
    return inUse(this.#voice).transport.state.atEnd;
  }

  /**
   * Settles when the present play is over, or the next one if it never played; pausing leaves it open. While a sound
   * plays whose promise was asked for, the process does not exit by itself.
   */
  get finished(): Promise<FinishReason> {
    return inUse(this.#voice).transport.finished;
  }

  /**
   * Goes on from another source frame, 0..lengthFrames; cross-faded. Outside the range of `setRange` it goes to the
   * nearest end.
   */
  seek(frames: number): void {
    const voice = this.#seekable('seeking');
    voice.transport.seek(expectInteger(frames, 'frames', 0, voice.frameLimit));
  }

  /** Goes on from another position, 0..lengthSeconds; cross-faded. */
  seekSeconds(seconds: number): void {
    const voice = this.#seekable('seeking');
    const rate = voice.samples?.sampleRate ?? voice.session.settings.sampleRate;
    expectNumber(seconds, 'seconds', 0, voice.frameLimit / rate);
    voice.transport.seek(Math.min(Math.round(seconds * rate), voice.frameLimit));
  }

  /** The source frame that is read next. */
  get cursorFrames(): number {
    return inUse(this.#voice).transport.state.cursorFrames;
  }

  /** The same in seconds of the source; NaN while it is being decoded. */
  get cursorSeconds(): number {
    const voice = inUse(this.#voice);
    return voice.transport.state.cursorFrames / (voice.samples?.sampleRate ?? Number.NaN);
  }

  /** Length of the whole source in frames; NaN while it is being decoded, and for a live stream. */
  get lengthFrames(): number {
    return inUse(this.#voice).samples?.frames ?? Number.NaN;
  }

  /** Length of the whole source in seconds; NaN while it is being decoded, and for a live stream. */
  get lengthSeconds(): number {
    const { samples } = inUse(this.#voice);
    return samples === null ? Number.NaN : samples.frames / samples.sampleRate;
  }

  /** Whether it starts over at the end of its loop range, default false. */
  get looping(): boolean {
    return inUse(this.#voice).looping;
  }
  set looping(looping: boolean) {
    const wanted = expectBoolean(looping, 'looping');
    (wanted ? this.#seekable('looping') : inUse(this.#voice)).setLooping(wanted);
  }

  /**
   * What is repeated while looping: source frames, `0 <= start < end <= lengthFrames`, end excluded. An end of Infinity
   * means the end of the source. Default: all of the range.
   */
  setLoopRange(startFrames: number, endFrames: number): void {
    const { voice, begin, end } = this.#range(startFrames, endFrames);
    voice.transport.setLoopRange(begin, end);
  }

  /**
   * What is played of the source: frames, `0 <= start < end <= lengthFrames`, end excluded. An end of Infinity means
   * the end of the source. Default: all.
   */
  setRange(startFrames: number, endFrames: number): void {
    const { voice, begin, end } = this.#range(startFrames, endFrames);
    voice.transport.setRange(begin, end);
  }

  /**
   * Hears of its end, of its stop, or (with `decodeNow: false`) of data that cannot be decoded. Returns the listener's
   * removal.
   */
  on(event: 'end' | 'stop' | 'error', listener: (detail?: AudioError) => void): () => void {
    return inUse(this.#voice).events.on(event, listener);
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

  #seekable(what: string): Voice {
    const voice = inUse(this.#voice);
    if (voice.samples?.live) throw liveStream(what);
    return voice;
  }

  #timing(options: PlayTiming | StopTiming | undefined): { frame: number; fadeFrames: number } {
    const { atFrames, fadeSeconds } = expectOptions(options, 'options');
    return {
      frame: atFrames === undefined ? 0 : expectFrame(atFrames, 'atFrames'),
      fadeFrames:
        fadeSeconds === undefined ? 0 : this.#voice.session.framesOf(expectSeconds(fadeSeconds, 'fadeSeconds')),
    };
  }

  #range(startFrames: number, endFrames: number): { voice: Voice; begin: number; end: number } {
    const voice = this.#seekable('a range');
    const limit = voice.frameLimit;
    const begin = expectInteger(startFrames, 'startFrames', 0, Math.max(limit - 1, 0));
    const end = endFrames === Infinity ? limit : expectInteger(endFrames, 'endFrames', startFrames + 1, limit);
    return { voice, begin, end };
  }
}

/** A sound around the voice that was made for it with the same options. */
export function soundOf(engine: Engine, options: Partial<SoundOptions>, voice: Voice): Sound {
  return construct(engine, options.group ?? null, voice);
}
