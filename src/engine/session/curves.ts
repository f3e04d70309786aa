import type { Curve, Resampler } from '../../base/types.js';
import { expectOneOf } from '../../base/validate.js';
import {
  CURVE_EASE_IN,
  CURVE_EASE_IN_OUT,
  CURVE_EASE_OUT,
  CURVE_EQUAL_POWER,
  CURVE_EXPONENTIAL,
  CURVE_LINEAR,
  RESAMPLER_CUBIC,
  RESAMPLER_LINEAR,
  RESAMPLER_SINC,
  RESAMPLER_SINC_BEST,
} from '../../wire/wire-layout.js';

/** The number of each curve on the wire. */
export const curveNumbers: Readonly<Record<Curve, number>> = {
  linear: CURVE_LINEAR,
  exponential: CURVE_EXPONENTIAL,
  'equal-power': CURVE_EQUAL_POWER,
  'ease-in': CURVE_EASE_IN,
  'ease-out': CURVE_EASE_OUT,
  'ease-in-out': CURVE_EASE_IN_OUT,
};

/** The names of all curves. */
export const curveNames = Object.keys(curveNumbers) as Curve[];

/** The number of each resampler on the wire. */
export const resamplerNumbers: Readonly<Record<Resampler, number>> = {
  linear: RESAMPLER_LINEAR,
  cubic: RESAMPLER_CUBIC,
  sinc: RESAMPLER_SINC,
  'sinc-best': RESAMPLER_SINC_BEST,
};

/** The names of all resamplers. */
const resamplerNames = Object.keys(resamplerNumbers) as Resampler[];

/** The name of a resampler. Throws a TypeError for anything else. */
export function expectResampler(value: unknown): Resampler {
  return expectOneOf(value, 'resampler', resamplerNames);
}
