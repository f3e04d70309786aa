// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

import { BPFEffectNode } from '../../effects/bpf.js';
import { CompressorEffectNode } from '../../effects/compressor.js';
import { DelayEffectNode } from '../../effects/delay.js';
import { FreeverbEffectNode } from '../../effects/freeverb.js';
import { HPFEffectNode } from '../../effects/hpf.js';
import { LPFEffectNode } from '../../effects/lpf.js';
import { NotchEffectNode } from '../../effects/notch.js';
import { SoftClipEffectNode } from '../../effects/soft-clip.js';
import { registerKeyedNode, registerSingleNode } from './single-node-effect.js';

registerSingleNode('lowpass', ({ engine }, values) => new LPFEffectNode(engine, values));
registerSingleNode('highpass', ({ engine }, values) => new HPFEffectNode(engine, values));
registerSingleNode('bandpass', ({ engine }, values) => new BPFEffectNode(engine, values), ['form']);
registerSingleNode('notch', ({ engine }, values) => new NotchEffectNode(engine, values));
registerSingleNode('delay', ({ engine }, values) => new DelayEffectNode(engine, values));
registerSingleNode('softclip', ({ engine }, values) => new SoftClipEffectNode(engine, values), ['oversample']);
registerKeyedNode('compressor', ({ engine }, values) => new CompressorEffectNode(engine, values));
registerSingleNode('reverb', ({ engine }, values) => new FreeverbEffectNode(engine, values));
