import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioBuffer, hostInfo, Sound } from '../../../src/index.js';
import { decibels, fitTone, largestDifference, rms } from '../../support/analysis.js';
import { bytesOf, recording } from '../../support/files.js';
import { forEachHost, openEngine, renderChannel } from '../../support/hosts.js';
import { setAllChecksums, setChecksum } from '../../support/ogg.js';
import { removeFolder, run, shortFolder } from '../../support/processes.js';
import { Random } from '../../support/random.js';
import { samplesOf, sine } from '../../support/signals.js';
import { writeWav } from '../../support/wav.js';

let folder: string;
const tone = sine(44100, 44100, 441, 0.5, 2);
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = shortFolder('og');
  writeFileSync(path('float.wav'), writeWav(tone, 44100, 2));
  run('sox', '-D', path('float.wav'), '-b', '16', '-e', 'signed-integer', path('tone.wav'));
  run('flac', '-s', '-o', path('tone.flac'), path('tone.wav'));
  run('oggenc', '-Q', '-q', '8', '-o', path('tone.ogg'), path('tone.wav'));
  run('opusenc', '--quiet', '--bitrate', '192', path('tone.wav'), path('tone.opus'));
  run('lame', '--quiet', '-b', '192', path('tone.wav'), path('tone.mp3'));
});

afterAll(() => removeFolder(folder));

/** What another program makes of a file. */
function decodedBy(program: 'oggdec' | 'opusdec' | 'lame', file: string): AudioBuffer {
  const output = path(`by-${program}.wav`);
  if (program === 'oggdec') run('oggdec', '-Q', '-o', output, file);
  if (program === 'opusdec') run('opusdec', '--quiet', '--rate', '48000', '--float', file, output);
  if (program === 'lame') run('lame', '--quiet', '--decode', file, output);
  return AudioBuffer.fromFile(output);
}

it('the formats that can be decoded are told', () => {
  expect(hostInfo().formats).toEqual(['wav', 'flac', 'mp3', 'ogg', 'opus']);
});

describe('what other programs encode', () => {
  it.each([
    ['lena.ogg', 'oggdec', 541184, 44100, 2e-5],
    ['lena.opus', 'opusdec', 589044, 48000, 1e-4],
    ['lena.mp3', 'lame', undefined, 44100, 4e-5],
  ] as const)('%s is decoded as %s does it, frame by frame', async (name, program, frames, sampleRate, bound) => {
    const file = recording(name);
    const expected = decodedBy(program, file);
    const buffer = await AudioBuffer.load(file);
    expect([buffer.lengthFrames, buffer.channels, buffer.sampleRate]).toEqual([
      frames ?? expected.lengthFrames,
      1,
      sampleRate,
    ]);
    expect(buffer.lengthFrames).toBe(expected.lengthFrames);
    expect(largestDifference(buffer.getChannelData(0), expected.getChannelData(0))).toBeLessThan(bound);
  });

  it.each(['ogg', 'opus'] as const)('%s is the same by decode, load and fromFile', async (format) => {
    const file = path(`tone.${format}`);
    const buffers = [
      AudioBuffer.fromFile(file),
      await AudioBuffer.load(file),
      await AudioBuffer.decode(bytesOf(file)),
      await AudioBuffer.decode(bytesOf(file)),
    ];
    const first = buffers[0]?.getChannelData(1) as Float32Array;
    for (const buffer of buffers) expect(largestDifference(buffer.getChannelData(1), first)).toBe(0);
    const slower = await AudioBuffer.decode(bytesOf(file), { sampleRate: 24000 });
    expect([slower.sampleRate, slower.lengthFrames]).toEqual([24000, 24000]);
  });

  it.each([
    ['-b', '128'],
    ['-V', '2'],
    ['-b', '320', '-m', 'm'],
    ['-b', '64', '--resample', '22.05'],
    ['-V', '9', '--resample', '16'],
  ])('mp3 of lame %s %s has the length of what was encoded', async (...args) => {
    run('lame', '--quiet', ...args, path('tone.wav'), path('length.mp3'));
    const expected = decodedBy('lame', path('length.mp3'));
    const buffer = await AudioBuffer.load(path('length.mp3'));
    expect([buffer.lengthFrames, buffer.sampleRate]).toEqual([expected.lengthFrames, expected.sampleRate]);
    expect(Math.abs(buffer.durationSeconds - 1)).toBeLessThan(1e-4);
    expect(largestDifference(buffer.getChannelData(0), expected.getChannelData(0))).toBeLessThan(4e-5);
  });

  it.each([3, 5, 6, 7, 8])('%s channels of ogg and opus come in the order of wav and flac', (channels) => {
    const samples = samplesOf(
      24000,
      channels,
      (frame, channel) => 0.8 * 0.6 ** channel * Math.sin((2 * Math.PI * 60 * frame) / 48000),
    );
    writeFileSync(path('many.wav'), writeWav(samples, 48000, channels));
    run('sox', '-D', path('many.wav'), '-b', '16', '-e', 'signed-integer', path('many16.wav'));
    run('oggenc', '-Q', '-q', '6', '-o', path('many.ogg'), path('many16.wav'));
    run('opusenc', '--quiet', '--bitrate', '512', path('many16.wav'), path('many.opus'));
    for (const name of ['many.ogg', 'many.opus']) {
      const buffer = AudioBuffer.fromFile(path(name));
      expect([buffer.channels, buffer.lengthFrames]).toEqual([channels, 24000]);
      const levels = Array.from(
        { length: channels },
        (_, channel) => rms(buffer.getChannelData(channel).subarray(6000, 18000)) * Math.SQRT2,
      );
      for (const [channel, level] of levels.entries())
        expect(Math.abs(decibels(level / (0.8 * 0.6 ** channel))), `channel ${channel} of ${name}`).toBeLessThan(2);
    }
  });

  it('the gain in an opus header is applied, as opusdec does', () => {
    const bytes = readFileSync(path('tone.opus'));
    const head = bytes.indexOf('OpusHead');
    bytes.writeInt16LE(-6 * 256, head + 16);
    setChecksum(bytes);
    writeFileSync(path('gain.opus'), bytes);
    const quiet = AudioBuffer.fromFile(path('gain.opus')).getChannelData(0);
    expect(decibels(rms(quiet) / rms(AudioBuffer.fromFile(path('tone.opus')).getChannelData(0)))).toBeCloseTo(-6, 3);
    expect(largestDifference(quiet, decodedBy('opusdec', path('gain.opus')).getChannelData(0))).toBeLessThan(1e-4);
  });
});

