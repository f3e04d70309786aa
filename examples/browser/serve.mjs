// Serves the example: `node scripts/build.mjs && node examples/browser/serve.mjs [port]`. With --plain it leaves out
// the headers that let a page share memory.
import { serve } from '../serve.mjs';

const page = new URL('./', import.meta.url);
const dist = new URL('../../dist/', import.meta.url);
serve((name) => (name.startsWith('dist/') ? new URL(name.slice('dist/'.length), dist) : new URL(name, page)));
