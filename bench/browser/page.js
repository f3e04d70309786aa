// What is measured within a page: this engine in its worklet beside Chromium's own nodes, doing the same work.
import { Engine, AudioBuffer as Samples, Sound } from './dist/miniaudio_engine_browser.js';

const rate = 48000;
const bufferCount = 8;
const bufferSeconds = 2;
const amplitude = 0.05;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A whole number of periods of a sine: the loop has no seam. */
function samplesOf(buffer) {
  const hz = 100 + 37 * buffer;
  return Float32Array.from(
    { length: rate * bufferSeconds },
    (_, frame) => amplitude * Math.sin((2 * Math.PI * hz * frame) / rate),
  );
}

/** Where a voice of a spatial scene is: on a ring around the listener. */
function placeOf(voice) {
  const angle = (2 * Math.PI * voice) / 37;
  return [2 * Math.cos(angle), 0, 2 * Math.sin(angle)];
}

async function renderOurs({ kind, resampler, voices, seconds }) {
  const context = new OfflineAudioContext({ numberOfChannels: 2, length: rate * seconds, sampleRate: rate });
  const engine = new Engine({ device: { context } });
  const buffers = Array.from(
    { length: bufferCount },
    (_, buffer) => new Samples(samplesOf(buffer), { sampleRate: rate, channels: 1 }),
  );
  for (let voice = 0; voice < voices; voice += 1) {
    const sound = Sound.fromBuffer(engine, buffers[voice % bufferCount], {
      looping: true,
      volume: 0.5,
      pitch: kind === 'pitched' ? 1.05 : 1,
      spatial: kind === 'spatial',
      ...(resampler === undefined ? {} : { resampler }),
    });
    if (kind === 'spatial') sound.setPosition(...placeOf(voice));
    sound.play();
  }
  await engine.ready;
  const began = performance.now();
  const rendered = await context.startRendering();
  const milliseconds = performance.now() - began;
  engine.dispose();
  return { milliseconds, loudness: loudnessOf(rendered) };
}

async function renderNodes({ kind, voices, seconds }) {
  const context = new OfflineAudioContext({ numberOfChannels: 2, length: rate * seconds, sampleRate: rate });
  const buffers = Array.from({ length: bufferCount }, (_, buffer) => {
    const made = context.createBuffer(1, rate * bufferSeconds, rate);
    made.copyToChannel(samplesOf(buffer), 0);
    return made;
  });
  for (let voice = 0; voice < voices; voice += 1) {
    const source = new AudioBufferSourceNode(context, {
      buffer: buffers[voice % bufferCount],
      loop: true,
      playbackRate: kind === 'pitched' ? 1.05 : 1,
    });
    const gain = new GainNode(context, { gain: 0.5 });
    if (kind === 'spatial') {
      const [positionX, positionY, positionZ] = placeOf(voice);
      source
        .connect(new PannerNode(context, { panningModel: 'equalpower', positionX, positionY, positionZ }))
        .connect(gain);
    } else source.connect(gain);
    gain.connect(context.destination);
    source.start();
  }
  const began = performance.now();
  const rendered = await context.startRendering();
  return { milliseconds: performance.now() - began, loudness: loudnessOf(rendered) };
}

/** RMS of the second half of the first channel. */
function loudnessOf(rendered) {
  const data = rendered.getChannelData(0);
  let squares = 0;
  for (let frame = data.length >> 1; frame < data.length; frame += 1) squares += data[frame] ** 2;
  return Math.sqrt((2 * squares) / data.length);
}

/** Seconds of one voice that are rendered in a second. */
async function speed(scene) {
  const { milliseconds, loudness } = await (scene.who === 'ours' ? renderOurs : renderNodes)(scene);
  return { voiceSeconds: (scene.voices * scene.seconds * 1000) / milliseconds, loudness };
}

/** Milliseconds of sound from a call to what it starts, of many calls. */
async function latency(who, rounds) {
  const context = new AudioContext({ sampleRate: rate });
  await context.audioWorklet.addModule('./detector.js');
  const detector = new AudioWorkletNode(context, 'detector', { numberOfInputs: 1, numberOfOutputs: 1 });
  detector.connect(context.destination);
  const click = Float32Array.from({ length: 480 }, () => 0.1);
  const found = [];
  let engine = null;
  let play;
  if (who === 'ours') {
    engine = new Engine({ device: { destination: detector } });
    const buffer = new Samples(click, { sampleRate: rate, channels: 1 });
    await engine.ready;
    play = () => engine.play(buffer);
  } else {
    const buffer = context.createBuffer(1, click.length, rate);
    buffer.copyToChannel(click, 0);
    play = () => {
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(detector);
      source.start();
    };
  }
  await wait(300);
  for (let round = 0; round < rounds; round += 1) {
    await wait(120 + Math.random() * 30);
    const heard = new Promise((resolve) => {
      detector.port.onmessage = ({ data }) => resolve(data);
    });
    const asked = context.currentTime;
    play();
    found.push(((await heard) / rate - asked) * 1000);
  }
  engine?.dispose();
  await context.close();
  return found;
}

/** Milliseconds until an engine of a fresh page renders, and until a second one does. */
async function startUp() {
  const times = [];
  for (let engines = 0; engines < 2; engines += 1) {
    const began = performance.now();
    const engine = new Engine();
    await engine.ready;
    while (engine.timeFrames === 0) await wait(1);
    times.push(performance.now() - began);
    engine.dispose();
  }
  return { first: times[0], later: times[1] };
}

Object.assign(window, { speed, latency, startUp });
