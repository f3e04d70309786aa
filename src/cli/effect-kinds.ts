// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

import {
  BPFEffectNode,
  CompressorEffectNode,
  DelayEffectNode,
  FreeverbEffectNode,
  HighShelfEffectNode,
  HPFEffectNode,
  LowShelfEffectNode,
  LPFEffectNode,
  NotchEffectNode,
  PeakEffectNode,
  SoftClipEffectNode,
} from '../index.js';

/** The effects by their short names: the class, and what can be said of each. */
export const commandEffects = {
  lpf: { type: LPFEffectNode, names: ['cutoffHz', 'q'] },
  hpf: { type: HPFEffectNode, names: ['cutoffHz', 'q'] },
  bpf: { type: BPFEffectNode, names: ['cutoffHz', 'q', 'form'] },
  notch: { type: NotchEffectNode, names: ['cutoffHz', 'q'] },
  peak: { type: PeakEffectNode, names: ['freq', 'q', 'gainDb'] },
  lowshelf: { type: LowShelfEffectNode, names: ['freq', 'q', 'gainDb'] },
  highshelf: { type: HighShelfEffectNode, names: ['freq', 'q', 'gainDb'] },
  delay: { type: DelayEffectNode, names: ['delaySeconds', 'decay', 'wet', 'dry'] },
  softclip: { type: SoftClipEffectNode, names: ['drive', 'outputGain', 'oversample'] },
  compressor: {
    type: CompressorEffectNode,
    names: ['thresholdDb', 'ratio', 'attackMs', 'releaseMs', 'kneeDb', 'makeupDb'],
  },
  reverb: { type: FreeverbEffectNode, names: ['roomSize', 'damping', 'wet', 'dry', 'width', 'freeze'] },
} as const;
