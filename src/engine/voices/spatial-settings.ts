import { parameters } from '../../base/parameters.js';
import type { Wire } from '../../wire/wire.js';
import {
  ATTENUATION_EXPONENTIAL,
  ATTENUATION_INVERSE,
  ATTENUATION_LINEAR,
  ATTENUATION_NONE,
  CommandOp,
  SPATIAL_ATTENUATION,
  SPATIAL_DIRECTIONAL_ATTENUATION_FACTOR,
  SPATIAL_DOPPLER_FACTOR,
  SPATIAL_ENABLED,
  SPATIAL_MAX_DISTANCE,
  SPATIAL_MAX_GAIN,
  SPATIAL_MIN_DISTANCE,
  SPATIAL_MIN_GAIN,
  SPATIAL_PINNED,
  SPATIAL_POSITIONING,
  SPATIAL_ROLLOFF,
  VECTOR_CONE,
  VECTOR_DIRECTION,
  VECTOR_POSITION,
  VECTOR_VELOCITY,
} from '../../wire/wire-layout.js';
import { floatOf, unitOf, type Vector } from '../session/vectors.js';

/** How a sound falls with distance. */
export type AttenuationModel = 'none' | 'inverse' | 'linear' | 'exponential';

/** What a sound's position is measured from. */
export type Positioning = 'absolute' | 'relative';

/** The settings of spatial sound that are numbers. */
export type SpatialNumber = keyof typeof parameters.spatial;

const attenuationNumbers: Readonly<Record<AttenuationModel, number>> = {
  none: ATTENUATION_NONE,
  inverse: ATTENUATION_INVERSE,
  linear: ATTENUATION_LINEAR,
  exponential: ATTENUATION_EXPONENTIAL,
};

/** The names of all models. */
export const attenuationNames = Object.keys(attenuationNumbers) as AttenuationModel[];

/** The names of both kinds of positions. */
export const positioningNames: readonly Positioning[] = ['absolute', 'relative'];

const spatialNumbers: Readonly<Record<SpatialNumber, number>> = {
  rolloff: SPATIAL_ROLLOFF,
  minDistance: SPATIAL_MIN_DISTANCE,
  maxDistance: SPATIAL_MAX_DISTANCE,
  minGain: SPATIAL_MIN_GAIN,
  maxGain: SPATIAL_MAX_GAIN,
  dopplerFactor: SPATIAL_DOPPLER_FACTOR,
  directionalAttenuationFactor: SPATIAL_DIRECTIONAL_ATTENUATION_FACTOR,
};
const names = Object.keys(spatialNumbers) as SpatialNumber[];
const vectorNumbers = {
  position: VECTOR_POSITION,
  direction: VECTOR_DIRECTION,
  velocity: VECTOR_VELOCITY,
  cone: VECTOR_CONE,
} as const;
/** The angle of a cone that is open to all sides. */
export const wholeTurn = 2 * Math.PI;

/** The sound that the settings are of. */
export interface SpatialOwner {
  readonly wire: Wire;
  readonly id: number;
  /** The sound exists in the engine: settings are sent as they are made. */
  readonly known: boolean;
}

/** The spatial settings of a sound, and the commands that make them. Arguments are checked by Sound. */
export class SpatialSettings {
  enabled = false;
  positioning: Positioning = 'absolute';
  pinnedListener: number | null = null;
  attenuation: AttenuationModel = 'inverse';
  position: Vector = [0, 0, 0];
  direction: Vector = [0, 0, -1];
  velocity: Vector = [0, 0, 0];
  /** Inner angle, outer angle, outer gain. */
  cone: Vector = [wholeTurn, wholeTurn, 0];
  readonly #numbers = new Map<SpatialNumber, number>();
  readonly #owner: SpatialOwner;

  /** The defaults. */
  constructor(owner: SpatialOwner) {
    this.#owner = owner;
  }

  /** Whether the sound is heard from where it is. */
  setEnabled(enabled: boolean): void {
    this.enabled = enabled;
    this.#send(SPATIAL_ENABLED, enabled ? 1 : 0);
  }

  /** What its position is measured from. */
  setPositioning(positioning: Positioning): void {
    this.positioning = positioning;
    this.#send(SPATIAL_POSITIONING, positioning === 'relative' ? 1 : 0);
  }

  /** The listener that hears it; null: the nearest. */
  setPinnedListener(listener: number | null): void {
    this.pinnedListener = listener;
    this.#send(SPATIAL_PINNED, listener ?? -1);
  }

  /** How it falls with distance. */
  setAttenuation(attenuation: AttenuationModel): void {
    this.attenuation = attenuation;
    this.#send(SPATIAL_ATTENUATION, attenuationNumbers[attenuation]);
  }

  /** One of the numbers. */
  getNumber(name: SpatialNumber): number {
    const value = this.#numbers.get(name);
    if (value !== undefined) return value;
    return name === 'maxDistance' ? Infinity : parameters.spatial[name].default;
  }

  /** Changes one of the numbers. */
  setNumber(name: SpatialNumber, value: number): void {
    this.#numbers.set(name, value);
    this.#send(spatialNumbers[name], floatOf(value));
  }

  /** Changes one of the vectors. */
  setVector(name: keyof typeof vectorNumbers, vector: Vector): void {
    this[name] = vector;
    if (!this.#owner.known) return;
    const { wire, id } = this.#owner;
    const [x, y, z] = name === 'direction' ? unitOf(vector) : vector;
    wire.sendVector(CommandOp.SOUND_VECTOR, id, vectorNumbers[name], floatOf(x), floatOf(y), floatOf(z));
  }

  /** Sends all settings after the sound was made in the engine. Whether it is spatial was sent with the creation. */
  sendAll(): void {
    this.setPositioning(this.positioning);
    this.setPinnedListener(this.pinnedListener);
    this.setAttenuation(this.attenuation);
    for (const name of names)
      if (this.#numbers.has(name)) this.#send(spatialNumbers[name], floatOf(this.getNumber(name)));
    for (const name of Object.keys(vectorNumbers) as (keyof typeof vectorNumbers)[]) this.setVector(name, this[name]);
  }

  #send(param: number, value: number): void {
    const { wire, id, known } = this.#owner;
    if (known) wire.send(CommandOp.SOUND_SPATIAL, id, 0, value, 0, 0, param);
  }
}
