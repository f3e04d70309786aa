import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { hangMs } from '../support/processes.js';
import type { PageKind } from './server.js';

const path = '/usr/bin/chromium';
const common = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Outputs to choose from, on a machine that has none.
  '--use-fake-device-for-media-stream',
];
export const mayPlay = '--autoplay-policy=no-user-gesture-required';
export const mustBeTouched = '--autoplay-policy=document-user-activation-required';

/** Starts Debian's Chromium without a window. */
export function launch(...flags: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: path, headless: true, args: [...common, ...flags], timeout: hangMs });
}

/** A window of its own, in which nothing has a limit that a busy machine exceeds. */
export async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(hangMs);
  return context;
}

/** What a test expects of a page's console: by default no error. */
export interface PageOptions {
  readonly complaints?: 'allowed';
}

/**
 * A page of a kind with the library as `window.lib` and the helpers of test/browser/page; closed when the test is over.
 * Whatever the page complains about fails the test.
 */
export async function openPage(
  browser: Browser,
  address: string,
  kind: PageKind | 'no-wasm',
  options: PageOptions = {},
): Promise<Page> {
  const context = await newContext(browser, { permissions: ['microphone'] });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    if (kind !== 'no-wasm' && options.complaints !== 'allowed' && complaints.length > 0)
      throw new Error(`The page complained: ${complaints.join('\n')}`);
  });
  await page.goto(`${address}/${kind}/page/index.html`);
  await loaded(page);
  return page;
}

/** Waits for page.js without touching the page: a script of playwright's counts as a gesture. */
async function loaded(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const end = performance.now() + hangMs; performance.now() < end; ) {
    const { result } = await session.send('Runtime.evaluate', {
      expression: 'window.lib !== undefined',
      returnByValue: true,
    });
    if (result.value === true) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('The page did not load its script');
}
