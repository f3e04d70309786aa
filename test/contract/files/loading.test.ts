import { describe, expect, it } from 'vitest';
import {
  AudioError,
  Engine,
  hostInfo,
  isAvailable,
  MiniaudioEngineUnavailable,
  maResultMessage,
  refresh,
} from '../../../src/index.js';
import { forEachHost, openEngine } from '../../support/hosts.js';
import { runProgram } from '../../support/processes.js';

describe('loading', () => {
  it('says that the addon is there, and again', () => {
    expect(isAvailable()).toBe(true);
    expect(refresh()).toBe(true);
  });

  it('tells what was tried and chosen, the versions and the formats', () => {
    isAvailable();
    new Engine({ host: 'wasm', device: false }).dispose();
    const info = hostInfo();
    expect(info.chosen).toBe('native');
    expect(info.versions).toMatchObject({ miniaudio: '0.11.25', package: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(Object.keys(info.versions)).toEqual(expect.arrayContaining(['addon', 'wasm', 'miniaudio', 'package']));
    expect([...info.formats].sort()).toEqual(['flac', 'mp3', 'ogg', 'opus', 'wav']);
    for (const attempt of info.attempts)
      expect(attempt).toMatchObject({
        host: expect.any(String),
        code: expect.any(String),
        message: expect.any(String),
      });
  });

  it('gives the sentence of every result', () => {
    expect(maResultMessage(-2)).toBe('Invalid argument');
    expect(maResultMessage(-4)).toBe('Out of memory');
    expect(maResultMessage(-204)).toBe('No device');
    expect(maResultMessage(0)).toBe('No error');
    expect(maResultMessage(-99999)).toBe('Unknown error (-99999)');
    expect(maResultMessage(2 ** 40)).toBe(`Unknown error (${2 ** 40})`);
    expect(maResultMessage(-2.5)).toBe('Unknown error (-2.5)');
    expect(() => maResultMessage(Number.NaN)).toThrow(RangeError);
    expect(() => maResultMessage('-2' as unknown as number)).toThrow(TypeError);
  });

  it('says nothing is chosen before anything was loaded', async () => {
    const result = await runProgram(
      "import { hostInfo } from 'miniaudio-engine'; console.log(JSON.stringify(hostInfo().chosen));",
    );
    expect(result).toMatchObject({ code: 0, stdout: 'null\n' });
  });

  it('without an addon falls back to WebAssembly, and says why; an explicit choice does not', async () => {
    const program = `
      import { Engine, hostInfo, isAvailable, MiniaudioEngineUnavailable } from 'miniaudio-engine';
      const engine = new Engine({ device: false });
      const out = {
        available: isAvailable(),
        host: engine.host,
        chosen: hostInfo().chosen,
        attempts: hostInfo().attempts,
      };
      engine.dispose();
      try {
        new Engine({ device: false, host: 'native' });
        out.error = null;
      } catch (error) {
        out.error = { known: error instanceof MiniaudioEngineUnavailable, code: error.code, message: error.message };
      }
      console.log(JSON.stringify(out));`;
    const result = await runProgram(program, { env: { MINIAUDIO_ENGINE_ADDON: '/nonexistent/addon.node' } });
    expect(result.stderr + result.stdout).toContain('ERR_UNAVAILABLE');
    expect(result.code).toBe(0);
    const told = JSON.parse(result.stdout.trim().split('\n').at(-1) as string);
    expect(told).toMatchObject({
      available: false,
      host: 'wasm',
      chosen: 'wasm',
      error: { known: true, code: 'ERR_UNAVAILABLE' },
    });
    expect(told.error.message).toContain('/nonexistent/addon.node');
    expect(told.error.message).toMatch(/npm run build|npx miniaudio-engine build/);
    expect(told.attempts.some((attempt: { path?: string }) => attempt.path === '/nonexistent/addon.node')).toBe(true);
  });

  it('decodes in a thread of its own without an addon, which does not keep the process alive', async () => {
    const program = `
      import { AudioBuffer, Engine, Sound } from 'miniaudio-engine';
      import { readFileSync } from 'node:fs';
      const path = 'node_modules/audio-lena/lena.flac';
      const decoded = await AudioBuffer.decode(readFileSync(path));
      const read = AudioBuffer.fromFile(path);
      const refused = await AudioBuffer.decode(new Uint8Array(10)).catch((error) => error.code);
      const same =
        Buffer.compare(Buffer.from(decoded.getChannelData(0).buffer), Buffer.from(read.getChannelData(0).buffer)) ===
        0;
      const engine = new Engine({ device: false });
      Sound.fromBuffer(engine, decoded).play();
      console.log(
        decoded.lengthFrames,
        same,
        refused,
        engine.host,
        engine.readPcmFrames(48000).some((sample) => sample !== 0),
      );`;
    const result = await runProgram(program, { env: { MINIAUDIO_ENGINE_ADDON: '/nonexistent/addon.node' } });
    expect(result).toMatchObject({ code: 0, signal: null, stdout: '541184 true ERR_DECODE wasm true\n' });
  });

  it('has errors of one family', () => {
    const error = new MiniaudioEngineUnavailable('words');
    expect(error).toBeInstanceOf(AudioError);
    expect(error).toBeInstanceOf(Error);
    expect(error.code).toBe('ERR_UNAVAILABLE');
  });
});

forEachHost('an engine', (host) => {
  it('is ready and running at once without a device', async () => {
    const engine = openEngine(host);
    expect(engine.host).toBe(host);
    expect(engine.state).toBe('running');
    expect(engine.device).toBe(null);
    expect(await engine.ready).toBe(engine);
  });

  it('has the defaults of the contract', () => {
    const engine = openEngine(host);
    expect([engine.sampleRate, engine.channels, engine.volume, engine.volumeDb]).toEqual([48000, 2, 1, 0]);
  });

  it('is made and closed a hundred times', () => {
    for (let round = 0; round < 100; round++) {
      const engine = new Engine({ host, device: false });
      engine.readPcmFrames(10);
      engine.dispose();
    }
  });
});
