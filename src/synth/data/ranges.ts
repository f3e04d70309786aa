import type { ParameterDescription } from '../../base/parameters.js';
import { expectNumber, expectParameter } from '../../base/validate.js';

function describe(
  name: string,
  unit: string,
  minimum: number,
  maximum: number,
  initial: number,
  meaning: string,
): ParameterDescription {
  return { name, unit, minimum, maximum, default: initial, meaning };
}

/** The parameters of a voice that can be moved while it sounds. */
export const voiceRanges: Readonly<Record<SynthParameter, ParameterDescription>> = {
  freq: describe('freq', 'Hz', 0, 96000, 440, 'frequency of the oscillator'),
  gain: describe('gain', 'linear', 0, 16, 1, 'level'),
  pan: describe('pan', '1', -1, 1, 0, '-1 left, 0 centre, 1 right'),
  duty: describe('duty', '1', 0.01, 0.99, 0.5, 'part of a period in which a square wave is high'),
  cutoffHz: describe('cutoffHz', 'Hz', 10, 94080, 1000, 'cutoff or centre of the filter'),
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the effects' table has this default to three digits.
  q: describe('q', '1', 0.05, 100, 0.707, 'resonance of the filter'),
};

/** The parameters that {@link AudioSynth.setParam} moves. */
export type SynthParameter = 'freq' | 'gain' | 'pan' | 'duty' | 'cutoffHz' | 'q';

/** All names, for messages and checks. */
export const parameterNames = Object.keys(voiceRanges) as SynthParameter[];

/** Longest time that a voice, an envelope or a bake can be given, in seconds. */
export const secondsMaximum = 20000;

/** Seconds from 0 to 20000, or what stands for a value that was left out. */
export function expectTime(value: unknown, name: string, initial: number): number {
  return value === undefined ? initial : expectNumber(value, name, 0, secondsMaximum);
}

/** A parameter of a voice, or its default when it was left out. */
export function expectVoiceParameter(value: unknown, name: SynthParameter): number {
  return value === undefined ? voiceRanges[name].default : expectParameter(value, voiceRanges[name]);
}
