import type { EngineOptions } from './api/engine-options.js';
import { setHostProvider } from './api/provider.js';
import { setBackendWorld } from './backend/world.js';
import { AudioError } from './base/errors.js';
import { buildAddon } from './host/build-addon.js';
import { readFile, readFileSync } from './host/files-node.js';
import { decodeBytes, decodeBytesSync, isAvailable, listDevices, openCore, refresh } from './host/open.js';

setHostProvider({
  openCore,
  listDevices,
  decodeBytes,
  decodeBytesSync,
  readFile,
  readFileSync,
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
  environment: (name) => process.env[name],
  build: buildAddon,
  refresh,
});

export { AudioBuffer, type AudioBufferOptions } from './api/audio-buffer.js';
export type { EngineState } from './api/device-runner.js';
export { Engine, type EngineEvents, type EngineStats } from './api/engine.js';
export type { EngineOptions } from './api/engine-options.js';
export type { FinishReason } from './api/finish.js';
export { attachNode, chain, detachNode, engineEndpoint, setNodeOutputVolume, setNodeSend, soundGroupAsNode } from './api/graph.js';
export type { NodeHandle, NodeLike } from './api/graph-node.js';
export type { Listener } from './api/listener.js';
export type { LoadOptions, LoadSource } from './api/loading.js';
export type { FileOptions, PlayOptions, Rampable, RampOptions, SoundOptions } from './api/options.js';
export { maResultMessage } from './api/results.js';
export { type PlayTiming, Sound } from './api/sound.js';
export { SoundGroup, type SoundGroupOptions } from './api/sound-group.js';
export type { AttenuationModel, Positioning } from './api/spatial-settings.js';
export type { WavFormat } from './api/wav.js';
export * from './backend/exports.js';
export { AudioError, type AudioErrorCode, type AudioErrorDetails, MiniaudioEngineUnavailable } from './base/errors.js';
export type {
  Curve,
  DeviceBackend,
  DeviceInfo,
  DeviceOptions,
  HostAttempt,
  HostChoice,
  HostInfo,
  Meter,
  Resampler,
  SampleArray,
} from './base/types.js';
export { hostInfo, isAvailable, refresh } from './host/open.js';
