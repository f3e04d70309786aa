import { setHostProvider } from './api/provider.js';
import { readFile, readFileSync } from './host/files-node.js';
import { decodeBytes, decodeBytesSync, listDevices, openCore } from './host/open.js';

setHostProvider({
  hasAudioContexts: false,
  baseAddress: null,
  openCore,
  listDevices,
  decodeBytes,
  decodeBytesSync,
  readFile,
  readFileSync,
  warn: (warning) => process.emitWarning(warning.message, { type: warning.name, code: warning.code }),
});

export * from './exports.js';
export { hostInfo, isAvailable, refresh } from './host/open.js';
