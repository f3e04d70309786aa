import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AudioBuffer } from '../../src/index.js';
import { hashOf } from '../scenes/scene.js';
import { recording } from '../support/files.js';
import { mayPlay } from './chromium.js';
import { setUpBrowser } from './pages.js';
import { pageKinds, type Route } from './server.js';

const flac = readFileSync(recording('lena.flac'));
const names = ['lena.flac', 'lena.mp3', 'lena.wav', 'lena.ogg', 'lena.opus'] as const;

const file =
  (bytes: Buffer): Route =>
  (_request, response) =>
    void response.end(bytes);

const oggDecoders = '/dist/miniaudio_engine_ogg.js';

const { open, server } = setUpBrowser(mayPlay);
for (const name of names) server.routes.set(`/files/${name}`, file(readFileSync(recording(name))));
server.routes.set('/files/text.wav', file(Buffer.from('<!doctype html>this is a page')));
server.routes.set('/files/cut.flac', (_request, response) => {
  response.setHeader('Content-Length', flac.length);
  response.write(flac.subarray(0, flac.length / 2));
  setTimeout(() => response.destroy(), 100);
});
server.routes.set('/files/slow.flac', (request, response) => {
  response.setHeader('Content-Length', flac.length);
  response.write(flac.subarray(0, 50_000));
  const rest = setTimeout(() => response.end(flac.subarray(50_000)), 10_000);
  request.on('close', () => clearTimeout(rest));
});

