// A short piece made with the game layer: a playlist of chords on a music bus, a recorded voice that the music steps
// back for, hits from the synthesiser, and the voice again, wandering around the listener. On a device it plays in real
// time with level meters; without one it is rendered to demo.wav.
import { writeFileSync } from 'node:fs';
import {
  ADSR,
  AudioBuffer,
  AudioBusLayout,
  AudioClip,
  AudioListener3D,
  AudioPlayer,
  AudioPlayer3D,
  AudioPlaylist,
  AudioSynth,
  CompressorEffect,
  DelayEffect,
  Engine,
  EngineBackend,
  EQBand,
  LowPass,
  LowPassFilter,
  makeBackend,
  Oscillator,
  ParametricEQ,
  ReverbEffect,
  SoftClipEffect,
  synthPresets,
} from 'miniaudio-engine';

const pieceSeconds = 20.5;
const beatSeconds = 0.5;
const recording = new URL('lena.mp3', import.meta.resolve('audio-lena'));

function makeLayout() {
  const layout = new AudioBusLayout();
  layout.getBus('Music').volumeDb = -7;
  layout
    .getBus('Music')
    .addEffect(new CompressorEffect({ sidechain: 'Voice', thresholdDb: -42, ratio: 5, attackMs: 30, releaseMs: 500 }));
  layout.getBus('Music').addEffect(new LowPassFilter({ cutoffHz: 900 }));
  layout.getBus('Voice').addEffect(
    new ParametricEQ({
      bands: [new EQBand({ type: 'lowshelf', freq: 150, gainDb: -6 }), new EQBand({ freq: 3000, q: 0.8, gainDb: 3 })],
    }),
  );
  layout.getBus('SFX').addEffect(new DelayEffect({ delaySeconds: 0.375, decay: 0.35, wet: 0.25, dry: 1 }));
  // One room for all: what is sent there comes back as reverberation only.
  layout.addBus('Hall', { volumeDb: -4 }).addEffect(new ReverbEffect({ wet: 1, dry: 0, roomSize: 0.75, damping: 0.4 }));
  layout.getBus('Music').send('Hall', -12);
  layout.getBus('Voice').send('Hall', -14);
  layout.getBus('SFX').send('Hall', -8);
  layout.master.addEffect(new SoftClipEffect({ drive: 0.5 }));
  return layout;
}

/** Four beats of a chord over its root. */
function makeChord(hz, ratios) {
  const synth = new AudioSynth();
  const envelope = new ADSR({ attack: 0.03, decay: 0.4, sustain: 0.6, release: 0.3 });
  const durationSeconds = 4 * beatSeconds;
  for (const [index, ratio] of ratios.entries()) {
    synth.add(Oscillator.saw(hz * ratio), {
      gain: 0.08,
      pan: (index - 1) * 0.6,
      durationSeconds: durationSeconds - 0.3,
      envelope,
      filter: new LowPass({ cutoffHz: 1800, q: 0.9 }),
    });
  }
  for (let beat = 0; beat < 4; beat += 1) {
    synth.add(Oscillator.triangle(hz / 2), {
      gain: 0.3,
      startSeconds: beat * beatSeconds,
      durationSeconds: 0.25,
      envelope: new ADSR({ attack: 0.005, decay: 0.2, sustain: 0.2, release: 0.05 }),
    });
  }
  return new AudioClip(synth.bake({ seconds: durationSeconds }));
}

/** Plays the piece; `wait(seconds)` lets sound pass, and tells what is going on meanwhile. */
async function play(backend, wait) {
  const layout = backend.busLayout;
  const filter = layout.getBus('Music').effects.find((effect) => effect.type === 'lowpass');
  const minor = [1, 6 / 5, 3 / 2];
  const major = [1, 5 / 4, 3 / 2];
  const chords = [makeChord(220, minor), makeChord(174.61, major), makeChord(130.81, major), makeChord(196, major)];
  const music = new AudioPlayer(backend, { stream: new AudioPlaylist(chords, { loop: true }), bus: 'Music' });
  const voice = new AudioPlayer(backend, { stream: AudioClip.fromPath(recording), bus: 'Voice', volumeDb: -2 });
  const clip = new AudioClip(voice.stream.buffer);
  const wanderer = new AudioPlayer3D(backend, {
    stream: clip,
    bus: 'Voice',
    maxDistance: 60,
    panning: 'engine',
    dopplerScale: 0.5,
  });
  const hits = Object.fromEntries(
    Object.entries(synthPresets).map(([name, preset]) => [name, new AudioClip(preset.bake())]),
  );
  new AudioListener3D(backend).makeCurrent();

  const dark = layout.snapshot();
  filter.cutoffHz = 9000;
  const bright = layout.snapshot();
  await layout.blendTo(dark, 0);
  void music.fadeIn(1, { curve: 'ease-in-out' });
  void layout.blendTo(bright, 4);
  await wait(4 * beatSeconds, 'the music fades in');

  for (const [name, gap] of [
    ['blip', 1],
    ['coin', 1],
    ['jump', 1],
    ['laser', 0.5],
    ['laser', 0.5],
    ['power-up', 2],
    ['hit', 1],
    ['explosion', 1],
  ]) {
    backend.playAudio(hits[name], { bus: 'SFX', volumeDb: -10, pan: name === 'laser' ? -0.6 : 0.3 });
    await wait(gap * beatSeconds, name);
  }

  voice.play();
  await wait(5, 'a voice: the music steps back');
  const gone = voice.fadeOut(0.5);
  await wait(1.5, 'and comes back');
  await gone;

  wanderer.play(5);
  void layout.blendTo(dark, 5);
  const ticks = 300;
  for (let tick = 0; tick < ticks; tick += 1) {
    const turn = (4 * Math.PI * tick) / ticks;
    const distance = 3 + (12 * tick) / ticks;
    wanderer.setPosition(distance * Math.sin(turn), 0, -distance * Math.cos(turn));
    wanderer.setVelocity(4 * Math.cos(turn), 0, 4 * Math.sin(turn));
    await wait(1 / 60, 'the voice wanders around the listener');
  }
  void wanderer.fadeOut(1);
  void music.fadeOut(2.5, { curve: 'ease-out' });
  await wait(3, 'everything leaves');
}

