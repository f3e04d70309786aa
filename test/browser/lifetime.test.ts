import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { peak, toneFrequency } from '../support/analysis.js';
import { rounds } from '../support/extent.js';
import { recording } from '../support/files.js';
import { ServedFile } from '../support/served-file.js';
import { mayPlay, mustBeTouched } from './chromium.js';
import { setUpBrowser, unpacked } from './pages.js';
import { pageKinds } from './server.js';

/** How many engines come and go before it is asked what they left. */
const many = rounds(15, 50);

describe.each(pageKinds)('an engine of an %s page', (kind) => {
  const { open, browser, address, server } = setUpBrowser(mayPlay);

  it('stops and starts with its clock', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine();
      const states: string[] = [];
      engine.on('state', (state) => states.push(state));
      const sound = lib.Sound.fromBuffer(engine, tone(440, 1), { looping: true }).play();
      await engine.ready;
      while (engine.timeFrames <= 2000) await wait(5);
      await engine.stop();
      await wait(50);
      const stopped = engine.timeFrames;
      await wait(200);
      const later = engine.timeFrames;
      // What is asked for meanwhile is done when time goes on; what is retired is let go without.
      sound.volume = 0.25;
      for (let count = 0; count < 200; count += 1) lib.Sound.fromBuffer(engine, tone(440, 0.01)).dispose();
      await wait(150);
      await engine.start();
      while (engine.timeFrames <= later + 5000) await wait(5);
      engine.meter();
      await wait(100);
      const peakAfter = engine.meter().peak[0];
      const { pendingCommands, sounds } = engine.stats;
      const result = {
        stopped,
        later,
        now: engine.timeFrames,
        pendingCommands,
        sounds,
        peakAfter,
        states: [...states],
      };
      engine.dispose();
      return result;
    });
    expect(told.stopped).toBeGreaterThan(2000);
    expect(told.later).toBe(told.stopped);
    expect(told.now).toBeGreaterThan(told.later + 5000);
    expect(told.pendingCommands).toBe(0);
    expect(told.sounds).toBe(1);
    expect(told.peakAfter).toBeCloseTo(0.125, 3);
    expect(told.states).toEqual(['running', 'stopped', 'running']);
  });

  it('closes its own context and never the program’s, and its promises settle', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const made: WebAudioContext[] = [];
      const Original = (window as { AudioContext?: unknown })['AudioContext'] as typeof AudioContext;
      (window as Record<string, unknown>)['AudioContext'] = class extends (
        (Original as unknown as new (
          options: object,
        ) => object)
      ) {
        constructor(options: object) {
          super(options);
          made.push(this as unknown as WebAudioContext);
        }
      };
      const engine = new lib.Engine();
      const sound = lib.Sound.fromBuffer(engine, tone(440, 5)).play();
      const finished = sound.finished;
      await engine.ready;
      engine.dispose();
      engine.dispose();
      const settled = await finished;
      // Before anything is loaded, too.
      const early = new lib.Engine();
      const earlyReady = codeOf(() => early.ready);
      early.dispose();
      const mine = new Original({ sampleRate: 48000, latencyHint: 'interactive' });
      const guest = new lib.Engine({ device: { context: mine } });
      await guest.ready;
      guest.dispose();
      await wait(300);
      return {
        settled,
        states: made.map((context) => context.state),
        early: await earlyReady,
        mine: mine.state,
        afterwards: await codeOf(() => engine.timeFrames),
        state: engine.state,
      };
    });
    expect(told).toEqual({
      settled: 'disposed',
      states: ['closed'],
      early: 'ERR_DISPOSED',
      mine: 'running',
      afterwards: 'ERR_DISPOSED',
      state: 'closed',
    });
  });

  it('shares a page and a context with others', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const low = await openRecorder(2);
      const high = await openRecorder(2);
      const first = new lib.Engine({ device: { destination: low.recorder } });
      const second = new lib.Engine({ device: { destination: high.recorder } });
      const third = new lib.Engine({ device: { context: low.context } });
      const pulled = new lib.Engine({ device: false });
      const low440 = tone(440, 1);
      lib.Sound.fromBuffer(first, low440, { looping: true }).play();
      const stream = new lib.StreamSource(second, { sampleRate: 48000, channels: 1, format: 'f32', bufferSeconds: 3 });
      for (let count = 0; count < 3; count += 1) stream.write(tone(880, 1).getChannelData(0));
      lib.Sound.fromStream(second, stream).play();
      lib.Sound.fromBuffer(third, low440, { looping: true, volume: 0.1 }).play();
      await Promise.all([first.ready, second.ready, third.ready, pulled.ready]);
      await wait(300);
      third.dispose();
      await wait(900);
      const result = {
        low: packed((await low.stop()).samples),
        high: packed((await high.stop()).samples),
        times: [first.timeFrames, second.timeFrames],
      };
      for (const engine of [first, second, pulled]) engine.dispose();
      return result;
    });
    for (const [text, hz] of [
      [told.low, 440],
      [told.high, 880],
    ] as const) {
      const recorded = unpacked(text);
      const sounding = recorded.subarray(recorded.findIndex((sample) => sample !== 0));
      expect(sounding.length).toBeGreaterThan(40_000);
      expect(peak(sounding)).toBeCloseTo(0.5, 2);
      expect(Math.abs(toneFrequency(sounding, 48000, hz) - hz)).toBeLessThan(0.001);
    }
    expect(Math.min(...told.times)).toBeGreaterThan(30_000);
  });

  it('refuses what a context cannot do, with the reason', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const context = new AudioContext({ sampleRate: 44100, latencyHint: 'interactive' });
      const fitting = new lib.Engine({ device: { context } });
      const rate = fitting.sampleRate;
      await fitting.ready;
      const reasons: string[] = [];
      const quiet = (engine: import('../../src/index.js').Engine) => {
        engine.on('warning', (warning) => reasons.push(warning.message));
        return engine;
      };
      const wrongRate = await codeOf(() => quiet(new lib.Engine({ sampleRate: 48000, device: { context } })).ready);
      const wrongBackend = await codeOf(() => quiet(new lib.Engine({ device: { backend: 'alsa' } })).ready);
      const wrongOutput = await codeOf(() => quiet(new lib.Engine({ device: { id: 'no such output' } })).ready);
      const native = await codeOf(() => new lib.Engine({ host: 'native' }));
      const wasmDevice = await codeOf(() => quiet(new lib.Engine({ host: 'wasm' })).ready);
      const pulled = new lib.Engine({ device: false, host: 'wasm' });
      await pulled.ready;
      const silent = new lib.Engine({ device: { backend: 'null' } });
      await silent.ready;
      const silentBackend = silent.device?.backend;
      await silent.useDevice({});
      const moved = silent.device?.backend;
      const foreign = await codeOf(() => silent.useDevice({ context }));
      const unknown = await codeOf(() => silent.useDevice({ id: 'no such output' }));
      await wait(50);
      const still = silent.state;
      const devices = await lib.Engine.devices();
      for (const engine of [fitting, pulled, silent]) engine.dispose();
      return {
        rate,
        wrongRate,
        wrongBackend,
        wrongOutput,
        native,
        wasmDevice,
        silentBackend,
        moved,
        foreign,
        unknown,
        still,
        devices: devices.length,
        reasons,
      };
    });
    expect(told).toMatchObject({
      rate: 44100,
      wrongRate: 'ERR_DEVICE',
      wrongBackend: 'ERR_UNSUPPORTED_HOST',
      wrongOutput: 'ERR_NO_DEVICE',
      native: 'ERR_UNAVAILABLE',
      wasmDevice: 'ERR_UNSUPPORTED_HOST',
      silentBackend: 'null',
      moved: 'webaudio',
      foreign: 'ERR_UNSUPPORTED_HOST',
      unknown: 'ERR_NO_DEVICE',
      still: 'running',
    });
    expect(told.reasons.join('\n')).toContain('44100 Hz');
  });

  it('moves to another output, and its sounds go on', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const devices = await lib.Engine.devices();
      const engine = new lib.Engine();
      const changed: string[] = [];
      engine.on('device-changed', (device) => changed.push(device.name));
      const sound = lib.Sound.fromBuffer(engine, tone(440, 4)).play();
      await engine.ready;
      await wait(100);
      const other = devices.find((device) => !device.isDefault)!;
      await engine.useDevice({ id: other.id });
      const at = sound.cursorFrames;
      await wait(200);
      const result = {
        devices,
        device: engine.device,
        id: other.id,
        changed,
        state: engine.state,
        went: sound.cursorFrames - at,
        playing: sound.playing,
      };
      engine.dispose();
      return result;
    });
    expect(told.devices.length).toBeGreaterThan(1);
    expect(told.devices.filter((device) => device.isDefault).map((device) => device.id)).toEqual(['']);
    expect(told.device).toMatchObject({ id: told.id, backend: 'webaudio', isDefault: false, sampleRate: 48000 });
    expect(told.changed).toEqual([told.device?.name]);
    expect(told).toMatchObject({ state: 'running', playing: true });
    expect(told.went).toBeGreaterThan(3000);
  });

  it('names the reason where the browser cannot choose an output', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      delete (AudioContext.prototype as { setSinkId?: unknown }).setSinkId;
      const engine = new lib.Engine();
      await engine.ready;
      const messages = [lib.Engine.devices(), engine.useDevice({ id: 'other' })].map((call) =>
        call.then(String, (error) => `${error.code}: ${error.message}`),
      );
      const result = await Promise.all(messages);
      engine.dispose();
      return result;
    });
    for (const message of told) expect(message).toMatch(/^ERR_UNSUPPORTED_HOST: .*setSinkId/);
  });

  it('is pulled on the page when it is loaded, not before', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine({ device: false });
      const before = [engine.state, engine.host, await codeOf(() => engine.readPcmFrames(10))];
      lib.Sound.fromBuffer(engine, tone()).play();
      await engine.ready;
      const samples = engine.readPcmFrames(480);
      const again = new lib.Engine({ device: false });
      const atOnce = again.readPcmFrames(1).length;
      const result = { before, state: engine.state, last: samples[2 * 100]!, atOnce, time: engine.timeFrames };
      engine.dispose();
      again.dispose();
      return result;
    });
    expect(told).toEqual({
      before: ['starting', 'wasm', 'ERR_NOT_READY'],
      state: 'running',
      last: Math.fround(0.5 * Math.sin((2 * Math.PI * 440 * 100) / 48000)),
      atOnce: 2,
      time: 480,
    });
  });

  it('leaves nothing behind when its page is loaded anew again and again', async () => {
    const page = await open(kind);
    const reloads = async (count: number) => {
      for (let done = 0; done < count; done += 1) {
        await page.goto(`${address()}/${kind}/page/index.html`);
        await page.waitForFunction('window.lib !== undefined');
        await page.evaluate(async () => {
          const engine = new lib.Engine();
          playMuch(engine);
          await engine.ready;
        });
      }
    };
    await reloads(5);
    const before = await memoryOf(page);
    await reloads(many);
    const after = await memoryOf(page);
    // An engine with its samples and its stream holds over 16 MB; Chromium itself keeps about 0.8 MB of each context.
    expect(after - before).toBeLessThan(many * 1.6);
  });

  it('leaves nothing behind when a page makes and disposes many', async () => {
    server.routes.set('/files/lena.ogg', new ServedFile(readFileSync(recording('lena.ogg'))).answer);
    const page = await open(kind);
    const make = (count: number) =>
      page.evaluate(async (engines) => {
        // What is disposed may be kept.
        const kept: unknown[] = [];
        window['kept'] = kept;
        for (let done = 0; done < engines; done += 1) {
          const engine = new lib.Engine();
          kept.push(engine, playMuch(engine));
          kept.push((await lib.Sound.load(engine, '../files/lena.ogg', { stream: true })).play());
          await engine.ready;
          await wait(20);
          engine.dispose();
        }
      }, count);
    await make(5);
    const before = await memoryOf(page);
    await make(many);
    const after = await memoryOf(page);
    expect(after - before).toBeLessThan(many * 1.6);
  });

  /** Megabytes that the browser's processes have of their own after a collection. */
  async function memoryOf(page: Page): Promise<number> {
    const session = await page.context().newCDPSession(page);
    for (let round = 0; round < 3; round += 1) {
      await session.send('HeapProfiler.collectGarbage');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const { processInfo } = await (await browser().newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
    let kilobytes = 0;
    for (const { id, type } of processInfo) {
      if (type !== 'renderer') continue;
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
      for (const [, amount] of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)) kilobytes += Number(amount);
    }
    return kilobytes / 1024;
  }
});

