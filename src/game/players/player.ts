import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import type { Curve } from '../../base/types.js';
import { expectBoolean, expectInstance, expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';
import { expectSeconds } from '../../engine/ramp-options.js';
import { curveNames } from '../../engine/session/curves.js';
import { Emitter } from '../../engine/session/emitter.js';
import type { Sound } from '../../engine/sound.js';
import type { FinishReason } from '../../engine/voices/finish.js';
import type { AudioBackend } from '../backends/audio-backend.js';
import { insideOf, warn } from '../backends/engine-backend.js';
import type { AudioClip } from '../clips/clip.js';
import { ActivePlaybacks } from './active-playbacks.js';
import type { Playback } from './playback.js';
import type { PlayerEvents } from './player-events.js';
import type { FadeOptions, PlayerOptions } from './player-options.js';
import { PlayerSettings } from './player-settings.js';
import type { AudioPlaylist } from './playlist.js';
import { mustLoad, openLater, type PlaybackSource, startPlayback } from './start-playback.js';

/**
 * Plays a clip or playlist on a bus: what a game object that sounds has. Everything it does to what plays is ramped by
 * the engine.
 */
export class AudioPlayer extends PlayerSettings implements Disposable {
  readonly #backend: AudioBackend;
  readonly #emitter = new Emitter<PlayerEvents>(['finished', 'streamOpenFailed']);
  readonly #playbacks = new ActivePlaybacks(() => this.#emitter.emit('finished'));
  /** Sounds that were opened to be decoded as they play, and play next. */
  #opened: Sound[] = [];
  #disposed = false;

  /**
   * A player on a backend with an engine. Throws ERR_UNSUPPORTED_HOST for a backend without, ERR_DISPOSED,
   * UnknownBusError, RangeError and TypeError for options.
   */
  constructor(backend: AudioBackend, options?: PlayerOptions) {
    super(insideOf(backend));
    this.#backend = backend;
    const { autoplay = false, ...given } = expectOptions(options, 'options');
    expectBoolean(autoplay, 'autoplay');
    this.apply(given);
    if (autoplay) this.begin();
  }

  /** `autoplay`: a failure is reported only after the program has had the chance to add a listener. */
  protected begin(): void {
    queueMicrotask(() => {
      if (this.#gone) return;
      if (this.#mustLoad) this.#playLater(0);
      else this.#play(0, false, (error) => this.#report(error));
    });
  }

  /** The backend it plays on. */
  get backend(): AudioBackend {
    return this.#backend;
  }

  // transport
  // -----------------------------------------------------------------------------------------------------------

  /**
   * Plays from a position in seconds, default 0; for a playlist within its first clip. Beyond `maxPolyphony` the oldest
   * stops. A clip of an address that is not loaded plays when it is. Throws ERR_WRONG_STATE without a stream,
   * UnknownBusError for a bus that was removed, ERR_VOICE_LIMIT, a RangeError beyond the end, and without a listener of
   * `streamOpenFailed` what `AudioClip.buffer` throws.
   */
  play(fromSeconds = 0): void {
    this.#expectOpen();
    expectNumber(fromSeconds, 'fromSeconds', 0, Number.MAX_VALUE);
    if (this.#mustLoad) this.#playLater(fromSeconds);
    else this.#play(fromSeconds, false, (error) => this.#reportOrThrow(error));
  }

  /** Stops all that plays; what is heard fades out over the smoothing time. */
  stop(): void {
    this.#expectOpen();
    this.#playbacks.stop();
  }

  /** Pauses what plays. */
  pause(): void {
    this.#expectOpen();
    this.#playbacks.pause();
  }

  /** Resumes what is paused. */
  resume(): void {
    this.#expectOpen();
    this.#playbacks.resume();
  }

  /** True while something plays, or is being loaded to be played; false while it is paused. */
  override get playing(): boolean {
    return (
      (this.#playbacks.loading && !this.#playbacks.pausedWhileLoading) ||
      this.#playbacks.all.some((playback) => playback.playing)
    );
  }

  /** True while something is paused. */
  get paused(): boolean {
    return this.#playbacks.pausedWhileLoading || this.#playbacks.all.some((playback) => playback.paused);
  }

  /** Seconds of the source, of the newest that plays, right with speed, pause and loop; 0 while nothing plays. */
  get playbackPosition(): number {
    return this.#playbacks.all.at(-1)?.position ?? 0;
  }

  /**
   * Resolves when nothing plays any more, of the present play or, while nothing plays, the next one. While it plays,
   * and somebody asked, the process does not exit by itself.
   */
  get finished(): Promise<FinishReason> {
    return this.#playbacks.finished;
  }

  /** Adds a listener. Returns a function that removes it. */
  on<K extends keyof PlayerEvents>(event: K, listener: PlayerEvents[K]): () => void {
    this.#expectOpen();
    return this.#emitter.on(event, listener);
  }

  // fades
  // ---------------------------------------------------------------------------------------------------------------

  /**
   * Fades to full over 0..20000 seconds: from silence if nothing plays, which begins to play then, a clip of an address
   * when it is loaded; else from where it is. Resolves true when it is there, false when something took over or it
   * could not be loaded. Throws as `play` does.
   */
  fadeIn(seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'linear');
    if (this.#playbacks.all.length === 0 && this.#mustLoad) return this.#fadeInLater(seconds, options);
    return this.inside.engine.batch(() => {
      if (this.#playbacks.all.length === 0) this.#play(0, true, (error) => this.#reportOrThrow(error));
      return this.#fadeAll(1, seconds, curve);
    });
  }

  /**
   * Fades from where it is to silence over 0..20000 seconds and stops there. Resolves true when it did, or nothing
   * played; false when something took over.
   */
  fadeOut(seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'linear');
    return allOf(this.#playbacks.all.map((playback) => playback.fadeOut(seconds, curve)));
  }

  /**
   * Fades from where it is to a linear gain of 0..16 beside the volume, over 0..20000 seconds. Resolves true when it is
   * there, false when something took over or nothing played.
   */
  fadeTo(gain: number, seconds: number, options?: FadeOptions): Promise<boolean> {
    expectNumber(gain, 'gain', 0, 16);
    const { curve } = this.#fade(seconds, options, 'linear');
    return this.#fadeAll(gain, seconds, curve);
  }

  /**
   * Fades out while another player of the same backend fades in, both from the same frame on, for which a clip of an
   * address is loaded first. Default curve 'equal-power': of two unlike sounds the power stays. Resolves true when both
   * are there.
   */
  async crossfade(other: AudioPlayer, seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'equal-power');
    expectInstance(other, 'other', AudioPlayer);
    other.#expectOpen();
    if (other.inside.engine !== this.inside.engine)
      throw new AudioError('ERR_WRONG_ENGINE', 'The players of a crossfade belong to different backends');
    if (other.#playbacks.all.length === 0 && other.#mustLoad && !(await other.#loaded())) return false;
    this.#expectOpen();
    const both = this.inside.engine.batch(() => [this.fadeOut(seconds, { curve }), other.fadeIn(seconds, { curve })]);
    return allOf(both);
  }

  // the end
  // -------------------------------------------------------------------------------------------------------------

  /** Stops it for good; what is heard fades out over the smoothing time. The clip stays. Idempotent. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#playbacks.dispose(this.inside.engine.disposed);
    this.#emitter.clear();
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#disposed;
  }

  // for placed players
  // ------------------------------------------------------------------------------------------------

  /** What plays, oldest first. */
  protected override get playbacks(): readonly Playback[] {
    return this.#gone ? [] : this.#playbacks.all;
  }

  /** Called when `maxPolyphony` has changed. */
  protected override polyphonyChanged(): void {
    this.#playbacks.keepNewest(this.maxPolyphony);
  }

  /** Called before a sound plays for the first time. */
  protected prepare(_sound: Sound): void {}

  #expectOpen(): void {
    if (this.#gone) throw disposedError('AudioPlayer');
  }

  get #gone(): boolean {
    return this.#disposed || this.inside.engine.disposed;
  }

  #fade(seconds: number, options: FadeOptions | undefined, fallback: Curve): { curve: Curve } {
    this.#expectOpen();
    expectSeconds(seconds, 'seconds');
    const { curve = fallback } = expectOptions(options, 'options');
    return { curve: expectOneOf(curve, 'curve', curveNames) };
  }

  #fadeAll(gain: number, seconds: number, curve: Curve): Promise<boolean> {
    if (this.#playbacks.all.length === 0) return Promise.resolve(false);
    return allOf(this.#playbacks.all.map((playback) => playback.fadeTo(gain, { seconds, curve })));
  }

  // playing
  // -------------------------------------------------------------------------------------------------------------

  #play(fromSeconds: number, silent: boolean, failed: (error: AudioError) => void): void {
    const stream = this.stream;
    if (stream === null)
      throw new AudioError('ERR_WRONG_STATE', 'The player has no stream: set its property stream first');
    const bus = this.inside.buses.get(this.bus);
    const source: PlaybackSource = {
      stream,
      mode: this.streamMode,
      fromSeconds,
      opened: this.#opened.shift() ?? null,
      prepare: (sound) => this.prepare(sound),
    };
    const variation = this.vary();
    try {
      const playback: Playback = startPlayback(source, {
        engine: this.inside.engine,
        bus,
        ...this.mixOf(variation),
        looping: this.loop,
        variation,
        silent,
        over: (reason) => this.#playbacks.over(playback, reason),
      });
      this.#playbacks.keepNewest(this.maxPolyphony - 1);
      this.#playbacks.add(playback);
    } catch (error) {
      if (!(error instanceof AudioError) || error.code === 'ERR_VOICE_LIMIT') throw error;
      failed(error);
    }
  }

  get #mustLoad(): boolean {
    return this.stream !== null && mustLoad(this.stream) && this.#opened.length === 0;
  }

  /**
   * Loads the stream. Resolves true when it can be played; false when it was stopped meanwhile, or could not be loaded,
   * which is reported then.
   */
  async #loaded(): Promise<boolean> {
    const opening = openLater(this.inside.engine, this.stream as AudioClip | AudioPlaylist, this.streamMode);
    try {
      if ((await this.#playbacks.load(opening)) && !this.#gone) {
        const sound = await opening;
        if (sound !== null) this.#opened.push(sound);
        return true;
      }
      opening.then(
        (sound) => sound?.dispose(),
        () => {},
      );
      return false;
    } catch (error) {
      this.#reportLate(error, 'The clip could not be loaded');
      return false;
    }
  }

  async #fadeInLater(seconds: number, options: FadeOptions | undefined): Promise<boolean> {
    this.inside.buses.get(this.bus);
    if (!(await this.#loaded())) return false;
    const faded = this.fadeIn(seconds, options);
    this.#playbacks.pauseLoaded();
    return faded;
  }

  #playLater(fromSeconds: number): void {
    this.inside.buses.get(this.bus);
    void this.#loaded().then((there) => {
      if (!there) return;
      try {
        this.#play(fromSeconds, false, (error) => this.#report(error));
        this.#playbacks.pauseLoaded();
      } catch (error) {
        this.#reportLate(error, 'The clip cannot be played from there');
      }
    });
  }

  #reportLate(error: unknown, what: string): void {
    this.#report(error instanceof AudioError ? error : new AudioError('ERR_WRONG_STATE', what, { cause: error }));
  }

  #reportOrThrow(error: AudioError): void {
    if (!this.#emitter.has('streamOpenFailed')) throw error;
    this.#emitter.emit('streamOpenFailed', error);
  }

  #report(error: AudioError): void {
    if (this.#emitter.has('streamOpenFailed')) this.#emitter.emit('streamOpenFailed', error);
    else warn(error);
  }
}

function allOf(results: readonly Promise<boolean>[]): Promise<boolean> {
  return Promise.all(results).then((reached) => reached.every((one) => one));
}
