import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recording } from '../support/files.js';
import { preferProcess, repository } from '../support/processes.js';
import { promptMalloc } from '../support/programs.js';
import { PulseServer } from '../support/servers/pulse.js';
import { ToneListener } from './tone-listener.js';

// A short stretch in the tests; as long as one likes with `npm run soak`.
const seconds = Number(process.env.SOAK_MINUTES ?? 0.3) * 60;
const isLong = seconds > 200;
const program = fileURLToPath(new URL('./program.mjs', import.meta.url));

interface Figures {
  readonly seconds: number;
  readonly megabytes: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly lost: number;
  readonly underruns: number;
  readonly sounds: readonly number[];
  readonly behindFrames: readonly number[];
  readonly over?: boolean;
  readonly operations?: number;
}

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start(['ci']);
});

afterAll(() => server.close());

/** Runs the program until it is over, with a listener at the sink; what it said and what was heard. */
async function soak(): Promise<{ figures: Figures[]; heard: Awaited<ReturnType<ToneListener['finish']>> }> {
  const listener = new ToneListener('ci', 440);
  const child = spawn(process.execPath, ['--expose-gc', program, String(seconds), recording('lena.flac')], {
    cwd: repository,
    env: { ...process.env, ...promptMalloc },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  preferProcess(child.pid as number);
  const figures: Figures[] = [];
  let errors = '';
  let text = '';
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  const over = new Promise<void>((resolve) => {
    child.on('exit', resolve);
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const lines = text.split('\n');
      text = lines.pop() as string;
      for (const line of lines) {
        if (isLong) process.stdout.write(`${line}\n`);
        figures.push(JSON.parse(line));
        if (figures.at(-1)?.over) resolve();
      }
    });
  });
  await over;
  const heard = await listener.finish();
  child.kill('SIGKILL');
  expect(errors).toBe('');
  return { figures, heard };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

it('200 random operations a second on three engines: no gap, nothing that stays, no growing memory', async () => {
  const { figures, heard } = await soak();
  const last = figures.at(-1) as Figures;
  expect(last.over).toBe(true);
  expect(last.operations).toBeGreaterThan(3 * 199 * seconds);
  expect(last.lost).toBe(0);
  // The steady tone of each engine.
  expect(last.sounds).toEqual([1, 1, 1]);
  const settled = figures.slice(Math.floor(figures.length / 4), -1);
  const half = settled.length / 2;
  expect(Math.max(...settled.map(({ descriptors }) => descriptors)) - (settled[0] as Figures).descriptors).toBeLessThan(
    8,
  );
  expect(last.threads).toBeLessThanOrEqual((settled[0] as Figures).threads);
  const growth =
    mean(settled.slice(half).map(({ megabytes }) => megabytes)) -
    mean(settled.slice(0, half).map(({ megabytes }) => megabytes));
  if (isLong)
    console.log(
      `memory grew by ${growth.toFixed(1)} MB from the second to the last part; heard ${heard.seconds.toFixed(0)} s`,
      heard.breaks,
    );
  expect(growth).toBeLessThan(isLong ? 3 : 20);
  expect(heard.seconds).toBeGreaterThan(seconds - 2);
  expect(heard.breaks).toEqual([]);
});
