import { curveNames } from '../api/curves.js';
import { Emitter } from '../api/emitter.js';
import type { FinishReason } from '../api/finish.js';
import { expectSeconds } from '../api/options.js';
import type { Sound } from '../api/sound.js';
import { disposedError } from '../base/disposal.js';
import { AudioError } from '../base/errors.js';
import { parameters } from '../base/parameters.js';
import type { Curve } from '../base/types.js';
import {
  expectBoolean,
  expectFunction,
  expectInstance,
  expectInteger,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectParameter,
  expectString,
} from '../base/validate.js';
import type { AudioBackend } from './audio-backend.js';
import { masterName } from './bus.js';
import type { AudioClip } from './clip.js';
import { type BackendInside, insideOf, warn } from './engine-backend.js';
import { expectVolumeDb, gainOfDb } from './levels.js';
import { clamp } from './placing.js';
import type { PlayerEvents } from './player-events.js';
import { expectPitchRange, expectStream, expectVolumeRange, type PlayerOptions, type PlayerStream, type StreamMode } from './player-options.js';
import type { PlayerRun, Variation } from './player-run.js';
import { PlayerRuns } from './player-runs.js';
import { mustLoad, type RunSource, startRun } from './player-start.js';
import type { AudioPlaylist } from './playlist.js';

const { pitch: pitchRow, pan: panRow } = parameters.sound;
const streamModes: readonly StreamMode[] = ['memory', 'streaming'];

/** How a fade moves. */
export interface FadeOptions {
  /** Its shape, default 'linear', of a crossfade 'equal-power'. */
  curve?: Curve;
}

/** Plays a clip or playlist on a bus: what a game object that sounds has. Everything it does to what plays is ramped by the engine. */
export class AudioPlayer implements Disposable {
  readonly #backend: AudioBackend;
  readonly #inside: BackendInside;
  readonly #emitter = new Emitter<PlayerEvents>(['finished', 'streamOpenFailed']);
  #stream: PlayerStream | null = null;
  #volumeDb = 0;
  #pitchScale = 1;
  #pitchModulation = 1;
  #pan = 0;
  #bus: string;
  #loop = false;
  #streamMode: StreamMode = 'memory';
  #maxPolyphony = 1;
  #pitchRange: readonly [number, number] = [1, 1];
  #volumeRangeDb: readonly [number, number] = [0, 0];
  #random: () => number = Math.random;
  readonly #runs = new PlayerRuns(() => this.#emitter.emit('finished'));
  /** Grows with every stop, so that a clip that is loaded too late does not play. */
  #stops = 0;
  #loadingCount = 0;
  #disposed = false;

  /** A player on a backend with an engine. Throws ERR_UNSUPPORTED_HOST for a backend without, ERR_DISPOSED, UnknownBusError, RangeError and TypeError for options. */
  constructor(backend: AudioBackend, options?: PlayerOptions) {
    this.#inside = insideOf(backend);
    this.#backend = backend;
    this.#bus = this.defaultBus;
    const { autoplay = false, ...given } = expectOptions(options, 'options');
    expectBoolean(autoplay, 'autoplay');
    this.apply(given);
    if (autoplay) this.begin();
  }

  /** The bus of a player that is told of none. */
  protected get defaultBus(): string {
    return masterName;
  }

  /** Takes options over. */
  protected apply(given: Omit<PlayerOptions, 'autoplay'>): void {
    if (given.stream !== undefined) this.stream = given.stream;
    if (given.volumeDb !== undefined) this.volumeDb = given.volumeDb;
    if (given.pitchScale !== undefined) this.pitchScale = given.pitchScale;
    if (given.pan !== undefined) this.pan = given.pan;
    if (given.bus !== undefined) this.bus = given.bus;
    if (given.loop !== undefined) this.loop = given.loop;
    if (given.streamMode !== undefined) this.streamMode = given.streamMode;
    if (given.maxPolyphony !== undefined) this.maxPolyphony = given.maxPolyphony;
    if (given.pitchRange !== undefined) this.pitchRange = given.pitchRange;
    if (given.volumeRangeDb !== undefined) this.volumeRangeDb = given.volumeRangeDb;
    if (given.random !== undefined) this.#random = expectFunction(given.random, 'random');
  }

