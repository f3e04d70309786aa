import { setPlatform } from './engine/session/platform.js';
import { buildOnDemand } from './process/build-on-demand.js';
import { pathOfUrl, readFile, readFileSync } from './process/files.js';
import {
  decodableFormats,
  decodeBytes,
  decodeBytesSync,
  inspectSource,
  isAvailable,
  listDevices,
  openCore,
  refresh,
} from './process/process-host.js';
import { ProcessStreamThread } from './process/process-stream-thread.js';
import { startTask } from './process/process-task-thread.js';
import { pageCountFor } from './wasm/stream-pages.js';

setPlatform({
  hasAudioContexts: false,
  baseAddress: null,
  openCore,
  listDevices,
  decodeBytes,
  decodeBytesSync,
  inspect: inspectSource,
  readFile,
  readFileSync,
  pathOfUrl,
  pageCountFor,
  startStreamThread: () => new ProcessStreamThread(),
  startTask,
  hasNative: isAvailable,
  refresh,
  build: buildOnDemand,
  formats: decodableFormats,
  environment: (name) => process.env[name],
  warn: (warning) => process.emitWarning(warning.message, { type: warning.name, code: warning.code }),
});

export * from './exports.js';
export { hostInfo, isAvailable, refresh } from './process/process-host.js';
