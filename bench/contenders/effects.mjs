// One stereo voice through so many effects of a kind in a row: `effects.mjs native|wasm render --effect lowPass --count K`. Prints one line of JSON.
import { makeSamples, median, OUTPUT_RATE, processorTime, readScene } from '../workload.mjs';

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

const out = new Float32Array(scene.block * 2);
let squares = 0;
const warmStart = processorTime();
let warmBlocks = 0;
// The line of a delay is 10 s long: until it has gone round once, the system hands out the memory that is written to.
const warmFrames = scene.effect === 'delay' ? 11 * OUTPUT_RATE : OUTPUT_RATE;
for (let done = 0; done < warmFrames || processorTime() - warmStart < 100e6; done += scene.block, warmBlocks++) {
  engine.readPcmFramesInto(out);
  for (let i = 0; i < out.length; i++) {
    const frame = done + (i >> 1);
    if (frame >= OUTPUT_RATE / 2 && frame < OUTPUT_RATE) squares += out[i] ** 2;
  }
}
const batchBlocks = Math.max(1, Math.round(10e6 / ((processorTime() - warmStart) / warmBlocks)));
const batches = [];
for (let total = 0; total < scene.milliseconds * 1e6 || batches.length < 5; ) {
  const start = processorTime();
  for (let block = 0; block < batchBlocks; block++) engine.readPcmFramesInto(out);
  const spent = processorTime() - start;
  total += spent;
  batches.push(spent / batchBlocks);
}
const answer = { nanosecondsPerFrame: median(batches) / scene.block, rms: Math.sqrt(squares / OUTPUT_RATE) };
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));
