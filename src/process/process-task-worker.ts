import { parentPort, workerData } from 'node:worker_threads';
import { doTask, type Task } from '../wire/task.js';
import type { TaskStart } from './process-task-thread.js';

// The thread behind process-task-thread.ts: runs one module. Messages wait in the port until the module listens.
const { module, data } = workerData as TaskStart;
const { run } = (await import(module)) as { run: Task };
parentPort?.on(
  'message',
  doTask(run, data, (news) => parentPort?.postMessage(news)),
);
