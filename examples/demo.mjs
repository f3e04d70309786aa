// A short piece: a recorded voice over bells and a bass, mixed through nested groups.
// On a device it plays in real time with a level meter; without one it is rendered to demo.wav.
import { writeFileSync } from 'node:fs';
import { AudioBuffer, Engine, Sound, SoundGroup } from 'miniaudio-engine';

const pieceSeconds = 12.5;
const beatSeconds = 0.5;
const recording = new URL('lena.mp3', import.meta.resolve('audio-lena'));

/** A decaying tone with a few partials, mono. */
function tone(hz, seconds, partials) {
  const sampleRate = 48000;
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (let frame = 0; frame < samples.length; frame += 1) {
    const time = frame / sampleRate;
    const attack = Math.min(1, time / 0.005);
    for (const [multiple, gain] of partials) {
      samples[frame] += gain * attack * Math.exp((-4 * time * Math.sqrt(multiple)) / seconds) * Math.sin(2 * Math.PI * hz * multiple * time);
    }
  }
  return new AudioBuffer(samples, { sampleRate, channels: 1 });
}

/** Puts the whole piece on the engine's clock, beginning a tenth of a second from now. Returns what can be shown while it plays. */
function compose(engine) {
  const at = (seconds) => Math.round(engine.timeFrames + (0.1 + seconds) * engine.sampleRate);
  const piece = new SoundGroup(engine, { name: 'piece' });
  const music = new SoundGroup(engine, { name: 'music', parent: piece });
  const bells = new SoundGroup(engine, { name: 'bells', parent: music });
  const bass = new SoundGroup(engine, { name: 'bass', parent: music });
  const speech = new SoundGroup(engine, { name: 'speech', parent: piece });
  music.volumeDb = -6;
  bells.pan = -0.3;

  // One buffer for all bells: their notes are pitches of it.
  const bell = tone(440, 1.5, [
    [1, 0.3],
    [2.76, 0.15],
    [5.4, 0.06],
  ]);
  const pluck = tone(110, 1.2, [
    [1, 0.5],
    [2, 0.2],
    [3, 0.08],
  ]);
  const scale = [1, 5 / 4, 3 / 2, 2, 3 / 2, 5 / 4];
  const roots = [1, 1, 4 / 3, 3 / 2];
  for (let beat = 0; beat * beatSeconds < pieceSeconds - 2; beat += 1) {
    const root = roots[Math.floor(beat / 6) % roots.length];
    engine.play(bell, { group: bells, pitch: root * scale[beat % scale.length], volume: beat % 3 === 0 ? 0.8 : 0.5, atFrames: at(beat * beatSeconds) });
    if (beat % 3 === 0) engine.play(pluck, { group: bass, pitch: root, atFrames: at(beat * beatSeconds) });
  }

  const voice = Sound.fromFile(engine, recording, { group: speech, volume: 0.9 });
  voice.play({ atFrames: at(1) });
  // The music steps back for the voice, and everything leaves together.
  music.ramp('volume', 0.25, { seconds: 0.5, curve: 'ease-in-out', atFrames: at(0.8) });
  piece.ramp('volume', 0, { seconds: 1.5, curve: 'ease-in-out', atFrames: at(pieceSeconds - 1.6) });
  return { piece, speech, music, voice };
}

const decibels = (gain) => 20 * Math.log10(gain);
const bar = (gain) => '█'.repeat(Math.max(0, Math.min(24, Math.round(24 + decibels(gain) / 2)))).padEnd(24, '·');
const level = (gain) => `${gain === 0 ? '-inf' : decibels(gain).toFixed(1)} dB`.padStart(9);

async function playOnDevice(engine) {
  const { device } = engine;
  console.log(`Playing ${pieceSeconds} s on "${device.name}" (${device.backend}, ${engine.host} host, ${engine.sampleRate} Hz).`);
  const { piece, speech, music, voice } = compose(engine);
  const end = engine.timeSeconds + pieceSeconds;
  while (engine.timeSeconds < end) {
    await new Promise((resolve) => setTimeout(resolve, process.stdout.isTTY ? 100 : 1000));
    const { peak, rms } = piece.meter();
    const loudest = Math.max(...peak);
    const heard = [
      ...(voice.playing && Math.max(...speech.meter().peak) > 0 ? ['speech'] : []),
      ...(Math.max(...music.meter().peak) > 0 ? ['bells, bass'] : []),
    ].join(' + ');
    const seconds = Math.min(pieceSeconds, Math.max(0, engine.timeSeconds - (end - pieceSeconds)))
      .toFixed(1)
      .padStart(4);
    const line = `${seconds} s  ${bar(loudest)} ${level(loudest)} peak ${level(Math.max(...rms))} RMS  ${heard.padEnd(24)}`;
    process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
  }
  if (process.stdout.isTTY) process.stdout.write('\n');
  const { underruns } = engine.stats;
  console.log(`Done: ${underruns === 0 ? 'no block came too late' : `${underruns} blocks came too late`}.`);
}

function renderToFile(reason) {
  console.log(`The piece is rendered to demo.wav, as it cannot be played here: ${reason}.`);
  const engine = new Engine({ device: false });
  compose(engine);
  const samples = engine.readPcmFrames(Math.round(pieceSeconds * engine.sampleRate));
  const { peak, rms } = engine.meter();
  writeFileSync('demo.wav', new AudioBuffer(samples, { sampleRate: engine.sampleRate, channels: engine.channels }).toWav('s16'));
  const power = Math.sqrt(rms.reduce((sum, value) => sum + value * value, 0) / rms.length);
  console.log(`demo.wav: peak ${level(Math.max(...peak)).trim()}, RMS ${level(power).trim()}, length ${pieceSeconds} s, rendered by the ${engine.host} host.`);
  engine.dispose();
}

const engine = new Engine();
// The reason is shown below, in the demo's own words.
engine.on('warning', () => {});
try {
  await engine.ready;
} catch (reason) {
  engine.dispose();
  renderToFile(reason.message);
}
if (!engine.disposed) {
  await playOnDevice(engine);
  engine.dispose();
}
