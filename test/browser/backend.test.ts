import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as library from '../../src/index.js';
import { Engine, EngineBackend } from '../../src/index.js';
import { hashOf } from '../scenes/scene.js';
import { peak } from '../support/analysis.js';
import { recording } from '../support/files.js';
import { mayPlay, openPage } from './chromium.js';
import { gameFrames, performGame } from './page/game.js';
import { setUpBrowser, unpacked } from './pages.js';
import { pageKinds } from './server.js';

/** A name that leads to the server, and that browsers trust as little as any other without https. */
const insecureHost = 'game.test';
const { open, server, address, browser } = setUpBrowser(mayPlay, `--host-resolver-rules=MAP ${insecureHost} 127.0.0.1`);
server.routes.set('/files/lena.mp3', (_request, response) => void response.end(readFileSync(recording('lena.mp3'))));

/** Collects what the page warns of. */
function warningsOf(page: Page): string[] {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  return warnings;
}

/**
 * Makes backends in every way, and sees whether time goes on; the same where the worklet cannot run for whatever
 * reason.
 */
const stepDown = (page: Page) =>
  page.evaluate(async () => {
    const backend = await lib.makeBackend();
    const again = await lib.makeBackend();
    const refused = async (options: object) =>
      lib.makeBackend(options).then(
        () => null,
        (error) => ({
          unavailable: error instanceof lib.AudioBackendUnavailable,
          reasons: error.reasons.map(({ name, code }: { name: string; code: string }) => [name, code]),
        }),
      );
    const player = new lib.AudioPlayer(backend, { stream: lib.AudioClip.tone(440, { seconds: 0.3 }), bus: 'SFX' });
    player.play();
    const { finished } = player;
    const began = performance.now();
    const before = backend.engine!.timeSeconds;
    const end = await finished;
    const seconds = (performance.now() - began) / 1000;
    const passed = backend.engine!.timeSeconds - before;
    const told = {
      name: backend.name,
      again: again.name,
      host: backend.engine!.host,
      device: backend.engine!.device?.backend,
      end,
      seconds,
      passed,
    };
    backend.shutdown();
    again.shutdown();
    return { ...told, without: await refused({ fallback: false }), named: await refused({ name: 'worklet' }) };
  });

type SteppedDown = Awaited<ReturnType<typeof stepDown>>;

function expectSilentTime(told: SteppedDown, warnings: string[], code: string): void {
  expect(told).toMatchObject({ name: 'null', again: 'null', host: 'wasm', device: 'null', end: 'ended' });
  expect(told.passed).toBeGreaterThan(0.29);
  // Time goes on as it does elsewhere; what a busy page has missed is made up for.
  expect(told.passed - told.seconds).toBeLessThan(1);
  const failure = { unavailable: true, reasons: [['worklet', code]] };
  expect(told).toMatchObject({ without: failure, named: failure });
  const steps = warnings.filter((text) => text.includes('(ERR_BACKEND_FALLBACK)'));
  expect(steps).toHaveLength(1);
  expect(steps[0]).toContain(`'worklet' does not work here (${code}), so nothing will be heard`);
  expect(steps[0]).toContain('Remedy: load the page over https');
}