describe.each(pageKinds)('on an %s page', (kind) => {
  it('a file is decoded as natively, in a worker, however it comes', async () => {
    const expected: Record<string, string> = {};
    for (const name of names) {
      const buffer = AudioBuffer.fromFile(recording(name));
      expected[name] = hashOf(buffer.getChannelData(0));
      buffer.dispose();
    }
    const expectedAtOtherRate = hashOf(
      (await AudioBuffer.load(recording('lena.flac'), { sampleRate: 22050 })).getChannelData(0),
    );
    const page = await open(kind);
    const told = await page.evaluate(async (files) => {
      const hashes: Record<string, string> = {};
      for (const name of files) {
        const buffer = await lib.AudioBuffer.load(`../files/${name}`);
        hashes[name] = await digest(buffer.getChannelData(0));
      }
      const bytes = await (await fetch('../files/lena.flac')).arrayBuffer();
      const engine = new lib.Engine();
      const address = new URL('../files/lena.flac', (document as unknown as { baseURI: string }).baseURI);
      const sources = {
        relative: '../files/lena.flac',
        text: address.href,
        url: address,
        request: new Request(address),
        blob: new Blob([bytes]),
        buffer: bytes,
        view: new Uint8Array(bytes),
      };
      const lengths: Record<string, number> = {};
      for (const [name, source] of Object.entries(sources))
        lengths[name] = (await lib.Sound.load(engine, source)).lengthFrames;
      const decoded = await lib.AudioBuffer.decode(bytes);
      const resampled = await lib.AudioBuffer.decode(bytes, { sampleRate: 22050 });
      const sound = lib.Sound.fromBuffer(engine, decoded);
      sound.play();
      await engine.ready;
      await wait(600);
      const moved = sound.cursorFrames;
      const rms = engine.meter().rms[0];
      engine.dispose();
      return {
        hashes,
        lengths,
        still: bytes.byteLength,
        resampled: [resampled.sampleRate, await digest(resampled.getChannelData(0))],
        moved,
        rms,
      };
    }, names);
    expect(told.hashes).toEqual(expected);
    expect(new Set(Object.values(told.lengths))).toEqual(new Set([541184]));
    expect(Object.keys(told.lengths)).toHaveLength(7);
    expect(told.still).toBe(flac.length);
    expect(told.resampled).toEqual([22050, expectedAtOtherRate]);
    expect(told.moved).toBeGreaterThan(5000);
    expect(told.rms).toBeGreaterThan(1e-4);
  });

  it('many files are resampled one after the other: each gives back the memory it took', async () => {
    const page = await open(kind);
    const lengths = await page.evaluate(async () => {
      const wav = tone(440, 0.1).toWav();
      const seen = new Set<number>();
      for (let count = 0; count < 150; count += 1)
        seen.add((await lib.AudioBuffer.decode(wav, { sampleRate: 24000 })).lengthFrames);
      return [...seen];
    });
    expect(lengths).toEqual([2400]);
  });

  it.each([
    ['decoded', 12, {}],
    ['decoded and resampled', 3, { sampleRate: 48000 }],
  ])('the page goes on while a file is %s', async (_, times, options) => {
    const page = await open(kind);
    const told = await page.evaluate(
      async ({ count, how }) => {
        const bytes = await (await fetch('../files/lena.mp3')).arrayBuffer();
        await lib.AudioBuffer.decode(bytes);
        const began = performance.now();
        let longest = 0;
        let last = began;
        let over = false;
        const watch = async () => {
          while (!over) {
            await wait(1);
            longest = Math.max(longest, performance.now() - last);
            last = performance.now();
          }
        };
        const watching = watch();
        await Promise.all(Array.from({ length: count }, () => lib.AudioBuffer.decode(bytes, how)));
        over = true;
        await watching;
        return { longest, milliseconds: performance.now() - began };
      },
      { count: times, how: options },
    );
    expect(told.milliseconds).toBeGreaterThan(60);
    expect(told.longest).toBeLessThan(told.milliseconds / 2);
  });

  it('the decoders of Ogg are loaded when such a file is met; where they do not lie, the reason is told', async () => {
    const page = await open(kind, { complaints: 'allowed' });
    let asked = 0;
    server.routes.set(oggDecoders, (_request, response) => {
      asked += 1;
      response.writeHead(404).end();
    });
    onTestFinished(() => void server.routes.delete(oggDecoders));
    const load = (name: string) =>
      page.evaluate(
        (file) =>
          lib.AudioBuffer.load(`../files/${file}`).then(
            (buffer) => buffer.lengthFrames,
            (error) => `${error.code}: ${error.message}`,
          ),
        name,
      );
    expect([await load('lena.flac'), asked]).toEqual([541184, 0]);
    expect([await load('lena.ogg'), asked]).toEqual([
      expect.stringMatching(/^ERR_NETWORK: .*miniaudio_engine_ogg\.js.*beside/),
      1,
    ]);
    server.routes.delete(oggDecoders);
    expect(await load('lena.ogg')).toBe(541184);
    expect(await page.evaluate(() => lib.hostInfo().formats)).toEqual(['wav', 'flac', 'mp3', 'ogg', 'opus']);
  });

  it('progress is told, and a load can be given up', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const steps: [number, number][] = [];
      await lib.AudioBuffer.load('../files/lena.flac', { onProgress: (done, total) => steps.push([done, total]) });
      const engine = new lib.Engine({ device: false });
      const reasons: string[] = [];
      const controller = new AbortController();
      const given = lib.AudioBuffer.load('../files/slow.flac', {
        signal: controller.signal,
        onProgress: () => controller.abort(new Error('enough')),
      });
      reasons.push(await given.then(String, (error) => error.message));
      const early = new AbortController();
      early.abort(new Error('before'));
      reasons.push(
        await lib.Sound.load(engine, '../files/lena.flac', { signal: early.signal }).then(
          String,
          (error) => error.message,
        ),
      );
      const bytes = await (await fetch('../files/lena.mp3')).arrayBuffer();
      const late = new AbortController();
      const decoding = lib.Sound.load(engine, bytes, { signal: late.signal });
      await wait(0);
      late.abort(new Error('while decoding'));
      reasons.push(await decoding.then(String, (error) => error.message));
      engine.dispose();
      return { steps, reasons };
    });
    expect(told.reasons).toEqual(['enough', 'before', 'while decoding']);
    expect(told.steps.length).toBeGreaterThan(0);
    expect(told.steps.at(-1)?.[0]).toBe(flac.length);
    for (const [index, [done]] of told.steps.entries())
      expect(done).toBeGreaterThanOrEqual(told.steps[index - 1]?.[0] ?? 0);
  });

  it('what goes wrong has a code', async () => {
    // The page's own console tells of the failed requests too.
    const page = await open(kind, { complaints: 'allowed' });
    const told = await page.evaluate(async () => {
      const messageOf = (promise: Promise<unknown>) =>
        promise.then(String, (error) => `${error.code}: ${error.message}`);
      return {
        missing: await messageOf(lib.AudioBuffer.load('../files/none.wav')),
        cut: await messageOf(lib.AudioBuffer.load('../files/cut.flac')),
        unreachable: await messageOf(lib.AudioBuffer.load('http://127.0.0.1:9/x.wav')),
        wrongType: await messageOf(lib.AudioBuffer.load('../files/text.wav')),
        noAddress: await messageOf(lib.AudioBuffer.load('http://[bad')),
        file: await codeOf(() => lib.AudioBuffer.fromFile('x.wav')),
      };
    });
    expect(told.missing).toMatch(/^ERR_NETWORK: .*none\.wav.*404/);
    expect(told.cut).toMatch(/^ERR_NETWORK: .*cut\.flac/);
    expect(told.unreachable).toMatch(/^ERR_NETWORK: /);
    expect(told.wrongType).toMatch(/^ERR_DECODE: /);
    expect(told.noAddress).toMatch(/^ERR_NETWORK: /);
    expect(told.file).toBe('ERR_UNSUPPORTED_HOST');
  });
});

describe('a page whose policy forbids WebAssembly', () => {
  it('is told what the policy lacks', async () => {
    const page = await open('no-wasm');
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine();
      const warnings: string[] = [];
      engine.on('warning', (warning) => warnings.push(warning.code));
      const reason = await engine.ready.then(String, (error) => `${error.code}: ${error.message}`);
      await wait(10);
      const result = {
        reason,
        state: engine.state,
        warnings,
        attempts: lib.hostInfo().attempts.map((attempt) => attempt.code),
      };
      const pulled = new lib.Engine({ device: false });
      pulled.on('warning', () => {});
      const other = {
        before: pulled.state,
        reason: await codeOf(() => pulled.ready),
        after: pulled.state,
        read: await codeOf(() => pulled.readPcmFrames(1)),
      };
      return { ...result, other };
    });
    expect(told.reason).toMatch(/^ERR_UNAVAILABLE: .*wasm-unsafe-eval/);
    expect(told).toMatchObject({ state: 'stopped', warnings: ['ERR_UNAVAILABLE'], attempts: ['ERR_UNAVAILABLE'] });
    expect(told.other).toEqual({
      before: 'starting',
      reason: 'ERR_UNAVAILABLE',
      after: 'stopped',
      read: 'ERR_NOT_READY',
    });
  });
});
