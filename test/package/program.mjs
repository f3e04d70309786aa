// Runs in an empty folder where the packed package is installed, on each runtime: prints one line of JSON about what it
// heard.
import { createHash } from 'node:crypto';
import { AudioBuffer, Engine, hostInfo, Sound, SoundGroup, StreamSource } from 'miniaudio-engine';

const recording = AudioBuffer.fromFile(new URL('./recording.flac', import.meta.url));
const tone = new AudioBuffer(
  Float32Array.from({ length: 4800 }, (_, frame) => Math.fround(((frame * 37) % 256) / 256 - 0.5)),
  { sampleRate: 48000, channels: 1 },
);

function render(host) {
  const engine = new Engine({ host, device: false });
  const group = new SoundGroup(engine);
  group.volume = 0.5;
  const first = Sound.fromBuffer(engine, recording, { group });
  const second = Sound.fromBuffer(engine, tone, { group, looping: true, pitch: 1.25 });
  first.seekSeconds(2);
  first.play();
  second.play({ atFrames: 1000 });
  const third = Sound.fromFile(engine, new URL('./recording.flac', import.meta.url), {
    group,
    stream: true,
    pitch: 0.9,
  });
  third.seekSeconds(5);
  third.play();
  const stream = new StreamSource(engine, { sampleRate: 32000, channels: 1 });
  Sound.fromStream(engine, stream).play();
  const hash = createHash('sha256');
  let peak = 0;
  for (let block = 0; block < 100; block += 1) {
    stream.write(Int16Array.from({ length: 320 }, (_, frame) => ((frame * 97) % 1000) - 500));
    const samples = engine.readPcmFrames(480);
    hash.update(samples);
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  }
  const result = { host: engine.host, hash: hash.digest('hex'), peak };
  engine.dispose();
  return result;
}

const hosts = process.argv.length > 2 ? process.argv.slice(2) : ['native', 'wasm'];
const rendered = hosts.map(render);
const decoded = {
  lengthFrames: recording.lengthFrames,
  sampleRate: recording.sampleRate,
  channels: recording.channels,
};
console.log(JSON.stringify({ rendered, decoded, chosen: hostInfo().chosen }));
