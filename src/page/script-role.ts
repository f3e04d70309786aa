import { doTask, type Task } from '../wire/task.js';
import { answerDecoding } from './workers/page-decoding-worker.js';
import { fillStreams } from './workers/page-stream-worker.js';
import type { WorkerStart } from './workers/start-worker.js';
import type { WorkerScope } from './workers/worker-scope.js';
import { registerEngineProcessor } from './worklet/processor.js';

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
      const handle = doTask(tasks.feed, start.data, (news) => scope.postMessage(news));
      scope.onmessage = (event) => handle(event.data);
    } else if (start.task === 'decode') answerDecoding(scope, start);
    else fillStreams(scope, start);
  };
}
