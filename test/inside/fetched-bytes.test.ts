import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOrigin, type StreamOrigin } from '../../src/page/workers/byte-supplies.js';
import type { FetchedBytes } from '../../src/page/workers/fetched-bytes.js';
import { bytesOfSource } from '../../src/process/file-bytes.js';
import { installedOggPackages } from '../../src/process/installed-ogg-packages.js';
import { wasmModule } from '../../src/process/wasm-module.js';
import { type ByteSource, BytesMissing } from '../../src/wasm/byte-source.js';
import { type FileDecoder, FileDecoders } from '../../src/wasm/file-decoder.js';
import { largestDifference } from '../support/analysis.js';
import { removeFolder } from '../support/processes.js';
import { Random } from '../support/random.js';
import { ServedFile } from '../support/served-file.js';
import { makeStreamFiles, type StreamFiles, streamFormats } from '../support/stream-files.js';
import { writeWav } from '../support/wav.js';

// What a page's worker does to fetch and decode, against a server, without the page.

const coded = (code: string, message = /./) =>
  expect.objectContaining({ name: 'AudioError', code, message: expect.stringMatching(message) });
const decoders = new FileDecoders(wasmModule, installedOggPackages);
const served = new Map<string, ServedFile>();
let server: Server;
let base: string;
let files: StreamFiles;

beforeAll(async () => {
  files = makeStreamFiles(90);
  server = createServer((request, response) => served.get(request.url!)!.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  removeFolder(files.folder);
});

/** A file on the server under a name of its own. */
function serve(bytes: Uint8Array, changes: Partial<ServedFile> = {}): { file: ServedFile; origin: StreamOrigin } {
  const file = Object.assign(new ServedFile(bytes), changes);
  const path = `/${served.size}`;
  served.set(path, file);
  return { file, origin: { kind: 'address', address: { url: `${base}${path}`, init: {} } } };
}

const open = (origin: StreamOrigin): Promise<ByteSource> => openOrigin(origin, new AbortController().signal, () => {});

/** Does what the worker does about bytes that are missing. */
async function persist<T>(bytes: ByteSource, act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof BytesMissing) || tries > 1000) throw error;
      await bytes.fetch!(error);
    }
  }
}

async function read(decoder: FileDecoder, bytes: ByteSource, frame: number, count: number): Promise<Float32Array> {
  const samples = new Float32Array(count * decoder.info.channels);
  await persist(bytes, async () => decoder.read(frame, count, samples));
  return samples;
}

/** Reads at random places and in order; what comes must be what the whole file holds. */
async function compare(format: string, bytes: ByteSource, seed: number, places: number): Promise<void> {
  const expected = await decoders.open(bytesOfSource(files.of(format)));
  const decoder = await persist(bytes, () => decoders.open(bytes));
  expect([decoder.info.channels, decoder.info.sampleRate, decoder.info.frames]).toEqual([
    expected.info.channels,
    expected.info.sampleRate,
    expected.info.frames,
  ]);
  const random = new Random(seed);
  let frame = 0;
  for (let place = 0; place < places; place += 1) {
    if (random.next() < 0.5) frame = random.integer(0, expected.info.frames - 4096);
    const count = Math.min(4096, expected.info.frames - frame);
    const wanted = new Float32Array(count * expected.info.channels);
    await expected.read(frame, count, wanted);
    expect(largestDifference(await read(decoder, bytes, frame, count), wanted), `${format} at ${frame}`).toBe(0);
    frame = (frame + count) % expected.info.frames;
  }
  decoder.close();
  expected.close();
}

describe.each(streamFormats)('%s, fetched piece by piece, is decoded bit by bit as from a file', (format) => {
  it('from a server that gives parts', async () => {
    const { file, origin } = serve(files.bytesOf(format));
    await compare(format, await open(origin), 1, 60);
    expect(new Set(file.asked).has('all')).toBe(false);
  });

  it('from a server that gives it only as a whole', async () => {
    const { file, origin } = serve(files.bytesOf(format), { ranges: false });
    const bytes = await open(origin);
    await compare(format, bytes, 2, 12);
    // What is not kept, and lies before what was read, is asked for anew.
    if (bytes.size > 4e6) expect(file.asked.length).toBeGreaterThan(1);
  });

  it('from a Blob, from bytes, and from a server that does not say how long it is', async () => {
    await compare(format, await open({ kind: 'blob', blob: new Blob([files.bytesOf(format)]) }), 3, 20);
    await compare(format, await open({ kind: 'bytes', bytes: files.bytesOf(format) }), 4, 5);
    await compare(format, await open(serve(files.bytesOf(format), { ranges: false, tellsLength: false }).origin), 5, 5);
  });
});

