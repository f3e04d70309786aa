import './web/missing-symbols.js';
import type { EngineOptions } from './api/engine-options.js';
import { setHostProvider } from './api/provider.js';
import { setBackendWorld } from './backend/world.js';
import { AudioError } from './base/errors.js';
import { pageCountFor } from './host/stream-pages.js';
import { decodeInWorker } from './web/decoding.js';
import { setAssetAddresses } from './web/module.js';
import { listDevices, noDecodingAtOnce, noFiles, openCore, refresh, warn } from './web/open.js';
import { page } from './web/page.js';
import { PageStreamThread } from './web/stream-thread.js';
import { startTask } from './web/task-worker.js';

// The bundle lies beside these files (scripts/build-browser.mjs), and bundlers that follow such addresses copy them.
setAssetAddresses({
  module: new URL('./miniaudio_engine.wasm', import.meta.url).href,
  worklet: new URL('./miniaudio_engine_worklet.js', import.meta.url).href,
  ogg: new URL('./miniaudio_engine_ogg.js', import.meta.url).href,
});

setHostProvider({
  hasAudioContexts: true,
  baseAddress: page.document?.baseURI ?? page.location?.href ?? import.meta.url,
  openCore,
  listDevices,
  decodeBytes: decodeInWorker,
  decodeBytesSync: noDecodingAtOnce,
  readFile: async () => noFiles(),
  readFileSync: noFiles,
  pathOfUrl: noFiles,
  pageCountFor,
  startStreamThread: () => new PageStreamThread(),
  startTask,
  warn,
});

const engineChoices: Readonly<Record<string, () => EngineOptions>> = {
  worklet: () => ({ device: true }),
  // On the page's own thread: it works also where no worklet does.
  null: () => ({ host: 'wasm', device: { backend: 'null' } }),
};

setBackendWorld({
  order: ['worklet', 'null'],
  engineOptions: (name) => {
    const choose = engineChoices[name];
    if (choose === undefined) throw new AudioError('ERR_UNSUPPORTED_HOST', `A browser has no backend '${name}'`);
    return choose();
  },
  streamedFormats: () => [],
  environment: () => undefined,
  refresh,
});

export * from './exports.js';
export { hostInfo, isAvailable, refresh } from './web/open.js';
