import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { AudioClip, AudioPlayer, hostInfo } from '../../src/index.js';
import { largestDifference } from '../support/analysis.js';
import { forEachHost, renderChannel } from '../support/hosts.js';
import { removeFolder, shortFolder } from '../support/processes.js';
import { constantClip, countingClip, openBackend } from './game.js';

const folder = shortFolder('mg');
afterAll(() => removeFolder(folder));

const gain = (decibels: number): number => 10 ** (decibels / 20);
const lena = (name: string): string => new URL(`../../node_modules/audio-lena/lena.${name}`, import.meta.url).pathname;

forEachHost('openStream', (host) => {
  it('plays what it is fed, in order, and takes no more than fits', () => {
    const backend = openBackend(host);
    expect(backend.streamFormat()).toEqual({ sampleRate: 48000, channels: 2, format: 's16' });
    const id = backend.openStream({ bufferSeconds: 0.1, volumeDb: -6, bus: 'Voice' });
    backend.busLayout.getBus('Voice').volumeDb = -4;
    expect(backend.framesAvailable(id)).toBe(4800);
    let fed = 0;
    const heard: number[] = [];
    while (heard.length < 20000) {
      const chunk = Int16Array.from({ length: 2 * 700 }, (_, index) => fed + Math.floor(index / 2) + 1);
      fed += backend.feedAudioChunk(id, chunk);
      if (backend.framesAvailable(id) < 700) heard.push(...renderChannel(backend.engine, 480));
    }
    const first = heard.findIndex((sample) => sample !== 0);
    expect(
      largestDifference(
        heard.slice(first, 19000),
        heard.slice(first, 19000).map((_, index) => ((index + 1) / 32768) * gain(-10)),
      ),
    ).toBeLessThan(1e-6);
    expect(backend.isChannelActive(id)).toBe(true);
    backend.endOfStream(id);
    renderChannel(backend.engine, 6000);
    expect(backend.isChannelActive(id)).toBe(false);
    expect(backend.feedAudioChunk(id, new Int16Array(4))).toBe(0);
    expect(backend.framesAvailable(id)).toBe(0);
  });

  it('takes bytes, and trims a frame that is not whole', () => {
    const backend = openBackend(host);
    const id = backend.openStream();
    expect(backend.feedAudioChunk(id, new Uint8Array(4 * 10 + 3))).toBe(10);
    expect(backend.feedAudioChunk(id, new ArrayBuffer(8))).toBe(2);
    expect(() => backend.feedAudioChunk(id, new Float32Array(4))).toThrowError(TypeError);
  });

  it('of a channel that is not fed says so', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(constantClip(100));
    for (const call of [
      () => backend.feedAudioChunk(id, new Int16Array(2)),
      () => backend.framesAvailable(id),
      () => backend.endOfStream(id),
    ]) {
      expect(call).toThrowError(expect.objectContaining({ code: 'ERR_WRONG_KIND' }));
    }
  });

  it.each(hostInfo().formats)('decodes %s as it plays', (format) => {
    const backend = openBackend(host, { sampleRate: format === 'opus' ? 48000 : 44100 });
    expect(backend.listCapabilities().has(`streaming.${format}`)).toBe(true);
    const id = backend.openStream({ clip: AudioClip.fromPath(lena(format)), bus: 'Music' });
    const player = new AudioPlayer(backend, {
      stream: AudioClip.fromPath(lena(format)),
      streamMode: 'streaming',
      bus: 'SFX',
    });
    backend.busLayout.getBus('SFX').mute = true;
    player.play(2);
    // The decoder works on another thread; an engine that is pulled waits for it.
    const heard: number[] = [];
    for (let block = 0; block < 40; block += 1) heard.push(...renderChannel(backend.engine, 1000));
    const decoded = AudioClip.fromPath(lena(format)).buffer.getChannelData(0);
    expect(largestDifference(heard, decoded.subarray(0, heard.length))).toBeLessThan(1e-6);
    expect(player.playbackPosition).toBeCloseTo(2 + 40000 / backend.engine.sampleRate, 2);
    backend.stopAudio(id);
    player.stop();
  });

  it('a clip in memory is played from there; a stream that cannot be opened is told', () => {
    const backend = openBackend(host);
    backend.openStream({ clip: countingClip(1000), loop: true });
    expect(renderChannel(backend.engine, 1500)[1400]).toBe(401 / 65536);
    expect(() => backend.openStream({ clip: AudioClip.fromPath('/nowhere.wav') })).toThrowError(
      expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }),
    );
    expect(() => backend.openStream({ bus: 'Nowhere' })).toThrowError(
      expect.objectContaining({ code: 'ERR_UNKNOWN_BUS' }),
    );
    const broken = join(folder, 'broken.wav');
    writeFileSync(broken, readFileSync(lena('wav')).subarray(0, 20));
    const player = new AudioPlayer(backend, { stream: AudioClip.fromPath(broken), streamMode: 'streaming' });
    const told: unknown[] = [];
    onTestFinished(player.on('streamOpenFailed', (error) => told.push(error.code)));
    player.play();
    expect(told).toEqual(['ERR_DECODE']);
  });
});
