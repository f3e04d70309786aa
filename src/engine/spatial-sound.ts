import { parameters } from '../base/parameters.js';
import { expectBoolean, expectInteger, expectNumber, expectOneOf, expectParameter } from '../base/validate.js';
import { expectDirection, expectVector, type Vector } from './session/vectors.js';
import { inUse } from './sound-errors.js';
import {
  type AttenuationModel,
  attenuationNames,
  type Positioning,
  positioningNames,
  type SpatialNumber,
  type SpatialSettings,
  wholeTurn,
} from './voices/spatial-settings.js';

const lastListener = 3;

/** What the properties of this file are kept in. */
export interface SpatialVoice {
  readonly disposed: boolean;
  readonly spatial: SpatialSettings;
}

/**
 * The properties of a sound that say where it is. Right-handed: a listener looks along -Z, +Y is up, +X is right. They
 * are heard while `spatial` is true and kept otherwise; every change moves over the smoothing time. A source of several
 * channels is heard as the mean of them. The gain is distance x cone x direction. On two channels with s the part of
 * the unit direction along the listener's right, k = 0.8 directionalAttenuationFactor p and p rising smoothly from 0 at
 * the listener to 1 at half of minDistance: left sqrt((1 - k s) / 2), right sqrt((1 + k s) / 2), so a source ahead has
 * 0.707 in each. With more channels k of the power comes from the two neighbouring speakers and the rest from all.
 */
export abstract class SpatialSound {
  readonly #voice: SpatialVoice;

  /** Around what the engine knows of the sound. */
  protected constructor(voice: SpatialVoice) {
    this.#voice = voice;
  }

  /** Whether it is heard from where it is, default false. Switching is cross-faded. */
  get spatial(): boolean {
    return this.#settings().enabled;
  }
  set spatial(spatial: boolean) {
    this.#settings().setEnabled(expectBoolean(spatial, 'spatial'));
  }

  /** Where it is, any finite numbers, default 0, 0, 0. */
  setPosition(x: number, y: number, z: number): void {
    this.#settings().setVector('position', expectVector(x, y, z));
  }

  /** Where its cone points, not the zero vector, default 0, 0, -1. */
  setDirection(x: number, y: number, z: number): void {
    this.#settings().setVector('direction', expectDirection('direction', x, y, z));
  }

  /**
   * How it moves, in units a second, any finite numbers, default 0, 0, 0. Heard as doppler only: it does not change the
   * position.
   */
  setVelocity(x: number, y: number, z: number): void {
    this.#settings().setVector('velocity', expectVector(x, y, z));
  }

  /** Where it is. */
  get position(): Vector {
    return this.#settings().position;
  }

  /** Where its cone points. */
  get direction(): Vector {
    return this.#settings().direction;
  }

  /** How it moves. */
  get velocity(): Vector {
    return this.#settings().velocity;
  }

  /** Inner angle, outer angle and outer gain, as `setCone` has them. */
  get cone(): Vector {
    return this.#settings().cone;
  }

  /**
   * What position, direction and velocity are measured from: the world ('absolute', default), or the listener's own
   * axes ('relative').
   */
  get positioning(): Positioning {
    return this.#settings().positioning;
  }
  set positioning(positioning: Positioning) {
    this.#settings().setPositioning(expectOneOf(positioning, 'positioning', positioningNames));
  }

  /**
   * The listener that hears it, 0..3; null (default): the nearest that is enabled. One that is not enabled hears
   * nothing.
   */
  get pinnedListener(): number | null {
    return this.#settings().pinnedListener;
  }
  set pinnedListener(pinnedListener: number | null) {
    const settings = this.#settings();
    settings.setPinnedListener(
      pinnedListener === null ? null : expectInteger(pinnedListener, 'pinnedListener', 0, lastListener),
    );
  }

  /**
   * How it falls with distance, default 'inverse'. With d the distance brought into minDistance..maxDistance, near =
   * minDistance, far = maxDistance, r = rolloff: none 1, inverse near / (near + r (d - near)), linear 1 - r (d - near)
   * / (far - near), exponential (d / near)^-r.
   */
  get attenuation(): AttenuationModel {
    return this.#settings().attenuation;
  }
  set attenuation(attenuation: AttenuationModel) {
    this.#settings().setAttenuation(expectOneOf(attenuation, 'attenuation', attenuationNames));
  }

