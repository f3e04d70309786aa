// What the package exports on every host, but for what only the host's own files can say.
export { AudioBuffer, type AudioBufferOptions } from './api/audio-buffer.js';
export type { EngineState } from './api/device-runner.js';
export { Engine, type EngineEvents, type EngineStats } from './api/engine.js';
export type { EngineOptions } from './api/engine-options.js';
export type { FinishReason } from './api/finish.js';
export { attachNode, chain, detachNode, engineEndpoint, setNodeOutputVolume, setNodeSend, soundGroupAsNode } from './api/graph.js';
export type { NodeHandle, NodeLike } from './api/graph-node.js';
export type { Listener } from './api/listener.js';
export type { LoadOptions, LoadSource } from './api/loading.js';
export type { FileOptions, PlayOptions, Rampable, RampOptions, SoundOptions, StreamOptions } from './api/options.js';
export { maResultMessage } from './api/results.js';
export { type PlayTiming, Sound } from './api/sound.js';
export { SoundGroup, type SoundGroupOptions } from './api/sound-group.js';
export type { DataSource } from './api/source.js';
export type { AttenuationModel, Positioning } from './api/spatial-settings.js';
export type { SpatialSound } from './api/spatial-sound.js';
export { type StreamSampleFormat, StreamSource, type StreamSourceOptions } from './api/stream-source.js';
export type { WavFormat } from './api/wav.js';
export * from './backend/exports.js';
export { AudioError, type AudioErrorCode, type AudioErrorDetails, MiniaudioEngineUnavailable } from './base/errors.js';
export type { ParameterDescription } from './base/parameters.js';
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
export { BandNode, type BandParams } from './effects/band-node.js';
export { BPFEffectNode, type BPFParams } from './effects/bpf.js';
export { CompressorEffectNode, type CompressorParams } from './effects/compressor.js';
export { CutoffNode, type CutoffParams } from './effects/cutoff-node.js';
export { DelayEffectNode, type DelayParams } from './effects/delay.js';
export { EffectNode } from './effects/effect-node.js';
export { FreeverbEffectNode, type FreeverbParams } from './effects/freeverb.js';
export type { FrequencyResponse } from './effects/frequency-response.js';
export { HighShelfEffectNode } from './effects/high-shelf.js';
export { HPFEffectNode } from './effects/hpf.js';
export { LowShelfEffectNode } from './effects/low-shelf.js';
export { LPFEffectNode } from './effects/lpf.js';
export { NotchEffectNode } from './effects/notch.js';
export { PeakEffectNode } from './effects/peak.js';
export { SoftClipEffectNode, type SoftClipParams } from './effects/soft-clip.js';
export type { AttachOptions, SynthAttachment, SynthPlace, SynthPlayer, SynthTarget } from './synth/attachment.js';
export { AudioSynth, type AudioSynthOptions, type BakeOptions, type SynthTiming } from './synth/audio-synth.js';
export { ADSR, type ADSROptions, type Envelope, Exponential, type ExponentialOptions, Linear, type LinearOptions } from './synth/envelope.js';
export { BandPass, type FilterData, type FilterOptions, HighPass, LowPass, type VoiceFilter } from './synth/filter.js';
export { LFO, type LFOOptions } from './synth/lfo.js';
export type { Modulator } from './synth/modulation.js';
export { Noise, type NoiseColor, type NoiseOptions } from './synth/noise.js';
export { type EdgedWaveOptions, Oscillator, type OscillatorOptions, type OscillatorWave, type SquareOptions } from './synth/oscillator.js';
export { type PresetPlacement, type PresetVoice, SynthPreset } from './synth/preset.js';
export { type SynthPresetName, synthPresets } from './synth/presets.js';
export type { SynthParameter } from './synth/ranges.js';
export type { VoiceSource } from './synth/voice-data.js';
export type { FrequencyModulation, RingModulation, SynthVoiceOptions } from './synth/voice-options.js';
