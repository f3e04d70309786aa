// Draws docs/images/effect-*.svg from what the engine renders.
//   node scripts/docs/plot-effects.mjs           writes the files that differ
//   node scripts/docs/plot-effects.mjs --check   writes nothing, exits 1 when one is stale
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import FFT from 'fft.js';
import {
  AudioBuffer,
  attachNode,
  BPFEffectNode,
  CompressorEffectNode,
  DelayEffectNode,
  Engine,
  FreeverbEffectNode,
  HighShelfEffectNode,
  HPFEffectNode,
  LowShelfEffectNode,
  LPFEffectNode,
  NotchEffectNode,
  PeakEffectNode,
  SoftClipEffectNode,
  Sound,
} from '../../dist/index.js';
import { root } from '../build/paths.mjs';
import { plot } from './plot-svg.mjs';

const sampleRate = 48000;
const folder = 'docs/images';

/**
 * Plays samples through an effect and gives the left channel of what comes out. `act` may change the effect before
 * frame `at`.
 */
function through(make, samples, frames, changes = []) {
  // In WebAssembly: it is on every machine, and the bits are the same.
  const engine = new Engine({ device: false, host: 'wasm', sampleRate });
  const effect = make(engine);
  const sound = Sound.fromBuffer(engine, new AudioBuffer(samples, { sampleRate, channels: 1 }));
  attachNode(sound, 0, effect, 0);
  sound.play();
  const parts = [];
  let done = 0;
  for (const [at, act] of [...changes, [frames, () => {}]]) {
    parts.push(engine.readPcmFrames(at - done).filter((_, index) => index % 2 === 0));
    act(effect);
    done = at;
  }
  engine.dispose();
  return Float32Array.from(parts.flatMap((part) => Array.from(part)));
}

const decibels = (ratio) => 20 * Math.log10(Math.max(1e-12, ratio));
const hertz = (value) => (value >= 1000 ? `${value / 1000}k` : String(value));
const frequencyAxis = {
  from: 20,
  to: 20000,
  logarithmic: true,
  ticks: [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000],
  label: 'frequency, Hz',
  format: hertz,
};

/** Magnitudes of the spectrum up to half the rate. */
function spectrumOf(samples) {
  const transform = new FFT(samples.length);
  const output = transform.createComplexArray();
  transform.realTransform(output, Array.from(samples));
  return Array.from({ length: samples.length / 2 }, (_, bin) => Math.hypot(output[2 * bin], output[2 * bin + 1]));
}

const impulseFrames = 1 << 16;

function responseCurve(label, Filter, params) {
  const spectrum = spectrumOf(through((engine) => new Filter(engine, params), Float32Array.of(1), impulseFrames));
  const points = spectrum
    .map((magnitude, bin) => [(bin * sampleRate) / impulseFrames, decibels(magnitude)])
    .filter(([hz]) => hz >= 18 && hz <= 20500);
  return { label, points };
}

/** What frequencyResponse says, at a few frequencies: dots that must lie on the curve. */
function formulaDots(Filter, params) {
  const engine = new Engine({ device: false, host: 'wasm', sampleRate });
  const hz = Array.from({ length: 16 }, (_, index) => 25 * 1000 ** (index / 15.5));
  const { magnitude } = new Filter(engine, params).frequencyResponse(hz);
  engine.dispose();
  return {
    label: 'frequencyResponse',
    dots: true,
    points: hz.map((value, index) => [value, decibels(magnitude[index])]),
  };
}

function filterPlot(title, Filter, settings, levels) {
  const curves = settings.map(([label, params]) => responseCurve(label, Filter, params));
  return plot({
    title,
    x: frequencyAxis,
    y: { ...levels, label: 'level, dB' },
    curves: [...curves, formulaDots(Filter, settings.at(-1)[1])],
  });
}

const deep = { from: -48, to: 24, ticks: [-48, -36, -24, -12, 0, 12, 24] };
const flat = { from: -18, to: 18, ticks: [-18, -12, -6, 0, 6, 12, 18] };
const byQ = (values, more = {}) => values.map((q) => [`q ${q}`, { q, ...more }]);
const byGain = (values, more = {}) => values.map((gainDb) => [`gainDb ${gainDb}`, { gainDb, ...more }]);

