import { runScriptRole } from './page/script-role.js';
import { run } from './synth/feed-worker.js';

// The script that a page loads into its AudioWorklet and its workers (scripts/build/browser.mjs).
runScriptRole({ feed: run });
