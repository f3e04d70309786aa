import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as bundle } from 'esbuild';
import type { Browser } from 'playwright-core';
import { createServer as createViteServer, type InlineConfig, build as viteBuild } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildPackages } from '../../scripts/build/packages.mjs';
import * as nodeLibrary from '../../src/index.js';
import { installInto, removeFolder } from '../package/install.js';
import { recording } from '../support/files.js';
import { hangMs } from '../support/processes.js';
import { launch, mayPlay, newContext } from './chromium.js';
import { Server, strictPolicy } from './server.js';

// A program as somebody writes it who has installed the package and configured nothing.
const program = `
  import { AudioBuffer, Engine, Sound, hostInfo } from 'miniaudio-engine';
  const engine = new Engine();
  const samples = Float32Array.from({ length: 48000 }, (_, n) => 0.5 * Math.sin(n / 10));
  const buffer = new AudioBuffer(samples, { sampleRate: 48000, channels: 1 });
  const sound = Sound.fromBuffer(engine, buffer, { looping: true });
  sound.play();
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  try {
    await engine.ready;
    await wait(300);
    const wav = new AudioBuffer(samples, { sampleRate: 48000, channels: 1 }).toWav();
    const decoded = await AudioBuffer.decode(wav);
    const ogg = await AudioBuffer.load('./lena.ogg');
    const streamed = await Sound.load(engine, './lena.opus', { stream: true });
    document.title = JSON.stringify({
      host: engine.host,
      peak: Math.round(100 * engine.meter().peak[0]),
      frames: [decoded, ogg, streamed].map((of) => of.lengthFrames),
      isolated: hostInfo().crossOriginIsolated,
    });
  } catch (error) {
    document.title = JSON.stringify({ error: String(error) });
  }
`;
const page = '<!doctype html><meta charset="utf-8"><title></title><script type="module" src="./program.js"></script>';
const heard = { host: 'worklet', peak: 50, frames: [48000, 541184, 589044] };
const sounds = ['lena.ogg', 'lena.opus'] as const;

let browser: Browser;
let folder = '';

beforeAll(async () => {
  folder = installInto('bundlers', [buildPackages().main]);
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'program.js'), program);
  // What lies in this folder Vite gives as it is.
  mkdirSync(join(folder, 'public'));
  copySoundsTo(join(folder, 'public'));
  browser = await launch(mayPlay);
});
afterAll(async () => {
  await browser?.close();
  removeFolder(folder);
});

function copySoundsTo(place: string): void {
  for (const name of sounds) copyFileSync(recording(name), join(place, name));
}

/** What the program said at an address. Anything that the policy refused is an error. */
async function run(address: string): Promise<unknown> {
  const context = await newContext(browser);
  onTestFinished(() => context.close());
  const tab = await context.newPage();
  const complaints: string[] = [];
  tab.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('/favicon.ico'))
      complaints.push(`${response.status()} ${response.url()}`);
  });
  tab.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(String(error)));
  await tab.goto(address);
  let said = '';
  // A page under the strict policy evaluates no text: only its title is looked at.
  for (const end = performance.now() + hangMs; said === '' && performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    said = await tab.title();
  }
  expect({ said, complaints }).toEqual({ said: expect.stringContaining('{'), complaints: [] });
  return JSON.parse(said);
}

/** Serves a folder under the strict policy, on a plain and on an isolated page. */
async function serveAndRun(served: string): Promise<void> {
  const server = new Server({ page: served });
  const address = await server.listen();
  onTestFinished(() => server.close());
  expect(await run(`${address}/plain/page/index.html`)).toEqual({ ...heard, isolated: false });
  expect(await run(`${address}/isolated/page/index.html`)).toEqual({ ...heard, isolated: true });
}

const viteConfig = (): InlineConfig => ({ root: folder, configFile: false, logLevel: 'error', base: './' });

