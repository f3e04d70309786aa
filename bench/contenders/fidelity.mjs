// Fidelity of this engine through its public API: `fidelity.mjs native|wasm figures`. Prints one line of JSON with
// every figure of the project's targets.
import { createHash } from 'node:crypto';
import { amplitudeAt, centsFrom, decibels, largestStep, sinad, spectrumAt } from '../analysis.mjs';
import { OUTPUT_RATE } from '../workload.mjs';

const [host] = process.argv.slice(2);
const api = await import('../../dist/index.js');
const {
  attachNode,
  AudioBuffer,
  BPFEffectNode,
  Engine,
  HighShelfEffectNode,
  HPFEffectNode,
  LowShelfEffectNode,
  LPFEffectNode,
} = api;
const { engineEndpoint, FreeverbEffectNode, NotchEffectNode, PeakEffectNode, Sound, SoundGroup } = api;

const makeEngine = () => new Engine({ device: false, host, sampleRate: OUTPUT_RATE, channels: 2 });
const channelOf = (frames, channel) => frames.filter((_, index) => index % 2 === channel);

function bufferOf(length, sampleAt, sampleRate = OUTPUT_RATE) {
  return new AudioBuffer(
    Float32Array.from({ length }, (_, index) => sampleAt(index)),
    { sampleRate, channels: 1 },
  );
}

/** What is done to a constant 1 that plays in a group; `before` comes first and is not looked at. */
const stepActions = {
  volume: { act: ({ sound }) => Object.assign(sound, { volume: 0.25 }) },
  stop: { act: ({ sound }) => sound.stop() },
  pause: { act: ({ sound }) => sound.pause() },
  resume: { before: ({ sound }) => sound.pause(), act: ({ sound }) => sound.resume() },
  seek: { act: ({ sound }) => sound.seek(100) },
  mute: { act: ({ group }) => Object.assign(group, { muted: true }) },
  reroute: { act: ({ sound, other }) => attachNode(sound, 0, other, 0) },
  dispose: { act: ({ sound }) => sound.dispose() },
  'a leap across the listener': {
    spatial: true,
    before: ({ sound }) => sound.setPosition(2, 0, 0),
    act: ({ sound }) => sound.setPosition(-2, 0, 0),
  },
  'an effect switched on': {
    before: ({ effect }) => Object.assign(effect, { enabled: false }),
    act: ({ effect }) => Object.assign(effect, { enabled: true }),
  },
  'an effect switched off': { act: ({ effect }) => Object.assign(effect, { enabled: false }) },
};

function steps() {
  const result = {};
  for (const [name, { act, before, spatial }] of Object.entries(stepActions)) {
    const engine = makeEngine();
    const scene = { engine, group: new SoundGroup(engine), other: new SoundGroup(engine) };
    scene.effect = new FreeverbEffectNode(engine, { dry: 0.7, wet: 0 });
    if (name.includes('effect')) {
      attachNode(scene.group, 0, scene.effect, 0);
      attachNode(scene.effect, 0, engineEndpoint(engine), 0);
    }
    scene.sound = Sound.fromBuffer(
      engine,
      bufferOf(OUTPUT_RATE, () => 1),
      { looping: true, group: scene.group, spatial: spatial === true },
    );
    scene.sound.play();
    before?.(scene);
    engine.readPcmFrames(9600);
    const played = [...engine.readPcmFrames(100)];
    act(scene);
    played.push(...engine.readPcmFrames(4800));
    result[name] = Math.max(largestStep(channelOf(played, 0)), largestStep(channelOf(played, 1)));
    engine.dispose();
  }
  return result;
}

/** A listener turns 0.3 rad a block of 480 frames in front of a constant. */
function turningStep() {
  const engine = makeEngine();
  const sound = Sound.fromBuffer(
    engine,
    bufferOf(OUTPUT_RATE, () => 1),
    { looping: true, spatial: true },
  );
  sound.setPosition(0, 0, -1);
  sound.play();
  engine.readPcmFrames(960);
  const played = [];
  for (let turn = 0; turn < 60; turn++) {
    engine.listener().setDirection(Math.sin(turn * 0.3), 0, -Math.cos(turn * 0.3));
    played.push(...engine.readPcmFrames(480));
  }
  engine.dispose();
  return Math.max(largestStep(channelOf(played, 0)), largestStep(channelOf(played, 1)));
}

