// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

import type { ParameterDescription } from './parameters.js';

/** The parameters of LPFEffectNode that are numbers or switches. */
export const lowPassParameters = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'Corner frequency.',
  },
  q: {
    name: 'q',
    unit: '1',
    minimum: 0.05,
    maximum: 100,
    default: 0.707,
    meaning: 'Linear Q: the gain at the cutoff.',
  },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of HPFEffectNode that are numbers or switches. */
export const highPassParameters = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'Corner frequency.',
  },
  q: {
    name: 'q',
    unit: '1',
    minimum: 0.05,
    maximum: 100,
    default: 0.707,
    meaning: 'Linear Q: the gain at the cutoff.',
  },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of BPFEffectNode that are numbers or switches. */
export const bandPassParameters = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'Centre frequency.',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 0.707, meaning: 'Linear Q: centre over bandwidth.' },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of NotchEffectNode that are numbers or switches. */
export const notchParameters = {
  cutoffHz: {
    name: 'cutoffHz',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'Centre frequency.',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 1, meaning: 'Linear Q: centre over bandwidth.' },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of PeakEffectNode that are numbers or switches. */
export const peakParameters = {
  freq: {
    name: 'freq',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 1000,
    meaning: 'Centre frequency.',
  },
  q: { name: 'q', unit: '1', minimum: 0.05, maximum: 100, default: 1, meaning: 'Linear Q: centre over bandwidth.' },
  gainDb: { name: 'gainDb', unit: 'dB', minimum: -60, maximum: 60, default: 0, meaning: 'Gain at the centre.' },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of LowShelfEffectNode that are numbers or switches. */
export const lowShelfParameters = {
  freq: {
    name: 'freq',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 200,
    meaning: 'Middle of the slope.',
  },
  q: {
    name: 'q',
    unit: '1',
    minimum: 0.05,
    maximum: 1,
    default: 1,
    meaning: 'Slope: 1 is the steepest without overshoot.',
  },
  gainDb: { name: 'gainDb', unit: 'dB', minimum: -60, maximum: 60, default: 0, meaning: 'Gain of the shelf.' },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of HighShelfEffectNode that are numbers or switches. */
export const highShelfParameters = {
  freq: {
    name: 'freq',
    unit: 'Hz',
    minimum: 10,
    maximum: 94080,
    maximumOfRate: 0.49,
    default: 8000,
    meaning: 'Middle of the slope.',
  },
  q: {
    name: 'q',
    unit: '1',
    minimum: 0.05,
    maximum: 1,
    default: 1,
    meaning: 'Slope: 1 is the steepest without overshoot.',
  },
  gainDb: { name: 'gainDb', unit: 'dB', minimum: -60, maximum: 60, default: 0, meaning: 'Gain of the shelf.' },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of DelayEffectNode that are numbers or switches. */
export const delayParameters = {
  delaySeconds: {
    name: 'delaySeconds',
    unit: 's',
    minimum: 0,
    maximum: 10,
    default: 0.25,
    meaning: 'Time between echoes. Less than a frame acts as one. While it moves, the echoes glide like a tape.',
  },
  decay: {
    name: 'decay',
    unit: '1',
    minimum: 0,
    maximum: 0.999,
    default: 0.4,
    meaning: 'Factor from each echo to the next.',
  },
  wet: { name: 'wet', unit: 'linear', minimum: 0, maximum: 4, default: 0.5, meaning: 'Gain of the echoes.' },
  dry: { name: 'dry', unit: 'linear', minimum: 0, maximum: 4, default: 0.5, meaning: 'Gain of the input.' },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of SoftClipEffectNode that are numbers or switches. */
export const softClipParameters = {
  drive: { name: 'drive', unit: '1', minimum: 0.01, maximum: 100, default: 2, meaning: 'Gain before the curve.' },
  outputGain: {
    name: 'outputGain',
    unit: 'linear',
    minimum: 0,
    maximum: 16,
    default: 1,
    meaning: 'Gain after the curve.',
  },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of CompressorEffectNode that are numbers or switches. */
export const compressorParameters = {
  thresholdDb: {
    name: 'thresholdDb',
    unit: 'dBFS',
    minimum: -100,
    maximum: 0,
    default: -24,
    meaning: 'Level above which it turns down.',
  },
  ratio: {
    name: 'ratio',
    unit: '1',
    minimum: 1,
    maximum: 100,
    default: 4,
    meaning: 'dB in for each dB out above the threshold.',
  },
  attackMs: {
    name: 'attackMs',
    unit: 'ms',
    minimum: 0,
    maximum: 1000,
    default: 5,
    meaning: 'Time constant (63.2 %) while it turns down.',
  },
  releaseMs: {
    name: 'releaseMs',
    unit: 'ms',
    minimum: 1,
    maximum: 5000,
    default: 100,
    meaning: 'Time constant (63.2 %) while it lets go.',
  },
  kneeDb: {
    name: 'kneeDb',
    unit: 'dB',
    minimum: 0,
    maximum: 48,
    default: 6,
    meaning: 'Width of the bend around the threshold.',
  },
  makeupDb: {
    name: 'makeupDb',
    unit: 'dB',
    minimum: -24,
    maximum: 48,
    default: 0,
    meaning: 'Gain after the compressor.',
  },
} as const satisfies Record<string, ParameterDescription>;

/** The parameters of FreeverbEffectNode that are numbers or switches. */
export const freeverbParameters = {
  roomSize: {
    name: 'roomSize',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 0.5,
    meaning: 'How long it rings: the feedback is 0.7 + 0.28 roomSize.',
  },
  damping: {
    name: 'damping',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 0.5,
    meaning: 'How much faster high tones fade.',
  },
  wet: { name: 'wet', unit: 'linear', minimum: 0, maximum: 4, default: 0.3, meaning: 'Gain of the reverberation.' },
  dry: {
    name: 'dry',
    unit: 'linear',
    minimum: 0,
    maximum: 4,
    default: 0.7,
    meaning: 'Gain of the input: 1 passes it exactly.',
  },
  width: {
    name: 'width',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 1,
    meaning: '0 is the same on both sides, 1 is widest. Without effect on an engine of one channel.',
  },
  freeze: {
    name: 'freeze',
    unit: '1',
    minimum: 0,
    maximum: 1,
    default: 0,
    meaning: 'True holds what sounds, at its level, and takes nothing in.',
  },
} as const satisfies Record<string, ParameterDescription>;
