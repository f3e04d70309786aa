// Serves a page: with the headers that let it share memory with its worklets, or with --plain without them. A number is
// the port, default 8080.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.mp3': 'audio/mpeg',
};

/** Answers with the files at the addresses that `locate` gives for their names. */
export function serve(locate) {
  const plain = process.argv.includes('--plain');
  const port = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 8080);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = pathname === '/' ? 'index.html' : pathname.slice(1);
    // All that a page needs, and nothing else.
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
        "style-src 'self'; img-src 'self'",
    );
    if (!plain) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    try {
      const bytes = await readFile(locate(name));
      response.setHeader('Content-Type', types[extname(name)] ?? 'application/octet-stream');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end('not here');
    }
  });
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}
