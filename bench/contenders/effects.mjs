// One stereo voice through so many effects of a kind in a row: `effects.mjs native|wasm render --effect lowPass --count
// K`. Prints one line of JSON.

import { makeSamples, OUTPUT_RATE, readScene } from '../workload.mjs';
import { measureRender } from './measure-render.mjs';

const [host, , ...words] = process.argv.slice(2);
const package_ = await import('../../dist/index.js');
const scene = { count: 1, ...readScene(words) };

const classes = {
  lowPass: ['LPFEffectNode', {}],
  highPass: ['HPFEffectNode', { cutoffHz: 100 }],
  bandPass: ['BPFEffectNode', { cutoffHz: 100 }],
  notch: ['NotchEffectNode', {}],
  peak: ['PeakEffectNode', { gainDb: 3 }],
  lowShelf: ['LowShelfEffectNode', { gainDb: 3 }],
  highShelf: ['HighShelfEffectNode', { gainDb: 3 }],
  delay: ['DelayEffectNode', {}],
  softClip: ['SoftClipEffectNode', {}],
  softClip2: ['SoftClipEffectNode', { oversample: 2 }],
  softClip4: ['SoftClipEffectNode', { oversample: 4 }],
  compressor: ['CompressorEffectNode', {}],
  freeverb: ['FreeverbEffectNode', {}],
};

const engine = new package_.Engine({ device: false, host, sampleRate: OUTPUT_RATE, channels: 2 });
const samples = makeSamples(0, { ...scene, sourceRate: OUTPUT_RATE, sourceChannels: 2 });
const buffer = new package_.AudioBuffer(samples, { sampleRate: OUTPUT_RATE, channels: 2 });
const sound = package_.Sound.fromBuffer(engine, buffer, { looping: true, pitchEnabled: false });
const [name, params] = classes[scene.effect];
package_.chain(
  sound,
  Array.from({ length: scene.count }, () => new package_[name](engine, params)),
);
sound.play();

// The line of a delay is 10 s long: until it has gone round once, the system hands out the memory that is written to.
const answer = measureRender(engine, scene, scene.effect === 'delay' ? 11 * OUTPUT_RATE : OUTPUT_RATE);
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));
