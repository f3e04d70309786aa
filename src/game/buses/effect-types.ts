// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

/** The kinds of effects a bus can have. */
export type BusEffectType =
  | 'gain'
  | 'eq'
  | 'lowpass'
  | 'highpass'
  | 'bandpass'
  | 'notch'
  | 'delay'
  | 'softclip'
  | 'compressor'
  | 'reverb';
