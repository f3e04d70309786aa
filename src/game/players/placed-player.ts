import { AudioError } from '../../base/errors.js';
import { silenceDb } from '../../base/levels.js';
import { expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';
import { expectVector, type Vector } from '../../engine/session/vectors.js';
import type { Sound } from '../../engine/sound.js';
import type { AudioBackend } from '../backends/audio-backend.js';
import { expectDistance, maxDistances } from '../backends/play-options.js';
import type { Dimension } from '../space/listener-hub.js';
import { dopplerRatio, type ListenerPose, placementOf } from '../space/placement.js';
import { AudioPlayer } from './player.js';
import type { PlayerOptions } from './player-options.js';

/**
 * How a position becomes a pan: 'linear' by the distance to the right divided by `maxDistance`, 'engine' as the engine
 * pans spatial sounds.
 */
export type Panning = 'linear' | 'engine';

/**
 * How the level falls with the distance d: 'decibel' by 80 (d / `maxDistance`)^`attenuation` dB, the others as the
 * engine's attenuation models do.
 */
export type DistanceModel = 'decibel' | 'inverse' | 'linear' | 'exponential' | 'none';

/** Options of players that have a position. All can be changed later. */
export interface PlacedPlayerOptions extends PlayerOptions {
  /**
   * Distance at which it becomes silent, above 0.
   *
   * @defaultValue `2000` in a plane, `100` in space
   */
  maxDistance?: number;
  /**
   * Exponent of the distance law, 0.1..4: above 1 the level falls later, below 1 sooner.
   *
   * @defaultValue `1`
   */
  attenuation?: number;
  /**
   * Strength of the doppler effect, 0..20; 0 is none. It follows from the velocities of the player and the listener.
   *
   * @defaultValue `0`
   */
  dopplerScale?: number;
  /**
   * How the position becomes a pan.
   *
   * @defaultValue `'linear'`
   */
  panning?: Panning;
}

/** The options that are properties of every placed player, too, in the order in which they are set. */
const optionNames = ['maxDistance', 'attenuation', 'dopplerScale', 'panning'] as const;
const pannings: readonly Panning[] = ['linear', 'engine'];

/**
 * What {@link AudioPlayer2D} and {@link AudioPlayer3D} have in common.
 *
 * @example
 * ```ts
 * import { AudioPlayer3D, Engine, EngineBackend, type PlacedPlayer } from 'miniaudio-engine';
 *
 * const halveReach = (player: PlacedPlayer) => (player.maxDistance /= 2);
 * const backend = new EngineBackend(new Engine({ device: false }));
 * console.log(halveReach(new AudioPlayer3D(backend))); // 50
 * backend.shutdown();
 * ```
 */
export abstract class PlacedPlayer extends AudioPlayer {
  readonly #dimension: Dimension;
  #position: Vector = [0, 0, 0];
  #velocity: Vector = [0, 0, 0];
  #maxDistance: number;
  #attenuation = 1;
  #dopplerScale = 0;
  #panning: Panning = 'linear';
  #pose: ListenerPose;

  /**
   * Makes a player with a position.
   *
   * @param backend - The backend it plays on.
   * @param dimension - Whether it is in a plane or in space.
   * @param options - The settings to start with.
   * @throws As the constructor of {@link AudioPlayer} does.
   */
  protected constructor(backend: AudioBackend, dimension: '2d' | '3d', options: PlacedPlayerOptions | undefined) {
    super(backend, options);
    this.#dimension = dimension;
    this.#maxDistance = maxDistances[dimension];
    this.#pose = this.inside.hub.pose(dimension);
    const given = expectOptions(options, 'options');
    for (const name of optionNames) if (given[name] !== undefined) Object.assign(this, { [name]: given[name] });
    this.inside.hub.add(dimension, this);
  }

  /**
   * The bus used when none is given.
   *
   * @internal
   */
  protected override get defaultBus(): string {
    return 'SFX';
  }

  /**
   * Distance at which it becomes silent, above 0. Changes are ramped.
   *
   * @defaultValue `2000` in a plane, `100` in space
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get maxDistance(): number {
    return this.#maxDistance;
  }
  set maxDistance(maxDistance: number) {
    this.#maxDistance = expectDistance(maxDistance, 'maxDistance');
    this.refresh();
  }

  /**
   * Exponent of the distance law, 0.1..4: above 1 the level falls later, below 1 sooner. Changes are ramped.
   *
   * @defaultValue `1`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get attenuation(): number {
    return this.#attenuation;
  }
  set attenuation(attenuation: number) {
    this.#attenuation = expectNumber(attenuation, 'attenuation', 0.1, 4);
    this.refresh();
  }

  /**
   * Strength of the doppler effect, 0..20; 0 is none. It follows from the velocities of the player and the listener.
   * Changes are ramped.
   *
   * @defaultValue `0`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get dopplerScale(): number {
    return this.#dopplerScale;
  }
  set dopplerScale(scale: number) {
    this.#dopplerScale = expectNumber(scale, 'dopplerScale', 0, 20);
    this.refresh();
  }

  /**
   * How the position becomes a pan.
   *
   * @defaultValue `'linear'`
   * @throws {@link AudioError} `ERR_WRONG_STATE` when it is changed while the player plays.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get panning(): Panning {
    return this.#panning;
  }
  set panning(panning: Panning) {
    expectOneOf(panning, 'panning', pannings);
    if (panning !== this.#panning && this.playing)
      throw new AudioError('ERR_WRONG_STATE', 'panning cannot change while the player plays: stop() it first');
    this.#panning = panning;
  }

  /**
   * Its position: x, y and z; z is 0 in a plane.
   *
   * @defaultValue `[0, 0, 0]`
   */
  get position(): Vector {
    return this.#position;
  }

  /**
   * Its velocity in units per second: x, y and z.
   *
   * @defaultValue `[0, 0, 0]`
   */
  get velocity(): Vector {
    return this.#velocity;
  }

  /** Stops the player for good, with a short fade. The clip is kept. Calling it again does nothing. */
  override dispose(): void {
    if (!this.disposed) this.inside.hub.remove(this.#dimension, this);
    super.dispose();
  }

  /**
   * Called when the listener has moved.
   *
   * @internal
   */
  listenerMoved(pose: ListenerPose): void {
    this.#pose = pose;
    this.refresh();
  }

  /**
   * Moves the player.
   *
   * @internal
   */
  protected moveTo(position: Vector): void {
    this.#position = position;
    this.refresh();
  }

  /**
   * Changes the velocity.
   *
   * @internal
   */
  protected moveAt(velocity: Vector): void {
    this.#velocity = velocity;
    this.refresh();
  }

  /**
   * How the level falls with the distance.
   *
   * @internal
   */
  protected get model(): DistanceModel {
    return 'decibel';
  }

  /**
   * How the position changes level (dB), pan and speed.
   *
   * @internal
   */
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

  /**
   * Lets the engine place a sound, before it plays for the first time.
   *
   * @internal
   */
  protected override prepare(sound: Sound): void {
    if (!this.#placedByEngine) return;
    sound.spatial = true;
    sound.pinnedListener = this.inside.hub.engineListener(this.#dimension);
    // The doppler effect is that of this class, for both pannings.
    sound.dopplerFactor = 0;
    this.#placeSound(sound);
  }

  /**
   * Updates level, pan, speed and position of all that plays.
   *
   * @internal
   */
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
 * A player with a position in a plane, x to the right. It is heard from the current {@link AudioListener2D}: at a
 * distance d it is 80 (d / `maxDistance`)^`attenuation` dB softer, and silent from `maxDistance` on.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer2D, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * const engineSound = new AudioPlayer2D(backend, {
 *   stream: AudioClip.tone(90, { fadeSeconds: 0 }),
 *   loop: true,
 *   position: [300, 0],
 *   maxDistance: 800,
 *   dopplerScale: 1,
 * });
 * engineSound.play();
 * for (let x = 300; x > -300; x -= 10) {
 *   engineSound.setPosition(x, 20); // each frame of the game
 *   engineSound.setVelocity(-600, 0);
 *   engineSound.pitchModulate(1 + x / 1000);
 *   backend.engine.readPcmFrames(800);
 * }
 * engineSound.dispose();
 * backend.shutdown();
 * ```
 */
export class AudioPlayer2D extends PlacedPlayer {
  /**
   * Makes a player in a plane.
   *
   * @param backend - The backend it plays on.
   * @param options - Settings and position (x and y, default 0 and 0).
   * @throws As the constructor of {@link AudioPlayer} does.
   */
  constructor(backend: AudioBackend, options?: PlacedPlayerOptions & { position?: readonly [number, number] }) {
    super(backend, '2d', options);
    const position = options?.position;
    if (position !== undefined) this.setPosition(position[0], position[1]);
  }

  /**
   * Moves the player, ramped. Units are those of the listener's position.
   *
   * @param x - The first axis of the plane, to the right.
   * @param y - The second axis of the plane.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything but finite numbers.
   */
  setPosition(x: number, y: number): void {
    this.moveTo(expectVector(x, y, 0));
  }

  /**
   * Sets the velocity, which is heard as doppler effect if `dopplerScale` is above 0. It does not move the player.
   *
   * @param x - Units per second along the first axis.
   * @param y - Units per second along the second axis.
   * @throws As {@link AudioPlayer2D.setPosition} does.
   */
  setVelocity(x: number, y: number): void {
    this.moveAt(expectVector(x, y, 0));
  }
}

const models: readonly DistanceModel[] = ['decibel', 'inverse', 'linear', 'exponential', 'none'];

/**
 * A player with a position in space, right-handed. It is heard from the current {@link AudioListener3D}, by default
 * with the same law as {@link AudioPlayer2D}.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer3D, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * const fly = new AudioPlayer3D(backend, {
 *   stream: AudioClip.tone(190, { fadeSeconds: 0 }),
 *   loop: true,
 *   panning: 'engine',
 *   distanceModel: 'inverse',
 * });
 * fly.play();
 * for (let angle = 0; angle < 6.3; angle += 0.1) {
 *   fly.setPosition(5 * Math.sin(angle), 0, -5 * Math.cos(angle));
 *   backend.engine.readPcmFrames(800);
 * }
 * fly.dispose();
 * backend.shutdown();
 * ```
 */
export class AudioPlayer3D extends PlacedPlayer {
  #model: DistanceModel = 'decibel';

  /**
   * Makes a player in space.
   *
   * @param backend - The backend it plays on.
   * @param options - Settings, `distanceModel` and position (x, y and z, default the origin).
   * @throws As the constructor of {@link AudioPlayer} does.
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
   * How the level falls with the distance. All models but 'decibel' are those of the engine, with `attenuation` as
   * rolloff and 1 as smallest distance.
   *
   * @defaultValue `'decibel'`
   * @throws {@link AudioError} `ERR_WRONG_STATE` when it is changed while the player plays.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
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

  /**
   * How the level falls with the distance.
   *
   * @internal
   */
  protected override get model(): DistanceModel {
    // The base class asks before the fields of this class are there.
    return #model in this ? this.#model : 'decibel';
  }

  /**
   * Moves the player, ramped.
   *
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything but finite numbers.
   */
  setPosition(x: number, y: number, z: number): void {
    this.moveTo(expectVector(x, y, z));
  }

  /**
   * Sets the velocity, which is heard as doppler effect if `dopplerScale` is above 0. It does not move the player.
   *
   * @param x - Units per second to the right.
   * @param y - Units per second up.
   * @param z - Units per second backwards.
   * @throws As {@link AudioPlayer3D.setPosition} does.
   */
  setVelocity(x: number, y: number, z: number): void {
    this.moveAt(expectVector(x, y, z));
  }
}
