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
import { insideOf, warn } from '../backends/backend-inside.js';
import type { AudioClip } from '../clips/clip.js';
import { ActivePlaybacks } from './active-playbacks.js';
import type { Playback } from './playback.js';
import type { PlayerEvents } from './player-events.js';
import type { FadeOptions, PlayerOptions } from './player-options.js';
import { PlayerSettings } from './player-settings.js';
import type { AudioPlaylist } from './playlist.js';
import { mustLoad, openLater, type PlaybackSource, startPlayback } from './start-playback.js';

/**
 * Plays a clip, a buffer or a playlist on a bus: the sound of one game object. All changes to what plays are ramped.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, makeBackend } from 'miniaudio-engine';
 *
 * const backend = await makeBackend({ name: 'null' });
 * const steps = new AudioPlayer(backend, {
 *   stream: AudioClip.tone(140, { seconds: 0.1 }),
 *   bus: 'SFX',
 *   maxPolyphony: 2,
 *   pitchRange: [0.9, 1.1],
 *   volumeRangeDb: [-6, 0],
 * });
 * steps.on('streamOpenFailed', (error) => console.log(error.message));
 * steps.play();
 * steps.play();
 * console.log(await steps.finished);
 * backend.shutdown();
 * ```
 */
export class AudioPlayer extends PlayerSettings implements Disposable {
  readonly #backend: AudioBackend;
  readonly #emitter = new Emitter<PlayerEvents>(['finished', 'streamOpenFailed']);
  readonly #playbacks = new ActivePlaybacks(() => this.#emitter.emit('finished'));
  /** Sounds that were opened to be decoded as they play, and play next. */
  #opened: Sound[] = [];
  #disposed = false;

  /**
   * Makes a player.
   *
   * @param backend - A backend with an engine of this package.
   * @param options - The settings to start with.
   * @throws {@link UnknownBusError} when there is no such bus.
   * @throws {@link AudioError} `ERR_UNSUPPORTED_HOST` when the backend has no engine of this package; `ERR_DISPOSED`
   *   when it is shut down.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(backend: AudioBackend, options?: PlayerOptions) {
    super(insideOf(backend));
    this.#backend = backend;
    const { autoplay = false, ...given } = expectOptions(options, 'options');
    expectBoolean(autoplay, 'autoplay');
    this.apply(given);
    if (autoplay) this.begin();
  }

  /**
   * Plays for `autoplay`. A failure is reported only after the program has had the chance to add a listener.
   *
   * @internal
   */
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

