import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine, Sound, SoundGroup, StreamSource } from '../../src/index.js';
import { rms } from '../support/analysis.js';
import { blockThread, openOnDevice } from '../support/devices.js';
import { rounds } from '../support/extent.js';
import { recording } from '../support/files.js';
import { delay, removeFolder, run, shortFolder } from '../support/processes.js';
import { Random } from '../support/random.js';
import { PulseServer } from '../support/servers/pulse.js';

let server: PulseServer;
let folder: string;

beforeAll(async () => {
  server = await PulseServer.start(['ci']);
  folder = shortFolder('st');
});

afterAll(async () => {
  await server.close();
  removeFolder(folder);
});

// Ten streams in one stereo mix, told apart by digits: each is one hexadecimal digit of the left or the right channel,
// and counts its own frames modulo 16. A float32 holds the sum of five such digits exactly.
const streamsOfChannel = 5;
const unit = 2 ** -21;
const phaseOf = (stream: number): number => (stream * 3 + 1) % 16;

interface Fed {
  readonly stream: StreamSource;
  readonly sound: Sound;
  written: number;
}

/** Opens ten streams that start at one frame; the formats and chunk sizes differ. */
function openTen(engine: Engine): Fed[] {
  const fed = Array.from({ length: 2 * streamsOfChannel }, () => {
    const stream = new StreamSource(engine, { sampleRate: 48000, channels: 2, format: 'f32', bufferSeconds: 0.5 });
    return { stream, sound: Sound.fromStream(engine, stream), written: 0 };
  });
  for (const [index, one] of fed.entries()) feed(one, index, 24000);
  return fed;
}

/** Writes up to `most` frames, as far as there is room: digit `index` of its channel. */
function feed(one: Fed, index: number, most: number): void {
  const channel = index % 2;
  const scale = 16 ** Math.floor(index / 2) * unit;
  const count = Math.min(most, one.stream.availableWriteFrames);
  const chunk = new Float32Array(count * 2);
  for (let frame = 0; frame < count; frame++)
    chunk[frame * 2 + channel] = ((one.written + frame + phaseOf(index)) % 16) * scale;
  expect(one.stream.write(chunk)).toBe(count);
  one.written += count;
}

/** Counts the frames of a channel at which every digit is the one that must come; throws at the first that is not. */
function countInOrder(channel: Float32Array, side: number, first: number): number {
  for (let index = first; index < channel.length; index++) {
    const sum = Math.round((channel[index] as number) / unit);
    for (let place = 0; place < streamsOfChannel; place++) {
      const stream = place * 2 + side;
      const digit = Math.floor(sum / 16 ** place) % 16;
      const wanted = (index - first + phaseOf(stream)) % 16;
      if (digit !== wanted) return index - first;
    }
  }
  return channel.length - first;
}

/** Seconds of sound that the ten streams are fed for. */
const seconds = rounds(3, 10);

/**
 * Feeds ten streams by timers, each with its own interval and chunk, beside a loop that blocks the thread again and
 * again.
 */
async function feedUntil(isOver: () => boolean, fed: Fed[], between: () => void = () => {}): Promise<void> {
  const random = new Random(4);
  const timers = fed.map((one, index) =>
    setInterval(() => feed(one, index, random.integer(2000, 12000)), 15 + index * 3),
  );
  while (!isOver()) {
    blockThread(random.integer(5, 90));
    between();
    await delay(random.integer(1, 12));
  }
  for (const timer of timers) clearInterval(timer);
}

it('ten streams fed by timers beside a busy event loop: every frame arrives once, in order, on a device', async () => {
  const recorder = await server.record('ci');
  const engine = await openOnDevice({ periodFrames: 2400 });
  const fed = openTen(engine);
  const atFrames = engine.timeFrames + 9600;
  for (const { sound } of fed) sound.play({ atFrames });
  await feedUntil(() => engine.timeFrames > atFrames + seconds * 48000, fed);
  expect(fed.map(({ stream }) => stream.underruns)).toEqual(fed.map(() => 0));
  expect(fed.every(({ sound }) => sound.cursorFrames > (seconds - 1) * 48000)).toBe(true);
  expect(engine.stats.streamUnderruns).toBe(0);
  engine.dispose();
  // Where this machine is too busy for its sound server, the server puts silence in: of all streams alike, and between
  // frames that follow one another.
  const heard = (samples: Float32Array) => samples.filter((sample) => sample !== 0);
  expect(countInOrder(heard(await recorder.finish(0)), 0, 0)).toBeGreaterThan((seconds - 1.5) * 48000);
  expect(countInOrder(heard(await recorder.finish(1)), 1, 0)).toBeGreaterThan((seconds - 1.5) * 48000);
});