describe.each(pageKinds)('an %s page that nobody has touched', (kind) => {
  const { open } = setUpBrowser(mustBeTouched);

  /** Runs a script as the page itself would: what playwright's own evaluate runs counts as a gesture. */
  const run = async (page: Page, expression: string): Promise<unknown> => {
    const session = await page.context().newCDPSession(page);
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const begin = (page: Page) =>
    run(
      page,
      `(async () => {
        window.engine = new lib.Engine();
        window.states = [];
        engine.on('state', (state) => states.push(state));
        lib.Sound.fromBuffer(engine, tone(440, 1), { looping: true }).play();
        await engine.ready;
        await wait(200);
        return { state: engine.state, time: engine.timeFrames };
      })()`,
    );
  const look = (page: Page, tries = 5000) =>
    run(
      page,
      `(async () => {
        for (let tries = 0; tries < ${tries} && engine.timeFrames < 4800; tries += 1) await wait(20);
        return { state: engine.state, states, late: engine.timeFrames >= 4800 };
      })()`,
    );

  it('keeps its engine suspended, its clock at rest, until the first gesture', async () => {
    const page = await open(kind);
    expect(await begin(page)).toEqual({ state: 'suspended', time: 0 });
    await page.mouse.click(10, 10);
    expect(await look(page)).toEqual({ state: 'running', states: ['suspended', 'running'], late: true });
  });

  it('lets start() in a gesture begin it', async () => {
    const page = await open(kind);
    await begin(page);
    // The engine's own listeners are kept from hearing of the gesture.
    await run(
      page,
      `addEventListener('pointerdown', (event) => { event.stopImmediatePropagation(); }, true);
       for (const type of ['mousedown', 'pointerup', 'click'])
         addEventListener(
           type,
           (event) => {
             event.stopImmediatePropagation();
             if (type === 'click') window.begin?.();
           },
           true,
         );`,
    );
    await page.mouse.click(10, 10);
    expect(await look(page, 20)).toMatchObject({ state: 'suspended', late: false });
    await run(page, 'window.begin = () => void engine.start()');
    await page.mouse.click(10, 10);
    expect(await look(page)).toEqual({ state: 'running', states: ['suspended', 'running'], late: true });
  });
});