/** Two seconds of a sine: the left channel. */
function sine({ hertz, sourceRate = OUTPUT_RATE, pitch = 1, resampler }) {
  const engine = makeEngine();
  const buffer = bufferOf(
    Math.ceil(sourceRate * 2.1 * pitch),
    (i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / sourceRate),
    sourceRate,
  );
  Sound.fromBuffer(engine, buffer, { resampler, pitch }).play();
  const played = channelOf(engine.readPcmFrames(OUTPUT_RATE * 2), 0);
  engine.dispose();
  return played;
}

function resamplers() {
  const tones = {
    linear: [1000, 5000, 10000],
    cubic: [1000, 5000, 10000],
    sinc: [1000, 5000, 10000, 15000],
    'sinc-best': [1000, 5000, 10000],
  };
  const bands = { sinc: [15000, 18000], 'sinc-best': [20000] };
  const result = { sinad: {}, band: {} };
  for (const [resampler, hertz] of Object.entries(tones))
    result.sinad[resampler] = Object.fromEntries(
      hertz.map((hz) => [hz, sinad(sine({ hertz: hz, sourceRate: 44100, resampler }), hz, OUTPUT_RATE)]),
    );
  for (const [resampler, hertz] of Object.entries(bands))
    result.band[resampler] = Object.fromEntries(
      hertz.map((hz) => [
        hz,
        Math.abs(decibels(amplitudeAt(sine({ hertz: hz, sourceRate: 44100, resampler }), hz, OUTPUT_RATE) / 0.5)),
      ]),
    );
  // At pitch 2 it would be 30 kHz: all that is heard of it is an alias.
  const folded = sine({ hertz: 15000, pitch: 2, resampler: 'sinc-best' }).subarray(4800);
  result.alias = decibels(Math.max(...folded.map(Math.abs)) / 0.5);
  const awkward = 1.00099;
  result.cents = Math.abs(
    centsFrom(sine({ hertz: 1000, pitch: awkward, resampler: 'cubic' }), 1000 * awkward, OUTPUT_RATE),
  );
  return result;
}