/** The first frame of an mp3 of lame's, which tells how many follow it, and those. */
function partsOf(mp3: Uint8Array): { info: Uint8Array; sound: Uint8Array } {
  const bytes = Math.floor((144 * 128000) / 44100) + ((mp3[2]! >> 1) & 1);
  return { info: mp3.slice(0, bytes), sound: mp3.slice(bytes) };
}

it('an hour is played with two megabytes of it in memory, and no more is asked for than is soon heard', async () => {
  // The same ninety seconds forty times: frames and bytes are counted eight and twelve bytes after the tag.
  const { info, sound } = partsOf(files.bytesOf('mp3'));
  const tag = Buffer.from(info.buffer).indexOf('Info');
  const counts = new DataView(info.buffer);
  counts.setUint32(tag + 8, counts.getUint32(tag + 8) * 40);
  counts.setUint32(tag + 12, info.length + sound.length * 40);
  const { file, origin } = serve(new Uint8Array(Buffer.concat([info, ...new Array<Uint8Array>(40).fill(sound)])));
  const bytes = (await open(origin)) as FetchedBytes;
  const decoder = await persist(bytes, () => decoders.open(bytes));
  expect([bytes.size > 50e6, decoder.info.frames > 3600 * 44100]).toEqual([true, true]);
  let held = 0;
  // Each second is looked into, in order.
  for (let frame = 0; frame + 4096 <= decoder.info.frames; frame += 44100) {
    await read(decoder, bytes, frame, 4096);
    held = Math.max(held, bytes.held);
    const heard = (frame / decoder.info.frames) * bytes.size;
    expect(file.sent).toBeLessThan(heard + 1.5e6);
  }
  expect(held).toBeLessThanOrEqual(2 * 1024 * 1024);
  decoder.close();
  expect(bytes.held).toBe(0);
});

it('flac that does not say how long it is is read at its end, and then only where it is played', async () => {
  const flac = files.bytesOf('flac');
  // The last 36 bits of these say how many frames there are.
  flac[21]! &= 0xf0;
  flac.fill(0, 22, 26);
  const { file, origin } = serve(flac);
  const bytes = (await open(origin)) as FetchedBytes;
  const decoder = await persist(bytes, () => decoders.open(bytes));
  expect(decoder.info.frames).toBe(files.frames);
  expect(file.sent).toBeLessThan(500_000);
  for (const frame of [decoder.info.frames - 5000, 3_000_000, 100])
    expect((await read(decoder, bytes, frame, 4096)).some((sample) => sample !== 0)).toBe(true);
  expect([bytes.size > 8e6, file.sent < 4e6]).toEqual([true, true]);
  decoder.close();
});

it('mp3 that does not say how long it is is fetched as a whole, once, and then there at every place', async () => {
  const { sound } = partsOf(files.bytesOf('mp3'));
  const { file, origin } = serve(new Uint8Array(Buffer.concat([sound, sound, sound])));
  const bytes = (await open(origin)) as FetchedBytes;
  const decoder = await persist(bytes, () => decoders.open(bytes));
  expect(decoder.info.frames).toBeGreaterThanOrEqual(files.frames);
  expect([bytes.size > 4e6, bytes.held]).toEqual([true, bytes.size]);
  // In pieces that become longer: opening begins anew with each.
  expect(file.asked.length).toBeLessThan(15);
  for (const frame of [decoder.info.frames - 5000, 3_000_000, 100])
    expect((await read(decoder, bytes, frame, 4096)).some((sample) => sample !== 0)).toBe(true);
  expect(file.sent).toBe(bytes.size);
  decoder.close();
});

