import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioBuffer, Sound } from '../../../src/index.js';
import { decibels, largestDifference, rms, toneFrequency } from '../../support/analysis.js';
import { bytesOf, decodedByFlac, type MadeFiles, makeFiles, recording } from '../../support/files.js';
import { forEachHost, openEngine, renderChannel } from '../../support/hosts.js';
import { removeFolder, until } from '../../support/processes.js';
import { channelOf } from '../../support/signals.js';
import { readWav, writeWav } from '../../support/wav.js';

const recordedFrames = 541184;
let files: MadeFiles;

beforeAll(() => {
  files = makeFiles();
});

afterAll(() => removeFolder(files.folder));

/** Level of the difference from the original tone, in dB below the tone. */
function distance(decoded: Float32Array, original: Float32Array): number {
  const difference = decoded.map((sample, index) => sample - (original[index] as number));
  return decibels(rms(difference) / rms(original));
}

describe('the recording', () => {
  it('is decoded from flac sample by sample as the flac program does', async () => {
    const path = recording('lena.flac');
    const expected = decodedByFlac(path);
    const buffer = await AudioBuffer.decode(bytesOf(path));
    expect([buffer.lengthFrames, buffer.channels, buffer.sampleRate]).toEqual([recordedFrames, 1, 44100]);
    expect(largestDifference(buffer.getChannelData(0), expected)).toBe(0);
    buffer.dispose();
  });

  it('is decoded from wav as it stands in the file', () => {
    const path = recording('lena.wav');
    const buffer = AudioBuffer.fromFile(path);
    expect(buffer.lengthFrames).toBe(recordedFrames);
    expect(largestDifference(buffer.getChannelData(0), readWav(bytesOf(path)).samples)).toBe(0);
    buffer.dispose();
  });

  it('is decoded from mp3: the same recording, and close to it in level', async () => {
    const buffer = await AudioBuffer.decode(bytesOf(recording('lena.mp3')));
    expect([buffer.channels, buffer.sampleRate]).toEqual([1, 44100]);
    expect(Math.abs(buffer.lengthFrames - recordedFrames)).toBeLessThan(4000);
    const level = decibels(rms(buffer.getChannelData(0)) / rms(decodedByFlac(recording('lena.flac'))));
    expect(Math.abs(level)).toBeLessThan(0.5);
    buffer.dispose();
  });

  it('is the same by decode, load, fromFile and from every kind of view', async () => {
    const path = recording('lena.flac');
    const bytes = readFileSync(path);
    const own = new Uint8Array(bytes).buffer;
    const buffers = [
      AudioBuffer.fromFile(path),
      AudioBuffer.fromFile(pathToFileURL(path)),
      await AudioBuffer.load(path),
      await AudioBuffer.load(pathToFileURL(path)),
      await AudioBuffer.decode(bytes),
      await AudioBuffer.decode(own),
      await AudioBuffer.decode(new DataView(own)),
      await AudioBuffer.decode(new Uint8Array(own)),
    ];
    const first = buffers[0]?.getChannelData(0) as Float32Array;
    for (const buffer of buffers) {
      expect(Buffer.compare(Buffer.from(first.buffer), Buffer.from(buffer.getChannelData(0).buffer))).toBe(0);
      buffer.dispose();
    }
    expect(own.byteLength).toBe(bytes.byteLength);
  });

  it('tells how far loading has come', async () => {
    const seen: [number, number][] = [];
    const buffer = await AudioBuffer.load(recording('lena.mp3'), {
      onProgress: (done, total) => seen.push([done, total]),
    });
    buffer.dispose();
    expect(seen.length).toBeGreaterThan(0);
    const [done, total] = seen.at(-1) as [number, number];
    expect(done).toBe(total);
    expect(total).toBe(197478);
    for (let index = 1; index < seen.length; index++)
      expect((seen[index] as [number, number])[0]).toBeGreaterThanOrEqual((seen[index - 1] as [number, number])[0]);
  });

  it('is not loaded when the caller aborts', async () => {
    const reason = new Error('not wanted any more');
    await expect(AudioBuffer.load(recording('lena.mp3'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const loading = AudioBuffer.load(recording('lena.mp3'), { signal: controller.signal });
    controller.abort(reason);
    await expect(loading).rejects.toBe(reason);
  });

  it('is resampled on the way in when a rate is asked for', async () => {
    const tone = await AudioBuffer.decode(writeWav(channelOf(files.tone, 0, 2), 48000, 1), { sampleRate: 32000 });
    expect([tone.sampleRate, tone.lengthFrames]).toEqual([32000, 32000]);
    expect(toneFrequency(tone.getChannelData(0).subarray(1000, 31000), 32000, 1000)).toBeCloseTo(1000, 3);
    tone.dispose();
  });
});

describe('files of other programs', () => {
  it.each([
    ['u8.wav', -37, ['-b', '8', '-e', 'unsigned-integer']],
    ['s16.wav', -88, ['-b', '16', '-e', 'signed-integer']],
    ['s24.wav', -130, ['-b', '24', '-e', 'signed-integer']],
    ['s32.wav', -140, ['-b', '32', '-e', 'signed-integer']],
    ['f32.wav', -140, ['-b', '32', '-e', 'floating-point']],
    ['f64.wav', -140, ['-b', '64', '-e', 'floating-point']],
    ['alaw.wav', -30, ['-e', 'a-law']],
    ['mulaw.wav', -30, ['-e', 'mu-law']],
    ['s16.flac', -88, ['-b', '16']],
    ['s24.flac', -130, ['-b', '24']],
    ['best.flac', -88, ['-b', '16', '-C', '8']],
  ] as const)('%s is the tone within %s dB', async (name, bound, args) => {
    const path = files.sox(name, ...args);
    const buffer = await AudioBuffer.decode(bytesOf(path));
    expect([buffer.lengthFrames, buffer.channels, buffer.sampleRate]).toEqual([48000, 2, 48000]);
    for (const channel of [0, 1])
      expect(distance(buffer.getChannelData(channel), channelOf(files.tone, channel, 2))).toBeLessThan(bound);
    buffer.dispose();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of %d channels keep their order', async (channels) => {
    const samples = new Float32Array(channels * 100);
    for (let index = 0; index < samples.length; index++) samples[index] = 2 ** -((index % channels) + 1);
    const source = files.write(`order${channels}.wav`, writeWav(samples, 48000, channels));
    for (const extension of ['wav', 'flac']) {
      const path = `${files.folder}/again${channels}.${extension}`;
      const { run } = await import('../../support/processes.js');
      run('sox', '-D', source, '-b', '16', ...(extension === 'wav' ? ['-e', 'signed-integer'] : []), path);
      const buffer = await AudioBuffer.decode(bytesOf(path));
      expect(buffer.channels).toBe(channels);
      for (let channel = 0; channel < channels; channel++)
        expect(buffer.getChannelData(channel)[50]).toBe(2 ** -(channel + 1));
      buffer.dispose();
    }
  });

  it.each([
    ['cbr.mp3', ['-b', '128']],
    ['vbr.mp3', ['-V', '2']],
    ['mono.mp3', ['-m', 'm', '-b', '96']],
    ['low.mp3', ['--resample', '22.05', '-b', '64']],
  ] as const)('%s by lame holds the tone', async (name, args) => {
    const buffer = await AudioBuffer.decode(bytesOf(files.lame(name, ...args)));
    expect(buffer.channels).toBe(name === 'mono.mp3' ? 1 : 2);
    expect(buffer.sampleRate).toBe(name === 'low.mp3' ? 22050 : 48000);
    expect(Math.abs(buffer.durationSeconds - 1)).toBeLessThan(0.12);
    const middle = buffer.getChannelData(0).subarray(buffer.sampleRate / 4, (buffer.sampleRate * 3) / 4);
    expect(toneFrequency(middle, buffer.sampleRate, 1000)).toBeCloseTo(1000, 1);
    expect(rms(middle)).toBeCloseTo(0.5 / Math.SQRT2, 1);
    buffer.dispose();
  });
});

forEachHost('sounds from files', (host) => {
  it('play what the file holds', async () => {
    const engine = openEngine(host, { sampleRate: 44100 });
    const expected = decodedByFlac(recording('lena.flac')).subarray(0, 20000);
    const sounds = [
      Sound.fromFile(engine, recording('lena.flac')),
      Sound.fromFile(engine, pathToFileURL(recording('lena.flac'))),
      await Sound.load(engine, recording('lena.flac')),
      await Sound.load(engine, pathToFileURL(recording('lena.flac'))),
      await Sound.load(engine, bytesOf(recording('lena.flac'))),
      await Sound.load(engine, new Blob([bytesOf(recording('lena.flac')) as Uint8Array<ArrayBuffer>])),
    ];
    for (const sound of sounds) {
      expect([sound.lengthFrames, sound.cursorFrames]).toEqual([recordedFrames, 0]);
      sound.play();
      expect(largestDifference(renderChannel(engine, 20000), expected)).toBe(0);
      sound.dispose();
      engine.readPcmFrames(1000);
    }
    expect(engine.stats.sounds).toBe(0);
  });

  it('may be decoded later: silent until then, and heard when the data is there', async () => {
    const engine = openEngine(host, { sampleRate: 44100 });
    const sound = Sound.fromFile(engine, recording('lena.flac'), { decodeNow: false });
    sound.play();
    await until('sound', () => rms(renderChannel(engine, 441 * 4)) > 0);
  });

  it('take the options of a sound', () => {
    const engine = openEngine(host);
    const path = `${files.folder}/ones.wav`;
    writeFileSync(path, writeWav(new Float32Array(1000).fill(1), 48000, 1));
    const sound = Sound.fromFile(engine, path, { volume: 0.5, pan: 1, looping: true });
    sound.play();
    expect([sound.volume, sound.pan, sound.looping]).toEqual([0.5, 1, true]);
    const mixed = engine.readPcmFrames(2000);
    expect([mixed[3998], mixed[3999]]).toEqual([0, 0.5]);
  });
});
