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
import type { BackendInside } from '../backends/engine-backend.js';
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

/** What a player is set to; whatever plays follows each change. */
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

  /** Everything at its default. */
  constructor(inside: BackendInside) {
    this.#inside = inside;
    this.#bus = this.defaultBus;
  }

  /** True while something plays, or is being loaded to be played; false while it is paused. */
  abstract get playing(): boolean;

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

  /**
   * A factor on the speed beside `pitchScale`, 0.01..100, 1 at first: for an engine that revs, a tape that slows. Heard
   * at once, ramped.
   */
  pitchModulate(scale: number): void {
    this.#pitchModulation = expectParameter(scale, { ...pitchRow, name: 'scale' });
    this.refresh();
  }

  /** -1 left, 0 centre, 1 right, default 0; for placed players the position decides. Heard at once, ramped. */
  get pan(): number {
    return this.#pan;
  }
  set pan(pan: number) {
    this.#pan = expectParameter(pan, panRow);
    this.refresh();
  }

  /**
   * Name of the bus, default 'Master', for placed players 'SFX'. What plays moves over, cross-faded. Throws
   * UnknownBusError.
   */
  get bus(): string {
    return this.#bus;
  }
  set bus(name: string) {
    const bus = this.inside.buses.get(expectString(name, 'bus'));
    this.#bus = name;
    for (const playback of this.playbacks) playback.moveTo(bus);
  }

  /** Whether it starts over at its end, default false; a playlist decides that itself. Takes effect immediately. */
  get loop(): boolean {
    return this.#loop;
  }
  set loop(loop: boolean) {
    this.#loop = expectBoolean(loop, 'loop');
    for (const playback of this.playbacks) playback.setLooping(loop);
  }

  /**
   * 'memory' (default): decoded before it plays. 'streaming': decoded from disk while it plays. Throws ERR_WRONG_STATE
   * while it plays.
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

  /** Simultaneous plays, 1..1024, default 1; beyond that the oldest stops. */
  get maxPolyphony(): number {
    return this.#maxPolyphony;
  }
  set maxPolyphony(count: number) {
    this.#maxPolyphony = expectInteger(count, 'maxPolyphony', 1, 1024);
    this.polyphonyChanged();
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

  // for what plays
  // ------------------------------------------------------------------------------------------------------

  /** What players of this backend share. */
  protected get inside(): BackendInside {
    return this.#inside;
  }

  /** What plays, oldest first. */
  protected abstract get playbacks(): readonly Playback[];

  /** Called when `maxPolyphony` has changed. */
  protected abstract polyphonyChanged(): void;

  /** The bus used when none is given. */
  protected get defaultBus(): string {
    return masterName;
  }

  /** Applies the options that are given. */
  protected apply(given: Omit<PlayerOptions, 'autoplay'>): void {
    for (const name of optionNames) if (given[name] !== undefined) Object.assign(this, { [name]: given[name] });
    if (given.random !== undefined) this.#random = expectFunction(given.random, 'random');
  }

  /** What the position does to level (dB), pan and speed. */
  protected get placement(): { readonly levelDb: number; readonly pan: number; readonly pitch: number } {
    return { levelDb: 0, pan: this.#pan, pitch: 1 };
  }

  /** Level (linear), pan and speed of a playback, from the settings, its own variation and the position. */
  protected mixOf({ volumeDb, pitch }: PlaybackVariation): PlaybackMix {
    const { levelDb, pan, pitch: placed } = this.placement;
    return {
      level: gainOfDb(this.#volumeDb + volumeDb + levelDb),
      pan,
      pitch: clamp(this.#pitchScale * this.#pitchModulation * pitch * placed, pitchRow.minimum, pitchRow.maximum),
    };
  }

  /** Draws how the next playback differs from others. */
  protected vary(): PlaybackVariation {
    return { volumeDb: this.#between(this.#volumeRangeDb), pitch: this.#between(this.#pitchRange) };
  }

  /** Updates level, pan and speed of all that plays. */
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
