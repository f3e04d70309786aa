import { answerDecoding } from './decoding-worker.js';
import { registerEngineProcessor } from './processor.js';

// The one script that runs beside the page: in an AudioWorklet it is the engine, in a Worker the decoder.
if (typeof registerProcessor === 'function') registerEngineProcessor();
else answerDecoding();