  /** `autoplay`: what cannot be opened is told when the program has had the chance to listen. */
  protected begin(): void {
    queueMicrotask(() => {
      if (!this.#disposed && !this.#inside.engine.disposed) this.#play(0, false, (error) => this.#failed(error));
    });
  }

  /** The backend it plays on. */
  get backend(): AudioBackend {
    return this.#backend;
  }

  // properties ----------------------------------------------------------------------------------------------------------

  /** What it plays; null for nothing. What plays already goes on: a new one is heard from the next `play()` on. */
  get stream(): PlayerStream | null {
    return this.#stream;
  }
  set stream(stream: PlayerStream | null) {
    this.#stream = expectStream(stream, 'stream');
  }

  /** Level in dB, -80..24, default 0; -80 and below is silence. Heard at once, ramped. */
  get volumeDb(): number {
    return this.#volumeDb;
  }
  set volumeDb(volumeDb: number) {
    this.#volumeDb = expectVolumeDb(volumeDb, 'volumeDb');
    this.refresh();
  }

  /** Speed, 0.01..100, default 1. Heard at once, ramped. */
  get pitchScale(): number {
    return this.#pitchScale;
  }
  set pitchScale(pitchScale: number) {
    this.#pitchScale = expectParameter(pitchScale, { ...pitchRow, name: 'pitchScale' });
    this.refresh();
  }

  /** A factor on the speed beside `pitchScale`, 0.01..100, 1 at first: for an engine that revs, a tape that slows. Heard at once, ramped. */
  pitchModulate(scale: number): void {
    this.#pitchModulation = expectParameter(scale, { ...pitchRow, name: 'scale' });
    this.refresh();
  }

  /** -1 left, 0 centre, 1 right, default 0; of players with a place the place decides. Heard at once, ramped. */
  get pan(): number {
    return this.#pan;
  }
  set pan(pan: number) {
    this.#pan = expectParameter(pan, panRow);
    this.refresh();
  }

  /** Name of the bus, default 'Master', of players with a place 'SFX'. What plays moves over, cross-faded. Throws UnknownBusError. */
  get bus(): string {
    return this.#bus;
  }
  set bus(name: string) {
    const live = this.#inside.live.get(expectString(name, 'bus'));
    this.#bus = name;
    for (const run of this.#runs.all) run.moveTo(live);
  }

  /** Whether it starts over at its end, default false; a playlist says that itself. Counts at once. */
  get loop(): boolean {
    return this.#loop;
  }
  set loop(loop: boolean) {
    this.#loop = expectBoolean(loop, 'loop');
    for (const run of this.#runs.all) run.setLooping(loop);
  }

  /** 'memory' (default): decoded before it plays. 'streaming': decoded from disk while it plays. Throws ERR_WRONG_STATE while it plays. */
  get streamMode(): StreamMode {
    return this.#streamMode;
  }
  set streamMode(mode: StreamMode) {
    expectOneOf(mode, 'streamMode', streamModes);
    if (mode !== this.#streamMode && this.playing) throw new AudioError('ERR_WRONG_STATE', 'streamMode cannot change while the player plays: stop() it first');
    this.#streamMode = mode;
  }

  /** How often it may play at once, 1..1024, default 1: of more, the oldest gives way. */
  get maxPolyphony(): number {
    return this.#maxPolyphony;
  }
  set maxPolyphony(count: number) {
    this.#maxPolyphony = expectInteger(count, 'maxPolyphony', 1, 1024);
    this.#runs.keep(count);
  }

  /** Bounds of a random factor on the speed of each play, 0.01..100, default 1 and 1. */
  get pitchRange(): readonly [number, number] {
    return this.#pitchRange;
  }
  set pitchRange(range: readonly [number, number]) {
    this.#pitchRange = expectPitchRange(range, 'pitchRange');
  }

  /** Bounds of a random level in dB that is added to each play, -80..24, default 0 and 0. */
  get volumeRangeDb(): readonly [number, number] {
    return this.#volumeRangeDb;
  }
  set volumeRangeDb(range: readonly [number, number]) {
    this.#volumeRangeDb = expectVolumeRange(range, 'volumeRangeDb');
  }

  // transport -----------------------------------------------------------------------------------------------------------

  /**
   * Plays from a place in seconds, default 0; of a playlist within its first clip. Beyond `maxPolyphony` the oldest gives way. A clip of an address that is not loaded plays when it is.
   * Throws ERR_WRONG_STATE without a stream, UnknownBusError for a bus that was removed, ERR_VOICE_LIMIT, a RangeError beyond the end, and without a listener of `streamOpenFailed` what `AudioClip.buffer` throws.
   */
  play(fromSeconds = 0): void {
    this.#live();
    expectNumber(fromSeconds, 'fromSeconds', 0, Number.MAX_VALUE);
    this.#play(fromSeconds, false, (error) => this.#failedNow(error));
  }

  /** Stops all that plays; what is heard fades out over the smoothing time. */
  stop(): void {
    this.#live();
    this.#stops += 1;
    this.#loadingCount = 0;
    this.#runs.stop();
  }

  /** Lets what plays stand still. */
  pause(): void {
    this.#live();
    for (const run of this.#runs.all) run.pause();
  }

  /** Lets it go on. */
  resume(): void {
    this.#live();
    for (const run of this.#runs.all) run.resume();
  }

  /** True while something plays, or is being loaded to be played; false while it is paused. */
  get playing(): boolean {
    return this.#loadingCount > 0 || this.#runs.all.some((run) => run.playing);
  }

  /** True while something is paused. */
  get paused(): boolean {
    return this.#runs.all.some((run) => run.paused);
  }

  /** Seconds of the source, of the newest that plays, right with speed, pause and loop; 0 while nothing plays. */
  get playbackPosition(): number {
    return this.#runs.all.at(-1)?.position ?? 0;
  }

  /** Resolves when nothing plays any more, of the present play or, while nothing plays, the next one. While it plays, and somebody asked, the process does not exit by itself. */
  get finished(): Promise<FinishReason> {
    return this.#runs.finished;
  }

  /** Hears of something; returns the listener's removal. */
  on<K extends keyof PlayerEvents>(event: K, listener: PlayerEvents[K]): () => void {
    this.#live();
    return this.#emitter.on(event, listener);
  }

  // fades ---------------------------------------------------------------------------------------------------------------

  /** Fades to full over 0..20000 seconds: from silence if nothing plays, which begins to play then; else from where it is. Resolves true when it is there, false when something took over. */
  fadeIn(seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'linear');
    return this.#inside.engine.batch(() => {
      if (this.#runs.all.length === 0) this.#play(0, true, (error) => this.#failedNow(error));
      return this.#fadeAll(1, seconds, curve);
    });
  }

  /** Fades from where it is to silence over 0..20000 seconds and stops there. Resolves true when it did, or nothing played; false when something took over. */
  fadeOut(seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'linear');
    return allOf(this.#runs.all.map((run) => run.fadeOut(seconds, curve)));
  }

  /** Fades from where it is to a linear gain of 0..16 beside the volume, over 0..20000 seconds. Resolves true when it is there, false when something took over or nothing played. */
  fadeTo(gain: number, seconds: number, options?: FadeOptions): Promise<boolean> {
    expectNumber(gain, 'gain', 0, 16);
    const { curve } = this.#fade(seconds, options, 'linear');
    return this.#fadeAll(gain, seconds, curve);
  }

  /** Fades out while another player of the same backend fades in, both from the same frame on. Default curve 'equal-power': of two unlike sounds the power stays. Resolves true when both are there. */
  async crossfade(other: AudioPlayer, seconds: number, options?: FadeOptions): Promise<boolean> {
    const { curve } = this.#fade(seconds, options, 'equal-power');
    expectInstance(other, 'other', AudioPlayer);
    other.#live();
    if (other.#inside.engine !== this.#inside.engine) throw new AudioError('ERR_WRONG_ENGINE', 'The players of a crossfade belong to different backends');
    const both = this.#inside.engine.batch(() => [this.fadeOut(seconds, { curve }), other.fadeIn(seconds, { curve })]);
    return allOf(both);
  }

  // the end -------------------------------------------------------------------------------------------------------------

  /** Stops it for good; what is heard fades out over the smoothing time. The clip stays. Idempotent. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#runs.dispose(this.#inside.engine.disposed);
    this.#loadingCount = 0;
    this.#stops += 1;
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

  // for players with a place ------------------------------------------------------------------------------------------------

  /** What players of this backend share. */
  protected get inside(): BackendInside {
    return this.#inside;
  }

  /** What plays, oldest first. */
  protected get runs(): readonly PlayerRun[] {
    return this.#runs.all;
  }

  /** What the place does to level (dB), pan and speed. */
  protected get placement(): { readonly levelDb: number; readonly pan: number; readonly pitch: number } {
    return { levelDb: 0, pan: this.#pan, pitch: 1 };
  }

  /** A sound is about to play for the first time. */
  protected prepare(_sound: Sound): void {}

  /** Brings level, pan and speed of all that plays to what they should be. */
  protected refresh(): void {
    if (this.#runs.all.length === 0) return;
    const placement = this.placement;
    for (const run of this.#runs.all) {
      run.setLevel(this.#levelOf(run.variation, placement.levelDb));
      run.setPan(placement.pan);
      run.setPitch(this.#pitchOf(run.variation, placement.pitch));
    }
  }

  #live(): void {
    if (this.#disposed || this.#inside.engine.disposed) throw disposedError('AudioPlayer');
  }

  #levelOf({ volumeDb }: Variation, placedDb: number): number {
    return gainOfDb(this.#volumeDb + volumeDb + placedDb);
  }

  #pitchOf({ pitch }: Variation, placed: number): number {
    return clamp(this.#pitchScale * this.#pitchModulation * pitch * placed, pitchRow.minimum, pitchRow.maximum);
  }

  #fade(seconds: number, options: FadeOptions | undefined, fallback: Curve): { curve: Curve } {
    this.#live();
    expectSeconds(seconds, 'seconds');
    const { curve = fallback } = expectOptions(options, 'options');
    return { curve: expectOneOf(curve, 'curve', curveNames) };
  }

  #fadeAll(gain: number, seconds: number, curve: Curve): Promise<boolean> {
    if (this.#runs.all.length === 0) return Promise.resolve(false);
    return allOf(this.#runs.all.map((run) => run.fadeTo(gain, { seconds, curve })));
  }

  // playing -------------------------------------------------------------------------------------------------------------

  #play(fromSeconds: number, silent: boolean, failed: (error: AudioError) => void): void {
    const stream = this.#stream;
    if (stream === null) throw new AudioError('ERR_WRONG_STATE', 'The player has no stream: set its property stream first');
    const bus = this.#inside.live.get(this.#bus);
    if (mustLoad(stream) && this.#streamMode === 'memory') {
      this.#playLater(stream, fromSeconds);
      return;
    }
    const source: RunSource = { stream, mode: this.#streamMode, fromSeconds, prepare: (sound) => this.prepare(sound) };
    const placement = this.placement;
    const variation = { volumeDb: this.#between(this.#volumeRangeDb), pitch: this.#between(this.#pitchRange) };
    try {
      const run: PlayerRun = startRun(source, {
        engine: this.#inside.engine,
        bus,
        level: this.#levelOf(variation, placement.levelDb),
        pan: placement.pan,
        pitch: this.#pitchOf(variation, placement.pitch),
        looping: this.#loop,
        variation,
        silent,
        over: (reason) => this.#runs.over(run, reason),
      });
      this.#runs.keep(this.#maxPolyphony - 1);
      this.#runs.add(run);
    } catch (error) {
      if (!(error instanceof AudioError) || error.code === 'ERR_VOICE_LIMIT') throw error;
      failed(error);
    }
  }

  #playLater(clip: AudioClip | AudioPlaylist, fromSeconds: number): void {
    const stops = this.#stops;
    this.#loadingCount += 1;
    clip.load().then(
      () => {
        if (stops !== this.#stops || this.#inside.engine.disposed) return;
        this.#loadingCount -= 1;
        this.#play(fromSeconds, false, (error) => this.#failed(error));
      },
      (error: unknown) => {
        if (stops !== this.#stops) return;
        this.#loadingCount -= 1;
        this.#failed(error instanceof AudioError ? error : new AudioError('ERR_DECODE', 'The clip could not be loaded', { cause: error }));
      },
    );
  }

  #failedNow(error: AudioError): void {
    if (!this.#emitter.has('streamOpenFailed')) throw error;
    this.#emitter.emit('streamOpenFailed', error);
  }

  #failed(error: AudioError): void {
    if (this.#emitter.has('streamOpenFailed')) this.#emitter.emit('streamOpenFailed', error);
    else warn(error);
  }

  #between([low, high]: readonly [number, number]): number {
    return low === high ? low : low + (high - low) * this.#random();
  }
}

function allOf(results: readonly Promise<boolean>[]): Promise<boolean> {
  return Promise.all(results).then((reached) => reached.every((one) => one));
}
