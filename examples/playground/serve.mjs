// Builds the playground into build/playground, as any program with esbuild would, and serves it: `npm run playground`,
// or `node examples/playground/serve.mjs [port] [--plain]`.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { serve } from '../serve.mjs';

const sources = new URL('./', import.meta.url);
const output = new URL('../../build/playground/', import.meta.url);

await mkdir(output, { recursive: true });
await build({
  entryPoints: [fileURLToPath(new URL('main.ts', sources))],
  outdir: fileURLToPath(output),
  bundle: true,
  format: 'esm',
  target: ['es2022'],
  minify: true,
  logLevel: 'warning',
});
const files = [
  ...['index.html', 'style.css', 'icon.svg'].map((name) => new URL(name, sources)),
  // What the library looks for beside the bundle.
  ...['miniaudio_engine.wasm', 'miniaudio_engine_worklet.js'].map((name) => new URL(`../../dist/${name}`, sources)),
  // A voice, 12 seconds, from the package audio-lena (MIT).
  new URL('lena.mp3', import.meta.resolve('audio-lena')),
];
await Promise.all(files.map((file) => copyFile(file, new URL(file.pathname.split('/').at(-1), output))));
serve((name) => new URL(name, output));
