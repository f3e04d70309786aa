import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioBuffer, Sound } from '../../../src/index.js';
import { bytesOf, type MadeFiles, makeFiles, recording } from '../../support/files.js';
import { forEachHost, openEngine, renderChannel } from '../../support/hosts.js';
import { removeFolder } from '../../support/processes.js';
import { Random } from '../../support/random.js';
import { constant } from '../../support/signals.js';
import { writeWav } from '../../support/wav.js';

let files: MadeFiles;

beforeAll(() => {
  files = makeFiles();
});

afterAll(() => removeFolder(files.folder));

const coded = (...codes: string[]) =>
  expect.objectContaining({ name: 'AudioError', code: expect.stringMatching(new RegExp(`^(${codes.join('|')})$`)) });

/** Either sound of at most the file's own length, finite, or a coded error: nothing else may come of damaged bytes. */
async function survives(bytes: Uint8Array, longest = 60_000_000): Promise<'decoded' | 'refused'> {
  let buffer: AudioBuffer;
  try {
    buffer = await AudioBuffer.decode(bytes);
  } catch (error) {
    expect(error).toEqual(coded('ERR_DECODE', 'ERR_TOO_LARGE', 'ERR_OUT_OF_MEMORY'));
    expect((error as Error).message.length).toBeGreaterThan(10);
    return 'refused';
  }
  expect(buffer.lengthFrames).toBeLessThanOrEqual(longest);
  for (let channel = 0; channel < buffer.channels; channel++)
    expect(buffer.getChannelData(channel).every(Number.isFinite)).toBe(true);
  buffer.dispose();
  return 'decoded';
}

it.each([
  ['nothing', new Uint8Array(0)],
  ['one byte', Uint8Array.of(1)],
  ['zeros', new Uint8Array(10000)],
  ['text', new TextEncoder().encode('This is not a sound. '.repeat(500))],
  ['noise', new Random(1).bytes(20000)],
  ['a wav header alone', writeWav(constant(10), 48000, 1).subarray(0, 20)],
  ['a wav of no channels', writeWav(constant(10), 48000, 1, { channels: 0 })],
  ['a wav at 0 Hz', writeWav(constant(10), 48000, 1, { sampleRate: 0 })],
  ['a wav of 255 channels', writeWav(constant(1000), 48000, 1, { channels: 255 })],
  ['a wav of 0 bits', writeWav(constant(10), 48000, 1, { bits: 0 })],
])('%s is refused with a code, by decode, by load and by fromFile', async (name, bytes) => {
  await expect(AudioBuffer.decode(bytes)).rejects.toEqual(coded('ERR_DECODE'));
  const path = files.write(`damaged ${name}.wav`, bytes);
  expect(() => AudioBuffer.fromFile(path)).toThrow(coded('ERR_DECODE'));
  await expect(AudioBuffer.load(path)).rejects.toEqual(coded('ERR_DECODE'));
  await expect(AudioBuffer.load(path)).rejects.toThrow(/damaged/);
});

it('an absent file and a folder are refused with a code and the path in the message', async () => {
  const absent = `${files.folder}/nowhere.wav`;
  expect(() => AudioBuffer.fromFile(absent)).toThrow(coded('ERR_FILE_NOT_FOUND'));
  expect(() => AudioBuffer.fromFile(absent)).toThrow(/nowhere\.wav/);
  await expect(AudioBuffer.load(absent)).rejects.toEqual(coded('ERR_FILE_NOT_FOUND'));
  expect(() => AudioBuffer.fromFile(files.folder)).toThrow(coded('ERR_FILE_READ'));
  await expect(AudioBuffer.load(files.folder)).rejects.toEqual(coded('ERR_FILE_READ'));
  expect(() => AudioBuffer.fromFile('')).toThrow();
});

it('a header that claims four gigabytes takes no more memory than the file has', async () => {
  const bytes = writeWav(constant(1000), 48000, 1, { dataBytes: 0xfffffff0 });
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 5; round++) {
    const buffer = await AudioBuffer.decode(bytes).catch((error: unknown) => {
      expect(error).toEqual(coded('ERR_DECODE', 'ERR_TOO_LARGE'));
      return undefined;
    });
    if (buffer) {
      expect(buffer.lengthFrames).toBe(1000);
      buffer.dispose();
    }
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});