  /** How fast it falls with distance, 0 or more, default 1. */
  get rolloff(): number {
    return this.#settings().getNumber('rolloff');
  }
  set rolloff(rolloff: number) {
    this.#setUnlimited('rolloff', rolloff);
  }

  /**
   * Up to this distance it is at its loudest, 0 or more, default 1. The direction fades out below half of it. With 0,
   * 'inverse' and 'exponential' are silent beyond the listener.
   */
  get minDistance(): number {
    return this.#settings().getNumber('minDistance');
  }
  set minDistance(minDistance: number) {
    this.#setUnlimited('minDistance', minDistance);
  }

  /**
   * Distance beyond which the sound gets no quieter: 0 or more, or Infinity. A value below `minDistance` counts as
   * `minDistance`.
   *
   * @defaultValue `Infinity`
   */
  get maxDistance(): number {
    return this.#settings().getNumber('maxDistance');
  }
  set maxDistance(maxDistance: number) {
    this.#setUnlimited('maxDistance', maxDistance);
  }

  /** The gain of distance never falls below this, 0..16, default 0. */
  get minGain(): number {
    return this.#settings().getNumber('minGain');
  }
  set minGain(minGain: number) {
    this.#setNumber('minGain', minGain);
  }

  /** The gain of distance never rises above this, 0..16, default 1, also where minGain is larger. */
  get maxGain(): number {
    return this.#settings().getNumber('maxGain');
  }
  set maxGain(maxGain: number) {
    this.#setNumber('maxGain', maxGain);
  }

  /**
   * The cone it sounds in, around its direction: full angles in radians, 0 <= inner <= outer <= 2 pi, default 2 pi
   * both. Within the inner one the gain is 1, outside the outer one it is outerGain (0..16, default 0), between them it
   * goes over with 3 t^2 - 2 t^3 of the angle.
   */
  setCone(innerRadians: number, outerRadians: number, outerGain: number): void {
    const settings = this.#settings();
    expectNumber(innerRadians, 'innerRadians', 0, wholeTurn);
    expectNumber(outerRadians, 'outerRadians', innerRadians, wholeTurn);
    expectNumber(outerGain, 'outerGain', parameters.sound.volume.minimum, parameters.sound.volume.maximum);
    settings.setVector('cone', Object.freeze([innerRadians, outerRadians, outerGain] as const));
  }

  /**
   * Factor f on the velocities, 0 (no doppler) or more, default 1. The pitch is multiplied by (c - f vl) / (c - f vs):
   * c = 343.3 units a second, vl and vs what listener and sound move along the line from sound to listener, f vl and f
   * vs bounded to 0.95 c, the result to 0.05..20. A sound made with `pitchEnabled: false` has no doppler.
   */
  get dopplerFactor(): number {
    return this.#settings().getNumber('dopplerFactor');
  }
  set dopplerFactor(dopplerFactor: number) {
    const settings = this.#settings();
    settings.setNumber('dopplerFactor', expectNumber(dopplerFactor, 'dopplerFactor', 0, Number.MAX_VALUE));
  }

  /** How much the direction is heard, 0 (not at all) to 1, default 1. */
  get directionalAttenuationFactor(): number {
    return this.#settings().getNumber('directionalAttenuationFactor');
  }
  set directionalAttenuationFactor(directionalAttenuationFactor: number) {
    this.#setNumber('directionalAttenuationFactor', directionalAttenuationFactor);
  }

  #settings(): SpatialSettings {
    return inUse(this.#voice).spatial;
  }

  #setNumber(name: SpatialNumber, value: number): void {
    this.#settings().setNumber(name, expectParameter(value, parameters.spatial[name]));
  }

  /** One of the numbers that have no upper limit. */
  #setUnlimited(name: SpatialNumber, value: number): void {
    this.#settings().setNumber(name, expectNumber(value, name, parameters.spatial[name].minimum, Infinity));
  }
}
