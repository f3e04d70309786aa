import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { TaskThread } from '../wire/task.js';
import { compiledFile } from './compiled-file.js';

/** What the worker is started with. */
export interface TaskStart {
  /** Address of a module that exports the task as `run`. */
  readonly module: string;
  readonly data: unknown;
}

const workerPath = compiledFile('process-task-worker.js');
const modulePaths = { feed: compiledFile('../synth/feed-worker.js') };

/** Starts a task on a thread of its own; null where a bundle lacks the worker's file. */
export function startTask(task: keyof typeof modulePaths, data: unknown): TaskThread | null {
  const modulePath = modulePaths[task];
  if (!existsSync(workerPath) || !existsSync(modulePath)) return null;
  const start: TaskStart = { module: pathToFileURL(modulePath).href, data };
  // Flags of the program are not the worker's. Messages that are posted before the module has come wait for it.
  const worker = new Worker(workerPath, { execArgv: [], workerData: start });
  const thread = new TaskThread(
    (message) => worker.postMessage(message),
    () => void worker.terminate(),
  );
  worker.on('message', (news) => thread.hear(news));
  worker.on('error', (error) => thread.fail(error));
  worker.unref();
  return thread;
}
