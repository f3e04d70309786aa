import { answerDecoding } from './decoding-worker.js';
import { registerEngineProcessor } from './processor.js';
import { fillStreams } from './stream-filling.js';
import type { WorkerScope, WorkerStart } from './worker.js';

// The one script that runs beside the page: in an AudioWorklet it is the engine, in a Worker what the first message says.
if (typeof registerProcessor === 'function') registerEngineProcessor();
else {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }) => {
    const start = data as WorkerStart;
    if (start.task === 'decode') answerDecoding(scope, start);
    else fillStreams(scope, start);
  };
}
