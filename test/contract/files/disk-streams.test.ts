import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioBuffer, AudioError, type Engine, Sound, SoundGroup } from '../../../src/index.js';
import { largestDifference, largestStep, rms } from '../../support/analysis.js';
import { forEachHost, openEngine, renderChannel, settle, stateOf } from '../../support/hosts.js';
import { delay, removeFolder, until } from '../../support/processes.js';
import { Random } from '../../support/random.js';
import { makeStreamFiles, type StreamFiles, streamFormats } from '../../support/stream-files.js';
import { writeWav } from '../../support/wav.js';

let folder: string;
let files: StreamFiles;
let frames: number;
const formats = streamFormats;
const fileOf = (format: string): string => files.of(format);

beforeAll(() => {
  files = makeStreamFiles();
  ({ folder, frames } = files);
  const flac = readFileSync(fileOf('flac'));
  // STREAMINFO's 36 bits of how many frames there are: 0 is what programs write into a pipe.
  flac[21] = (flac[21] as number) & 0xf0;
  flac.fill(0, 22, 26);
  writeFileSync(fileOf('flac-of-unknown-length'), flac);
});

afterAll(() => removeFolder(folder));

/** A scene of seeks, loops, ranges and pitches; what comes of it. */
function perform(engine: Engine, sound: Sound, seed: number): Float32Array[] {
  const random = new Random(seed);
  const takes: Float32Array[] = [];
  const listen = (count: number) => takes.push(engine.readPcmFrames(count));
  sound.play();
  listen(30000);
  for (let round = 0; round < 6; round++) {
    sound.seek(random.integer(0, sound.lengthFrames));
    listen(random.integer(100, 9000));
    const begin = random.integer(0, sound.lengthFrames - 10000);
    sound.setLoopRange(begin, begin + random.pick([50, 3000, 9000]));
    sound.looping = random.next() < 0.7;
    sound.seek(begin);
    listen(random.integer(5000, 30000));
    sound.pitch = random.pick([1, 1, 0.7, 1.9, 3]);
    listen(random.integer(100, 9000));
    if (round === 3) sound.setRange(begin, begin + 9999);
    if (round === 2) sound.stop();
    sound.play();
    listen(4000);
  }
  sound.looping = false;
  sound.pitch = 1;
  sound.setRange(0, sound.lengthFrames);
  sound.seek(sound.lengthFrames - 3000);
  sound.play();
  listen(9000);
  sound.play();
  listen(5000);
  takes.push(Float32Array.of(sound.cursorFrames, sound.lengthFrames, sound.atEnd ? 1 : 0));
  sound.dispose();
  listen(1000);
  return takes;
}

