import { AudioError } from '../base/errors.js';
import { coreParameters as parameters } from '../base/parameters.js';
import type { Curve, Resampler } from '../base/types.js';
import {
  expectBoolean,
  expectFinite,
  expectInteger,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectParameter,
  wrongKind,
} from '../base/validate.js';
import { curveNames, resamplerNames } from './session/curves.js';
import type { Session } from './session/session.js';
import type { SoundGroup } from './sound-group.js';
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

/** How a parameter moves to its target. */
export interface RampOptions {
  /** How long it takes, 0..20000. 0 is as quick as a plain set: the smoothing time, or a jump where there is none. */
  seconds: number;
  /** Its shape, default linear. */
  curve?: Curve;
  /** The engine frame at which it begins; default: at once. */
  atFrames?: number;
}

/** Something whose parameters can be moved over time. */
export interface Rampable<P extends string> {
  /**
   * Moves a parameter to a target. Resolves true when it is there, false when something else took over or the object
   * was disposed.
   */
  ramp(parameter: P, target: number, options: RampOptions): Promise<boolean>;
}

/** The longest ramp, in seconds: its frames must be countable in 32 bits at every rate. */
export const secondsMaximum = 20000;

/** Seconds of a ramp or fade. */
export function expectSeconds(value: unknown, name: string): number {
  return expectNumber(value, name, 0, secondsMaximum);
}

/** An engine frame. */
export function expectFrame(value: unknown, name: string): number {
  return expectInteger(value, name, 0, Number.MAX_SAFE_INTEGER);
}

/** A ramp's options, complete and in frames. */
export function expectRamp(options: RampOptions, session: Session): { frames: number; curve: Curve; atFrames: number } {
  if (options === undefined) throw wrongKind('an object', 'options', options);
  const { seconds, curve, atFrames } = expectOptions(options, 'options');
  const asked = expectSeconds(seconds, 'seconds');
  return {
    frames: asked === 0 ? session.settings.smoothingFrames : session.framesOf(asked),
    curve: curve === undefined ? 'linear' : expectOneOf(curve, 'curve', curveNames),
    atFrames: atFrames === undefined ? 0 : expectFrame(atFrames, 'atFrames'),
  };
}

/** The name of a resampler. */
export function expectResampler(value: unknown): Resampler {
  return expectOneOf(value, 'resampler', resamplerNames);
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

/** The error of everything that would change the speed of a sound without pitch. */
export function pitchDisabled(): AudioError {
  return new AudioError(
    'ERR_PITCH_DISABLED',
    'This sound was made with pitchEnabled: false, so its pitch cannot be set',
  );
}

/** The error of everything that would change the speed of a live stream. */
export function livePitch(): AudioError {
  return new AudioError(
    'ERR_PITCH_DISABLED',
    'A live stream is played as fast as its frames come, so it has no pitch to set',
  );
}