  /**
   * Plays the stream. Beyond `maxPolyphony` the oldest play stops. A clip that has to be loaded first starts when it is
   * loaded.
   *
   * @param fromSeconds - Where to start, in seconds; in a playlist, within its first clip.
   * @throws {@link UnknownBusError} when its bus was removed.
   * @throws {@link AudioError} `ERR_WRONG_STATE` when there is no stream; `ERR_VOICE_LIMIT` when too many sounds play;
   *   `ERR_DISPOSED` after `dispose`; and, unless `streamOpenFailed` has a listener, as {@link AudioClip.buffer} does.
   * @throws RangeError `ERR_OUT_OF_RANGE` for a start after the end; TypeError `ERR_INVALID_ARG_TYPE` for anything but
   *   a number.
   */
  play(fromSeconds = 0): void {
    this.#expectOpen();
    expectNumber(fromSeconds, 'fromSeconds', 0, Number.MAX_VALUE);
    if (this.#mustLoad) this.#playLater(fromSeconds);
    else this.#play(fromSeconds, false, (error) => this.#reportOrThrow(error));
  }

  /**
   * Stops everything, with a short fade.
   *
   * @throws {@link AudioError} `ERR_DISPOSED` after `dispose`.
   */
  stop(): void {
    this.#expectOpen();
    this.#playbacks.stop();
  }

  /**
   * Pauses everything that plays.
   *
   * @throws {@link AudioError} `ERR_DISPOSED` after `dispose`.
   */
  pause(): void {
    this.#expectOpen();
    this.#playbacks.pause();
  }

  /**
   * Resumes everything that is paused.
   *
   * @throws {@link AudioError} `ERR_DISPOSED` after `dispose`.
   */
  resume(): void {
    this.#expectOpen();
    this.#playbacks.resume();
  }

  /** True while something plays or loads to play; false while it is paused. */
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

  /** Where in its source the newest play is, in seconds, counting speed, pauses and loops; 0 while nothing plays. */
  get playbackPosition(): number {
    return this.#playbacks.all.at(-1)?.position ?? 0;
  }

  /**
   * Resolves when nothing plays any more, with the reason. While nothing plays, it waits for the end of the next play;
   * while something plays, it keeps the process from exiting.
   */
  get finished(): Promise<FinishReason> {
    return this.#playbacks.finished;
  }

  /**
   * Adds a listener for an event.
   *
   * @param event - 'finished' or 'streamOpenFailed'.
   * @param listener - What to call.
   * @returns A function that removes the listener.
   * @throws {@link AudioError} `ERR_DISPOSED` after `dispose`.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  on<K extends keyof PlayerEvents>(event: K, listener: PlayerEvents[K]): () => void {
    this.#expectOpen();
    return this.#emitter.on(event, listener);
  }

  /**
   * Fades to full level. If nothing plays, it starts to play in silence; otherwise the fade starts from the present
   * level.
   *
   * @param seconds - Length in seconds, 0..20000.
   * @param options - Shape of the fade.
   * @returns Resolves true when the level is reached, false when another fade or a stop took over or the clip could not
   *   be loaded.
   * @throws As {@link AudioPlayer.play} does.
   * @example
   * ```ts
   * import { AudioClip, AudioPlayer, Engine, EngineBackend } from 'miniaudio-engine';
   *
   * const backend = new EngineBackend(new Engine({ device: false }));
   * const music = new AudioPlayer(backend, { stream: AudioClip.tone(220, { seconds: 3 }), bus: 'Music' });
   * const faded = music.fadeIn(0.5, { curve: 'ease-in-out' });
   * backend.engine.readPcmFrames(backend.engine.sampleRate);
   * console.log(await faded); // true
   * backend.shutdown();
   * ```
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
   * Fades from the present level to silence, then stops.
   *
   * @param seconds - Length in seconds, 0..20000.
   * @param options - Shape of the fade.
   * @returns Resolves true when it has stopped or nothing played, false when another fade took over.
   * @throws {@link AudioError} `ERR_DISPOSED` after `dispose`.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  fadeOut(seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'linear');
    return allOf(this.#playbacks.all.map((playback) => playback.fadeOut(seconds, curve)));
  }

  /**
   * Fades from the present level to a gain, which multiplies the volume.
   *
   * @param gain - Linear gain, 0..16.
   * @param seconds - Length in seconds, 0..20000.
   * @param options - Shape of the fade.
   * @returns Resolves true when the gain is reached, false when something else took over or nothing played.
   * @throws As {@link AudioPlayer.fadeOut} does.
   */
  fadeTo(gain: number, seconds: number, options?: FadeOptions): Promise<boolean> {
    expectNumber(gain, 'gain', 0, 16);
    const { curve } = this.#fade(seconds, options, 'linear');
    return this.#fadeAll(gain, seconds, curve);
  }

  /**
   * Fades out while another player fades in, both starting at the same frame. A clip that has to be loaded is loaded
   * first. The default curve, 'equal-power', keeps the power of two different sounds constant.
   *
   * @param other - Another player of the same backend.
   * @param seconds - Length in seconds, 0..20000.
   * @param options - Shape of the fades.
   * @returns Resolves true when both fades are over, false when something else took over either of them.
   * @throws {@link AudioError} `ERR_WRONG_ENGINE` when the players are on different backends; and as
   *   {@link AudioPlayer.play} does.
   * @example
   * ```ts
   * import { AudioClip, AudioPlayer, Engine, EngineBackend } from 'miniaudio-engine';
   *
   * const backend = new EngineBackend(new Engine({ device: false }));
   * const calm = new AudioPlayer(backend, { stream: AudioClip.tone(220), loop: true });
   * const tense = new AudioPlayer(backend, { stream: AudioClip.tone(311), loop: true });
   * calm.play();
   * const crossed = calm.crossfade(tense, 0.5);
   * backend.engine.readPcmFrames(backend.engine.sampleRate);
   * console.log(await crossed, calm.playing, tense.playing); // true false true
   * backend.shutdown();
   * ```
   */
  async crossfade(other: AudioPlayer, seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'equal-power');
    expectInstance(other, 'other', AudioPlayer);
    other.#expectOpen();
    if (other.inside.engine !== this.inside.engine)
      throw new AudioError('ERR_WRONG_ENGINE', 'A crossfade needs two players of one backend');
    if (other.#playbacks.all.length === 0 && other.#mustLoad && !(await other.#loaded())) return false;
    this.#expectOpen();
    const both = this.inside.engine.batch(() => [this.fadeOut(seconds, { curve }), other.fadeIn(seconds, { curve })]);
    return allOf(both);
  }

  /** Stops the player for good, with a short fade. The clip is kept. Calling it again does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#playbacks.dispose(this.inside.engine.disposed);
    this.#emitter.clear();
  }

  /** The same as {@link AudioPlayer.dispose}. */
  shutdown(): void {
    this.dispose();
  }

  /** The same as {@link AudioPlayer.dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose`. */
  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * What plays, oldest first.
   *
   * @internal
   */
  protected override get playbacks(): readonly Playback[] {
    return this.#gone ? [] : this.#playbacks.all;
  }

  /**
   * Called when `maxPolyphony` has changed.
   *
   * @internal
   */
  protected override polyphonyChanged(): void {
    this.#playbacks.keepNewest(this.maxPolyphony);
  }

  /**
   * Called before a sound plays for the first time.
   *
   * @internal
   */
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

  #play(fromSeconds: number, silent: boolean, failed: (error: AudioError) => void): void {
    const stream = this.stream;
    if (stream === null)
      throw new AudioError('ERR_WRONG_STATE', 'The player has nothing to play: set its stream first');
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
        this.#reportLate(error, 'The clip cannot play from there');
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
