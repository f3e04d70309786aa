import { run } from './synth/feed-worker.js';
import { runBeside } from './web/beside.js';

// The script that a page loads into its AudioWorklet and its workers (scripts/build-browser.mjs).
runBeside({ feed: run });
