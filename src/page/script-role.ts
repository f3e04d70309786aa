import { answerDecoding } from './workers/page-decoding-worker.js';
import { fillStreams } from './workers/page-stream-worker.js';
import type { WorkerStart } from './workers/start-worker.js';
import type { WorkerScope } from './workers/worker-scope.js';
import { registerEngineProcessor } from './worklet/processor.js';

/**
 * A task that a worker can do: takes its start data and a function that posts, and returns the handler of what
 * is posted to it.
 */
export type Task = (data: never, post: (message: unknown) => void) => (message: never) => void;

/**
 * Gives the one script that runs on other threads than the page its role: in an AudioWorklet it is the engine, in a
 * Worker what the first message says.
 */
export function runScriptRole(tasks: Readonly<Record<'feed', Task>>): void {
  if (typeof registerProcessor === 'function') {
    registerEngineProcessor();
    return;
  }
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }) => {
    const start = data as WorkerStart;
    if (start.task === 'feed') {
      const handle = tasks.feed(start.data as never, (message) => scope.postMessage(message));
      scope.onmessage = (event) => handle(event.data as never);
    } else if (start.task === 'decode') answerDecoding(scope, start);
    else fillStreams(scope, start);
  };
}
