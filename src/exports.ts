// What the package exports on every host, but for what only the host's own files can say.
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
export type { AttenuationModel, Positioning } from './api/spatial-settings.js';
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