function delayPlot() {
  const params = { delaySeconds: 0.1, decay: 0.6, wet: 0.8, dry: 0.5 };
  const click = Float32Array.from({ length: 960 }, (_, frame) => Math.exp(-frame / 120) * Math.sin(frame / 3));
  const out = through((engine) => new DelayEffectNode(engine, params), click, 28800);
  return plot({
    title: 'Delay: 0.1 s, decay 0.6, wet 0.8, dry 0.5, of a short sound',
    x: { from: 0, to: 0.6, ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], label: 'time, s' },
    y: { from: -0.8, to: 0.8, ticks: [-0.8, -0.4, 0, 0.4, 0.8], label: 'sample' },
    curves: [{ label: 'output', points: Array.from(out, (sample, frame) => [frame / sampleRate, sample]) }],
  });
}

function clipCurves() {
  const ramp = Float32Array.from({ length: 801 }, (_, frame) => (frame - 400) / 400);
  const curves = [0.5, 1, 2, 4, 16].map((drive) => {
    const out = through((engine) => new SoftClipEffectNode(engine, { drive }), ramp, ramp.length);
    return { label: `drive ${drive}`, points: Array.from(out, (sample, frame) => [ramp[frame], sample]) };
  });
  const ticks = [-1, -0.5, 0, 0.5, 1];
  return plot({
    title: 'Soft clip: what comes out for what goes in',
    x: { from: -1, to: 1, ticks, label: 'input' },
    y: { from: -1.1, to: 1.1, ticks, label: 'output' },
    curves,
  });
}

function clipSpectrum() {
  const frames = 1 << 14;
  // A frequency that fits the window exactly, near 5 kHz: every line is a harmonic or an alias.
  const cycles = 1707;
  const tone = Float32Array.from({ length: frames + 4096 }, (_, frame) =>
    Math.sin((2 * Math.PI * cycles * frame) / frames),
  );
  const curves = [1, 2, 4].map((oversample) => {
    const out = through(
      (engine) => new SoftClipEffectNode(engine, { drive: 8, oversample }),
      tone,
      tone.length,
    ).subarray(4096);
    const magnitudes = spectrumOf(out);
    const points = magnitudes.map((magnitude, bin) => [
      (bin * sampleRate) / frames / 1000,
      Math.max(-140, decibels((2 * magnitude) / frames)),
    ]);
    return { label: `oversample ${oversample}`, points };
  });
  return plot({
    title: 'Soft clip at drive 8: spectrum of a tone of 5 kHz; all but 5 and 15 kHz are aliases',
    x: { from: 0, to: 24, ticks: [0, 5, 10, 15, 20, 24], label: 'frequency, kHz' },
    y: { from: -120, to: 6, ticks: [-120, -90, -60, -30, 0], label: 'level, dB' },
    curves,
  });
}

function compressorCurve() {
  const levels = Array.from({ length: 121 }, (_, index) => -60 + index / 2);
  const curve = (label, params) => ({
    label,
    points: levels.map((level) => {
      const samples = new Float32Array(2400).fill(10 ** (level / 20));
      return [
        level,
        decibels(
          through((engine) => new CompressorEffectNode(engine, { attackMs: 1, ...params }), samples, 2400).at(-1),
        ),
      ];
    }),
  });
  const ticks = [-60, -48, -36, -24, -12, 0];
  return plot({
    title: 'Compressor: level out for level in, threshold -24 dB',
    x: { from: -60, to: 0, ticks, label: 'level in, dB' },
    y: { from: -60, to: 0, ticks, label: 'level out, dB' },
    curves: [
      curve('ratio 2, knee 6', { ratio: 2 }),
      curve('ratio 4, knee 0', { kneeDb: 0 }),
      curve('ratio 4, knee 24', { kneeDb: 24 }),
      curve('ratio 100, knee 6', { ratio: 100 }),
    ],
  });
}

function compressorTime() {
  const frames = 24000;
  const burst = Float32Array.from({ length: frames }, (_, frame) => (frame < 4800 || frame > 12000 ? 0.05 : 0.9));
  const curves = [
    ['attack 5, release 100', {}],
    ['attack 30, release 30', { attackMs: 30, releaseMs: 30 }],
    ['attack 0, release 300', { attackMs: 0, releaseMs: 300 }],
  ].map(([label, params]) => {
    const out = through((engine) => new CompressorEffectNode(engine, { kneeDb: 0, ...params }), burst, frames);
    return {
      label,
      points: Array.from(out, (sample, frame) => [(frame * 1000) / sampleRate, decibels(sample / burst[frame])]),
    };
  });
  return plot({
    title: 'Compressor: gain while a loud part comes at 100 ms and goes at 250 ms',
    x: { from: 0, to: 500, ticks: [0, 100, 200, 300, 400, 500], label: 'time, ms' },
    y: { from: -20, to: 2, ticks: [-20, -15, -10, -5, 0], label: 'gain, dB' },
    curves,
  });
}

