import { type TaskNews, TaskThread } from '../../wire/task.js';
import { page } from '../browser/page-globals.js';
import { makeWorker } from './start-worker.js';

/** Does some work in a worker of its own; null where the browser has none. Throws ERR_NETWORK. */
export function startTask(task: 'feed', data: unknown, transfer: readonly object[]): TaskThread | null {
  if (page.Worker === undefined) return null;
  const worker = makeWorker({ task, data }, transfer as Transferable[]);
  const thread = new TaskThread(
    (message) => worker.postMessage(message),
    () => worker.terminate(),
  );
  worker.onmessage = (event) => thread.hear(event.data as TaskNews);
  worker.onerror = (event) => {
    event.preventDefault?.();
    thread.fail(event.message ?? 'the worker could not be loaded');
  };
  return thread;
}
