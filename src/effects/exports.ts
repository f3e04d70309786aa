// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

export { BandNode, type BandParams } from './band-node.js';
export { BPFEffectNode, type BPFParams } from './bpf.js';
export { CompressorEffectNode, type CompressorParams } from './compressor.js';
export { CutoffNode, type CutoffParams } from './cutoff-node.js';
export { DelayEffectNode, type DelayParams } from './delay.js';
export { FreeverbEffectNode, type FreeverbParams } from './freeverb.js';
export { HighShelfEffectNode } from './high-shelf.js';
export { HPFEffectNode } from './hpf.js';
export { LowShelfEffectNode } from './low-shelf.js';
export { LPFEffectNode } from './lpf.js';
export { NotchEffectNode } from './notch.js';
export { PeakEffectNode } from './peak.js';
export { SoftClipEffectNode, type SoftClipParams } from './soft-clip.js';
