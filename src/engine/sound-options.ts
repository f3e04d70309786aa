import { parameters } from '../base/parameters.js';
import type { Resampler } from '../base/types.js';
import { expectBoolean, expectFinite, expectParameter } from '../base/validate.js';
import { expectResampler } from './session/curves.js';
import type { Session } from './session/session.js';
import { livePitch, liveStream, pitchDisabled } from './sound-errors.js';
import type { SoundGroup } from './sound-group.js';
import type { Source } from './sources/source.js';
import type { VoiceSettings } from './voices/voice-settings.js';

/** What a sound may be made with. */
export interface SoundOptions {
  /** The group that owns the sound and that it is heard through; null or absent: the engine itself. */
  group?: SoundGroup | null;
  /**
   * Whether its speed can be changed, default true. False makes `pitch` throw ERR_PITCH_DISABLED and ignores the pitch
   * of groups.
   */
  pitchEnabled?: boolean;
  /** How it is read at another speed than its own; default: the engine's. */
  resampler?: Resampler;
  /** Linear gain, 0..16, default 1. */
  volume?: number;
  /** -1 left, 0 centre, 1 right, default 0. */
  pan?: number;
  /** Speed, 0.01..100, default 1. */
  pitch?: number;
  /** Whether it starts over at its end, default false. */
  looping?: boolean;
  /** Whether it is heard from where it is, default false. */
  spatial?: boolean;
  /** A finite number, default 0. Kept for programs; the engine drops no sound for another. */
  priority?: number;
}

/** What a sound of a live stream may be made with: all but pitch and loop. */
export type StreamOptions = Omit<SoundOptions, 'pitchEnabled' | 'pitch' | 'looping'>;

/** What a sound from a file may be made with. */
export interface FileOptions extends SoundOptions {
  /**
   * True (default): decoded before the call returns. False: decoded in the background; what is asked of the sound
   * meanwhile is done when it is there.
   */
  decodeNow?: boolean;
  /**
   * True: decoded ahead, on a thread of the engine, while it plays; at most 2 MB of it are in memory. A decoder that
   * comes too late is silence and counts in `stats.streamUnderruns`; a seek to a place that is not decoded yet is heard
   * as a short silence, faded on both sides. An engine without a device waits for it. A file that is cut off or deleted
   * meanwhile ends the sound with the event `error`. Default false.
   */
  stream?: boolean;
}

/** How `Engine.play` starts a sound. */
export interface PlayOptions extends SoundOptions {
  /** The engine frame at which it starts; default: at once. */
  atFrames?: number;
  /** Seconds in which it fades in, 0..20000, default 0. */
  fadeInSeconds?: number;
  /** Where it is: three finite numbers. Makes it spatial, unless `spatial` is false. */
  position?: readonly [number, number, number];
}

/**
 * A sound's options, complete. Throws for a wrong one, and ERR_PITCH_DISABLED for a pitch beside `pitchEnabled: false`.
 */
export function expectVoiceSettings(options: Partial<SoundOptions>, session: Session): VoiceSettings {
  if (options.priority !== undefined) expectFinite(options.priority, 'priority');
  const pitchEnabled = options.pitchEnabled === undefined ? true : expectBoolean(options.pitchEnabled, 'pitchEnabled');
  const { volume, pan, pitch } = parameters.sound;
  const settings = {
    pitchEnabled,
    resampler: options.resampler === undefined ? session.settings.resampler : expectResampler(options.resampler),
    volume: options.volume === undefined ? volume.default : expectParameter(options.volume, volume),
    pan: options.pan === undefined ? pan.default : expectParameter(options.pan, pan),
    pitch: options.pitch === undefined ? pitch.default : expectParameter(options.pitch, pitch),
    looping: options.looping === undefined ? false : expectBoolean(options.looping, 'looping'),
    spatial: options.spatial === undefined ? false : expectBoolean(options.spatial, 'spatial'),
  };
  if (!pitchEnabled && options.pitch !== undefined) throw pitchDisabled();
  return settings;
}

/** The same for a sound that plays a source. Throws also for what a live stream cannot do. */
export function expectSourceSettings(
  options: Partial<SoundOptions>,
  session: Session,
  source: Source | null,
): VoiceSettings {
  const settings = expectVoiceSettings(options, session);
  if (source === null || !source.live) return settings;
  if (options.pitch !== undefined || options.pitchEnabled === true) throw livePitch();
  if (settings.looping) throw liveStream('looping');
  return { ...settings, pitchEnabled: false };
}
