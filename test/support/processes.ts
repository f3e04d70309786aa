import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The top folder of the repository. Children start there, so that they find `miniaudio-engine` by its own name. */
export const repository = new URL('../..', import.meta.url).pathname;

/** Runs a program to its end; anything but exit code 0 is an error with its output in the message. */
export function run(program: string, ...args: string[]): Buffer {
  const result = spawnSync(program, args, { maxBuffer: 1 << 28 });
  if (result.error) throw new Error(`${program} did not run: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${result.status}: ${result.stderr.toString()}`);
  return result.stdout;
}

/** A private folder with a short name (socket paths have at most 107 bytes). */
export function shortFolder(purpose: string): string {
  return mkdtempSync(join(tmpdir(), `${purpose}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Puts a process before others on a busy machine, where the system allows it: a test that listens for gaps is not to
 * hear other programs compute. Threads that are made later inherit it.
 */
export function preferProcess(pid: number): void {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), -15);
  } catch {
    // Only an administrator may; the test is then as good as the machine is idle.
  }
}

/**
 * Nothing that a test waits for takes this long, on a machine that is busy with eight other things too: who waits this
 * long waits for something that never comes. A test says what must happen, never how soon.
 */
export const hangMs = 180_000;

/**
 * What is at once: many times what it takes on a busy machine, and much less than waiting for somebody who does not
 * answer, which is what it is told apart from.
 */
export const atOnceMs = 10_000;

/** A helper process that cannot outlive this one: the kernel ends it when its parent dies. */
export class Helper {
  readonly child: ChildProcess;
  #output = '';

  constructor(program: string, args: readonly string[], options: SpawnOptions = {}) {
    this.child = spawn('setpriv', ['--pdeathsig', 'TERM', program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    if (this.child.pid !== undefined) preferProcess(this.child.pid);
    this.child.stderr?.on('data', (text: Buffer) => {
      this.#output = (this.#output + text.toString()).slice(-4000);
    });
    this.child.on('error', (error) => {
      this.#output += error.message;
    });
  }

  /**
   * Puts a sound server or a recorder before everything that computes, where the system allows it: what is listened for
   * is the gaps of the engine, not those of a server that gets no time on a busy machine.
   */
  prefer(): this {
    if (this.child.pid !== undefined)
      spawnSync('chrt', ['--all-tasks', '--fifo', '--pid', '4', String(this.child.pid)]);
    return this;
  }

  /** The end of what the process wrote to its error output. */
  get output(): string {
    return this.#output;
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Ends the process and waits for it. A process that does not react for long is killed. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.ended || this.child.pid === undefined) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    const hammer = setTimeout(() => this.child.kill('SIGKILL'), atOnceMs);
    await gone;
    clearTimeout(hammer);
  }
}

/**
 * Asks again every `everyMs` until the answer is not undefined, null or false. Fails with what it waited for when it
 * never is.
 */
export async function until<T>(
  what: string,
  question: () => T | Promise<T>,
  everyMs = 5,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + hangMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    if (performance.now() > deadline) throw new Error(`Waited ${hangMs / 1000} s for ${what}`);
    await delay(everyMs);
  }
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** How a Node program ended and what it wrote. */
export interface ProgramResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs an ES module given as text in a Node of its own, from the repository (`import ... from 'miniaudio-engine'` finds
 * the built package). A program that hangs is killed: its signal is SIGKILL then.
 */
export function runProgram(
  source: string,
  options: {
    env?: NodeJS.ProcessEnv;
    flags?: readonly string[];
    onOutput?(text: string, child: ChildProcess): void;
  } = {},
): Promise<ProgramResult> {
  const child = spawn(process.execPath, [...(options.flags ?? []), '--input-type=module', '-e', source], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
    options.onOutput?.(stdout, child);
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const hammer = setTimeout(() => child.kill('SIGKILL'), hangMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(hammer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}
