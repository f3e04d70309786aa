import { AudioError } from '../../base/errors.js';
import { silenceDb } from '../../base/levels.js';
import { expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';
import { expectVector, type Vector } from '../../engine/session/vectors.js';
import type { Sound } from '../../engine/sound.js';
import type { AudioBackend } from '../backends/audio-backend.js';
import { expectDistance, maxDistances } from '../backends/engine-backend.js';
import type { Dimension } from '../space/listener-hub.js';
import { dopplerRatio, type ListenerPose, placementOf } from '../space/placement.js';
import { AudioPlayer } from './player.js';
import type { PlayerOptions } from './player-options.js';

/**
 * How a position becomes a pan: 'linear' by the way to the right over maxDistance, 'engine' by the engine's own law.
 */
export type Panning = 'linear' | 'engine';

/** How a distance becomes a level: 'decibel' by 80 (d / max)^attenuation dB less, the others by the engine's models. */
export type DistanceModel = 'decibel' | 'inverse' | 'linear' | 'exponential' | 'none';

/** How a placed player is made; everything can be changed later. */
export interface PlacedPlayerOptions extends PlayerOptions {
  /** Distance from which on it is silent, above 0, default 2000 in a plane and 100 in space. */
  maxDistance?: number;
  /** Exponent of the distance law, 0.1..4, default 1. */
  attenuation?: number;
  /** How strong the doppler effect of its own and the listener's velocity is, 0..20, default 0: none. */
  dopplerScale?: number;
  /** How a position becomes a pan, default 'linear'. */
  panning?: Panning;
}

/** The options that are properties of every placed player, too, in the order in which they are set. */
const optionNames = ['maxDistance', 'attenuation', 'dopplerScale', 'panning'] as const;
const pannings: readonly Panning[] = ['linear', 'engine'];

/** What placed players, in a plane or in space, have in common. */
export abstract class PlacedPlayer extends AudioPlayer {
  readonly #dimension: Dimension;
  #position: Vector = [0, 0, 0];
  #velocity: Vector = [0, 0, 0];
  #maxDistance: number;
  #attenuation = 1;
  #dopplerScale = 0;
  #panning: Panning = 'linear';
  #pose: ListenerPose;

  /** A player in one of both spaces. Throws as the constructor of AudioPlayer does. */
  protected constructor(backend: AudioBackend, dimension: Dimension, options: PlacedPlayerOptions | undefined) {
    super(backend, options);
    this.#dimension = dimension;
    this.#maxDistance = maxDistances[dimension];
    this.#pose = this.inside.hub.pose(dimension);
    const given = expectOptions(options, 'options');
    for (const name of optionNames) if (given[name] !== undefined) Object.assign(this, { [name]: given[name] });
    this.inside.hub.add(dimension, this);
  }

  /** The bus used when none is given. */
  protected override get defaultBus(): string {
    return 'SFX';
  }

  /**
   * Distance from which on it is silent, above 0, default 2000 in a plane and 100 in space. Takes effect immediately,
   * ramped.
   */
  get maxDistance(): number {
    return this.#maxDistance;
  }
  set maxDistance(maxDistance: number) {
    this.#maxDistance = expectDistance(maxDistance, 'maxDistance');
    this.refresh();
  }

  /** Exponent of the distance law, 0.1..4, default 1. Takes effect immediately, ramped. */
  get attenuation(): number {
    return this.#attenuation;
  }
  set attenuation(attenuation: number) {
    this.#attenuation = expectNumber(attenuation, 'attenuation', 0.1, 4);
    this.refresh();
  }

  /**
   * How strong the doppler effect of its own and the listener's velocity is, 0..20, default 0: none. Takes effect
   * immediately, ramped.
   */
  get dopplerScale(): number {
    return this.#dopplerScale;
  }
  set dopplerScale(scale: number) {
    this.#dopplerScale = expectNumber(scale, 'dopplerScale', 0, 20);
    this.refresh();
  }

  /** How a position becomes a pan, default 'linear'. Throws ERR_WRONG_STATE while it plays. */
  get panning(): Panning {
    return this.#panning;
  }
  set panning(panning: Panning) {
    expectOneOf(panning, 'panning', pannings);
    if (panning !== this.#panning && this.playing)
      throw new AudioError('ERR_WRONG_STATE', 'panning cannot change while the player plays: stop() it first');
    this.#panning = panning;
  }

  /** Where it is. */
  get position(): Vector {
    return this.#position;
  }

  /** How it moves, in units a second. */
  get velocity(): Vector {
    return this.#velocity;
  }

  /** Stops it for good; what is heard fades out over the smoothing time. The clip stays. Idempotent. */
  override dispose(): void {
    if (!this.disposed) this.inside.hub.remove(this.#dimension, this);
    super.dispose();
  }

  /**
   * The hub calls it when the listener has moved.
   * @internal
   */
  listenerMoved(pose: ListenerPose): void {
    this.#pose = pose;
    this.refresh();
  }

  /** Moves the player. */
  protected moveTo(position: Vector): void {
    this.#position = position;
    this.refresh();
  }

  /** Changes how it moves. */
  protected moveAt(velocity: Vector): void {
    this.#velocity = velocity;
    this.refresh();
  }

  /** How a distance becomes a level. */
  protected get model(): DistanceModel {
    return 'decibel';
  }

  /** What the position does to level (dB), pan and speed. */
  protected override get placement(): { readonly levelDb: number; readonly pan: number; readonly pitch: number } {
    const pose = this.#pose;
    const { attenuationDb, pan } = placementOf(this.#position, pose, this.#maxDistance, this.#attenuation);
    const silent = attenuationDb < silenceDb;
    return {
      levelDb: this.model === 'decibel' || silent ? attenuationDb : 0,
      pan: this.#placedByEngine ? 0 : pan,
      pitch: dopplerRatio(this.#position, this.#velocity, pose, this.#dopplerScale),
    };
  }

  /** Lets the engine place a sound, before it plays for the first time. */
  protected override prepare(sound: Sound): void {
    if (!this.#placedByEngine) return;
    sound.spatial = true;
    sound.pinnedListener = this.inside.hub.engineListener(this.#dimension);
    // The doppler effect is that of this class, for both pannings.
    sound.dopplerFactor = 0;
    this.#placeSound(sound);
  }

  /** Updates level, pan, speed and position of all that plays. */
  protected override refresh(): void {
    super.refresh();
    if (this.#placedByEngine)
      for (const { placedSound } of this.playbacks) if (placedSound !== null) this.#placeSound(placedSound);
  }

  get #placedByEngine(): boolean {
    return this.#panning === 'engine' || this.model !== 'decibel';
  }

  #placeSound(sound: Sound): void {
    const { model } = this;
    sound.attenuation = model === 'decibel' ? 'none' : model;
    sound.rolloff = this.#attenuation;
    sound.maxDistance = this.#maxDistance;
    sound.minDistance = Math.min(1, this.#maxDistance);
    sound.setPosition(...this.#position);
  }
}

/**
 * A player in a plane, x to the right: 80 (d / max)^attenuation dB less with distance, silent from max (default 2000)
 * on, pan by the way to the right over max.
 */
export class AudioPlayer2D extends PlacedPlayer {
  /**
   * A player at x 0, y 0. Options as of AudioPlayer, and those of placed players; `position` is x and y. Throws as the
   * constructor of AudioPlayer does.
   */
  constructor(backend: AudioBackend, options?: PlacedPlayerOptions & { position?: readonly [number, number] }) {
    super(backend, '2d', options);
    const position = options?.position;
    if (position !== undefined) this.setPosition(position[0], position[1]);
  }

  /** Moves it, in the units of the listener's position; heard at once, ramped. */
  setPosition(x: number, y: number): void {
    this.moveTo(expectVector(x, y, 0));
  }

  /**
   * How it moves, in units a second: heard as doppler where `dopplerScale` is above 0. It does not change the position.
   */
  setVelocity(x: number, y: number): void {
    this.moveAt(expectVector(x, y, 0));
  }
}

const models: readonly DistanceModel[] = ['decibel', 'inverse', 'linear', 'exponential', 'none'];

/**
 * A player in space, right-handed, the listener looking along -Z at first: the law of the plane with max 100 by
 * default, or one of the engine's models.
 */
export class AudioPlayer3D extends PlacedPlayer {
  #model: DistanceModel = 'decibel';

  /**
   * A player at the origin. Options as of AudioPlayer, and those of placed players; `position` is x, y and z. Throws as
   * the constructor of AudioPlayer does.
   */
  constructor(
    backend: AudioBackend,
    options?: PlacedPlayerOptions & { position?: readonly [number, number, number]; distanceModel?: DistanceModel },
  ) {
    super(backend, '3d', options);
    const { position, distanceModel } = expectOptions(options, 'options') as {
      position?: readonly [number, number, number];
      distanceModel?: DistanceModel;
    };
    if (distanceModel !== undefined) this.distanceModel = distanceModel;
    if (position !== undefined) this.setPosition(...position);
  }

  /**
   * How a distance becomes a level, default 'decibel'; the others are the engine's models with `attenuation` as their
   * rolloff and 1 as their smallest distance. Throws ERR_WRONG_STATE while it plays.
   */
  get distanceModel(): DistanceModel {
    return this.#model;
  }
  set distanceModel(model: DistanceModel) {
    expectOneOf(model, 'distanceModel', models);
    if (model !== this.#model && this.playing)
      throw new AudioError('ERR_WRONG_STATE', 'distanceModel cannot change while the player plays: stop() it first');
    this.#model = model;
  }

  /** How a distance becomes a level. */
  protected override get model(): DistanceModel {
    // The base class asks before the fields of this class are there.
    return #model in this ? this.#model : 'decibel';
  }

  /** Moves it; heard at once, ramped. */
  setPosition(x: number, y: number, z: number): void {
    this.moveTo(expectVector(x, y, z));
  }

  /**
   * How it moves, in units a second: heard as doppler where `dopplerScale` is above 0. It does not change the position.
   */
  setVelocity(x: number, y: number, z: number): void {
    this.moveAt(expectVector(x, y, z));
  }
}