forEachHost('a loop of an encoded file', (host) => {
  it.each([
    ['flac', 0.0001],
    ['ogg', 0.02],
    ['mp3', 0.05],
    ['opus', 0.05],
  ] as const)('has no gap: %s', (format, bound) => {
    const sampleRate = format === 'opus' ? 48000 : 44100;
    const engine = openEngine(host, { sampleRate });
    const sound = Sound.fromFile(engine, path(`tone.${format}`), { looping: true }).play();
    expect(sound.lengthFrames).toBe(sampleRate);
    const heard = renderChannel(engine, 2 * sampleRate);
    // 441 periods a second: a tone that goes on over the seam as if there were none.
    const seam = heard.subarray(sampleRate - 5000, sampleRate + 5000);
    const fit = fitTone(seam, sampleRate, 441);
    expect(Math.abs(fit.amplitude - 0.5)).toBeLessThan(0.02);
    expect(fit.largestResidual).toBeLessThan(bound);
  });
});

describe('several Ogg streams in a file', () => {
  it.each([
    ['ogg', 'opus'],
    ['opus', 'ogg'],
    ['ogg', 'ogg'],
  ])('%s and %s one after the other are refused, so that none is left out without a word', async (first, second) => {
    run('oggenc', '-Q', '--serial', '77', '-o', path('other.ogg'), path('tone.wav'));
    run('opusenc', '--quiet', '--serial', '78', path('tone.wav'), path('other.opus'));
    const bytes = Buffer.concat([readFileSync(path(`tone.${first}`)), readFileSync(path(`other.${second}`))]);
    const refusal = expect.objectContaining({ code: 'ERR_DECODE', message: expect.stringContaining('several sounds') });
    await expect(AudioBuffer.decode(bytes)).rejects.toEqual(refusal);
    writeFileSync(path('chained.ogg'), bytes);
    expect(() => AudioBuffer.fromFile(path('chained.ogg'))).toThrow(refusal);
    const engine = openEngine('native');
    expect(() => Sound.fromFile(engine, path('chained.ogg'), { stream: true })).toThrow(refusal);
  });

  it('what follows and is no sound is no matter', async () => {
    const alone = await AudioBuffer.load(path('tone.ogg'));
    const bytes = Buffer.concat([readFileSync(path('tone.ogg')), Buffer.from('TAG'.repeat(50))]);
    expect((await AudioBuffer.decode(bytes)).lengthFrames).toBe(alone.lengthFrames);
  });
});

describe('damaged Ogg', () => {
  it.each(['ogg', 'opus'] as const)('%s cut anywhere is refused with a code', async (format) => {
    const bytes = bytesOf(path(`tone.${format}`));
    const random = new Random(3);
    for (let round = 0; round < 40; round++) {
      await expect(AudioBuffer.decode(bytes.subarray(0, random.integer(4, bytes.length - 1)))).rejects.toMatchObject({
        code: 'ERR_DECODE',
      });
    }
  });

  it.each(['ogg', 'opus'] as const)('%s with flipped bits is refused: every page has a checksum', async (format) => {
    const bytes = bytesOf(path(`tone.${format}`));
    const random = new Random(5);
    for (let round = 0; round < 60; round++) {
      const damaged = bytes.slice();
      const at = random.integer(0, bytes.length - 1);
      damaged[at] = (damaged[at] as number) ^ (1 << random.integer(0, 7));
      await expect(AudioBuffer.decode(damaged)).rejects.toMatchObject({ code: 'ERR_DECODE' });
    }
  });

  it.each(['ogg', 'opus'] as const)(
    '%s whose packets are noise under right checksums ends in sound or in a code, never in a crash',
    async (format) => {
      const bytes = Buffer.from(bytesOf(path(`tone.${format}`)));
      const random = new Random(7);
      for (let round = 0; round < 40; round++) {
        const damaged = Buffer.from(bytes);
        const from = round % 2 === 0 ? 28 : 4000;
        const first = random.integer(from, Math.min(from + 60, bytes.length - 40));
        for (let at = first; at < first + 30; at++) damaged[at] = random.integer(0, 255);
        setAllChecksums(damaged);
        try {
          const buffer = await AudioBuffer.decode(damaged);
          expect(buffer.getChannelData(0).every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_(DECODE|INTERNAL|OUT_OF_MEMORY)$/) });
        }
      }
      expect((await AudioBuffer.decode(bytesOf(path(`tone.${format}`)))).lengthFrames).toBeGreaterThan(44000);
    },
  );
});
