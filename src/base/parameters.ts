// Generated from native/include/mae_params.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

/** What is known about one parameter: unit, accepted range, value at first, and what it means. */
export interface ParameterDescription {
  /** Its name in the API. */
  readonly name: string;
  /** What it is measured in; '1' for a plain number, 'linear' for a gain. */
  readonly unit: string;
  /** The least that is accepted. */
  readonly minimum: number;
  /** The most that is accepted. */
  readonly maximum: number;
  /** Where the range depends on the engine's rate: the maximum is this much of it, and the default at most that. */
  readonly maximumOfRate?: number;
  /** What it is at first. */
  readonly default: number;
  /** What it does, in a few words. */
  readonly meaning: string;
}

const sound = {
  volume: { name: 'volume', unit: 'linear', minimum: 0, maximum: 16, default: 1, meaning: 'gain' },
  pan: { name: 'pan', unit: '1', minimum: -1, maximum: 1, default: 0, meaning: '-1 left, 0 centre, 1 right' },
  pitch: {
    name: 'pitch',
    unit: '1',
    minimum: 0.01,
    maximum: 100,
    default: 1,
    meaning: 'speed and pitch, 2 is an octave up',
  },
} as const satisfies Record<string, ParameterDescription>;

const group = {
  volume: {
    name: 'volume',
    unit: 'linear',
    minimum: 0,
    maximum: 16,
    default: 1,
    meaning: 'gain of everything in the group',
  },
  pan: {
    name: 'pan',
    unit: '1',
    minimum: -1,
    maximum: 1,
    default: 0,
    meaning: '-1 left, 0 centre, 1 right, multiplied with the pans above and below',
  },
  pitch: {
    name: 'pitch',
    unit: '1',
    minimum: 0.01,
    maximum: 100,
    default: 1,
    meaning: 'factor on the pitch of everything in the group',
  },
} as const satisfies Record<string, ParameterDescription>;

const engine = {
  volume: { name: 'volume', unit: 'linear', minimum: 0, maximum: 16, default: 1, meaning: 'gain of the whole mix' },
} as const satisfies Record<string, ParameterDescription>;

const node = {
  outputVolume: {
    name: 'outputVolume',
    unit: 'linear',
    minimum: 0,
    maximum: 16,
    default: 1,
    meaning: 'gain of an output bus',
  },
} as const satisfies Record<string, ParameterDescription>;

const spatial = {
  rolloff: {
    name: 'rolloff',
    unit: '1',
    minimum: 0,
    maximum: 3.4028234663852886e38,
    default: 1,
    meaning: 'how fast the sound falls with distance',
  },
  minDistance: {
    name: 'minDistance',
    unit: 'units',
    minimum: 0,
    maximum: 3.4028234663852886e38,
    default: 1,
    meaning: 'up to here it is at its loudest; the direction fades out below half of it',
  },
  maxDistance: {
    name: 'maxDistance',
    unit: 'units',
    minimum: 0,
    maximum: 3.4028234663852886e38,
    default: 3.4028234663852886e38,
    meaning: 'from here on it falls no further',
  },
  minGain: {
    name: 'minGain',
    unit: 'linear',
    minimum: 0,
    maximum: 16,
    default: 0,
    meaning: 'the gain of distance never falls below it',
  },
  maxGain: {
    name: 'maxGain',
    unit: 'linear',
    minimum: 0,
    maximum: 16,
    default: 1,
    meaning: 'the gain of distance never rises above it, also where minGain is larger',
  },
  dopplerFactor: {
    name: 'dopplerFactor',
    unit: '1',
    minimum: 0,
    maximum: 3.4028234663852886e38,
    default: 1,
    meaning: 'factor on the velocities of doppler, 0 none',
  },
  directionalAttenuationFactor: {
    name: 'directionalAttenuationFactor',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 1,
    meaning: 'how much the direction is heard, 0 not at all',
  },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of what every program has, by what owns them. Those of effects stand apart. */
export const parameters = { sound, group, engine, node, spatial };
