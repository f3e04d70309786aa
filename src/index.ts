import type { EngineOptions } from './api/engine-options.js';
import { setHostProvider } from './api/provider.js';
import { setBackendWorld } from './backend/world.js';
import { AudioError } from './base/errors.js';
import { buildAddon } from './host/build-addon.js';
import { pathOfUrl, readFile, readFileSync } from './host/files-node.js';
import { decodeBytes, decodeBytesSync, hostInfo, isAvailable, listDevices, openCore, refresh } from './host/open.js';
import { pageCountFor } from './host/stream-pages.js';
import { DecodingThread } from './host/stream-thread.js';
import { startTask } from './host/task-thread.js';

setHostProvider({
  hasAudioContexts: false,
  baseAddress: null,
  openCore,
  listDevices,
  decodeBytes,
  decodeBytesSync,
  readFile,
  readFileSync,
  pathOfUrl,
  pageCountFor,
  startStreamThread: () => new DecodingThread(),
  startTask,
  warn: (warning) => process.emitWarning(warning.message, { type: warning.name, code: warning.code }),
});

const engineChoices: Readonly<Record<string, () => EngineOptions>> = {
  native: () => ({ host: 'native', device: true }),
  pipe: () => ({ host: 'wasm', device: { backend: 'pipe' } }),
  null: () => ({ host: isAvailable() ? 'native' : 'wasm', device: { backend: 'null' } }),
};

setBackendWorld({
  order: ['native', 'pipe', 'null'],
  engineOptions: (name) => {
    const choose = engineChoices[name];
    if (choose === undefined) throw new AudioError('ERR_UNSUPPORTED_HOST', `The backend '${name}' is for browsers`);
    return choose();
  },
  streamedFormats: () => hostInfo().formats,
  environment: (name) => process.env[name],
  build: buildAddon,
  refresh,
});

export * from './exports.js';
export { hostInfo, isAvailable, refresh } from './host/open.js';
