import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch, openPage, type PageOptions } from './chromium.js';
import { type PageKind, Server } from './server.js';

/**
 * A quantum that comes this much later than others was lost; a shared machine stalls for some 20 ms now and then, and
 * longer where others want both cores.
 */
export const lateMilliseconds = 100;

/** A browser and a server for the tests of a file; both end with it. */
export function setUpBrowser(...flags: string[]): {
  server: Server;
  address(): string;
  open(kind: PageKind | 'no-wasm', options?: PageOptions): Promise<Page>;
  browser(): Browser;
} {
  const server = new Server();
  let address = '';
  let browser: Browser | undefined;
  beforeAll(async () => {
    address = await server.listen();
    browser = await launch(...flags);
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
  });
  return {
    server,
    address: () => address,
    open: (kind, options) => openPage(browser as Browser, address, kind, options),
    browser: () => browser as Browser,
  };
}

/** Samples that the page's `packed` made text of. */
export function unpacked(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
