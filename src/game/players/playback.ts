import type { Curve } from '../../base/types.js';
import type { Engine } from '../../engine/engine.js';
import type { RampOptions } from '../../engine/ramp-options.js';
import type { Sound } from '../../engine/sound.js';
import type { EngineBus } from '../buses/engine-bus.js';
import { connect } from '../buses/engine-effect.js';

/** One play of a player: a sound, or the sounds of a playlist. Levels are linear gains. */
export interface Playback {
  /**
   * What is added to the player's volume, in dB, and multiplied with its speed: from the player's random ranges.
   */
  readonly variation: PlaybackVariation;
  /** The sound that the engine can place; null for a playlist, which has only level and pan. */
  readonly placedSound: Sound | null;
  readonly playing: boolean;
  readonly paused: boolean;
  /** Seconds of the source. */
  readonly position: number;
  setLevel(gain: number): void;
  setPan(pan: number): void;
  setPitch(pitch: number): void;
  setLooping(looping: boolean): void;
  moveTo(bus: EngineBus): void;
  pause(): void;
  resume(): void;
  /** Fades from where the last fade has got to. */
  fadeTo(gain: number, options: RampOptions): Promise<boolean>;
  /** Fades to silence, then stops. */
  fadeOut(seconds: number, curve: Curve): Promise<boolean>;
  /** Keeps the process from exiting by itself while it plays. */
  keepProcessAlive(): void;
  /** Ends it: what is heard fades out over the smoothing time. Idempotent; `over` is not called. */
  dispose(): void;
}

/** How one playback differs from the next. */
export interface PlaybackVariation {
  readonly volumeDb: number;
  readonly pitch: number;
}

/** How a playback sounds: its level is a linear gain. */
export interface PlaybackMix {
  readonly level: number;
  readonly pan: number;
  readonly pitch: number;
}

/** How a playback begins. */
export interface PlaybackStart extends PlaybackMix {
  readonly engine: Engine;
  readonly bus: EngineBus;
  readonly looping: boolean;
  readonly variation: PlaybackVariation;
  /** Whether it begins silent, so that a fade can start from there. */
  readonly silent: boolean;
  /** Called when it is over by itself or because a fade stopped it. */
  over(reason: 'ended' | 'stopped'): void;
}

/** A playback of one sound, which it owns. The sound comes at rest, at its starting position, and plays from now on. */
export class SoundPlayback implements Playback {
  readonly variation: PlaybackVariation;
  readonly placedSound: Sound;
  readonly #bus: EngineBus;
  #closed = false;

  /** Throws ERR_VOICE_LIMIT, and disposes the sound then. */
  constructor(sound: Sound, start: PlaybackStart) {
    this.placedSound = sound;
    this.variation = start.variation;
    this.#bus = start.bus;
    sound.volume = start.level;
    sound.pan = start.pan;
    sound.pitch = start.pitch;
    sound.looping = start.looping;
    if (start.silent) sound.fade(0, 0, 0);
    try {
      sound.play();
    } catch (error) {
      sound.dispose();
      throw error;
    }
    this.#bus.addUser();
    sound.on('end', () => this.#over('ended', start));
    sound.on('stop', () => this.#over('stopped', start));
  }

  get playing(): boolean {
    return !this.#closed && !this.placedSound.disposed && this.placedSound.playing;
  }

  get paused(): boolean {
    return !this.#closed && !this.placedSound.disposed && this.placedSound.paused;
  }

  get position(): number {
    return this.placedSound.disposed ? 0 : this.placedSound.cursorSeconds;
  }

  setLevel(gain: number): void {
    if (this.placedSound.volume !== gain) this.placedSound.volume = gain;
  }

  setPan(pan: number): void {
    if (this.placedSound.pan !== pan) this.placedSound.pan = pan;
  }

  setPitch(pitch: number): void {
    if (this.placedSound.pitch !== pitch) this.placedSound.pitch = pitch;
  }

  setLooping(looping: boolean): void {
    this.placedSound.looping = looping;
  }

  moveTo(bus: EngineBus): void {
    connect(this.placedSound, bus.input);
  }

  pause(): void {
    this.placedSound.pause();
  }

  resume(): void {
    this.placedSound.resume();
  }

  fadeTo(gain: number, options: RampOptions): Promise<boolean> {
    return this.placedSound.fadeTo(gain, options);
  }

  fadeOut(seconds: number, curve: Curve): Promise<boolean> {
    return this.placedSound.fadeOut(seconds, curve);
  }

  keepProcessAlive(): void {
    void this.placedSound.finished;
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.placedSound.dispose();
    this.#bus.removeUser();
  }

  #over(reason: 'ended' | 'stopped', start: PlaybackStart): void {
    if (this.#closed) return;
    this.dispose();
    start.over(reason);
  }
}
