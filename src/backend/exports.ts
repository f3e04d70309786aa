// What the package gives its users of this folder.
export type {
  AudioBackend,
  Capability,
  ChannelId,
  ChannelMode,
  FedStreamFormat,
  OpenStreamOptions,
  PlayAudioOptions,
} from './audio-backend.js';
export { AudioBus } from './bus.js';
export { BusEffect, type BusEffectJSON, type BusEffectType } from './bus-effect.js';
export { AudioBusLayout, type BusOptions } from './bus-layout.js';
export { AudioClip, type ToneOptions } from './clip.js';
export type { Container } from './container.js';
export {
  CompressorEffect,
  type CompressorEffectParams,
  DelayEffect,
  type DelayEffectParams,
  ReverbEffect,
  type ReverbEffectParams,
  SoftClipEffect,
  type SoftClipEffectParams,
} from './dynamic-effects.js';
export { effectFromJSON, effectTypes } from './effect-kinds.js';
export { EngineBackend, type EngineBackendOptions } from './engine-backend.js';
export { EQBand, type EQBandParams, type EQBandType, ParametricEQ, type ParametricEQParams } from './eq-effect.js';
export { AudioBackendUnavailable, type BackendFailure, UnknownBusError } from './errors.js';
export type { Field, FieldValue } from './fields.js';
export {
  BandPassFilter,
  type BandPassFilterParams,
  CutoffFilter,
  type CutoffFilterParams,
  HighPassFilter,
  LowPassFilter,
  NotchFilter,
} from './filter-effects.js';
export { GainEffect, type GainParams } from './gain-effect.js';
export type { AudioBusJSON, AudioBusLayoutJSON } from './layout-json.js';
export { AudioListener2D, AudioListener3D } from './listeners.js';
export { type BackendFactory, backendNames, type MakeBackendOptions, makeBackend, registerBackend } from './make-backend.js';
export { AudioPlayer2D, AudioPlayer3D, type DistanceModel, type Panning, PlacedPlayer, type PlacedPlayerOptions } from './placed-player.js';
export { AudioPlayer } from './player.js';
export type { PlayerEvents } from './player-events.js';
export type { FadeOptions, PlayerOptions, PlayerStream, StreamMode } from './player-options.js';
export { PlayerSettings } from './player-settings.js';
export { AudioPlaylist, type PlaylistMode, type PlaylistOptions } from './playlist.js';
