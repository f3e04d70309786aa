import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioError } from '../../src/base/errors.js';
import { decodeInThread } from '../../src/process/process-decoding-thread.js';
import { decodeBytes, decodeBytesSync } from '../../src/process/process-host.js';
import { decodeWasmSync } from '../../src/process/wasm-module.js';
import type { DecodedAudio } from '../../src/wire/core.js';

const recording = (kind: 'wav' | 'flac' | 'mp3') =>
  new Uint8Array(readFileSync(new URL(`../../node_modules/audio-lena/lena.${kind}`, import.meta.url)));

/** A wav file of two channels, 16 bits, whose header says what the caller wants. */
function wav(
  frames: number,
  header: { dataBytes?: number; riffBytes?: number; channels?: number; sampleRate?: number; bits?: number } = {},
): Uint8Array {
  const bytes = new Uint8Array(44 + frames * 4);
  const view = new DataView(bytes.buffer);
  const channels = header.channels ?? 2;
  const sampleRate = header.sampleRate ?? 48000;
  for (const [at, tag] of [
    [0, 'RIFF'],
    [8, 'WAVEfmt '],
    [36, 'data'],
  ] as const)
    bytes.set(new TextEncoder().encode(tag), at);
  view.setUint32(4, header.riffBytes ?? bytes.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, header.bits ?? 16, true);
  view.setUint32(40, header.dataBytes ?? frames * 4, true);
  for (let index = 0; index < frames * 2; index += 1)
    view.setInt16(44 + index * 2, ((index * 7919) % 65536) - 32768, true);
  return bytes;
}

const decoders: [string, (bytes: Uint8Array) => Promise<DecodedAudio>][] = [
  ['native, off the thread', decodeBytes],
  ['native, at once', async (bytes) => decodeBytesSync(bytes)],
  ['wasm, off the thread', decodeInThread],
  ['wasm, at once', async (bytes) => decodeWasmSync(bytes)],
];

describe.each(decoders)('%s', (_name, decode) => {
  it('decodes wav to the values of the file', async () => {
    const { samples, channels, sampleRate, frames } = await decode(wav(1000));
    expect([channels, sampleRate, frames, samples.length]).toEqual([2, 48000, 1000, 2000]);
    for (let index = 0; index < 2000; index += 1)
      expect(samples[index]).toBe((((index * 7919) % 65536) - 32768) / 32768);
    expect(samples.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it.each(['wav', 'flac', 'mp3'] as const)('decodes a recording in %s to its full length', async (kind) => {
    const { channels, sampleRate, frames, samples } = await decode(recording(kind));
    expect([channels, sampleRate, frames]).toEqual([1, 44100, 541184]);
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['three bytes', new Uint8Array([82, 73, 70])],
    ['text', new TextEncoder().encode('This is no sound. '.repeat(500))],
    ['zeros', new Uint8Array(10_000)],
    ['0xff', new Uint8Array(10_000).fill(255)],
    ['a header alone', wav(0).subarray(0, 36)],
    ['a wav cut short', wav(1000).subarray(0, 2000)],
    ['a data size beyond the file', wav(100, { dataBytes: 0xfffffff0 })],
    ['a data size of 2^32 - 1', wav(100, { dataBytes: 0xffffffff })],
    ['no channels', wav(100, { channels: 0 })],
    ['nine channels', wav(900, { channels: 9 })],
    ['rate 0', wav(100, { sampleRate: 0 })],
    ['a rate of 4 GHz', wav(100, { sampleRate: 4_000_000_000 })],
    ['no bits', wav(100, { bits: 0 })],
    ['a flac cut short', recording('flac').subarray(0, 300_000)],
    ['an mp3 cut short', recording('mp3').subarray(0, 150_000)],
  ])('refuses %s', async (_case, bytes) => {
    await expect(decode(bytes)).rejects.toMatchObject({ code: 'ERR_DECODE' });
  });

  it('takes a wav of unknown length, as programs write to a pipe', async () => {
    expect((await decode(wav(100, { dataBytes: 0xffffffff, riffBytes: 0xffffffff }))).frames).toBe(100);
  });

  it('takes an empty wav', async () => {
    expect((await decode(wav(0))).frames).toBe(0);
  });
});

describe('both decoders', () => {
  it.each(['wav', 'flac', 'mp3'] as const)('give the same bits of %s', (kind) => {
    const [native, wasm] = [decodeBytesSync(recording(kind)), decodeWasmSync(recording(kind))];
    expect(Buffer.from(native.samples.buffer).equals(Buffer.from(wasm.samples.buffer))).toBe(true);
  });

  it('give finite samples or a coded error for damaged files', () => {
    const sources = [wav(2000), recording('flac').subarray(0, 60_000), recording('mp3').subarray(0, 30_000)];
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }),
        fc.nat(),
        (source, changes, cut) => {
          const bytes = sources[source]!.slice();
          // Half of the changes go to the first 200 bytes, where the headers are.
          for (const [index, [at, value]] of changes.entries())
            bytes[at % (index % 2 === 0 ? 200 : bytes.length)] = value;
          const damaged = bytes.subarray(0, cut % 4 === 0 ? cut % bytes.length : bytes.length);
          for (const decode of [decodeBytesSync, decodeWasmSync]) {
            try {
              const { samples, frames, channels } = decode(damaged);
              expect(samples.length).toBe(frames * channels);
              expect(samples.every(Number.isFinite)).toBe(true);
            } catch (error) {
              if (!(error instanceof AudioError)) throw error;
              expect(['ERR_DECODE', 'ERR_TOO_LARGE', 'ERR_OUT_OF_MEMORY']).toContain(error.code);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
