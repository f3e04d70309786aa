// What the package gives its users of this folder.
export type {
  AudioBackend,
  Capability,
  ChannelId,
  ChannelMode,
  FedStreamFormat,
  OpenStreamOptions,
  PlayAudioOptions,
} from './backends/audio-backend.js';
export { AudioBackendUnavailable, type BackendFailure } from './backends/backend-unavailable.js';
export { EngineBackend } from './backends/engine-backend.js';
export type { EngineBackendOptions } from './backends/engine-backend-options.js';
export {
  type BackendFactory,
  backendNames,
  type MakeBackendOptions,
  makeBackend,
  registerBackend,
} from './backends/make-backend.js';
export { AudioBus } from './buses/bus.js';
export { BusEffect, type BusEffectJSON } from './buses/bus-effect.js';
export { AudioBusLayout, type BusOptions } from './buses/bus-layout.js';
export { effectFromJSON, effectTypes } from './buses/effect-kinds.js';
export type { BusEffectType } from './buses/effect-types.js';
export {
  EQBand,
  type EQBandParams,
  type EQBandType,
  ParametricEQ,
  type ParametricEQParams,
} from './buses/eq-effect.js';
export type { Field, FieldValue } from './buses/fields.js';
export { GainEffect, type GainParams } from './buses/gain-effect.js';
export type { AudioBusJSON, AudioBusLayoutJSON } from './buses/layout-json.js';
export * from './buses/table-effect-exports.js';
export { UnknownBusError } from './buses/unknown-bus-error.js';
export { AudioClip, type ToneOptions } from './clips/clip.js';
export { AudioListener2D, AudioListener3D } from './listeners.js';
export {
  AudioPlayer2D,
  AudioPlayer3D,
  type DistanceModel,
  type Panning,
  PlacedPlayer,
  type PlacedPlayerOptions,
} from './players/placed-player.js';
export { AudioPlayer } from './players/player.js';
export type { PlayerEvents } from './players/player-events.js';
export type { FadeOptions, PlayerOptions, PlayerStream, StreamMode } from './players/player-options.js';
export type { PlayerSettings } from './players/player-settings.js';
export { AudioPlaylist, type PlaylistMode, type PlaylistOptions } from './players/playlist.js';
