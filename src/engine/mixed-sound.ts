import { parameters } from '../base/parameters.js';
import type { Curve } from '../base/types.js';
import { expectNumber, expectOneOf, expectParameter } from '../base/validate.js';
import { Decibels } from './decibels.js';
import { expectRamp, expectSeconds, type Rampable, type RampOptions } from './ramp-options.js';
import { curveNames } from './session/curves.js';
import { inUse, livePitch, pitchDisabled } from './sound-errors.js';
import { SpatialSound } from './spatial-sound.js';
import type { Voice } from './voices/voice.js';

const panLaws = ['balance', 'equal-power'] as const;
const soundParameters = ['volume', 'pan', 'pitch'] as const;

/** The properties of a sound that say how it is mixed: volume, pan and pitch, how they move, and fades. */
export abstract class MixedSound extends SpatialSound implements Rampable<'volume' | 'pan' | 'pitch'> {
  readonly #voice: Voice;
  readonly #decibels = new Decibels();

  /** Around what the engine knows of the sound. */
  protected constructor(voice: Voice) {
    super(voice);
    this.#voice = voice;
  }

  /** Linear gain, 0..16, default 1, ramped. */
  get volume(): number {
    return inUse(this.#voice).volume;
  }
  set volume(volume: number) {
    inUse(this.#voice).setVolume(expectParameter(volume, parameters.sound.volume));
  }

  /** The volume in dB, -Infinity..24.08, default 0. */
  get volumeDb(): number {
    return this.#decibels.fromGain(inUse(this.#voice).volume);
  }
  set volumeDb(volumeDb: number) {
    inUse(this.#voice).setVolume(this.#decibels.toGain(volumeDb));
  }

  /** -1 left, 0 centre, 1 right, default 0, ramped. */
  get pan(): number {
    return inUse(this.#voice).pan;
  }
  set pan(pan: number) {
    inUse(this.#voice).setPan(expectParameter(pan, parameters.sound.pan));
  }

  /**
   * How pan becomes gains: 'balance' (default) turns the other side down, 'equal-power' keeps the loudness.
   * Cross-faded.
   */
  get panLaw(): 'balance' | 'equal-power' {
    return inUse(this.#voice).equalPowerPan ? 'equal-power' : 'balance';
  }
  set panLaw(panLaw: 'balance' | 'equal-power') {
    inUse(this.#voice).setEqualPowerPan(expectOneOf(panLaw, 'panLaw', panLaws) === 'equal-power');
  }

  /**
   * Speed and pitch, 0.01..100, default 1, exact, ramped. Setting it throws ERR_PITCH_DISABLED for a sound made with
   * `pitchEnabled: false`.
   */
  get pitch(): number {
    return inUse(this.#voice).pitch;
  }
  set pitch(pitch: number) {
    const voice = inUse(this.#voice);
    expectParameter(pitch, parameters.sound.pitch);
    expectPitch(voice);
    voice.setPitch(pitch);
  }

  /** Moves a gain of its own beside the volume: `from` and `to` 0..16, `seconds` 0..20000, curve default linear. */
  fade(from: number, to: number, seconds: number, curve: Curve = 'linear'): void {
    const voice = inUse(this.#voice);
    const { minimum, maximum } = parameters.sound.volume;
    expectNumber(from, 'from', minimum, maximum);
    expectNumber(to, 'to', minimum, maximum);
    const frames = voice.session.framesOf(expectSeconds(seconds, 'seconds'));
    voice.fade(from, to, frames, expectOneOf(curve, 'curve', curveNames));
  }

  /** `fade(0, 1, seconds)`. It does not start the sound. */
  fadeIn(seconds: number): void {
    this.fade(0, 1, seconds);
  }

  /**
   * Moves the gain of `fade` from where it is to `gain`, 0..16. It starts nothing, and goes on while the sound is at
   * rest. Resolves true when it is there, false when something took over. Throws ERR_SCHEDULE_LIMIT.
   */
  fadeTo(gain: number, options: RampOptions): Promise<boolean> {
    const voice = inUse(this.#voice);
    expectNumber(gain, 'gain', parameters.sound.volume.minimum, parameters.sound.volume.maximum);
    const { frames, curve, atFrames } = expectRamp(options, voice.session);
    return voice.fadeTo(gain, frames, curve, atFrames);
  }

  /**
   * Fades from the present gain to silence and stops there; the next play starts at full. Curve default linear. One
   * that is paused, or waits for its frame, is stopped at once. Resolves true when it stopped (also if nothing played),
   * false when something took over.
   */
  fadeOut(seconds: number, curve: Curve = 'linear'): Promise<boolean> {
    const voice = inUse(this.#voice);
    const frames = voice.session.framesOf(expectSeconds(seconds, 'seconds'));
    return voice.fadeOut(frames, expectOneOf(curve, 'curve', curveNames));
  }

  /**
   * Moves a parameter over time. Resolves true when it is there, false when a later change took over or the sound was
   * disposed. Throws ERR_SCHEDULE_LIMIT, ERR_PITCH_DISABLED.
   */
  ramp(parameter: 'volume' | 'pan' | 'pitch', target: number, options: RampOptions): Promise<boolean> {
    const voice = inUse(this.#voice);
    expectOneOf(parameter, 'parameter', soundParameters);
    expectParameter(target, { ...parameters.sound[parameter], name: 'target' });
    const { frames, curve, atFrames } = expectRamp(options, voice.session);
    if (parameter === 'pitch') expectPitch(voice);
    return voice.ramp(parameter, target, frames, curve, atFrames);
  }
}

function expectPitch(voice: Voice): void {
  if (!voice.settings.pitchEnabled) throw voice.samples?.live ? livePitch() : pitchDisabled();
}