/** The Audio EQ Cookbook: magnitude at an angle. */
function cookbook(kind, cutoff, q, gainDb, angle) {
  const w = (2 * Math.PI * cutoff) / OUTPUT_RATE;
  const [cosine, A] = [Math.cos(w), 10 ** (gainDb / 40)];
  const alpha = kind.endsWith('Shelf') ? (Math.sin(w) / 2) * Math.SQRT2 : Math.sin(w) / (2 * q);
  const root = 2 * Math.sqrt(A) * alpha;
  const sign = kind === 'highShelf' ? -1 : 1;
  const pass = [1 + alpha, -2 * cosine, 1 - alpha];
  const shelf = (s, factor) => [
    factor * (A + 1 - s * (A - 1) * cosine + root),
    s * 2 * factor * (A - 1 - s * (A + 1) * cosine),
    factor * (A + 1 - s * (A - 1) * cosine - root),
  ];
  const [b, a] = {
    lowPass: [[(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2], pass],
    highPass: [[(1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2], pass],
    bandPass: [[alpha, 0, -alpha], pass],
    notch: [[1, -2 * cosine, 1], pass],
    peak: [
      [1 + alpha * A, -2 * cosine, 1 - alpha * A],
      [1 + alpha / A, -2 * cosine, 1 - alpha / A],
    ],
    lowShelf: [shelf(sign, A), shelf(-sign, 1)],
    highShelf: [shelf(sign, A), shelf(-sign, 1)],
  }[kind];
  // About z = 1 the sums nearly cancel: 1 - cos is written as 2 sin^2.
  const size = ([c0, c1, c2]) =>
    Math.hypot(
      c0 + c1 + c2 - 2 * c1 * Math.sin(angle / 2) ** 2 - 2 * c2 * Math.sin(angle) ** 2,
      c1 * Math.sin(angle) + c2 * Math.sin(2 * angle),
    );
  return size(b) / size(a);
}

/**
 * The largest distance from the formula in dB, where the response is within 60 dB of its top: below, float32 output
 * rounds more than that.
 */
function biquadError() {
  const makers = {
    lowPass: (engine, cutoffHz) => new LPFEffectNode(engine, { cutoffHz, q: 1 }),
    highPass: (engine, cutoffHz) => new HPFEffectNode(engine, { cutoffHz, q: 1 }),
    bandPass: (engine, cutoffHz) => new BPFEffectNode(engine, { cutoffHz, q: 1 }),
    notch: (engine, cutoffHz) => new NotchEffectNode(engine, { cutoffHz, q: 1 }),
    peak: (engine, freq) => new PeakEffectNode(engine, { freq, q: 1, gainDb: 12 }),
    lowShelf: (engine, freq) => new LowShelfEffectNode(engine, { freq, gainDb: 12 }),
    highShelf: (engine, freq) => new HighShelfEffectNode(engine, { freq, gainDb: 12 }),
  };
  const frequencies = Array.from({ length: 25 }, (_, index) => 20 * 1000 ** (index / 24));
  const impulse = bufferOf(1, () => 1);
  let worst = 0;
  for (const [kind, make] of Object.entries(makers)) {
    for (const cutoff of [20, 100, 1000, 6000, 20000]) {
      const engine = makeEngine();
      const filter = make(engine, cutoff);
      attachNode(filter, 0, engineEndpoint(engine), 0);
      const sound = Sound.fromBuffer(engine, impulse);
      attachNode(sound, 0, filter, 0);
      sound.play();
      const response = channelOf(engine.readPcmFrames(OUTPUT_RATE / 2), 0);
      const sizes = frequencies.map((hz) => cookbook(kind, cutoff, 1, 12, (2 * Math.PI * hz) / OUTPUT_RATE));
      const floor = Math.max(...sizes) / 1000;
      for (const [index, hz] of frequencies.entries())
        if (sizes[index] > floor)
          worst = Math.max(worst, Math.abs(decibels(spectrumAt(response, hz, OUTPUT_RATE) / sizes[index])));
      engine.dispose();
    }
  }
  return worst;
}

/**
 * Frames by which a start and a stop are off, plain and pitched; and the largest step at the seam of a loop beyond that
 * of the sine itself.
 */
function exactness() {
  let framesOff = 0;
  for (const pitch of [1, 1.3]) {
    const engine = makeEngine();
    const sound = Sound.fromBuffer(
      engine,
      bufferOf(OUTPUT_RATE, () => 1),
      { pitch, looping: true },
    );
    sound.play({ atFrames: 1234 });
    const left = channelOf(engine.readPcmFrames(4800), 0);
    framesOff = Math.max(framesOff, Math.abs(left.findIndex((sample) => sample > 0.5) - 1234));
    engine.dispose();
  }
  let seam = 0;
  for (const pitch of [1, 1.3]) {
    const engine = makeEngine();
    const period = 480;
    Sound.fromBuffer(
      engine,
      bufferOf(period, (i) => 0.5 * Math.sin((2 * Math.PI * i) / period)),
      { pitch, looping: true },
    ).play();
    const left = channelOf(engine.readPcmFrames(OUTPUT_RATE), 0);
    seam = Math.max(seam, largestStep(left, 100) - Math.PI * (pitch / period));
    engine.dispose();
  }
  return { framesOff, seam };
}

/** Hashes of one busy second, for each size of block: all must be the same, and so must those of every host. */
function hashes() {
  const busySecond = (nextBlock) => {
    const engine = makeEngine();
    const tone = bufferOf(20000, (i) => 0.3 * Math.sin(i * i * 1e-5), 44100);
    for (let voice = 0; voice < 12; voice++) {
      const sound = Sound.fromBuffer(engine, tone, {
        looping: true,
        pitch: 0.5 + voice / 7,
        spatial: voice % 3 === 0,
        resampler: voice % 2 === 0 ? 'cubic' : undefined,
      });
      if (voice % 3 === 0) sound.setPosition(voice - 6, 0, -2);
      sound.ramp('volume', 0.2 + voice / 20, { seconds: 0.3 });
      sound.play({ atFrames: voice * 777 });
    }
    const hash = createHash('sha256');
    for (let done = 0; done < OUTPUT_RATE; ) {
      const frames = Math.min(nextBlock(), OUTPUT_RATE - done);
      hash.update(new Uint8Array(engine.readPcmFrames(frames).buffer));
      done += frames;
    }
    engine.dispose();
    return hash.digest('hex');
  };
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return 1 + (seed % 2000);
  };
  return [...[1, 64, 127, 480, 4096].map((frames) => busySecond(() => frames)), busySecond(random)];
}

const figures = {
  steps: steps(),
  turningStep: turningStep(),
  ...resamplers(),
  biquadError: biquadError(),
  ...exactness(),
  hashes: hashes(),
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