it('a flac header that claims 2^36 samples takes no more memory than the file has', async () => {
  const bytes = bytesOf(files.sox('claims.flac', '-b', '16'));
  // STREAMINFO: after "fLaC" and the block header, 36 bits of total samples end at byte 8 + 17.
  bytes[21] = (bytes[21] as number) | 0x0f;
  bytes.fill(0xff, 22, 26);
  const before = process.memoryUsage().rss;
  await survives(bytes, 48000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});

it.each(['lena.wav', 'lena.flac', 'lena.mp3'] as const)(
  '%s cut off anywhere gives what is there or a coded error',
  async (name) => {
    const whole = bytesOf(recording(name));
    for (const part of [1, 3, 12, 40, 44, 100, 1000, 4096, 50000, whole.length - 1])
      await survives(whole.subarray(0, part));
  },
);

it.each(['s16.wav', 's16.flac', 'cbr.mp3'] as const)(
  '%s with bytes changed at random never does harm',
  async (name) => {
    const path = name.endsWith('mp3') ? files.lame(name, '-b', '64') : files.sox(name, '-b', '16');
    const random = new Random(name.length);
    const whole = bytesOf(path);
    const results = new Set<string>();
    for (let round = 0; round < 150; round++) {
      const bytes = whole.slice();
      const changes = random.integer(1, 20);
      // The header is where the harm is: half of the changes go there.
      for (let change = 0; change < changes; change++)
        bytes[random.integer(0, random.next() < 0.5 ? 64 : bytes.length - 1)] = random.integer(0, 255);
      results.add(await survives(bytes));
    }
    expect(results).toContain('decoded');
  },
);

it('damaged data takes no memory with it', async () => {
  const whole = bytesOf(recording('lena.flac'));
  const cut = whole.subarray(0, whole.length - 1000);
  const broken = whole.slice();
  broken.fill(0, 200000);
  const round = async () => {
    for (let index = 0; index < 20; index++) {
      for (const bytes of [cut, broken]) {
        await survives(bytes);
        try {
          AudioBuffer.fromFile(files.write('broken.flac', bytes)).dispose();
        } catch (error) {
          expect(error).toEqual(coded('ERR_DECODE'));
        }
      }
    }
    globalThis.gc?.();
    return process.memoryUsage().rss;
  };
  await round();
  const before = await round();
  await round();
  // 40 decoded recordings of 2 MB each, on the way to the damage.
  expect((await round()) - before).toBeLessThan(50e6);
});

forEachHost('a sound from a damaged file', (host) => {
  it('is refused and leaves nothing behind', async () => {
    const engine = openEngine(host);
    const path = files.write('bad.flac', new Uint8Array(100));
    const playing = Sound.fromBuffer(engine, new AudioBuffer(constant(1000), { sampleRate: 48000, channels: 1 }));
    playing.play();
    engine.readPcmFrames(1);
    for (let round = 0; round < 20; round++) {
      expect(() => Sound.fromFile(engine, path)).toThrow(coded('ERR_DECODE'));
      expect(() => Sound.fromFile(engine, `${path}.absent`)).toThrow(coded('ERR_FILE_NOT_FOUND'));
      await expect(Sound.load(engine, path)).rejects.toEqual(coded('ERR_DECODE'));
      await expect(Sound.load(engine, new Uint8Array(3))).rejects.toEqual(coded('ERR_DECODE'));
      await expect(Sound.load(engine, `${path}.absent`)).rejects.toEqual(coded('ERR_FILE_NOT_FOUND'));
    }
    expect(renderChannel(engine, 100).every((sample) => sample === 1)).toBe(true);
    expect(engine.stats.sounds).toBe(1);
  });

  it('of later decoding tells so by its error event', async () => {
    const engine = openEngine(host);
    const path = files.write('later.flac', new Uint8Array(100));
    const sound = Sound.fromFile(engine, path, { decodeNow: false });
    const error = await new Promise((resolve) => {
      sound.on('error', resolve);
      sound.play();
    });
    expect(error).toEqual(coded('ERR_DECODE'));
    engine.readPcmFrames(100);
  });
});
