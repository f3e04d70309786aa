import './web/missing-symbols.js';
import { setHostProvider } from './api/provider.js';
import { decodeInWorker } from './web/decoding.js';
import { setAssetAddresses } from './web/module.js';
import { listDevices, noDecodingAtOnce, noFiles, openCore, warn } from './web/open.js';
import { page } from './web/page.js';

// The bundle lies beside both files (scripts/build-browser.mjs), and bundlers that follow such addresses copy them.
setAssetAddresses({
  module: new URL('./miniaudio_engine.wasm', import.meta.url).href,
  worklet: new URL('./miniaudio_engine_worklet.js', import.meta.url).href,
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
  warn,
});

export { AudioBuffer, type AudioBufferOptions } from './api/audio-buffer.js';
export type { EngineState } from './api/device-runner.js';
export { Engine, type EngineEvents, type EngineStats } from './api/engine.js';
export type { EngineOptions } from './api/engine-options.js';
export type { FinishReason } from './api/finish.js';
export { attachNode, chain, detachNode, engineEndpoint, setNodeOutputVolume, soundGroupAsNode } from './api/graph.js';
export type { NodeHandle, NodeLike } from './api/graph-node.js';
export type { Listener } from './api/listener.js';
export type { LoadOptions, LoadSource } from './api/loading.js';
export type { FileOptions, PlayOptions, Rampable, RampOptions, SoundOptions } from './api/options.js';
export { maResultMessage } from './api/results.js';
export { type PlayTiming, Sound } from './api/sound.js';
export { SoundGroup, type SoundGroupOptions } from './api/sound-group.js';
export type { WavFormat } from './api/wav.js';
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
export { hostInfo, isAvailable, refresh } from './web/open.js';
