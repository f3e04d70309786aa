import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { repository } from '../support/processes.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.css': 'text/css',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.mp3': 'audio/mpeg',
};

/** What the documentation names as enough: no inline script, no eval, no blob: and no data: addresses. */
export const strictPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
/** The same without WebAssembly. */
const policyWithoutWasm = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";

/** The kinds of pages there are: with the headers that let a page share memory, and without. */
export const pageKinds = ['isolated', 'plain'] as const;
export type PageKind = (typeof pageKinds)[number];

/** An answer to a request that no file gives. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves folders below prefixes: "/isolated/..." with COOP and COEP, "/plain/..." without, "/no-wasm/..." with a policy
 * that forbids WebAssembly.
 */
export class Server {
  readonly routes = new Map<string, Route>();
  /** What lies below "/<kind>/<name>/". */
  readonly folders: Record<string, string>;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  /** `folders`: what lies below "/<kind>/<name>/". */
  constructor(folders: Record<string, string> = {}) {
    this.folders = { dist: join(repository, 'dist'), page: join(repository, 'test/browser/page'), ...folders };
  }

  /** Begins to listen; resolves with the address. */
  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`),
      );
    });
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, kind = '', folder = '', ...rest] = pathname.split('/');
    response.setHeader('Content-Security-Policy', kind === 'no-wasm' ? policyWithoutWasm : strictPolicy);
    response.setHeader('Cache-Control', 'no-store');
    if (kind === 'isolated') {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    const route = this.routes.get(`/${[folder, ...rest].join('/')}`);
    if (route !== undefined) {
      route(request, response);
      return;
    }
    try {
      const base = this.folders[folder];
      if (base === undefined || rest.includes('..')) throw new Error('no such folder');
      const bytes = readFileSync(join(base, ...rest));
      response.setHeader('Content-Type', types[extname(pathname)] ?? 'application/octet-stream');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end('not here');
    }
  }
}
