#!/usr/bin/env node
// The contact sheet of the synthesiser's presets: waveform and spectrogram of each, and of two variations. Writes
// docs/synth-presets.svg, or the file that is named. Run after a build: node scripts/docs/plot-synth.mjs [file.svg]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import FFT from 'fft.js';
import { synthPresets } from '../../dist/index.js';
import { root } from '../build/paths.mjs';

const seeds = [null, 1, 2];
const cell = { width: 330, wave: 70, spectrum: 110, gap: 34 };
const sampleRate = 48000;
const window = 1024;
const lowestHz = 40;
const floorDb = -80;
/** Shades of a spectrogram. */
const levels = 64;
/** Points of a sheet for each point of a spectrogram. */
const coarse = 2;

/** A PNG of bytes that are levels, 0..63. */
function png(width, height, pixels) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const checked = Buffer.alloc(4);
    checked.writeUInt32BE(crcOf(body));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, body, checked]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(Array.from({ length: levels }, (_, level) => color(level / (levels - 1))).flat());
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** zlib.crc32 is younger than Node 20.0. */
function crcOf(bytes) {
  if (typeof crc32 === 'function') return crc32(bytes);
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Dark blue over red to yellow, 0..1. */
function color(level) {
  const x = Math.max(0, Math.min(1, level));
  return [
    Math.round(255 * Math.min(1, 1.6 * x)),
    Math.round(255 * Math.max(0, 1.7 * x - 0.7)),
    Math.round(255 * (0.15 + 0.45 * Math.sin(Math.PI * Math.min(1, 1.4 * x)))),
  ];
}

/** Levels over time (across) and the logarithm of frequency (up). */
function spectrogram(samples) {
  const fft = new FFT(window);
  const width = cell.width / coarse;
  const height = cell.spectrum / coarse;
  const pixels = Buffer.alloc(width * height);
  for (let column = 0; column < width; column += 1) {
    const middle = Math.round(((column + 0.5) / width) * samples.length);
    const input = Array.from(
      { length: window },
      (_, index) =>
        (samples[middle - window / 2 + index] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / window)),
    );
    const output = fft.createComplexArray();
    fft.realTransform(output, input);
    for (let row = 0; row < height; row += 1) {
      const hz = (upFrom) => lowestHz * (sampleRate / 2 / lowestHz) ** (upFrom / height);
      const from = Math.floor((hz(height - 1 - row) * window) / sampleRate);
      const to = Math.max(from + 1, Math.floor((hz(height - row) * window) / sampleRate));
      let power = 0;
      for (let bin = from; bin < to; bin += 1) power = Math.max(power, output[2 * bin] ** 2 + output[2 * bin + 1] ** 2);
      const db = 10 * Math.log10(power / (window / 4) ** 2 + 1e-12);
      pixels[row * width + column] = Math.round((levels - 1) * Math.max(0, Math.min(1, 1 - db / floorDb)));
    }
  }
  return png(width, height, pixels).toString('base64');
}

function waveform(samples) {
  const points = [];
  for (let column = 0; column < cell.width; column += 1) {
    const part = samples.subarray(
      Math.floor((column / cell.width) * samples.length),
      Math.floor(((column + 1) / cell.width) * samples.length),
    );
    const y = (value) => ((1 - Math.max(-1, Math.min(1, value))) * cell.wave) / 2;
    points.push(`M${column} ${y(Math.max(...part)).toFixed(1)}V${(y(Math.min(...part)) + 0.5).toFixed(1)}`);
  }
  return points.join('');
}

function drawCell(name, seed, x, y) {
  const preset = seed === null ? synthPresets[name] : synthPresets[name].mutate(seed);
  const buffer = preset.bake({ sampleRate });
  const samples = buffer.getChannelData(0);
  const peak = samples.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const title = `${name}${seed === null ? '' : `, seed ${seed}`}`;
  const label = `${title}: ${buffer.durationSeconds.toFixed(3)} s, peak ${peak.toFixed(2)}`;
  const background = `<rect width="${cell.width}" height="${cell.wave}" fill="#f2f2f2"/>`;
  const area = `y="${cell.wave}" width="${cell.width}" height="${cell.spectrum}"`;
  const image = `<image ${area} href="data:image/png;base64,${spectrogram(samples)}"/>`;
  return `<g transform="translate(${x} ${y})"><text y="-6">${label}</text>${background}
<path d="${waveform(samples)}" stroke="#1f4e8c"/>${image}</g>`;
}

const file = process.argv[2] ?? join(root, 'docs', 'synth-presets.svg');
const names = Object.keys(synthPresets);
const rowHeight = cell.wave + cell.spectrum + cell.gap;
const width = seeds.length * (cell.width + 14) + 14;
const height = names.length * rowHeight + 20;
const cells = names.flatMap((name, row) =>
  seeds.map((seed, column) => drawCell(name, seed, 14 + column * (cell.width + 14), 24 + row * rowHeight)),
);
mkdirSync(dirname(file), { recursive: true });
const canvas = `width="${width}" height="${height}" font-family="sans-serif" font-size="13"`;
writeFileSync(
  file,
  `<svg xmlns="http://www.w3.org/2000/svg" ${canvas}><rect width="100%" height="100%" fill="#fff"/>
${cells.join('\n')}
</svg>
`,
);
console.log(
  `${file}: ${names.length} presets, ${seeds.length} of each; ` +
    `frequencies ${lowestHz} Hz to ${sampleRate / 2} Hz, logarithmic, ${floorDb} to 0 dB`,
);
