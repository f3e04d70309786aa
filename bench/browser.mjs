// A page of Chromium: voices that the worklet sustains beside the browser's own nodes, time from a command to its
// sound, start-up.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { root } from '../scripts/build/paths.mjs';
import { complaint } from './contenders.mjs';
import { printTable, verdict } from './table.mjs';
import { median } from './workload.mjs';

const chromiumPath = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--autoplay-policy=no-user-gesture-required',
];
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** What is played, and the multiple of Chromium's own nodes to reach. Theirs interpolate linearly, whatever ours do. */
const scenes = [
  { kind: 'plain', goal: 5 },
  { kind: 'pitched', resampler: 'sinc', goal: 3 },
  { kind: 'pitched', resampler: 'cubic', goal: 3 },
  { kind: 'pitched', resampler: 'linear', goal: 3 },
  { kind: 'spatial', goal: 5 },
];
/** Many, and as many as an engine plays by default. */
const voiceCounts = [256, 1024];
const renderedSeconds = 1;
/**
 * Louder or softer than the other by more than this is other work. Placement laws differ, so spatial scenes are only
 * asked to sound.
 */
const loudnessTolerance = 0.02;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Serves the bench's page with and without the headers that let it share memory. */
async function serve() {
  const server = createServer(async (request, response) => {
    const [, kind, ...rest] = new URL(request.url, 'http://localhost').pathname.split('/');
    const file = rest[0] === 'dist' ? path.join(root, ...rest) : path.join(root, 'bench/browser', ...rest);
    if (kind === 'isolated') {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    try {
      const bytes = await readFile(file);
      response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}` };
}

/** Runs `measure(page)` in a fresh page of a kind. */
async function inPage(browser, address, kind, measure) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${address}/${kind}/index.html`);
    await page.waitForFunction('window.speed !== undefined');
    return await measure(page);
  } finally {
    await context.close();
  }
}

/** All rows; null where there is no Chromium to ask. */
export async function browserFigures({ rounds }, failures) {
  if (!existsSync(chromiumPath)) {
    console.log(`\nNot measured, there is no ${chromiumPath}`);
    return [];
  }
  const { chromium } = await import('playwright-core');
  const { server, address } = await serve();
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  const rows = [];
  try {
    await addSpeed(rows, browser, address, rounds, failures);
    for (const kind of ['isolated', 'plain']) await addTimes(rows, browser, address, kind, rounds);
  } catch (error) {
    failures.push(`browser: ${complaint(error)}`);
  } finally {
    await browser.close();
    server.close();
  }
  const cells = rows.map((row) => [row.what, row.value, row.others, row.goal ? verdict(row.met, row.goal) : '']);
  if (cells.length > 0) printTable('In a page of Chromium', ['', '', 'Chromium’s own nodes', 'to reach'], cells);
  return rows;
}

async function addSpeed(rows, browser, address, rounds, failures) {
  for (const { kind, resampler, goal, voices } of scenes.flatMap((scene) =>
    voiceCounts.map((count) => ({ ...scene, voices: count })),
  )) {
    const found = { ours: [], nodes: [] };
    const loudness = {};
    for (let round = 0; round < rounds; round += 1) {
      for (const who of ['ours', 'nodes']) {
        const call = { who, kind, resampler, voices, seconds: renderedSeconds };
        const answer = await inPage(browser, address, 'isolated', (page) =>
          page.evaluate(async (given) => {
            // What a voice costs once the browser has optimised the code that mixes it.
            await window.speed(given);
            return window.speed(given);
          }, call),
        );
        found[who].push(answer.voiceSeconds);
        loudness[who] = answer.loudness;
      }
    }
    const alike = Math.abs(loudness.ours / loudness.nodes - 1) < loudnessTolerance;
    if (!(loudness.ours > 1e-3) || (kind !== 'spatial' && !alike))
      failures.push(`browser ${kind}: loudness ${loudness.ours} beside ${loudness.nodes}`);
    const [ours, nodes] = [median(found.ours), median(found.nodes)];
    const multiple = ours / nodes;
    const resamplers = resampler === undefined ? '' : `, ours ${resampler}, theirs linear`;
    rows.push({
      what: `${voices} voices, ${kind}${resamplers}: voices in real time`,
      value: ours,
      others: nodes,
      multiple,
      goal: `>= ${goal} times theirs (${multiple.toFixed(1)})`,
      met: multiple >= goal,
    });
  }
}

async function addTimes(rows, browser, address, kind, rounds) {
  const calls = 8 * rounds;
  const ask = (who) =>
    inPage(browser, address, kind, (page) =>
      page.evaluate((given) => window.latency(given.who, given.calls), { who, calls }),
    );
  const [ours, nodes] = [await ask('ours'), await ask('nodes')];
  // Of sound: 0 is the first frame that the browser had not rendered yet. What its own buffers add comes on top, for
  // both alike.
  rows.push({
    what: `call to first frame of its sound, mean ms, ${kind} page`,
    value: mean(ours),
    others: mean(nodes),
  });
  rows.push({
    what: `the longest of ${calls}, ms, ${kind} page`,
    value: Math.max(...ours),
    others: Math.max(...nodes),
  });
  const times = [];
  for (let round = 0; round < rounds; round += 1)
    times.push(await inPage(browser, address, kind, (page) => page.evaluate(() => window.startUp())));
  rows.push({
    what: `new Engine() to its first frame, ms, ${kind} page`,
    value: median(times.map((time) => time.first)),
    others: '',
  });
  rows.push({
    what: `the same for a second engine, ms, ${kind} page`,
    value: median(times.map((time) => time.later)),
    others: '',
  });
}
