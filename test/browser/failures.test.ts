import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../support/processes.js';
import { mayPlay } from './chromium.js';
import { setUpBrowser } from './pages.js';
import { pageKinds, type Route } from './server.js';

const { open, server } = setUpBrowser(mayPlay);
const worklet = readFileSync(join(repository, 'dist/miniaudio_engine_worklet.js'), 'utf8');
const wasm = readFileSync(join(repository, 'dist/miniaudio_engine.wasm'));

/** Answers in the place of a file until the test is over. */
function replace(path: string, route: Route): void {
  server.routes.set(path, route);
}

const script =
  (text: string): Route =>
  (_request, response) => {
    response.setHeader('Content-Type', 'text/javascript');
    response.end(text);
  };
const missing: Route = (_request, response) => {
  response.statusCode = 404;
  response.end();
};

describe.each(pageKinds)('on an %s page', (kind) => {
  /** What an engine with a device comes to. */
  const tryEngine = async () => {
    const page = await open(kind, { complaints: 'allowed' });
    return page.evaluate(async () => {
      const engine = new lib.Engine();
      engine.on('warning', () => {});
      lib.Sound.fromBuffer(engine, tone()).play();
      const reason = await engine.ready.then(
        () => 'ready',
        (error) => `${error.code}: ${error.message}`,
      );
      const { state } = engine;
      engine.dispose();
      return { reason, state, after: engine.state };
    });
  };

  it('a module that is not there is told, with what has to be done, and can be loaded later', async () => {
    replace('/dist/miniaudio_engine.wasm', missing);
    try {
      const told = await tryEngine();
      expect(told).toMatchObject({ state: 'stopped', after: 'closed' });
      expect(told.reason).toMatch(/^ERR_NETWORK: .*miniaudio_engine\.wasm.*404.*beside/);
      const page = await open(kind, { complaints: 'allowed' });
      const first = await page.evaluate(() => codeOf(() => new lib.Engine().ready));
      server.routes.delete('/dist/miniaudio_engine.wasm');
      const second = await page.evaluate(() => codeOf(() => new lib.Engine().ready));
      expect([first, second]).toEqual(['ERR_NETWORK', 'nothing was thrown']);
    } finally {
      server.routes.delete('/dist/miniaudio_engine.wasm');
    }
  });

  it('a worklet that is not there is told', async () => {
    replace('/dist/miniaudio_engine_worklet.js', missing);
    try {
      const told = await tryEngine();
      expect(told.state).toBe('stopped');
      expect(told.reason).toMatch(/^ERR_NETWORK: .*miniaudio_engine_worklet\.js.*beside/);
    } finally {
      server.routes.delete('/dist/miniaudio_engine_worklet.js');
    }
  });

  it('a module that is no module is told, and one that is served as anything works', async () => {
    replace('/dist/miniaudio_engine.wasm', (_request, response) => void response.end('<!doctype html>'));
    try {
      expect((await tryEngine()).reason).toMatch(/^ERR_UNAVAILABLE: .*could not be compiled/);
      replace('/dist/miniaudio_engine.wasm', (_request, response) => {
        response.setHeader('Content-Type', 'application/octet-stream');
        response.end(wasm);
      });
      expect((await tryEngine()).reason).toBe('ready');
    } finally {
      server.routes.delete('/dist/miniaudio_engine.wasm');
    }
  });

  it('an engine that fails in its worklet says so and is stopped', async () => {
    const breaking = `
      const register = globalThis.registerProcessor;
      if (register) globalThis.registerProcessor = (name, Processor) => register(name, class extends Processor {
        process(inputs, outputs) {
          if (currentFrame > 72000) throw new Error('broken');
          return super.process(inputs, outputs);
        }
      });
    `;
    replace('/dist/miniaudio_engine_worklet.js', script(breaking + worklet));
    try {
      const page = await open(kind, { complaints: 'allowed' });
      const told = await page.evaluate(async () => {
        const engine = new lib.Engine();
        const lost: string[] = [];
        engine.on('device-lost', (reason) => lost.push(reason.code));
        const sound = lib.Sound.fromBuffer(engine, tone(440, 5)).play();
        await engine.ready;
        await wait(2200);
        const { state } = engine;
        const start = await codeOf(() => engine.start());
        const { finished } = sound;
        engine.dispose();
        return { lost, state, start, end: await finished };
      });
      expect(told).toEqual({ lost: ['ERR_DEVICE_LOST'], state: 'stopped', start: 'ERR_DEVICE_LOST', end: 'disposed' });
    } finally {
      server.routes.delete('/dist/miniaudio_engine_worklet.js');
    }
  });

  it('two versions of the package, in one AudioContext, do not meet', async () => {
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
    const library = readFileSync(join(repository, 'dist/miniaudio_engine_browser.js'), 'utf8');
    expect(library).toContain(`"${version}"`);
    const renamed = (text: string) =>
      text.replaceAll(`"${version}"`, '"99.0.0"').replaceAll(`miniaudio-engine-${version}`, 'miniaudio-engine-99.0.0');
    replace('/other/miniaudio_engine_browser.js', script(renamed(library)));
    // What the other version renders comes out upside down: so it can be told whose processor rendered what.
    const inverting = `
      const register = globalThis.registerProcessor;
      if (register) globalThis.registerProcessor = (name, Processor) => {
        globalThis.registerProcessor = register;
        register(name, class extends Processor {
          process(inputs, outputs) {
            const more = super.process(inputs, outputs);
            for (const channel of outputs[0])
              for (let frame = 0; frame < channel.length; frame += 1) channel[frame] *= -1;
            return more;
          }
        });
      };
    `;
    replace('/other/miniaudio_engine_worklet.js', script(inverting + renamed(worklet)));
    replace('/other/miniaudio_engine.wasm', (_request, response) => {
      response.setHeader('Content-Type', 'application/wasm');
      response.end(wasm);
    });
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const other = await load<typeof lib>('../other/miniaudio_engine_browser.js');
      const { recorder, stop } = await openRecorder(2);
      const engines = [
        new lib.Engine({ device: { destination: recorder } }),
        new other.Engine({ device: { destination: recorder } }),
      ];
      await Promise.all(engines.map((engine) => engine.ready));
      const level = (from: typeof lib, engine: (typeof engines)[number], value: number): void => {
        const source = new from.StreamSource(engine, {
          sampleRate: 48000,
          channels: 1,
          format: 'f32',
          bufferSeconds: 2,
        });
        source.write(new Float32Array(96_000).fill(value));
        from.Sound.fromStream(engine, source).play();
      };
      level(lib, engines[0]!, 0.25);
      level(other, engines[1]!, 0.5);
      await wait(300);
      const { samples } = await stop();
      const times = engines.map((engine) => engine.timeFrames > 0);
      const voices = engines.map((engine) => engine.stats.activeVoices);
      const mixed = await codeOf(() => lib.Sound.fromBuffer(engines[1]!, tone()));
      for (const engine of engines) engine.dispose();
      return {
        times,
        voices,
        mixed,
        last: samples.at(-1),
        versions: [lib.hostInfo().versions['package'], other.hostInfo().versions['package']],
      };
    });
    expect(told).toMatchObject({
      times: [true, true],
      voices: [1, 1],
      last: 0.25 - 0.5,
      versions: [version, '99.0.0'],
    });
    expect(told.mixed).toBe('ERR_INVALID_ARG_TYPE');
  });
});