describe('without any configuration the package works', () => {
  it('built by Vite, under a strict policy', async () => {
    await viteBuild(viteConfig());
    const assets = readdirSync(join(folder, 'dist/assets'));
    expect(assets.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
    expect(assets.some((name) => /worklet.*\.js$/.test(name))).toBe(true);
    for (const name of assets.filter((asset) => asset.endsWith('.js')))
      expect(readFileSync(join(folder, 'dist/assets', name), 'utf8')).not.toMatch(/["'`]data:/);
    await serveAndRun(join(folder, 'dist'));
  });

  it("served by Vite's development server", async () => {
    const server = await createViteServer({
      ...viteConfig(),
      base: '/',
      server: { port: 0, host: '127.0.0.1', hmr: false },
    });
    await server.listen();
    onTestFinished(() => server.close());
    const { port } = server.httpServer!.address() as { port: number };
    expect(await run(`http://127.0.0.1:${port}/index.html`)).toEqual({ ...heard, isolated: false });
    // What Vite found out is kept for the next start: that one works too.
    expect(await run(`http://127.0.0.1:${port}/index.html`)).toEqual({ ...heard, isolated: false });
  });

  it('bundled by esbuild, with the files copied beside the bundle', async () => {
    const output = join(folder, 'esbuild');
    mkdirSync(output);
    await bundle({
      entryPoints: [join(folder, 'program.js')],
      bundle: true,
      format: 'esm',
      outdir: output,
      logLevel: 'error',
    });
    copySoundsTo(output);
    for (const name of ['miniaudio_engine.wasm', 'miniaudio_engine_worklet.js', 'miniaudio_engine_ogg.js']) {
      copyFileSync(join(folder, 'node_modules/miniaudio-engine/dist', name), join(output, name));
    }
    writeFileSync(join(output, 'index.html'), page);
    await serveAndRun(output);
  });

  it('as it is, by a script of the page', async () => {
    const output = join(folder, 'plain');
    mkdirSync(output);
    copySoundsTo(output);
    for (const name of readdirSync(join(folder, 'node_modules/miniaudio-engine/dist')).filter((file) =>
      file.startsWith('miniaudio_engine'),
    )) {
      copyFileSync(join(folder, 'node_modules/miniaudio-engine/dist', name), join(output, name));
    }
    writeFileSync(join(output, 'program.js'), program.replace("'miniaudio-engine'", "'./miniaudio_engine_browser.js'"));
    writeFileSync(join(output, 'index.html'), page);
    await serveAndRun(output);
  });
});

describe('what a page loads', () => {
  const dist = () => join(folder, 'node_modules/miniaudio-engine/dist');

  it('exports what the package exports elsewhere', async () => {
    const text = readFileSync(join(dist(), 'miniaudio_engine_browser.js'), 'utf8');
    const names = [...(/export\{([^}]*)\}/.exec(text)?.[1] ?? '').matchAll(/(?:\w+ as )?(\w+)(?:,|$)/g)].map(
      ([, name]) => name,
    );
    expect(names.sort()).toEqual(Object.keys(nodeLibrary).sort());
  });

  it('is as small as promised, and each file large enough to stay one', async () => {
    const gzipped = (name: string) => gzipSync(readFileSync(join(dist(), name)), { level: 9 }).length;
    expect(gzipped('miniaudio_engine.wasm')).toBeLessThanOrEqual(135 * 1024);
    // What a program takes with it that plays sounds in groups.
    const names = 'AudioBuffer, Engine, Sound, SoundGroup';
    const contents = `import { ${names} } from 'miniaudio-engine'; console.log(${names});`;
    const used = await bundle({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      logLevel: 'error',
    });
    expect(gzipSync(used.outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(40 * 1024);
    // Vite makes data: addresses of assets below 4 KB, and the policy refuses those.
    expect(statSync(join(dist(), 'miniaudio_engine_worklet.js')).size).toBeGreaterThan(4096);
    expect(strictPolicy).not.toMatch(/unsafe-eval(?<!wasm-unsafe-eval)|blob:|data:/);
  });
});
