import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioBuffer, Sound } from '../../../src/index.js';
import { bytesOf, recording } from '../../support/files.js';
import { forEachHost, openEngine, renderChannel } from '../../support/hosts.js';

const coded = (code: string) => expect.objectContaining({ name: 'AudioError', code });
let server: Server;
let base: string;

beforeAll(async () => {
  const bytes = bytesOf(recording('lena.flac'));
  server = createServer((request, response) => {
    if (request.url === '/lena.flac') response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    else if (request.url === '/chunked') {
      response.writeHead(200);
      for (let at = 0; at < bytes.length; at += 50000) response.write(bytes.subarray(at, at + 50000));
      response.end();
    } else if (request.url === '/slow') {
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000));
    } else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000));
      setTimeout(() => response.destroy(), 50);
    } else if (request.url === '/page') response.writeHead(200).end('<html>not a sound</html>');
    else response.writeHead(404).end('nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each(['/lena.flac', '/chunked'])('%s is loaded and tells how far it has come', async (path) => {
  const seen: [number, number][] = [];
  const buffer = await AudioBuffer.load(new URL(base + path), {
    onProgress: (done, total) => seen.push([done, total]),
  });
  expect(buffer.lengthFrames).toBe(541184);
  expect(seen.at(-1)?.[0]).toBe(484385);
  for (let index = 1; index < seen.length; index++)
    expect(seen[index]?.[0]).toBeGreaterThanOrEqual(seen[index - 1]?.[0] as number);
  buffer.dispose();
});

it('a status that is no success is a coded error with the status and the address in its message', async () => {
  await expect(AudioBuffer.load(`${base}/absent`)).rejects.toEqual(coded('ERR_NETWORK'));
  await expect(AudioBuffer.load(`${base}/absent`)).rejects.toThrow(/404/);
  await expect(AudioBuffer.load(`${base}/absent`)).rejects.toThrow(/\/absent/);
});

it('a server that is not there or hangs up is a coded error with its cause', async () => {
  const refused = await AudioBuffer.load('http://127.0.0.1:1/x').catch((error: unknown) => error);
  expect(refused).toEqual(coded('ERR_NETWORK'));
  expect((refused as Error).cause).toBeDefined();
  await expect(AudioBuffer.load(`${base}/cut`)).rejects.toEqual(coded('ERR_NETWORK'));
});

it('what is not sound is refused as such', async () => {
  await expect(AudioBuffer.load(`${base}/page`)).rejects.toEqual(coded('ERR_DECODE'));
});

it('an abort rejects with the reason of the signal, also in the middle', async () => {
  const reason = new Error('changed my mind');
  const controller = new AbortController();
  const loading = AudioBuffer.load(`${base}/slow`, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 50);
  await expect(loading).rejects.toBe(reason);
});

forEachHost('a sound from the network', (host) => {
  it('plays, from an address and from a request', async () => {
    const engine = openEngine(host, { sampleRate: 44100 });
    for (const source of [`${base}/lena.flac`, new Request(`${base}/lena.flac`)]) {
      const sound = await Sound.load(engine, source);
      expect(sound.lengthFrames).toBe(541184);
      sound.play();
      expect(renderChannel(engine, 20000).some((sample) => sample !== 0)).toBe(true);
      sound.dispose();
    }
    await expect(Sound.load(engine, `${base}/absent`)).rejects.toEqual(coded('ERR_NETWORK'));
  });
});