forEachHost('a file that is decoded as it plays', (host) => {
  it.each([...formats, 'flac-of-unknown-length'])(
    '%s gives the bits of the same file in memory: seeks, loops, ranges, pitch, cursor',
    (format) => {
      const engine = openEngine(host, { resampler: 'cubic' });
      const memory = Sound.fromFile(engine, fileOf(format));
      const expected = perform(engine, memory, 5);
      const disk = Sound.fromFile(engine, fileOf(format), { stream: true });
      expect([disk.lengthFrames, disk.lengthSeconds]).toEqual([
        memory.disposed ? disk.lengthFrames : 0,
        disk.lengthFrames / (format === 'opus' ? 48000 : 44100),
      ]);
      const got = perform(engine, disk, 5);
      for (const [index, take] of expected.entries())
        expect(largestDifference(got[index] as Float32Array, take), `take ${index}`).toBe(0);
      expect(engine.stats.streamUnderruns).toBe(0);
    },
  );

  it('loops without a seam, exactly the whole file', () => {
    for (const format of formats) {
      const sampleRate = format === 'opus' ? 48000 : 44100;
      const engine = openEngine(host, { sampleRate });
      const sound = Sound.fromFile(engine, fileOf(format), { stream: true, looping: true }).play();
      const length = Math.ceil((frames * sampleRate) / 44100);
      expect(sound.lengthFrames).toBe(length);
      const heard = renderChannel(engine, length + 5000);
      expect(largestDifference(heard.subarray(length), heard.subarray(0, 5000))).toBe(0);
      expect(sound.cursorFrames).toBe(5000);
    }
  });

  it('plays 32 files at once, none of which runs dry', () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    group.volume = 0.03;
    const sounds = Array.from({ length: 32 }, (_, index) =>
      Sound.fromFile(engine, fileOf(formats[index % 5] as string), { stream: true, group, looping: true }),
    );
    for (const sound of sounds) sound.play();
    expect(rms(engine.readPcmFrames(96000))).toBeGreaterThan(0.01);
    expect([engine.stats.streamUnderruns, engine.stats.activeVoices]).toEqual([0, 32]);
    for (const sound of sounds) sound.dispose();
  });

  it('comes from paths, URLs, bytes, Blobs and addresses', async () => {
    const engine = openEngine(host, { sampleRate: 44100 });
    const bytes = new Uint8Array(readFileSync(fileOf('mp3')));
    const expected = Sound.fromBuffer(engine, AudioBuffer.fromFile(fileOf('mp3'))).play();
    const heard = renderChannel(engine, 20000);
    expected.dispose();
    engine.readPcmFrames(1000);
    const address = `data:audio/mpeg;base64,${Buffer.from(bytes).toString('base64')}`;
    for (const source of [
      fileOf('mp3'),
      pathToFileURL(fileOf('mp3')),
      String(pathToFileURL(fileOf('mp3'))),
      bytes,
      bytes.buffer,
      new Blob([bytes]),
      address,
    ]) {
      const sound = await Sound.load(engine, source, { stream: true });
      sound.play();
      expect(largestDifference(renderChannel(engine, 20000), heard)).toBe(0);
      sound.dispose();
      engine.readPcmFrames(1000);
    }
    const opened = Sound.fromFile(engine, pathToFileURL(fileOf('mp3')), { stream: true });
    opened.play();
    expect(largestDifference(renderChannel(engine, 20000), heard)).toBe(0);
  });

  it('refuses what is not there, not sound, or cut off, with a code', async () => {
    const engine = openEngine(host);
    const code = (name: string) => {
      try {
        Sound.fromFile(engine, join(folder, name), { stream: true });
        return 'made';
      } catch (error) {
        return error instanceof AudioError ? error.code : String(error);
      }
    };
    writeFileSync(join(folder, 'text.wav'), 'This is not a sound. '.repeat(100));
    writeFileSync(join(folder, 'empty.ogg'), '');
    for (const format of ['wav', 'ogg', 'opus', 'mp3'])
      writeFileSync(join(folder, `cut.${format}`), readFileSync(fileOf(format)).subarray(0, 60000));
    expect(['absent.wav', 'text.wav', 'empty.ogg', 'cut.wav', 'cut.ogg', 'cut.opus', 'cut.mp3', '.'].map(code)).toEqual(
      [
        'ERR_FILE_NOT_FOUND',
        'ERR_DECODE',
        'ERR_DECODE',
        'ERR_DECODE',
        'ERR_DECODE',
        'ERR_DECODE',
        'ERR_DECODE',
        'ERR_FILE_READ',
      ],
    );
    await expect(Sound.load(engine, join(folder, 'absent.wav'), { stream: true })).rejects.toMatchObject({
      code: 'ERR_FILE_NOT_FOUND',
    });
    await expect(Sound.load(engine, new Uint8Array(100), { stream: true })).rejects.toMatchObject({
      code: 'ERR_DECODE',
    });
    const reason = new Error('not wanted');
    await expect(Sound.load(engine, fileOf('ogg'), { stream: true, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(engine.stats.sounds).toBe(0);
  });

  it.each([
    ['deleted', 'wav', 'ERR_FILE_NOT_FOUND'],
    ['deleted', 'ogg', 'ERR_FILE_NOT_FOUND'],
    ['cut off', 'flac', 'ERR_FILE_READ'],
    ['cut off', 'mp3', 'ERR_FILE_READ'],
  ] as const)(
    'that is %s while it plays (%s) ends with an error event, without a step, and others go on',
    async (how, format, code) => {
      const engine = openEngine(host, { sampleRate: 44100 });
      const path = join(folder, `lost-${host}.${format}`);
      writeFileSync(path, readFileSync(fileOf(format)));
      const other = Sound.fromFile(engine, fileOf('wav'), { stream: true, volume: 0 }).play();
      const sound = Sound.fromFile(engine, path, { stream: true });
      const errors: (AudioError | undefined)[] = [];
      sound.on('error', (error) => errors.push(error));
      sound.play();
      const { finished } = sound;
      engine.readPcmFrames(44100);
      if (how === 'deleted') rmSync(path);
      else truncateSync(path, 50000);
      const heard: number[] = [];
      await until('the error', async () => {
        heard.push(...renderChannel(engine, 2000));
        await settle();
        return errors.length > 0;
      });
      expect(errors.map((error) => error?.code)).toEqual([code]);
      engine.readPcmFrames(1000);
      expect(await stateOf(finished)).toBe('stopped');
      expect(sound.playing).toBe(false);
      expect(() => sound.play()).toThrow(expect.objectContaining({ code }));
      expect([other.playing, other.cursorFrames > 44100]).toEqual([true, true]);
      const before = other.cursorFrames;
      engine.readPcmFrames(2000);
      expect(other.cursorFrames).toBe(before + 2000);
    },
  );

  it('that is damaged in the middle ends with an error event', async () => {
    const engine = openEngine(host);
    const bytes = readFileSync(fileOf('ogg'));
    bytes.fill(0x55, bytes.length - 40000, bytes.length - 30000);
    const path = join(folder, `damaged-${host}.ogg`);
    writeFileSync(path, bytes);
    const sound = Sound.fromFile(engine, path, { stream: true }).play();
    const errors: unknown[] = [];
    sound.on('error', (error) => errors.push(error?.code));
    await until('the error', () => {
      engine.readPcmFrames(4800);
      return errors.length > 0;
    });
    expect(errors).toEqual(['ERR_DECODE']);
  });

  it('may be disposed at any moment', async () => {
    const engine = openEngine(host);
    const random = new Random(9);
    for (let round = 0; round < 60; round++) {
      const sound = Sound.fromFile(engine, fileOf(formats[round % 5] as string), { stream: true });
      if (random.next() < 0.7) sound.play();
      if (random.next() < 0.5) engine.readPcmFrames(random.integer(1, 3000));
      if (random.next() < 0.5) await delay(random.integer(0, 4));
      sound.dispose();
      if (random.next() < 0.3) engine.readPcmFrames(600);
    }
    await until('every sound to be gone', () => {
      engine.readPcmFrames(1000);
      return engine.stats.sounds === 0;
    });
    const last = Sound.fromFile(engine, fileOf('ogg'), { stream: true }).play();
    expect(rms(engine.readPcmFrames(4800))).toBeGreaterThan(0.01);
    engine.dispose();
    expect(last.disposed).toBe(true);
  });

  it('is softened when it is stopped, sought and gone on with, also in a hole', () => {
    const engine = openEngine(host, { sampleRate: 44100 });
    const path = join(folder, `constant-${host}.wav`);
    writeFileSync(path, writeWav(new Float32Array(100000).fill(0.5), 44100, 1));
    const sound = Sound.fromFile(engine, path, { stream: true }).play();
    const heard = [...renderChannel(engine, 1000)];
    sound.seek(90000);
    heard.push(...renderChannel(engine, 2000));
    sound.pause();
    heard.push(...renderChannel(engine, 1000));
    sound.resume();
    heard.push(...renderChannel(engine, 1000));
    sound.seek(50);
    heard.push(...renderChannel(engine, 1000));
    sound.stop();
    heard.push(...renderChannel(engine, 1000));
    expect(largestStep(heard)).toBeLessThan(0.0015);
    expect(heard[0]).toBe(0.5);
  });
});
