import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Helper, repository, until } from '../support/processes.js';
import { mayPlay, newContext } from './chromium.js';
import { setUpBrowser } from './pages.js';
import { pageKinds } from './server.js';

/** Where the screenshots go, for a person to look at. */
const screenshots = join(repository, 'build/screenshots');

describe.each(pageKinds)('the example, on an %s page', (kind) => {
  const { browser } = setUpBrowser(mayPlay);

  it('plays, and shows meters and a waveform that move', async () => {
    const server = new Helper(
      process.execPath,
      ['examples/browser/serve.mjs', '0', ...(kind === 'plain' ? ['--plain'] : [])],
      { cwd: repository },
    );
    onTestFinished(() => server.stop());
    let address = '';
    server.child.stdout?.on('data', (text: Buffer) => {
      address += text.toString();
    });
    await until('the server', () => address.includes('http'));
    const page = await (await newContext(browser(), { viewport: { width: 800, height: 640 } })).newPage();
    onTestFinished(() => page.context().close());
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    await page.goto(address.trim());
    const status = () => page.locator('#status').textContent();
    await until('the engine', async () => /running/.test((await status()) ?? ''));
    /** Coloured points of each canvas. */
    const painted = () =>
      page.locator('canvas').evaluateAll((canvases) =>
        (canvases as unknown as Canvas[]).map((canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at + 1]! > 180) count += 1;
          return count;
        }),
      );
    const silent = await painted();
    await page.locator('#play').click();
    await until('voices', async () => /[1-9]\d* voices?/.test((await status()) ?? ''));
    await page.waitForTimeout(1300);
    const playing = await painted();
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `example-${kind}.png`) });
    await page.locator('#block').click();
    await page.locator('#stop').click();
    await until('silence', async () => /· 0 voices/.test((await status()) ?? ''));
    expect(complaints).toEqual([]);
    expect(playing).toHaveLength(5);
    expect(silent).toEqual([0, 0, 0, 0, 0]);
    // The waveform, the whole mix and the melody at the least: the beats are short.
    for (const index of [0, 1, 2]) expect(playing[index]).toBeGreaterThan(500);
    expect(await status()).toContain(kind === 'plain' ? 'messages' : 'shared memory');
  });
});

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(left: number, top: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}
