// The nearest node of npm's node-web-audio-api: one stereo voice through so many of a kind in a row, in an
// OfflineAudioContext. Prints one line of JSON.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeSamples, OUTPUT_RATE, processorTime, readScene } from '../workload.mjs';

const [folder, , ...words] = process.argv.slice(2);
const entry = createRequire(path.join(folder, 'package.json')).resolve('node-web-audio-api');
const { OfflineAudioContext } = await import(pathToFileURL(entry).href);
const scene = { count: 1, ...readScene(words) };

const biquad =
  (type, frequency, more = {}) =>
  (context) => {
    const node = context.createBiquadFilter();
    node.type = type;
    node.frequency.value = frequency;
    for (const [name, value] of Object.entries(more)) node[name].value = value;
    return [node, node];
  };

const shaper = (oversample) => (context) => {
  const node = context.createWaveShaper();
  node.curve = Float32Array.from({ length: 4097 }, (_, i) => Math.tanh(2 * (i / 2048 - 1)) / Math.tanh(2));
  node.oversample = oversample;
  return [node, node];
};

const makers = {
  lowPass: biquad('lowpass', 1000, { Q: 20 * Math.log10(707 / 1000) }),
  highPass: biquad('highpass', 100, { Q: 20 * Math.log10(707 / 1000) }),
  bandPass: biquad('bandpass', 100, { Q: 707 / 1000 }),
  notch: biquad('notch', 1000, { Q: 1 }),
  peak: biquad('peaking', 1000, { Q: 1, gain: 3 }),
  lowShelf: biquad('lowshelf', 200, { gain: 3 }),
  highShelf: biquad('highshelf', 8000, { gain: 3 }),
  delay: (context) => {
    const [input, output, delay, feedback, wet, dry] = [1, 0.5, 0, 0.4, 0.5, 0.5].map((value, i) =>
      i === 2 ? context.createDelay(10) : Object.assign(context.createGain(), { value }),
    );
    delay.delayTime.value = 0.25;
    feedback.gain.value = 0.4;
    wet.gain.value = 0.5;
    dry.gain.value = 0.5;
    input.connect(dry).connect(output);
    input.connect(delay).connect(wet).connect(output);
    delay.connect(feedback).connect(delay);
    return [input, output];
  },
  softClip: shaper('none'),
  softClip2: shaper('2x'),
  softClip4: shaper('4x'),
  compressor: (context) => {
    const node = context.createDynamicsCompressor();
    return [node, node];
  },
  // Reverberation by convolution with what a room of this size rings for.
  freeverb: (context) => {
    const node = context.createConvolver();
    const impulse = context.createBuffer(2, 78784, OUTPUT_RATE);
    for (let channel = 0; channel < 2; channel++) {
      impulse.copyToChannel(
        Float32Array.from({ length: 78784 }, (_, i) => Math.sin(i * i * (channel + 1)) * Math.exp(-i / 11000) * 0.01),
        channel,
      );
    }
    node.buffer = impulse;
    return [node, node];
  },
};

async function timedRender(seconds) {
  const context = new OfflineAudioContext(2, Math.round(seconds * OUTPUT_RATE), OUTPUT_RATE);
  const samples = makeSamples(0, { ...scene, sourceRate: OUTPUT_RATE, sourceChannels: 2 });
  const buffer = context.createBuffer(2, samples.length / 2, OUTPUT_RATE);
  for (let channel = 0; channel < 2; channel++) {
    buffer.copyToChannel(
      samples.filter((_, i) => i % 2 === channel),
      channel,
    );
  }
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.loop = true;
  let last = source;
  for (let i = 0; i < scene.count; i++) {
    const [input, output] = makers[scene.effect](context);
    last.connect(input);
    last = output;
  }
  last.connect(context.destination);
  source.start();
  const start = processorTime();
  const rendered = await context.startRendering();
  return { spent: processorTime() - start, rendered };
}

const first = await timedRender(1);
let squares = 0;
for (let channel = 0; channel < 2; channel++)
  for (const sample of first.rendered.getChannelData(channel).subarray(OUTPUT_RATE / 2)) squares += sample ** 2;
const seconds = Math.max(1, Math.round((scene.milliseconds * 1e6) / first.spent));
const { spent } = await timedRender(seconds);
const figures = { nanosecondsPerFrame: spent / (seconds * OUTPUT_RATE), rms: Math.sqrt(squares / OUTPUT_RATE) };
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
