import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * How far fuzzing goes: a stretch with a fixed seed in the tests, as many inputs as wanted in a campaign
 * (scripts/fuzz.mjs), which has no limit of time.
 */
export interface Stretch {
  readonly inputs: number;
  readonly seed: number;
}

/** The stretch of this run: `inputs` of the tests unless a campaign says how many. */
export function stretchOf(inputs: number): Stretch {
  const wanted = Number(process.env.FUZZ_INPUTS ?? 0);
  return wanted > 0 ? { inputs: wanted, seed: Number(process.env.FUZZ_SEED ?? 1) } : { inputs, seed: 1 };
}

const here = fileURLToPath(new URL('.', import.meta.url));

/** Inputs that once did harm, of a kind: none where nothing has. */
export function corpusOf(kind: string): string[] {
  const folder = join(here, 'corpus', kind);
  return (existsSync(folder) ? readdirSync(folder) : []).sort().map((name) => join(folder, name));
}

/** Where an input that does harm is kept, to be looked at and, when it is understood, moved to the corpus. */
export function failurePath(name: string): string {
  const folder = join(here, '..', '..', 'build', 'fuzz');
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/**
 * Ends the process when an input takes longer than this, in milliseconds: nothing else can interrupt a loop without
 * end.
 */
const hangMilliseconds = 120_000;

/** A thread that watches this one. `begin` says that the next input begins, `end` that no more come. */
export function watchForHangs(): { begin(): void; end(): Promise<unknown> } {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const source = `
    const { workerData: { beats, pid, milliseconds } } = require('node:worker_threads');
    let last = -1;
    setInterval(() => {
      const now = Atomics.load(beats, 0);
      if (now === last) process.kill(pid, 'SIGKILL');
      last = now;
    }, milliseconds);`;
  const worker = new Worker(source, {
    eval: true,
    workerData: { beats, pid: process.pid, milliseconds: hangMilliseconds },
  });
  return {
    begin() {
      Atomics.add(beats, 0, 1);
    },
    end: () => worker.terminate(),
  };
}
