// What every contender of the bench is given to do, in JavaScript; native/workload.h says the same in C.

/** Hz of everything that is rendered. */
export const OUTPUT_RATE = 48000;
/** Buffers that the voices of a scene share. */
export const BUFFERS = 8;
const BUFFER_SECONDS = 2;
const AMPLITUDE = 0.05;
const POSITION_STEP = 7919;

/** Hz of the sine in one channel of one buffer. */
function hertzOf(buffer, channel) {
  return channel === 0 ? 100 + 37 * buffer : 110 + 41 * buffer;
}

/**
 * Interleaved samples of one shared buffer: a whole number of sine periods in each channel, so the loop has no seam.
 */
export function makeSamples(buffer, scene) {
  const frames = scene.sourceRate * BUFFER_SECONDS;
  const samples = new Float32Array(frames * scene.sourceChannels);
  for (let channel = 0; channel < scene.sourceChannels; channel++) {
    const step = (2 * Math.PI * hertzOf(buffer, channel)) / scene.sourceRate;
    for (let i = 0; i < frames; i++) samples[i * scene.sourceChannels + channel] = AMPLITUDE * Math.sin(step * i);
  }
  return samples;
}

/** The frame at which a voice begins. */
export function positionOf(voice, scene) {
  return scene.fromZero ? 0 : (voice * POSITION_STEP) % (scene.sourceRate * BUFFER_SECONDS);
}

/**
 * The loudness that a scene must have from 0.5 s to 1 s, by formula: what a contender renders is compared with it.
 * `gain` is that of each voice.
 */
export function expectedLoudness(scene, gain = 1) {
  let squares = 0;
  for (let channel = 0; channel < 2; channel++) {
    const mix = new Float64Array(OUTPUT_RATE / 2);
    for (let buffer = 0; buffer < BUFFERS; buffer++) {
      const turns = 2 * Math.PI * hertzOf(buffer, Math.min(channel, scene.sourceChannels - 1));
      let real = 0;
      let imaginary = 0;
      for (let voice = buffer; voice < scene.voices; voice += BUFFERS) {
        real += AMPLITUDE * Math.cos((turns * positionOf(voice, scene)) / scene.sourceRate);
        imaginary += AMPLITUDE * Math.sin((turns * positionOf(voice, scene)) / scene.sourceRate);
      }
      for (let i = 0; i < mix.length; i++) {
        const angle = (turns * scene.pitch * (i + mix.length)) / OUTPUT_RATE;
        mix[i] += real * Math.sin(angle) + imaginary * Math.cos(angle);
      }
    }
    for (const sample of mix) squares += sample * sample;
  }
  return gain * Math.sqrt(squares / OUTPUT_RATE);
}

/** Reads `--name value` pairs into a scene; numbers where they look like numbers. */
export function readScene(words) {
  const scene = {
    voices: 256,
    idle: 0,
    paused: 0,
    sourceRate: 48000,
    sourceChannels: 1,
    block: 480,
    pitch: 1,
    pitchEnabled: 1,
    spatial: 0,
    resampler: 'linear',
    fromZero: 0,
    milliseconds: 250,
  };
  for (let i = 0; i + 1 < words.length; i += 2) {
    const name = words[i].replace(/^--/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const number = Number(words[i + 1]);
    scene[name] = Number.isNaN(number) ? words[i + 1] : number;
  }
  return scene;
}

/** Processor time of this process in nanoseconds: what other programs do on the machine is not in it. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

/** The middle one; of an even count the upper middle. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