const decibels = (gain) => 20 * Math.log10(gain);
const bar = (gain) => '█'.repeat(Math.max(0, Math.min(16, Math.round(16 + decibels(gain) / 3)))).padEnd(16, '·');
const level = (gain) => `${gain === 0 ? '-inf' : decibels(gain).toFixed(1)} dB`.padStart(9);

async function playOnDevice(backend) {
  const { engine, busLayout } = backend;
  const how = `backend ${backend.name}, ${engine.device.backend}, ${engine.sampleRate} Hz`;
  console.log(`Playing ${pieceSeconds} s on "${engine.device.name}" (${how}).`);
  const begin = engine.timeSeconds;
  const period = process.stdout.isTTY ? 0.1 : 1;
  let shown = begin;
  await play(backend, async (seconds, what) => {
    const end = engine.timeSeconds + seconds;
    while (engine.timeSeconds < end) {
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(1, Math.min(period, end - engine.timeSeconds) * 1000)),
      );
      if (engine.timeSeconds - shown < period) continue;
      shown = engine.timeSeconds;
      const meters = ['Music', 'Voice', 'SFX', 'Master'].map(
        (name) => `${name} ${bar(Math.max(...busLayout.getBus(name).meter().peak))}`,
      );
      const line = `${(shown - begin).toFixed(1).padStart(4)} s  ${meters.join('  ')}  ${what.padEnd(38)}`;
      process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
    }
  });
  if (process.stdout.isTTY) process.stdout.write('\n');
  const { underruns } = engine.stats;
  console.log(
    `Done: ${underruns === 0 ? 'every block was rendered in time' : `${underruns} blocks were rendered too late`}.`,
  );
}

async function renderToFile(reason) {
  console.log(`The piece is rendered to demo.wav, as it cannot be played here: ${reason}`);
  const engine = new Engine({ device: false });
  const backend = new EngineBackend(engine, { name: 'offline', busLayout: makeLayout() });
  const blocks = [];
  let asked = 0;
  await play(backend, async (seconds) => {
    asked += seconds * engine.sampleRate;
    for (; engine.timeFrames + 480 <= asked; await new Promise((resolve) => setImmediate(resolve)))
      blocks.push(engine.readPcmFrames(480));
  });
  const samples = new Float32Array(blocks.length * 480 * engine.channels);
  for (const [index, block] of blocks.entries()) samples.set(block, index * block.length);
  const { peak, rms } = engine.meter();
  writeFileSync(
    'demo.wav',
    new AudioBuffer(samples, { sampleRate: engine.sampleRate, channels: engine.channels }).toWav('s16'),
  );
  const power = Math.sqrt(rms.reduce((sum, value) => sum + value * value, 0) / rms.length);
  const length = samples.length / engine.channels / engine.sampleRate;
  console.log(
    `demo.wav: peak ${level(Math.max(...peak)).trim()}, RMS ${level(power).trim()}, ` +
      `length ${length.toFixed(1)} s, rendered by the ${engine.host} host.`,
  );
  backend.shutdown();
}

let backend = null;
let reason = '';
try {
  // Silence would be no demo: where nothing can be heard, the piece goes into a file.
  backend = await makeBackend({ busLayout: makeLayout() });
  if (backend.name === 'null') reason = 'no backend is heard.';
} catch (error) {
  reason = error.message;
}
if (reason === '') await playOnDevice(backend);
backend?.shutdown();
if (reason !== '') await renderToFile(reason);