it('a server that gives a file only as a whole is read no faster than it is played', async () => {
  const wav = new Uint8Array(120e6);
  wav.set(writeWav(new Float32Array(1), 48000, 1, { dataBytes: wav.length - 44 }).subarray(0, 44));
  const { file, origin } = serve(wav, { ranges: false });
  const bytes = await open(origin);
  const decoder = await persist(bytes, () => decoders.open(bytes));
  await read(decoder, bytes, 0, 4096);
  // What the sockets between the two hold goes on coming for a while.
  let sent = -1;
  while (sent !== file.sent) {
    ({ sent } = file);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(sent).toBeLessThan(wav.length / 2);
  await read(decoder, bytes, decoder.info.frames - 4096, 4096);
  expect(file.sent).toBe(wav.length);
  decoder.close();
});

it.each([true, false])('a connection that breaks once is made again (parts: %s)', async (ranges) => {
  const { file, origin } = serve(files.bytesOf('flac'), { ranges });
  const bytes = await open(origin);
  const decoder = await persist(bytes, () => decoders.open(bytes));
  for (const frame of [3_000_000, 2_000_000]) {
    Object.assign(file, { cutAfter: 40_000, cuts: 1 });
    expect((await read(decoder, bytes, frame, 4096)).some((sample) => sample !== 0)).toBe(true);
  }
  decoder.close();
});

describe('what goes wrong has a code', () => {
  it('at the beginning', async () => {
    const sound = files.bytesOf('flac');
    const codeOf = async (changes: Partial<ServedFile>, bytes = sound) => {
      const opened = await open(serve(bytes, changes).origin);
      return persist(opened, () => decoders.open(opened));
    };
    await expect(codeOf({ status: 404 })).rejects.toEqual(coded('ERR_NETWORK', /404/));
    await expect(codeOf({ status: 503, ranges: false })).rejects.toEqual(coded('ERR_NETWORK', /503/));
    await expect(codeOf({}, new TextEncoder().encode('<!doctype html>this is a page'))).rejects.toEqual(
      coded('ERR_DECODE'),
    );
    await expect(codeOf({}, new Uint8Array(0))).rejects.toEqual(coded('ERR_DECODE'));
    await expect(codeOf({}, sound.subarray(0, 3))).rejects.toEqual(coded('ERR_DECODE'));
    await expect(codeOf({ cutAfter: 16384 })).rejects.toEqual(coded('ERR_NETWORK'));
    await expect(codeOf({ cutAfter: 16384, ranges: false })).rejects.toEqual(coded('ERR_NETWORK'));
    await expect(open({ kind: 'address', address: { url: 'http://127.0.0.1:9/x', init: {} } })).rejects.toEqual(
      coded('ERR_NETWORK', /127\.0\.0\.1:9/),
    );
  });

  it.each([
    ['another version', { version: '"two"' }, 'ERR_FILE_READ', /changed/],
    ['a shorter file under the same version', { bytes: new Uint8Array(1000) }, 'ERR_FILE_READ', /changed/],
    ['a longer file without a version', { version: null }, 'ERR_FILE_READ', /changed/],
    ['a whole file where a part was asked for', { ranges: false }, 'ERR_NETWORK', /something else/],
    ['no file', { status: 404 }, 'ERR_NETWORK', /404/],
    ['a body that is cut off', { cutAfter: 16384 }, 'ERR_NETWORK', /./],
  ] as const)('later on: %s', async (_what, changes, code, message) => {
    const { file, origin } = serve(files.bytesOf('wav'));
    const bytes = await open(origin);
    const decoder = await persist(bytes, () => decoders.open(bytes));
    await read(decoder, bytes, 0, 4096);
    Object.assign(file, changes);
    await expect(read(decoder, bytes, decoder.info.frames - 5000, 4096)).rejects.toEqual(coded(code, message));
    // When it is there again, it goes on.
    Object.assign(file, { bytes: files.bytesOf('wav'), version: '"one"', ranges: true, status: 0, cutAfter: Infinity });
    expect((await read(decoder, bytes, decoder.info.frames - 5000, 4096)).some((sample) => sample !== 0)).toBe(true);
    decoder.close();
  });
});
