// What the package exports on every host, but for what only the host's own files can say.

export { AudioError, type AudioErrorCode, type AudioErrorDetails, MiniaudioEngineUnavailable } from './base/errors.js';
export type { ParameterDescription } from './base/parameters.js';
export type {
  Container,
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
export { EffectNode } from './effects/effect-node.js';
export * from './effects/exports.js';
export type { FrequencyResponse } from './effects/frequency-response.js';
export { AudioBuffer, type AudioBufferOptions } from './engine/audio-buffer.js';
export { Engine, type EngineEvents, type EngineStats } from './engine/engine.js';
export type { EngineOptions } from './engine/engine-options.js';
export {
  attachNode,
  chain,
  detachNode,
  engineEndpoint,
  setNodeOutputVolume,
  setNodeSend,
  soundGroupAsNode,
} from './engine/graph.js';
export type { Listener } from './engine/listener.js';
export type { LoadOptions, LoadSource } from './engine/loading.js';
export type { MixedSound } from './engine/mixed-sound.js';
export type { Rampable, RampOptions } from './engine/ramp-options.js';
export { maResultMessage } from './engine/results.js';
export type { EngineState } from './engine/session/device-runner.js';
export type { NodeHandle, NodeLike } from './engine/session/graph-node.js';
export type { Vector } from './engine/session/vectors.js';
export { type PlayTiming, Sound, type StopTiming } from './engine/sound.js';
export { SoundGroup, type SoundGroupOptions } from './engine/sound-group.js';
export type { FileOptions, PlayOptions, SoundOptions, StreamOptions } from './engine/sound-options.js';
export type { DataSource } from './engine/sources/source.js';
export type { SpatialSound } from './engine/spatial-sound.js';
export { type StreamSampleFormat, StreamSource, type StreamSourceOptions } from './engine/stream-source.js';
export type { FinishReason } from './engine/voices/finish.js';
export type { AttenuationModel, Positioning } from './engine/voices/spatial-settings.js';
export type { WavFormat } from './engine/wav.js';
export * from './game/exports.js';
export type { AttachOptions, SynthAttachment, SynthPlace, SynthPlayer, SynthTarget } from './synth/attachment.js';
export { AudioSynth, type AudioSynthOptions, type BakeOptions, type SynthTiming } from './synth/audio-synth.js';
export {
  ADSR,
  type ADSROptions,
  type Envelope,
  Exponential,
  type ExponentialOptions,
  Linear,
  type LinearOptions,
} from './synth/data/envelope.js';
export {
  BandPass,
  type FilterData,
  type FilterOptions,
  HighPass,
  LowPass,
  type VoiceFilter,
} from './synth/data/filter.js';
export { LFO, type LFOOptions } from './synth/data/lfo.js';
export type { Modulator } from './synth/data/modulator.js';
export { Noise, type NoiseColor, type NoiseOptions } from './synth/data/noise.js';
export {
  type EdgedWaveOptions,
  Oscillator,
  type OscillatorOptions,
  type OscillatorWave,
  type SquareOptions,
} from './synth/data/oscillator.js';
export type { PresetVoice } from './synth/data/preset-voice.js';
export type { SynthParameter } from './synth/data/ranges.js';
export type { VoiceSource } from './synth/data/voice-data.js';
export type { FrequencyModulation, RingModulation, SynthVoiceOptions } from './synth/data/voice-options.js';
export { type PresetPlacement, SynthPreset } from './synth/preset.js';
export { type SynthPresetName, synthPresets } from './synth/presets.js';