it.each(['native', 'wasm'] as const)('the same without a device (%s), every frame of it', async (host) => {
  const engine = new Engine({ host, device: false });
  const fed = openTen(engine);
  for (const { sound } of fed) sound.play();
  const blocks: Float32Array[] = [];
  const begun = performance.now();
  let rendered = 0;
  const isOver = () => rendered >= seconds * 48000;
  await feedUntil(isOver, fed, () => {
    // No more at once than a device asks for: a machine that is late makes it slower, not greedier.
    const due = Math.floor(((performance.now() - begun) * 48000) / 1000) - rendered;
    const count = Math.min(due, 4800);
    blocks.push(engine.readPcmFrames(count));
    rendered += count;
  });
  const mix = new Float32Array(rendered * 2);
  let offset = 0;
  for (const block of blocks) {
    mix.set(block, offset);
    offset += block.length;
  }
  expect(fed.map(({ stream }) => stream.underruns)).toEqual(fed.map(() => 0));
  expect(fed.map(({ sound }) => sound.cursorFrames)).toEqual(fed.map(() => rendered));
  const side = (channel: number) =>
    Float32Array.from({ length: rendered }, (_, frame) => mix[frame * 2 + channel] as number);
  expect(countInOrder(side(0), 0, 0)).toBe(rendered);
  expect(countInOrder(side(1), 1, 0)).toBe(rendered);
  engine.dispose();
});

it('the digits show a frame that is missing, doubled or swapped', () => {
  const channel = Float32Array.from({ length: 1000 }, (_, frame) => {
    let sum = 0;
    for (let place = 0; place < streamsOfChannel; place++) sum += ((frame + phaseOf(place * 2)) % 16) * 16 ** place;
    return sum * unit;
  });
  expect(countInOrder(channel, 0, 0)).toBe(1000);
  expect(countInOrder(Float32Array.from([...channel.subarray(0, 500), ...channel.subarray(501)]), 0, 0)).toBe(500);
  expect(countInOrder(Float32Array.from([...channel.subarray(0, 500), ...channel.subarray(499)]), 0, 0)).toBe(500);
});

it('a fetched body is piped into a stream and heard to its end', async () => {
  const engine = await openOnDevice({ periodFrames: 2400 });
  const samples = Int16Array.from({ length: 48000 }, (_, frame) => 8000 * Math.sin(frame / 20));
  const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1, bufferSeconds: 0.2 });
  const sound = Sound.fromStream(engine, stream).play();
  const body = new Response(samples.buffer).body as ReadableStream<Uint8Array>;
  const begun = performance.now();
  await body.pipeTo(stream.writable());
  expect(performance.now() - begun).toBeGreaterThan(500);
  expect(await sound.finished).toBe('ended');
  expect(sound.cursorFrames).toBe(48000);
  engine.dispose();
});

it('32 files decoded as they play, beside a busy event loop: none runs dry', async () => {
  const whole = join(folder, 'whole.wav');
  writeFileSync(whole, readFileSync(recording('lena.wav')));
  run('sox', '-D', whole, '-b', '16', '-e', 'signed-integer', '-r', '48000', join(folder, 'a.wav'));
  const files = [
    join(folder, 'a.wav'),
    recording('lena.flac'),
    recording('lena.mp3'),
    recording('lena.ogg'),
    recording('lena.opus'),
  ];
  const recorder = await server.record('ci');
  const engine = await openOnDevice({ periodFrames: 2400 });
  const group = new SoundGroup(engine);
  group.volume = 0.05;
  const sounds = await Promise.all(
    Array.from({ length: 32 }, (_, index) =>
      Sound.load(engine, files[index % 5] as string, { stream: true, group, looping: true }),
    ),
  );
  for (const [index, sound] of sounds.entries()) {
    sound.seek(index * 9000);
    sound.play();
  }
  const random = new Random(8);
  // All 32 begin at once, somewhere in the middle; counted is from when each has its pages ahead.
  await delay(1500);
  const before = engine.stats.streamUnderruns;
  for (let round = 0; round < 60; round++) {
    blockThread(random.integer(5, 60));
    await delay(random.integer(1, 50));
  }
  expect([engine.stats.streamUnderruns - before, engine.stats.activeVoices]).toEqual([0, 32]);
  engine.dispose();
  expect(rms(await recorder.finish())).toBeGreaterThan(0.005);
});
