import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rounds } from '../support/extent.js';
import { recording } from '../support/files.js';
import { Helper, repository, until } from '../support/processes.js';
import { mayPlay, newContext } from './chromium.js';
import { setUpBrowser } from './pages.js';
import { pageKinds } from './server.js';

/** Where the screenshots go, for a person to look at. */
const screenshots = join(repository, 'build/screenshots');

// It takes its time: a page of one kind is looked at in `npm test`, of the other one too in `npm run test:all`.
describe.each(pageKinds.slice(0, rounds(1, 2)))('the playground, on an %s page', (kind) => {
  const { browser } = setUpBrowser(mayPlay);

  it('opens and sounds, and every control does what it says', async () => {
    const server = new Helper(
      process.execPath,
      ['examples/playground/serve.mjs', '0', ...(kind === 'plain' ? ['--plain'] : [])],
      { cwd: repository },
    );
    onTestFinished(() => server.stop());
    let address = '';
    server.child.stdout?.on('data', (text: Buffer) => {
      address += text.toString();
    });
    await until('the server', () => address.includes('http'));
    const page = await (
      await newContext(browser(), { viewport: { width: 1360, height: 900 }, colorScheme: 'dark' })
    ).newPage();
    onTestFinished(() => page.context().close());
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.goto(address.trim());
    const status = () => page.locator('#status').textContent();
    await until('the engine', async () => /running/.test((await status()) ?? ''));

    await page.getByRole('button', { name: 'Play Calm' }).click();
    await until('sound', async () => (await level(page, 'Master')) > 40);
    expect(await status()).toContain(kind === 'plain' ? 'messages' : 'shared memory');
    expect(await wavePoints(page)).toBeGreaterThan(200);

    await mixesAndPlays(page);
    await changesEffects(page);
    await synthesises(page);
    await movesInSpace(page);
    mkdirSync(screenshots, { recursive: true });
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: join(screenshots, `playground-${kind}.png`), fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.screenshot({ path: join(screenshots, `playground-${kind}-narrow.png`), fullPage: true });
    expect(await page.locator('#notice').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });
});

/** How far the meter of a bus reaches, 0..100 for -60..0 dB. */
async function level(page: Page, bus: string): Promise<number> {
  const bar = page
    .getByRole('group', { name: `Bus ${bus}`, exact: true })
    .locator('.meter i')
    .first();
  const inset = /inset\(([\d.]+)/.exec((await bar.getAttribute('style')) ?? '');
  return 100 - Number(inset?.[1] ?? 100);
}

/** Points of the picture of the waveform that are drawn on. */
function wavePoints(page: Page): Promise<number> {
  return page
    .locator('#output canvas')
    .first()
    .evaluate((element) => {
      const canvas = element as unknown as {
        width: number;
        height: number;
        getContext(kind: '2d'): { getImageData(...area: number[]): { data: Uint8ClampedArray } };
      };
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 1 && value > 150).length;
    });
}

const silent = (page: Page, bus: string) => until(`silence of ${bus}`, async () => (await level(page, bus)) === 0);
const heard = (page: Page, bus: string) => until(`sound of ${bus}`, async () => (await level(page, bus)) > 20);

async function mixesAndPlays(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mute Music' }).click();
  await silent(page, 'Master');
  await page.getByRole('button', { name: 'Mute Music' }).click();
  await heard(page, 'Master');
  await page.getByRole('button', { name: 'Solo UI' }).click();
  await silent(page, 'Music');
  await page.getByRole('button', { name: 'Solo UI' }).click();
  await page.getByRole('button', { name: 'Keep A' }).click();
  const fader = page.getByRole('slider', { name: 'Volume of Music' });
  await fader.focus();
  await page.keyboard.press('Home');
  await silent(page, 'Music');
  expect(await fader.getAttribute('aria-valuetext')).toBe('off');
  await page.getByRole('button', { name: 'Blend to A' }).click();
  await heard(page, 'Music');
  await page.getByRole('combobox', { name: 'Voice leads to' }).selectOption('SFX');
  await page.getByRole('button', { name: 'Play Voice' }).click();
  await heard(page, 'SFX');
  await page.getByRole('button', { name: 'Crossfade from what plays to Voice' }).click();
  await silent(page, 'Music');
  await page.getByRole('button', { name: 'Fade Voice out' }).click();
  await silent(page, 'SFX');
  await page.getByLabel('Play a file of yours').setInputFiles(recording('lena.flac'));
  await page.getByRole('button', { name: 'Loop lena.flac' }).click();
  await heard(page, 'Music');
  await page.getByRole('button', { name: 'Pause lena.flac' }).click();
  await silent(page, 'Music');
  await page.getByRole('button', { name: 'Pause lena.flac' }).click();
  await heard(page, 'Music');
  await page.getByRole('textbox', { name: 'Name of a new bus' }).fill('Crowd');
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: 'Bus Crowd' }).waitFor();
  await page.getByRole('button', { name: 'Music', exact: true }).click();
}

