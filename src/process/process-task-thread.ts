import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What the worker is started with. */
export interface TaskStart {
  /** Address of a module that exports `run(data)`, which gives the handler of messages. */
  readonly module: string;
  readonly data: unknown;
}

const taskWorker = new URL('./process-task-worker.js', import.meta.url);
const modules = { feed: new URL('../synth/feed-worker.js', import.meta.url) };
const isSource = import.meta.url.endsWith('.ts');

/** The compiled file of a module, also for programs that run the sources. */
function compiled({ href }: URL): string {
  return isSource ? href.replace(/\/src\/(?=[^/]+\/[^/]+$)/, '/dist/') : href;
}

/** Starts a task on a thread of its own; null where a bundle lacks the worker's file. */
export function startTask(task: keyof typeof modules, data: unknown): ModuleThread | null {
  const module = modules[task];
  return existsSync(new URL(compiled(taskWorker))) && existsSync(new URL(compiled(module)))
    ? new ModuleThread(module, data)
    : null;
}

/** A module of this package on a thread of its own. */
class ModuleThread {
  onMessage: (message: unknown) => void = () => {};
  onFailure: (error: Error) => void = () => {};
  readonly #worker: Worker;

  /** Starts at once; messages that are posted before the module has come wait for it. */
  constructor(module: URL, data: unknown) {
    const start: TaskStart = { module: compiled(module), data };
    this.#worker = new Worker(fileURLToPath(compiled(taskWorker)), { workerData: start });
    this.#worker.on('message', (message) => this.onMessage(message));
    this.#worker.on('error', (error) => this.onFailure(error instanceof Error ? error : new Error(String(error))));
    this.#worker.unref();
  }

  /** Sends the module a message; it gets a copy. */
  post(message: unknown): void {
    this.#worker.postMessage(message);
  }

  /** Ends it at once. */
  stop(): void {
    void this.#worker.terminate();
  }
}
