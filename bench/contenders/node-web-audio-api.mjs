// npm's node-web-audio-api as a contender: the scene in an OfflineAudioContext, which renders in blocks of 128 frames
// whatever is asked for. Prints one line of JSON. Started by run.mjs with the package's folder as the first argument.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUFFERS, makeSamples, median, OUTPUT_RATE, positionOf, processorTime, readScene } from '../workload.mjs';

const [folder, mode, ...words] = process.argv.slice(2);
const entry = createRequire(path.join(folder, 'package.json')).resolve('node-web-audio-api');
const { OfflineAudioContext } = await import(pathToFileURL(entry).href);

/** Makes a context that holds the scene and renders so many seconds of it. */
function makeContext(scene, seconds) {
  const context = new OfflineAudioContext(2, Math.round(seconds * OUTPUT_RATE), OUTPUT_RATE);
  const buffers = Array.from({ length: BUFFERS }, (_, index) => {
    const samples = makeSamples(index, scene);
    const channels = scene.sourceChannels;
    const buffer = context.createBuffer(channels, samples.length / channels, scene.sourceRate);
    for (let channel = 0; channel < channels; channel++) {
      buffer.copyToChannel(
        samples.filter((_, i) => i % channels === channel),
        channel,
      );
    }
    return buffer;
  });
  for (let voice = 0; voice < scene.voices; voice++) {
    const buffer = buffers[voice % BUFFERS];
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = true;
    source.playbackRate.value = scene.pitch;
    source.connect(context.destination);
    source.start(0, positionOf(voice, scene) / scene.sourceRate);
  }
  return context;
}

/** Loudness of the second half of a second, as the others measure it. */
function loudness(rendered) {
  let squares = 0;
  let count = 0;
  for (let channel = 0; channel < 2; channel++) {
    const samples = rendered.getChannelData(channel);
    for (let i = OUTPUT_RATE / 2; i < OUTPUT_RATE; i++) squares += samples[i] ** 2;
    count += OUTPUT_RATE / 2;
  }
  return Math.sqrt(squares / count);
}

async function timedRender(scene, seconds) {
  const context = makeContext(scene, seconds);
  const start = processorTime();
  const rendered = await context.startRendering();
  return { spent: processorTime() - start, rendered };
}

async function render(scene) {
  const first = await timedRender(scene, 1);
  const seconds = Math.max(1, Math.round((scene.milliseconds * 1e6) / first.spent));
  const { spent } = await timedRender(scene, seconds);
  return { nanosecondsPerFrame: spent / (seconds * OUTPUT_RATE), rms: loudness(first.rendered) };
}

/** Cost of one write of a gain, in nanoseconds; nothing renders meanwhile. */
function control() {
  const context = new OfflineAudioContext(2, 128, OUTPUT_RATE);
  const gain = context.createGain();
  gain.connect(context.destination);
  const batches = [];
  for (let batch = 0; batch < 21; batch++) {
    const start = processorTime();
    for (let i = 0; i < 1000; i++) gain.gain.value = (i & 255) / 256;
    batches.push((processorTime() - start) / 1000);
  }
  return { writeNanoseconds: median(batches) };
}

const scene = readScene(words);
process.stdout.write(`${JSON.stringify(mode === 'render' ? await render(scene) : control())}\n`);
process.exit(0);