async function changesEffects(page: Page): Promise<void> {
  const titles = () => page.locator('#effects h3').allTextContents();
  expect(await titles()).toEqual(['Low-pass', 'Compressor']);
  const kinds = page.getByRole('combobox', { name: 'Kind of effect' });
  await kinds.selectOption({ label: 'Gain' });
  await page.getByRole('button', { name: 'Add effect' }).click();
  expect(await titles()).toEqual(['Low-pass', 'Compressor', 'Gain']);
  const gain = page.getByRole('slider', { name: 'volumeDb' });
  await gain.focus();
  await page.keyboard.press('Home');
  await silent(page, 'Music');
  await page.getByRole('button', { name: 'On: Gain is heard' }).click();
  await heard(page, 'Music');
  await page.getByRole('button', { name: 'Move Gain towards the beginning' }).click();
  expect(await titles()).toEqual(['Low-pass', 'Gain', 'Compressor']);
  await page.getByRole('button', { name: 'Remove Gain' }).click();
  await kinds.selectOption({ label: 'Equaliser' });
  await page.getByRole('button', { name: 'Add effect' }).click();
  await page.getByRole('button', { name: 'Remove band 2' }).click();
  await page.getByRole('button', { name: 'Add band' }).click();
  expect(await page.getByRole('combobox', { name: 'type' }).allTextContents()).toHaveLength(3);
  // Every kind of effect can be shown and taken out again.
  for (const kind of await kinds.locator('option').allTextContents()) {
    await kinds.selectOption({ label: kind });
    await page.getByRole('button', { name: 'Add effect' }).click();
    expect((await titles()).at(-1)).toBe(kind);
    await page
      .getByRole('button', { name: `Remove ${kind}` })
      .last()
      .click();
  }
  expect(await titles()).toEqual(['Low-pass', 'Compressor', 'Equaliser']);
  await page.getByRole('combobox', { name: 'Send to another bus' }).selectOption('Room');
  await heard(page, 'Room');
  await page.getByRole('button', { name: 'Remove the send to Room' }).click();
  await page.getByRole('button', { name: 'Stop lena.flac' }).click();
  await silent(page, 'Music');
}

async function synthesises(page: Page): Promise<void> {
  const pad = page.getByRole('button', { name: 'Play explosion' });
  const picture = () =>
    pad.locator('canvas').evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  const before = await picture();
  await page.getByRole('heading', { name: 'Output' }).click();
  await page.keyboard.press('4');
  await heard(page, 'SFX');
  await silent(page, 'SFX');
  await page.getByRole('button', { name: 'Mutate explosion' }).click();
  await heard(page, 'SFX');
  expect(await picture()).not.toBe(before);
  await page.getByRole('button', { name: 'explosion as it was' }).click();
  expect(await picture()).toBe(before);
  await silent(page, 'SFX');
  await silent(page, 'Master');
  const drone = page.getByRole('button', { name: 'Drone, rendered while it is heard' });
  await drone.click();
  await heard(page, 'Master');
  await drone.click();
  await silent(page, 'Master');
}

async function movesInSpace(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rotor sounds' }).click();
  await heard(page, 'SFX');
  const dot = page.locator('.source');
  await dot.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
  expect(await dot.getAttribute('aria-label')).toBe('3.00 m right, 8.00 m ahead');
  const box = (await page.locator('.map').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
  await page.mouse.up();
  expect(await dot.getAttribute('aria-label')).toMatch(/^(10\.0|9\.\d+) m left/);
  await page.getByRole('button', { name: 'Circle around the listener' }).click();
  const place = await dot.getAttribute('aria-label');
  await until('circling', async () => (await dot.getAttribute('aria-label')) !== place);
}
