import { page } from '../browser/page-globals.js';
import { makeWorker } from './start-worker.js';

/** Does some work in a worker of its own; null where the browser has none. Throws ERR_NETWORK. */
export function startTask(task: 'feed', data: unknown, transfer: readonly object[]): TaskWorker | null {
  return page.Worker === undefined ? null : new TaskWorker(makeWorker({ task, data }, transfer as Transferable[]));
}

/** One kind of work in a worker of its own. */
class TaskWorker {
  onMessage: (message: unknown) => void = () => {};
  onFailure: (error: Error) => void = () => {};
  readonly #worker: WebWorker;

  constructor(worker: WebWorker) {
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.onMessage(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.onFailure(new Error(event.message ?? 'the worker could not be loaded'));
    };
  }

  /** Sends it a message; it gets a copy. */
  post(message: unknown): void {
    this.#worker.postMessage(message);
  }

  /** Ends it at once. */
  stop(): void {
    this.#worker.terminate();
  }
}
