import {
  expectInstance,
  expectInteger,
  expectNumber,
  expectOptions,
  expectString,
  outOfRange,
  wrongKind,
} from '../base/validate.js';
import type { AudioBuffer } from '../engine/audio-buffer.js';
import { AudioSynth, type AudioSynthOptions } from './audio-synth.js';
import type { PresetVoice } from './data/preset-voice.js';
import { secondsMaximum, voiceRanges } from './data/ranges.js';
import type { VoiceSource } from './data/voice-data.js';
import { PresetVariation } from './preset-variation.js';

/** Options of {@link SynthPreset.addTo}. */
export interface PresetPlacement {
  /**
   * Seconds from the synth's beginning, 0..20000. A time that is already rendered means now.
   *
   * @defaultValue `0`
   */
  atSeconds?: number;
  /**
   * Factor for the gain of every voice, 0..16. Products above 16 become 16.
   *
   * @defaultValue `1`
   */
  gain?: number;
}

/**
 * A short sound as a list of voices. `mutate` makes variations of it.
 *
 * @example
 * ```ts
 * import { Engine, Exponential, Noise, Oscillator, SynthPreset, synthPresets } from 'miniaudio-engine';
 *
 * const knock = new SynthPreset('knock', [
 *   { source: Oscillator.sine(180), durationSeconds: 0.15, envelope: new Exponential({ start: 1, end: 0.01 }) },
 *   { source: Noise.pink({ seed: 3 }), gain: 0.5, durationSeconds: 0.03 },
 * ]);
 * const engine = new Engine({ device: false });
 * engine.play(knock.bake());
 * engine.play(knock.mutate(7).bake());
 * engine.play(synthPresets.coin.bake());
 * console.log(engine.readPcmFrames(4800).length);
 * engine.dispose();
 * ```
 */
export class SynthPreset {
  /** The name it was given. */
  readonly name: string;
  /** Its voices, in the order in which they are added. */
  readonly voices: readonly PresetVoice[];

  /**
   * Makes a preset.
   *
   * @param name - Its name.
   * @param voices - Its voices, all with a `durationSeconds`. In `fm` and `ring`, `voice` counts the voices of this
   *   list from 1.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a voice never ends, or for a bad value; TypeError `ERR_INVALID_ARG_TYPE`
   *   for a bad argument; and as {@link AudioSynth.add} does.
   */
  constructor(name: string, voices: readonly PresetVoice[]) {
    this.name = expectString(name, 'name');
    if (!Array.isArray(voices)) throw wrongKind('an array of voices', 'voices', voices);
    this.voices = Object.freeze([...voices]);
    // A voice that a synth refuses is refused here already, and one without an end would never be over.
    const synth = new AudioSynth();
    this.addTo(synth);
    if (synth.durationSeconds === Infinity) throw outOfRange('voices that all end', 'voices', voices);
  }

  /**
   * Adds its voices to a synth.
   *
   * @param synth - The synth.
   * @param options - Time and level.
   * @returns The numbers of the voices.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  addTo(synth: AudioSynth, options?: PresetPlacement): number[] {
    expectInstance(synth, 'synth', AudioSynth);
    const { atSeconds = 0, gain = 1 } = expectOptions(options, 'options');
    const from = Math.max(
      expectNumber(atSeconds, 'atSeconds', 0, secondsMaximum),
      synth.positionFrames / synth.sampleRate,
    );
    expectNumber(gain, 'gain', voiceRanges.gain.minimum, voiceRanges.gain.maximum);
    const numbers: number[] = [];
    const numbered = <M extends { voice: number }>(modulation: M): M => {
      const number = numbers[expectInteger(modulation.voice, 'voice', 1, numbers.length) - 1];
      return { ...modulation, voice: number as number };
    };
    for (const given of this.voices) {
      const { source, fm, ring, ...voice } = expectOptions(given, 'voice');
      numbers.push(
        synth.add(source as VoiceSource, {
          ...voice,
          ...(fm === undefined ? {} : { fm: numbered(fm) }),
          ...(ring === undefined ? {} : { ring: numbered(ring) }),
          gain: Math.min(voiceRanges.gain.maximum, (voice.gain ?? 1) * gain),
          startSeconds: from + (voice.startSeconds ?? 0),
        }),
      );
    }
    return numbers;
  }

  /**
   * Renders the sound into a buffer, by default in mono at 48 kHz.
   *
   * @param options - Sample rate and channels.
   * @returns The buffer, which is the caller's.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  bake(options?: AudioSynthOptions): AudioBuffer {
    const synth = new AudioSynth({ channels: 1, ...expectOptions(options, 'options') });
    this.addTo(synth);
    return synth.bake();
  }

  /**
   * Makes a variation: pitch, times, levels and filters change a little.
   *
   * @param seed - An integer, 0..4294967295. The same seed gives the same sound everywhere.
   * @returns A new preset.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  mutate(seed: number): SynthPreset {
    const variation = new PresetVariation(expectInteger(seed, 'seed', 0, 4294967295));
    return new SynthPreset(
      this.name,
      this.voices.map((voice) => variation.vary(voice)),
    );
  }
}
