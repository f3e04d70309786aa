// Three groups of sounds, their meters, and the waveform of what one of them loops. Nothing here waits for the engine:
// what is asked for before it is loaded waits in order.
import { AudioBuffer, Engine, hostInfo, Sound, SoundGroup } from './dist/miniaudio_engine_browser.js';

const sampleRate = 48000;
const beatSeconds = 0.5;
const colours = { wave: '#5ec8a8', faint: '#33534b', line: '#e6e8ec', level: '#5ec8a8', peak: '#e8b75a' };

function bufferOf(seconds, at) {
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, frame) => at(frame / sampleRate));
  return new AudioBuffer(samples, { sampleRate, channels: 1 });
}

/** A note that fades away. */
function pluck(hz, seconds) {
  return (time) =>
    Math.exp(-6 * time) *
    Math.min(1, time * 400, (seconds - time) * 400) *
    (Math.sin(2 * Math.PI * hz * time) + 0.4 * Math.sin(4 * Math.PI * hz * time));
}

function makeMelody() {
  const notes = [220, 277.18, 329.63, 440, 329.63, 277.18, 246.94, 329.63];
  const length = beatSeconds / 2;
  return bufferOf(
    notes.length * length,
    (time) => 0.35 * pluck(notes[Math.min(notes.length - 1, Math.floor(time / length))], length)(time % length),
  );
}

const kick = bufferOf(
  0.3,
  (time) => 0.8 * Math.exp(-14 * time) * Math.sin(2 * Math.PI * (50 * time + 6 * (1 - Math.exp(-30 * time)))),
);
const hiss = bufferOf(0.08, (time) => 0.25 * Math.exp(-60 * time) * (2 * Math.random() - 1));

const engine = new Engine();
const groups = { melody: new SoundGroup(engine), kick: new SoundGroup(engine), hiss: new SoundGroup(engine) };
const melody = makeMelody();
const loop = Sound.fromBuffer(engine, melody, { group: groups.melody, looping: true });
const waveform = melody.getChannelData(0);

let nextBeat = null;

/** Keeps half a second of beats scheduled, each exactly at its frame. */
function schedule() {
  if (nextBeat === null) return;
  const half = (beatSeconds * sampleRate) / 2;
  while (nextBeat < engine.timeFrames + 1.5 * sampleRate) {
    const beat = Math.round(nextBeat / half);
    if (beat % 2 === 0) engine.play(kick, { group: groups.kick, atFrames: nextBeat });
    engine.play(hiss, {
      group: groups.hiss,
      atFrames: nextBeat,
      pan: beat % 4 < 2 ? -0.5 : 0.5,
      volume: beat % 2 === 0 ? 0.5 : 1,
    });
    nextBeat += half;
  }
}

document.querySelector('#play').addEventListener('click', async () => {
  await engine.start();
  if (nextBeat !== null) return;
  const half = (beatSeconds * sampleRate) / 2;
  nextBeat = Math.ceil((engine.timeFrames + 2400) / (4 * half)) * 4 * half;
  loop.seek(0);
  loop.play({ atFrames: nextBeat });
});

document.querySelector('#stop').addEventListener('click', () => {
  nextBeat = null;
  loop.stop({ fadeSeconds: 0.2 });
});

document.querySelector('#block').addEventListener('click', () => {
  const end = performance.now() + 1000;
  while (performance.now() < end);
});

/** A row with a name, a meter and a volume. */
function makeRow(name, owner) {
  const row = document.createElement('div');
  row.className = 'group';
  const label = document.createElement('span');
  label.textContent = name;
  const canvas = document.createElement('canvas');
  canvas.width = 800;
  canvas.height = 44;
  const slider = Object.assign(document.createElement('input'), {
    type: 'range',
    min: '0',
    max: '1.5',
    step: '0.01',
    value: '1',
  });
  slider.setAttribute('aria-label', `volume of ${name}`);
  slider.addEventListener('input', () => {
    owner.volume = Number(slider.value);
  });
  row.append(label, canvas, slider);
  document.querySelector('#groups').append(row);
  return { owner, context: canvas.getContext('2d'), held: [0, 0], level: [0, 0] };
}

const rows = [makeRow('all', engine), ...Object.entries(groups).map(([name, group]) => makeRow(name, group))];

/** From -60 dB to 0 dB as 0 to 1. */
const place = (level) => Math.max(0, 1 + (20 * Math.log10(Math.max(level, 1e-6))) / 60);

function drawMeter({ owner, context, held, level }) {
  const { peak, rms } = owner.meter();
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  for (const channel of [0, 1]) {
    // A reading is of the time since the last one, which may be none: both fall slowly.
    held[channel] = Math.max(peak[channel], held[channel] * 0.96);
    level[channel] = Math.max(rms[channel], level[channel] * 0.85);
    const top = channel * (height / 2 + 2);
    context.fillStyle = colours.level;
    context.fillRect(0, top, place(level[channel]) * width, height / 2 - 2);
    context.fillStyle = colours.peak;
    if (held[channel] > 0.002) context.fillRect(place(held[channel]) * width - 6, top, 6, height / 2 - 2);
  }
}

function drawWaveform(context) {
  const { width, height } = context.canvas;
  const played = loop.playing ? (loop.cursorFrames / melody.lengthFrames) * width : 0;
  context.clearRect(0, 0, width, height);
  const step = waveform.length / width;
  for (let x = 0; x < width; x += 2) {
    let largest = 0;
    for (let frame = Math.floor(x * step); frame < (x + 2) * step && frame < waveform.length; frame += 8)
      largest = Math.max(largest, Math.abs(waveform[frame]));
    context.fillStyle = x < played ? colours.wave : colours.faint;
    context.fillRect(x, height / 2 - largest * height, 1.5, Math.max(2, 2 * largest * height));
  }
  context.fillStyle = colours.line;
  if (loop.playing) context.fillRect(played, 0, 3, height);
}

const status = document.querySelector('#status');
const wave = document.querySelector('#waveform').getContext('2d');

function draw() {
  schedule();
  for (const row of rows) drawMeter(row);
  drawWaveform(wave);
  const { activeVoices, renderLoad } = engine.stats;
  const way = hostInfo().crossOriginIsolated ? 'shared memory' : 'messages';
  status.textContent = [
    engine.state,
    `${engine.timeSeconds.toFixed(1)} s`,
    `${activeVoices} ${activeVoices === 1 ? 'voice' : 'voices'}`,
    `load ${(100 * renderLoad).toFixed(1)} %`,
    way,
  ].join(' · ');
  requestAnimationFrame(draw);
}

engine.ready.then(draw, (error) => {
  status.textContent = error.message;
});
