import { AudioError } from '../../base/errors.js';
import { expectVolumeDb, gainOfDb } from '../../base/levels.js';
import { parameters } from '../../base/parameters.js';
import {
  expectBoolean,
  expectFunction,
  expectInteger,
  expectOneOf,
  expectParameter,
  expectString,
} from '../../base/validate.js';
import type { BackendInside } from '../backends/backend-inside.js';
import { masterName } from '../buses/bus.js';
import { clamp } from '../space/placement.js';
import type { Playback, PlaybackMix, PlaybackVariation } from './playback.js';
import {
  expectPitchRange,
  expectStream,
  expectVolumeRange,
  type PlayerOptions,
  type PlayerStream,
  type StreamMode,
} from './player-options.js';

const { pitch: pitchRow, pan: panRow } = parameters.sound;
const streamModes: readonly StreamMode[] = ['memory', 'streaming'];

/** The options that are properties of a player, too, in the order in which they are set. */
const optionNames = [
  'stream',
  'volumeDb',
  'pitchScale',
  'pan',
  'bus',
  'loop',
  'streamMode',
  'maxPolyphony',
  'pitchRange',
  'volumeRangeDb',
] as const;

/**
 * The settings of an {@link AudioPlayer}. Whatever plays follows each change, unless the setting says otherwise.
 *
 * @example
 * ```ts
 * import { AudioPlayer, Engine, EngineBackend, type PlayerSettings } from 'miniaudio-engine';
 *
 * const soften = (settings: PlayerSettings) => (settings.volumeDb -= 6);
 * const backend = new EngineBackend(new Engine({ device: false }));
 * console.log(soften(new AudioPlayer(backend))); // -6
 * backend.shutdown();
 * ```
 */
export abstract class PlayerSettings {
  readonly #inside: BackendInside;
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

  /**
   * Everything at its default.
   *
   * @internal
   */
  constructor(inside: BackendInside) {
    this.#inside = inside;
    this.#bus = this.defaultBus;
  }

  /** True while something plays or loads to play; false while it is paused. */
  abstract get playing(): boolean;

  /**
   * What it plays; null for nothing. A change takes effect at the next `play()`: what plays now goes on.
   *
   * @defaultValue `null`
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  get stream(): PlayerStream | null {
    return this.#stream;
  }
  set stream(stream: PlayerStream | null) {
    this.#stream = expectStream(stream, 'stream');
  }

  /**
   * Level in dB, -80..24; -80 and below is silence. Changes are ramped.
   *
   * @defaultValue `0`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get volumeDb(): number {
    return this.#volumeDb;
  }
  set volumeDb(volumeDb: number) {
    this.#volumeDb = expectVolumeDb(volumeDb, 'volumeDb');
    this.refresh();
  }

  /**
   * Speed and pitch as a factor, 0.01..100. Changes are ramped.
   *
   * @defaultValue `1`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get pitchScale(): number {
    return this.#pitchScale;
  }
  set pitchScale(pitchScale: number) {
    this.#pitchScale = expectParameter(pitchScale, { ...pitchRow, name: 'pitchScale' });
    this.refresh();
  }

  /**
   * Sets a second factor on the speed, beside `pitchScale`, ramped: for an engine that revs, or a tape that slows down.
   *
   * @param scale - The factor, 0.01..100; 1 at first.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  pitchModulate(scale: number): void {
    this.#pitchModulation = expectParameter(scale, { ...pitchRow, name: 'scale' });
    this.refresh();
  }

  /**
   * Pan, -1 (left) to 1 (right). For a {@link PlacedPlayer} the position decides instead. Changes are ramped.
   *
   * @defaultValue `0`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get pan(): number {
    return this.#pan;
  }
  set pan(pan: number) {
    this.#pan = expectParameter(pan, panRow);
    this.refresh();
  }

  /**
   * Name of the bus it plays on. On a change, what plays moves over with a crossfade.
   *
   * @defaultValue `'Master'`, of a {@link PlacedPlayer} `'SFX'`
   * @throws {@link UnknownBusError} when there is no such bus.
   */
  get bus(): string {
    return this.#bus;
  }
  set bus(name: string) {
    const bus = this.inside.buses.get(expectString(name, 'bus'));
    this.#bus = name;
    for (const playback of this.playbacks) playback.moveTo(bus);
  }

