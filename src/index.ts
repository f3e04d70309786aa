import { AudioError } from './base/errors.js';
import type { EngineOptions } from './engine/engine-options.js';
import { setPlatform } from './engine/session/platform.js';
import { setGamePlatform } from './game/backends/game-platform.js';
import { buildAddon } from './process/build-addon.js';
import { pathOfUrl, readFile, readFileSync } from './process/files.js';
import {
  decodeBytes,
  decodeBytesSync,
  hostInfo,
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
  warn: (warning) => process.emitWarning(warning.message, { type: warning.name, code: warning.code }),
});

const engineChoices: Readonly<Record<string, () => EngineOptions>> = {
  native: () => ({ host: 'native', device: true }),
  pipe: () => ({ host: 'wasm', device: { backend: 'pipe' } }),
  null: () => ({ host: isAvailable() ? 'native' : 'wasm', device: { backend: 'null' } }),
};

setGamePlatform({
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
export { hostInfo, isAvailable, refresh } from './process/process-host.js';