describe.each(pageKinds)('on an %s page', (kind) => {
  it('makeBackend gives the worklet without a word, and what is said of it is true', async () => {
    const page = await open(kind);
    const warnings = warningsOf(page);
    const told = await page.evaluate(async () => {
      const backend = await lib.makeBackend();
      const names = lib.backendNames();
      const { name } = backend;
      const { host, state } = backend.engine!;
      const capabilities = [...backend.listCapabilities()];
      backend.shutdown();
      return { name, names, host, state, capabilities, closed: backend.engine!.state };
    });
    expect(told).toMatchObject({
      name: 'worklet',
      names: ['worklet', 'null'],
      host: 'worklet',
      state: 'running',
      closed: 'closed',
    });
    expect(told.capabilities).toEqual(
      expect.arrayContaining(['play.basic', 'play.2d', 'play.3d', 'effect.reverb', 'effect.compressor', 'effect.eq']),
    );
    expect(warnings).toEqual([]);
  });

  it('a game gives the same samples in the worklet as natively', async () => {
    const native = new EngineBackend(new Engine({ device: false, host: 'native' }));
    performGame(library, native);
    const expected = native.engine.readPcmFrames(gameFrames);
    native.shutdown();
    expect(peak(expected)).toBeGreaterThan(0.2);
    const page = await open(kind);
    const hash = await page.evaluate(async () => {
      const { gameFrames: length, performGame: perform } =
        await load<typeof import('./page/game.js')>('../page/game.js');
      const context = new OfflineAudioContext({ numberOfChannels: 2, length, sampleRate: 48000 });
      const backend = await lib.makeBackend({ name: 'worklet', engine: { device: { context } } });
      perform(lib, backend);
      await backend.engine!.start();
      const rendered = await context.startRendering();
      const [left, right] = [rendered.getChannelData(0), rendered.getChannelData(1)];
      return digest(
        Float32Array.from({ length: 2 * length }, (_, index) => (index % 2 === 0 ? left : right)[index >> 1]!),
      );
    });
    expect(hash).toBe(hashOf(expected));
  });

  it('a crossfade is heard at one power, though the page is blocked in the middle', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(5, 2);
      const backend = await lib.makeBackend({ engine: { device: { destination: recorder } } });
      const steady = (pan: number) =>
        new lib.AudioPlayer(backend, {
          stream: lib.AudioClip.fromPcm(new Float32Array(480_000).fill(0.5), { sampleRate: 48000, channels: 1 }),
          pan,
          bus: 'Music',
        });
      const [one, other] = [steady(-1), steady(1)];
      one.play();
      await wait(200);
      const there = one.crossfade(other, 0.8);
      await wait(100);
      block(1000);
      const whole = await there;
      const { samples } = await stop();
      backend.shutdown();
      return { whole, recorded: packed(samples) };
    });
    expect(told.whole).toBe(true);
    const recorded = unpacked(told.recorded);
    let fading = 0;
    for (let at = 0; at < recorded.length; at += 2) {
      const [left, right] = [recorded[at]!, recorded[at + 1]!];
      if (left < 0.01 || right < 0.01) continue;
      fading += 1;
      expect(Math.abs(10 * Math.log10((left * left + right * right) / 0.25))).toBeLessThan(0.1);
    }
    // 0.8 seconds, but for either end of the curve, where one of both is below what is looked at.
    expect(fading).toBeGreaterThan(0.95 * 0.8 * 48000);
    expect(fading).toBeLessThanOrEqual(0.8 * 48000);
  });

  it('buses are live: levels, mute, solo, effects, ducking, blends, and meters that tell', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const backend = await lib.makeBackend();
      const layout = backend.busLayout;
      const steady = (bus: string) => {
        const player = new lib.AudioPlayer(backend, {
          stream: lib.AudioClip.fromPcm(new Float32Array(48_000).fill(0.5), { sampleRate: 48000, channels: 1 }),
          bus,
          loop: true,
        });
        player.play();
        return player;
      };
      steady('Music');
      const voice = steady('Voice');
      /** Peaks in dB of what two buses and Master put out. */
      const levels = async () => {
        await wait(150);
        const buses = ['Music', 'Voice', 'Master'].map((name) => layout.getBus(name));
        for (const bus of buses) bus.meter();
        await wait(100);
        return buses.map((bus) => Math.round(20 * Math.log10(Math.max(...bus.meter().peak, 1e-5))));
      };
      const music = layout.getBus('Music');
      const seen: Record<string, number[]> = { both: await levels() };
      music.volumeDb = -12;
      seen['quieter'] = await levels();
      music.mute = true;
      seen['muted'] = await levels();
      music.mute = false;
      music.solo = true;
      seen['solo'] = await levels();
      music.solo = false;
      music.volumeDb = 0;
      const gain = music.addEffect(new lib.GainEffect({ volumeDb: -20 }));
      seen['effect'] = await levels();
      music.removeEffect(gain);
      music.addEffect(
        new lib.CompressorEffect({
          sidechain: 'Voice',
          thresholdDb: -46,
          ratio: 2,
          kneeDb: 0,
          attackMs: 1,
          releaseMs: 20,
        }),
      );
      seen['ducked'] = await levels();
      await voice.fadeOut(0.05);
      seen['alone'] = await levels();
      const now = layout.snapshot();
      music.volumeDb = -30;
      const later = layout.snapshot();
      await layout.blendTo(now, 0);
      const blended = layout.blendTo(later, 0.2);
      seen['blended'] = [Number(await blended), ...(await levels())];
      backend.shutdown();
      return seen;
    });
    // A constant of 0.5 is -6 dB, and two of them are 0 dB. Of 40 dB above the threshold the compressor leaves 20.
    expect(told).toEqual({
      both: [-6, -6, 0],
      quieter: [-18, -6, -4],
      muted: [-100, -6, -6],
      solo: [-18, -100, -18],
      effect: [-26, -6, -5],
      ducked: [-26, -6, -5],
      alone: [-6, -100, -6],
      blended: [1, -36, -100, -36],
    });
  });

  it('clips are addresses relative to the page, and bytes: a player plays them when they are loaded', async () => {
    const page = await open(kind, { complaints: 'allowed' });
    const told = await page.evaluate(async () => {
      const backend = await lib.makeBackend();
      const bytes = await (await fetch('../files/lena.mp3')).arrayBuffer();
      const clips = [lib.AudioClip.fromPath('../files/lena.mp3'), lib.AudioClip.fromBytes(bytes)];
      const early = await Promise.all(clips.map((clip) => codeOf(() => backend.playAudio(clip))));
      const players = clips.map((stream) => new lib.AudioPlayer(backend, { stream, bus: 'Voice' }));
      for (const player of players) player.play(11);
      const playing = players.map((player) => player.playing);
      const ends = await Promise.all(players.map((player) => player.finished));
      const id = backend.playAudio(clips[0]!, { bus: 'Voice' });
      const active = backend.isChannelActive(id);
      const list = new lib.AudioPlayer(backend, {
        stream: new lib.AudioPlaylist([
          lib.AudioClip.tone(440, { seconds: 0.1 }),
          lib.AudioClip.fromPath('../files/lena.mp3'),
        ]),
      });
      list.play();
      list.stop();
      const missing = new lib.AudioPlayer(backend, { stream: lib.AudioClip.fromPath('../files/none.wav') });
      const failure = new Promise<string>((resolve) => missing.on('streamOpenFailed', ({ code }) => resolve(code)));
      missing.play();
      const code = await failure;
      const { duration, container } = clips[0]!;
      backend.shutdown();
      return { early, playing, ends, active, code, duration, container };
    });
    expect(told).toMatchObject({
      early: ['ERR_NOT_READY', 'ERR_NOT_READY'],
      playing: [true, true],
      ends: ['ended', 'ended'],
      active: true,
      code: 'ERR_NETWORK',
      container: 'mp3',
    });
    expect(told.duration).toBeCloseTo(541184 / 44100, 1);
  });

  it('a player with streamMode streaming decodes an address as it plays', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(6);
      const backend = await lib.makeBackend({
        engine: { channels: 1, sampleRate: 48000, device: { destination: recorder } },
      });
      const capable = backend.listCapabilities().has('streaming.mp3');
      const clip = lib.AudioClip.fromPath('../files/lena.mp3');
      const player = new lib.AudioPlayer(backend, { stream: clip, streamMode: 'streaming', bus: 'Voice' });
      const given = new lib.AudioPlayer(backend, { stream: clip, streamMode: 'streaming', bus: 'Voice' });
      given.play();
      given.stop();
      player.play();
      const early = { playing: player.playing, loaded: clip.loaded };
      while (player.playbackPosition < 2) await wait(20);
      const { streamUnderruns } = backend.engine!.stats;
      const heard = packed((await stop()).samples);
      // The same from memory, pulled.
      const engine = await new lib.Engine({ device: false, channels: 1 }).ready;
      const sound = lib.Sound.fromBuffer(engine, (await clip.load()).buffer);
      sound.play();
      const expected = packed(engine.readPcmFrames(2 * 48000));
      backend.shutdown();
      return { capable, early, streamUnderruns, heard, expected };
    });
    expect(told).toMatchObject({ capable: true, early: { playing: true, loaded: false }, streamUnderruns: 0 });
    const [heard, expected] = [unpacked(told.heard), unpacked(told.expected)];
    const from = heard.findIndex((sample) => sample !== 0) - expected.findIndex((sample) => sample !== 0);
    for (let frame = 0; frame < 1.8 * 48000; frame += 1)
      if (heard[from + frame] !== expected[frame]) throw new Error(`Frame ${frame} differs`);
  });

  it('a worklet that cannot be loaded: null, with one warning, or an error with all reasons', async () => {
    server.routes.set('/dist/miniaudio_engine_worklet.js', (_request, response) => void response.writeHead(404).end());
    onTestFinished(() => void server.routes.delete('/dist/miniaudio_engine_worklet.js'));
    const page = await open(kind, { complaints: 'allowed' });
    const warnings = warningsOf(page);
    expectSilentTime(await stepDown(page), warnings, 'ERR_NETWORK');
  });
});

it('an insecure origin: null, with one warning that names the remedy, or an error with all reasons', async () => {
  const page = await openPage(browser(), address().replace('127.0.0.1', insecureHost), 'plain');
  const warnings = warningsOf(page);
  const told = await stepDown(page);
  expectSilentTime(told, warnings, 'ERR_UNAVAILABLE');
  expect(warnings.join()).toContain('browsers have AudioWorklet only there');
});

it('a page without WebAssembly has nothing that could mix: an error with the reasons of both', async () => {
  const page = await open('no-wasm');
  const told = await page.evaluate(() =>
    lib.makeBackend().then(
      () => null,
      (error) => ({
        name: error.name,
        code: error.code,
        message: error.message,
        reasons: error.reasons.map(({ name, code }: { name: string; code: string }) => [name, code]),
      }),
    ),
  );
  expect(told).toMatchObject({
    name: 'AudioBackendUnavailable',
    code: 'ERR_BACKEND_UNAVAILABLE',
    reasons: [
      ['worklet', 'ERR_UNAVAILABLE'],
      ['null', 'ERR_UNAVAILABLE'],
    ],
  });
  expect(told?.message).toContain("'wasm-unsafe-eval'");
});
