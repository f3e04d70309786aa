import { parentPort, workerData } from 'node:worker_threads';
import type { TaskStart } from './process-task-thread.js';

// The thread behind process-task-thread.ts: runs one module. Messages wait in the port until the module listens.
const { module, data } = workerData as TaskStart;
const { run } = (await import(module)) as {
  run(data: unknown, post: (message: unknown) => void): (message: unknown) => void;
};
const handle = run(data, (message) => parentPort?.postMessage(message));
parentPort?.on('message', handle);