function reverbDecay() {
  const seconds = 4;
  let seed = 1;
  const noise = Float32Array.from({ length: 9600 }, () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647 - 0.5;
  });
  const curve = (label, params, changes) => {
    const out = through(
      (engine) => new FreeverbEffectNode(engine, { wet: 1, dry: 0, ...params }),
      noise,
      seconds * sampleRate,
      changes,
    );
    const size = 1200;
    const points = [];
    for (let from = 0; from + size <= out.length; from += size) {
      const level = Math.sqrt(out.subarray(from, from + size).reduce((sum, sample) => sum + sample * sample, 0) / size);
      points.push([(from + size / 2) / sampleRate, decibels(level)]);
    }
    return { label, points };
  };
  return plot({
    title: 'Freeverb: level of 0.2 s of noise and what follows',
    x: { from: 0, to: seconds, ticks: [0, 1, 2, 3, 4], label: 'time, s' },
    y: { from: -90, to: 0, ticks: [-90, -60, -30, 0], label: 'level, dB' },
    curves: [
      curve('roomSize 0', { roomSize: 0 }),
      curve('roomSize 0.5', {}),
      curve('roomSize 0.5, damping 0', { damping: 0 }),
      curve('roomSize 1', { roomSize: 1 }),
      curve('frozen 0.5 s to 2.5 s', {}, [
        [24000, (effect) => Object.assign(effect, { freeze: true })],
        [120000, (effect) => Object.assign(effect, { freeze: false })],
      ]),
    ],
  });
}

/** Every plot, by name. */
export function drawAll() {
  return {
    'low-pass': filterPlot('Low-pass at 1 kHz', LPFEffectNode, byQ([0.4, 2, 8, 1]), deep),
    'high-pass': filterPlot('High-pass at 1 kHz', HPFEffectNode, byQ([0.4, 2, 8, 1]), deep),
    'band-pass': filterPlot(
      'Band-pass at 1 kHz',
      BPFEffectNode,
      [...byQ([0.5, 2, 8]), ['q 0.5, skirt', { q: 0.5, form: 'skirt' }], ['q 8, skirt', { q: 8, form: 'skirt' }]],
      deep,
    ),
    notch: filterPlot('Notch at 1 kHz', NotchEffectNode, byQ([0.3, 5, 1]), deep),
    peak: filterPlot(
      'Peak at 1 kHz',
      PeakEffectNode,
      [...byGain([12, -12, 6]), ['gainDb 12, q 5', { gainDb: 12, q: 5 }]],
      flat,
    ),
    'low-shelf': filterPlot(
      'Low shelf at 200 Hz',
      LowShelfEffectNode,
      [...byGain([12, -12, 6]), ['gainDb 12, q 0.3', { gainDb: 12, q: 0.3 }]],
      flat,
    ),
    'high-shelf': filterPlot(
      'High shelf at 8 kHz',
      HighShelfEffectNode,
      [...byGain([12, -12, 6]), ['gainDb 12, q 0.3', { gainDb: 12, q: 0.3 }]],
      flat,
    ),
    delay: delayPlot(),
    'soft-clip-curve': clipCurves(),
    'soft-clip-aliases': clipSpectrum(),
    'compressor-curve': compressorCurve(),
    'compressor-time': compressorTime(),
    freeverb: reverbDecay(),
  };
}

const check = process.argv.includes('--check');
mkdirSync(join(root, folder), { recursive: true });
let stale = 0;
for (const [name, text] of Object.entries(drawAll())) {
  const file = `${folder}/effect-${name}.svg`;
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale += 1;
  console.log(
    check ? `${file} is not what the engine renders: run node scripts/docs/plot-effects.mjs` : `wrote ${file}`,
  );
  if (!check) writeFileSync(path, text);
}
if (check && stale > 0) process.exitCode = 1;
