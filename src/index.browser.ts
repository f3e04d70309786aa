import './page/browser/missing-symbols.js';
import { setPlatform } from './engine/session/platform.js';
import { setAssetAddresses } from './page/browser/assets.js';
import { page } from './page/browser/page-globals.js';
import { noDecodingAtOnce, noFiles } from './page/browser/unsupported.js';
import { decodableFormats, inspectBytes, listDevices, openCore, refresh, warn } from './page/page-host.js';
import { decodeInWorker } from './page/workers/page-decoding-thread.js';
import { PageStreamThread } from './page/workers/page-stream-thread.js';
import { startTask } from './page/workers/page-task-thread.js';
import { pageCountFor } from './wasm/stream-pages.js';

// The bundle lies beside these files (scripts/build/browser.mjs), and bundlers that follow such addresses copy them.
setAssetAddresses({
  module: new URL('./miniaudio_engine.wasm', import.meta.url).href,
  worklet: new URL('./miniaudio_engine_worklet.js', import.meta.url).href,
  ogg: new URL('./miniaudio_engine_ogg.js', import.meta.url).href,
});

setPlatform({
  hasAudioContexts: true,
  baseAddress: page.document?.baseURI ?? page.location?.href ?? import.meta.url,
  openCore,
  listDevices,
  decodeBytes: decodeInWorker,
  decodeBytesSync: noDecodingAtOnce,
  inspect: inspectBytes,
  readFile: async () => noFiles(),
  readFileSync: noFiles,
  pathOfUrl: noFiles,
  pageCountFor,
  startStreamThread: () => new PageStreamThread(),
  startTask,
  hasNative: () => false,
  refresh,
  formats: decodableFormats,
  environment: () => undefined,
  warn,
});

export * from './exports.js';
export { hostInfo, isAvailable, refresh } from './page/page-host.js';