  /**
   * Whether it starts again at the end. A playlist uses its own `loop` instead.
   *
   * @defaultValue `false`
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get loop(): boolean {
    return this.#loop;
  }
  set loop(loop: boolean) {
    this.#loop = expectBoolean(loop, 'loop');
    for (const playback of this.playbacks) playback.setLooping(loop);
  }

  /**
   * When a clip is decoded: 'memory' before it plays, 'streaming' from disk while it plays.
   *
   * @defaultValue `'memory'`
   * @throws {@link AudioError} `ERR_WRONG_STATE` when it is changed while the player plays.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get streamMode(): StreamMode {
    return this.#streamMode;
  }
  set streamMode(mode: StreamMode) {
    expectOneOf(mode, 'streamMode', streamModes);
    if (mode !== this.#streamMode && this.playing)
      throw new AudioError('ERR_WRONG_STATE', 'streamMode cannot change while the player plays: stop() it first');
    this.#streamMode = mode;
  }

  /**
   * Simultaneous plays, 1..1024; beyond that the oldest stops.
   *
   * @defaultValue `1`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get maxPolyphony(): number {
    return this.#maxPolyphony;
  }
  set maxPolyphony(count: number) {
    this.#maxPolyphony = expectInteger(count, 'maxPolyphony', 1, 1024);
    this.polyphonyChanged();
  }

  /**
   * Lowest and highest random speed, 0.01..100. Each play draws one, which multiplies `pitchScale`.
   *
   * @defaultValue `[1, 1]`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  get pitchRange(): readonly [number, number] {
    return this.#pitchRange;
  }
  set pitchRange(range: readonly [number, number]) {
    this.#pitchRange = expectPitchRange(range, 'pitchRange');
  }

  /**
   * Lowest and highest random level in dB, -80..24. Each play draws one, which is added to `volumeDb`.
   *
   * @defaultValue `[0, 0]`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  get volumeRangeDb(): readonly [number, number] {
    return this.#volumeRangeDb;
  }
  set volumeRangeDb(range: readonly [number, number]) {
    this.#volumeRangeDb = expectVolumeRange(range, 'volumeRangeDb');
  }

  /**
   * What players of this backend share.
   *
   * @internal
   */
  protected get inside(): BackendInside {
    return this.#inside;
  }

  /**
   * What plays, oldest first.
   *
   * @internal
   */
  protected abstract get playbacks(): readonly Playback[];

  /**
   * Called when `maxPolyphony` has changed.
   *
   * @internal
   */
  protected abstract polyphonyChanged(): void;

  /**
   * The bus used when none is given.
   *
   * @internal
   */
  protected get defaultBus(): string {
    return masterName;
  }

  /**
   * Applies the options that are given.
   *
   * @internal
   */
  protected apply(given: Omit<PlayerOptions, 'autoplay'>): void {
    for (const name of optionNames) if (given[name] !== undefined) Object.assign(this, { [name]: given[name] });
    if (given.random !== undefined) this.#random = expectFunction(given.random, 'random');
  }

  /**
   * How the position changes level (dB), pan and speed.
   *
   * @internal
   */
  protected get placement(): { readonly levelDb: number; readonly pan: number; readonly pitch: number } {
    return { levelDb: 0, pan: this.#pan, pitch: 1 };
  }

  /**
   * Level (linear), pan and speed of a playback, from the settings, its own variation and the position.
   *
   * @internal
   */
  protected mixOf({ volumeDb, pitch }: PlaybackVariation): PlaybackMix {
    const { levelDb, pan, pitch: placed } = this.placement;
    return {
      level: gainOfDb(this.#volumeDb + volumeDb + levelDb),
      pan,
      pitch: clamp(this.#pitchScale * this.#pitchModulation * pitch * placed, pitchRow.minimum, pitchRow.maximum),
    };
  }

  /**
   * Draws the random level and speed of the next playback.
   *
   * @internal
   */
  protected vary(): PlaybackVariation {
    return { volumeDb: this.#between(this.#volumeRangeDb), pitch: this.#between(this.#pitchRange) };
  }

  /**
   * Updates level, pan and speed of all that plays.
   *
   * @internal
   */
  protected refresh(): void {
    for (const playback of this.playbacks) {
      const { level, pan, pitch } = this.mixOf(playback.variation);
      playback.setLevel(level);
      playback.setPan(pan);
      playback.setPitch(pitch);
    }
  }

  #between([low, high]: readonly [number, number]): number {
    return low === high ? low : low + (high - low) * this.#random();
  }
}
