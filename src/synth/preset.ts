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

/** Where a preset is put in a synth. */
export interface PresetPlacement {
  /** Seconds from the synth's beginning, 0..20000, default 0; what has been rendered already counts as now. */
  atSeconds?: number;
  /** Factor on the gain of every voice, 0..16, default 1; a product above 16 is 16. */
  gain?: number;
}

/** A short sound as a list of voices, with as many variations as there are seeds. */
export class SynthPreset {
  /** The name it was given. */
  readonly name: string;
  /** Its voices, in the order in which they are added. */
  readonly voices: readonly PresetVoice[];

  /**
   * A preset from a name and its voices, all of which have a `durationSeconds`. Throws RangeError, TypeError, and what
   * `AudioSynth.add` throws.
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

  /** Adds its voices to a synth and gives their numbers. Throws RangeError, TypeError. */
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

  /** The sound in a buffer, by default in mono at 48 kHz. Throws RangeError, TypeError. */
  bake(options?: AudioSynthOptions): AudioBuffer {
    const synth = new AudioSynth({ channels: 1, ...expectOptions(options, 'options') });
    this.addTo(synth);
    return synth.bake();
  }

  /**
   * A sound of the same kind: pitch, times, levels and filters are moved a little. The same seed, an integer
   * 0..4294967295, gives the same sound everywhere.
   */
  mutate(seed: number): SynthPreset {
    const variation = new PresetVariation(expectInteger(seed, 'seed', 0, 4294967295));
    return new SynthPreset(
      this.name,
      this.voices.map((voice) => variation.vary(voice)),
    );
  }
}
