// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

export {
  BandPassFilter,
  type BandPassFilterParams,
  CompressorEffect,
  type CompressorEffectParams,
  type CutoffFilter,
  type CutoffFilterParams,
  DelayEffect,
  type DelayEffectParams,
  HighPassFilter,
  LowPassFilter,
  NotchFilter,
  ReverbEffect,
  type ReverbEffectParams,
  SoftClipEffect,
  type SoftClipEffectParams,
} from './table-effects.js';
