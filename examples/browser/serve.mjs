// Serves the example: `node scripts/build.mjs && node examples/browser/serve.mjs [port]`. With --plain it leaves out the headers that let a page share memory.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const page = new URL('./', import.meta.url);
const dist = new URL('../../dist/', import.meta.url);
const plain = process.argv.includes('--plain');
const port = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 8080);

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const file = name.startsWith('dist/') ? new URL(name.slice('dist/'.length), dist) : new URL(name, page);
  // All that the page needs, and nothing else.
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'",
  );
  if (!plain) {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  }
  try {
    const bytes = await readFile(file);
    response.setHeader('Content-Type', types[extname(name)] ?? 'application/octet-stream');
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end('not here');
  }
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
