import { answerDecoding } from './decoding-worker.js';
import { registerEngineProcessor } from './processor.js';
import type { WorkerScope, WorkerStart } from './worker.js';

// The one script that runs beside the page: in an AudioWorklet it is the engine, in a Worker what the first message says.
if (typeof registerProcessor === 'function') registerEngineProcessor();
else {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }) => answerDecoding(scope, data as WorkerStart);
}
