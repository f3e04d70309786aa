import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AudioBuffer, AudioClip } from '../../src/index.js';
import { toneFrequency } from '../support/analysis.js';
import { forEachHost, renderChannel } from '../support/hosts.js';
import { openBackend } from './game.js';

const lena = (name: string): string => new URL(`../../node_modules/audio-lena/lena.${name}`, import.meta.url).pathname;

describe('AudioClip', () => {
  it.each([
    ['wav', 'wav'],
    ['flac', 'flac'],
    ['mp3', 'mp3'],
    ['ogg', 'ogg'],
    ['opus', 'opus'],
    ['aiff', 'aiff'],
  ])('tells container and length of %s from its bytes, without decoding', (extension, container) => {
    const clip = AudioClip.fromBytes(readFileSync(lena(extension)));
    expect(clip.container).toBe(container);
    expect(clip.channels).toBe(1);
    expect(clip.sampleRate).toBe(extension === 'opus' ? 48000 : 44100);
    // The recording has 541184 frames at 44.1 kHz; each encoder rounds to its own blocks.
    expect(clip.duration).toBeCloseTo(541184 / 44100, 1);
    expect(clip.loaded).toBe(false);
  });

  it.each(['wav', 'flac', 'mp3', 'ogg', 'opus', 'aiff'])(
    'the length of %s is the one that decoding gives',
    (extension) => {
      const clip = AudioClip.fromPath(lena(extension));
      const told = clip.duration;
      expect(clip.loaded).toBe(false);
      const { lengthFrames, sampleRate } = clip.buffer;
      expect(Math.round(told * sampleRate)).toBe(lengthFrames);
      expect(clip.loaded).toBe(true);
      expect(clip.duration).toBe(lengthFrames / sampleRate);
    },
  );

  it('takes paths, file URLs, bytes and buffers', async () => {
    const path = lena('wav');
    const frames = AudioClip.fromPath(path).buffer.lengthFrames;
    expect(new AudioClip(pathToFileURL(path)).buffer.lengthFrames).toBe(frames);
    expect(new AudioClip(readFileSync(path)).buffer.lengthFrames).toBe(frames);
    expect((await AudioClip.load(path)).buffer.lengthFrames).toBe(frames);
    const buffer = new AudioBuffer(new Float32Array(10), { sampleRate: 48000, channels: 1 });
    const clip = new AudioClip(buffer);
    expect([clip.buffer, clip.container, clip.duration]).toEqual([buffer, 'pcm', 10 / 48000]);
    clip.dispose();
    expect(buffer.disposed).toBe(false);
  });

  it('of an address has to be loaded before it plays at once', async () => {
    const clip = AudioClip.fromUrl(
      `data:audio/wav;base64,${Buffer.from(AudioClip.tone(440).buffer.toWav()).toString('base64')}`,
    );
    expect(clip.remote).toBe(true);
    expect(() => clip.buffer).toThrowError(expect.objectContaining({ code: 'ERR_NOT_READY' }));
    await clip.load();
    expect(clip.buffer.lengthFrames).toBe(44100);
  });

  it('gives a part of itself', () => {
    const samples = Float32Array.from({ length: 96 }, (_, index) => index / 128);
    const sheet = AudioClip.fromPcm(samples, { sampleRate: 1000, channels: 2 });
    const part = sheet.slice(0.01, 0.005);
    expect([part.sampleRate, part.channels, part.duration]).toEqual([1000, 2, 0.005]);
    expect([...part.buffer.getChannelData(1)]).toEqual([10, 11, 12, 13, 14].map((frame) => (2 * frame + 1) / 128));
    expect(sheet.slice(0.04).duration).toBeCloseTo(0.008, 9);
    expect(sheet.slice(0.048).duration).toBe(0);
    sheet.dispose();
    expect(part.buffer.lengthFrames).toBe(5);
    expect(() => part.slice(0.006)).toThrowError(RangeError);
    expect(() => part.slice(0, -1)).toThrowError(RangeError);
    expect(() => sheet.slice(0)).toThrowError(expect.objectContaining({ code: 'ERR_DISPOSED' }));
  });

  it('fails with the reason, again and again', async () => {
    expect(() => AudioClip.fromPath('/nowhere/at-all.wav').buffer).toThrowError(
      expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }),
    );
    const noise = AudioClip.fromBytes(new Uint8Array(5000).fill(7));
    for (let round = 0; round < 2; round += 1) {
      expect(() => noise.buffer).toThrowError(expect.objectContaining({ code: 'ERR_DECODE' }));
      expect(() => noise.container).toThrowError(expect.objectContaining({ code: 'ERR_DECODE' }));
      await expect(noise.load()).rejects.toMatchObject({ code: 'ERR_DECODE' });
    }
    for (let length = 0; length < 60; length += 1) {
      for (const extension of ['wav', 'flac', 'mp3', 'ogg', 'opus']) {
        expect(() => AudioClip.fromBytes(readFileSync(lena(extension)).subarray(0, length)).buffer).toThrowError(
          expect.objectContaining({ code: 'ERR_DECODE' }),
        );
      }
    }
  });

  it('tone: a sine with faded ends', () => {
    const clip = AudioClip.tone(1000, { seconds: 0.5, amplitude: 0.25, sampleRate: 48000, fadeSeconds: 0.1 });
    const samples = clip.buffer.getChannelData(0);
    expect([clip.duration, clip.channels, samples[0], Math.abs(samples.at(-1)!)]).toEqual([0.5, 1, 0, 0]);
    for (const frame of [100, 4799, 4801, 12000, 19300, 23000]) {
      const fade = Math.min(1, frame / 4800, (23999 - frame) / 4800);
      expect(samples[frame]).toBeCloseTo(0.25 * fade * Math.sin((2 * Math.PI * 1000 * frame) / 48000), 6);
    }
    const plain = AudioClip.tone(440);
    expect([plain.sampleRate, plain.duration]).toEqual([44100, 1]);
    expect(Math.max(...plain.buffer.getChannelData(0))).toBeCloseTo(0.3, 4);
  });

  it.each([
    [() => new AudioClip(7 as never), TypeError],
    [() => AudioClip.tone(Number.NaN), RangeError],
    [() => AudioClip.tone(440, { seconds: -1 }), RangeError],
    [() => AudioClip.tone(440, { amplitude: 17 }), RangeError],
    [() => AudioClip.tone(440, { sampleRate: 999 }), RangeError],
    [() => AudioClip.tone(440, { fadeSeconds: -0.1 }), RangeError],
    [() => AudioClip.fromPcm(new Float32Array(3), { sampleRate: 48000, channels: 2 }), RangeError],
    [() => AudioClip.fromBytes('x' as never), TypeError],
    [() => AudioClip.fromPath(4 as never), TypeError],
  ])('refuses what is none (%#)', (make, kind) => {
    expect(make).toThrowError(kind);
  });

  it('after dispose: every use is an error, dispose is not', () => {
    const clip = AudioClip.tone(440);
    clip.dispose();
    clip.dispose();
    expect(clip.disposed).toBe(true);
    expect(() => clip.buffer).toThrowError(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    expect(() => clip.duration).toThrowError(expect.objectContaining({ code: 'ERR_DISPOSED' }));
  });
});

forEachHost('a clip on a backend', (host) => {
  it('of 44.1 kHz and one channel sounds right on a stereo engine of 48 kHz', () => {
    const backend = openBackend(host);
    backend.playAudio(AudioClip.tone(1000, { seconds: 1, fadeSeconds: 0 }));
    const mixed = backend.engine.readPcmFrames(48000);
    const left = Float32Array.from({ length: 48000 }, (_, frame) => mixed[2 * frame]!);
    const right = Float32Array.from({ length: 48000 }, (_, frame) => mixed[2 * frame + 1]!);
    expect(left).toEqual(right);
    expect(toneFrequency(left.subarray(0, 44100), 48000, 1000)).toBeCloseTo(1000, 3);
    expect(Math.max(...left)).toBeCloseTo(0.3, 2);
  });

  it('that is empty is over as soon as it is played', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(AudioClip.empty());
    renderChannel(backend.engine, 10);
    expect(backend.isChannelActive(id)).toBe(false);
    expect(AudioClip.empty().duration).toBe(0);
  });
});
