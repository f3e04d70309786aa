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

const lowPass = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'corner frequency',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 0.707, meaning: 'linear Q, the gain at the cutoff' },
} as const satisfies Record<string, ParameterDescription>;

const highPass = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'corner frequency',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 0.707, meaning: 'linear Q, the gain at the cutoff' },
} as const satisfies Record<string, ParameterDescription>;

const bandPass = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'centre frequency',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 0.707, meaning: 'centre over bandwidth' },
} as const satisfies Record<string, ParameterDescription>;

const notch = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'centre frequency',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 1, meaning: 'centre over bandwidth' },
} as const satisfies Record<string, ParameterDescription>;

const peak = {
  freq: {
    name: 'freq',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'centre frequency',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 1, meaning: 'centre over bandwidth' },
  gainDb: { name: 'gainDb', unit: 'dB', minimum: -60, maximum: 60, default: 0, meaning: 'gain at the centre' },
} as const satisfies Record<string, ParameterDescription>;

const lowShelf = {
  freq: {
    name: 'freq',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 200,
    meaning: 'middle of the slope',
  },
  q: {
    name: 'q',
    unit: '1',
    minimum: 0.05,
    maximum: 1,
    default: 1,
    meaning: 'slope, 1 is the steepest without overshoot',
  },
  gainDb: { name: 'gainDb', unit: 'dB', minimum: -60, maximum: 60, default: 0, meaning: 'gain of the shelf' },
} as const satisfies Record<string, ParameterDescription>;

const highShelf = {
  freq: {
    name: 'freq',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 8000,
    meaning: 'middle of the slope',
  },
  q: {
    name: 'q',
    unit: '1',
    minimum: 0.05,
    maximum: 1,
    default: 1,
    meaning: 'slope, 1 is the steepest without overshoot',
  },
  gainDb: { name: 'gainDb', unit: 'dB', minimum: -60, maximum: 60, default: 0, meaning: 'gain of the shelf' },
} as const satisfies Record<string, ParameterDescription>;

const delay = {
  delaySeconds: {
    name: 'delaySeconds',
    unit: 's',
    minimum: 0,
    maximum: 10,
    default: 0.25,
    meaning: 'time between echoes, less than a frame acts as one',
  },
  decay: {
    name: 'decay',
    unit: '1',
    minimum: 0,
    maximum: 0.999,
    default: 0.4,
    meaning: 'factor from each echo to the next',
  },
  wet: { name: 'wet', unit: 'linear', minimum: 0, maximum: 4, default: 0.5, meaning: 'gain of the echoes' },
  dry: { name: 'dry', unit: 'linear', minimum: 0, maximum: 4, default: 0.5, meaning: 'gain of the input' },
} as const satisfies Record<string, ParameterDescription>;

const softClip = {
  drive: { name: 'drive', unit: '1', minimum: 0.01, maximum: 100, default: 2, meaning: 'gain before the curve' },
  outputGain: {
    name: 'outputGain',
    unit: 'linear',
    minimum: 0,
    maximum: 16,
    default: 1,
    meaning: 'gain behind the curve',
  },
} as const satisfies Record<string, ParameterDescription>;

const compressor = {
  thresholdDb: {
    name: 'thresholdDb',
    unit: 'dBFS',
    minimum: -100,
    maximum: 0,
    default: -24,
    meaning: 'level from which on it turns down',
  },
  ratio: {
    name: 'ratio',
    unit: '1',
    minimum: 1,
    maximum: 100,
    default: 4,
    meaning: 'dB in for each dB out above the threshold',
  },
  attackMs: {
    name: 'attackMs',
    unit: 'ms',
    minimum: 0,
    maximum: 1000,
    default: 5,
    meaning: 'time constant while it turns down',
  },
  releaseMs: {
    name: 'releaseMs',
    unit: 'ms',
    minimum: 1,
    maximum: 5000,
    default: 100,
    meaning: 'time constant while it lets go',
  },
  kneeDb: {
    name: 'kneeDb',
    unit: 'dB',
    minimum: 0,
    maximum: 48,
    default: 6,
    meaning: 'width of the bend around the threshold',
  },
  makeupDb: { name: 'makeupDb', unit: 'dB', minimum: -24, maximum: 48, default: 0, meaning: 'gain behind it' },
} as const satisfies Record<string, ParameterDescription>;

const freeverb = {
  roomSize: {
    name: 'roomSize',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 0.5,
    meaning: 'how long it rings: feedback 0.7 + 0.28 roomSize',
  },
  damping: {
    name: 'damping',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 0.5,
    meaning: 'how much faster high tones fade',
  },
  wet: { name: 'wet', unit: 'linear', minimum: 0, maximum: 4, default: 0.3, meaning: 'gain of the reverberation' },
  dry: { name: 'dry', unit: 'linear', minimum: 0, maximum: 4, default: 0.7, meaning: 'gain of the input' },
  width: {
    name: 'width',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 1,
    meaning: '0 the same on both sides, 1 widest',
  },
  freeze: {
    name: 'freeze',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 0,
    meaning: '1 holds what sounds and takes nothing in',
  },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of what every program has: one without effects takes no others with it. */
export const coreParameters = { sound, group, engine, node, spatial };

/** The parameters that can be moved over time, by what owns them. */
export const parameters = {
  sound,
  group,
  engine,
  node,
  spatial,
  lowPass,
  highPass,
  bandPass,
  notch,
  peak,
  lowShelf,
  highShelf,
  delay,
  softClip,
  compressor,
  freeverb,
};
