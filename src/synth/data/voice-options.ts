import { AudioError } from '../../base/errors.js';
import { expectBoolean, expectNumber, expectOptions, wrongKind } from '../../base/validate.js';
import { ADSR, type Envelope, Exponential, Linear } from './envelope.js';
import { BandPass, HighPass, LowPass, type VoiceFilter } from './filter.js';
import { LFO } from './lfo.js';
import type { Modulator } from './modulator.js';
import { Noise } from './noise.js';
import { Oscillator } from './oscillator.js';
import { expectTime, expectVoiceParameter, parameterNames, type SynthParameter, secondsMaximum } from './ranges.js';
import { hasParameter, type VoiceData, type VoiceSource } from './voice-data.js';

/** How one voice moves the frequency of another. */
export interface FrequencyModulation {
  /** Number of the voice that moves it. It was added before. */
  voice: number;
  /**
   * How far a modulator of 1 raises the frequency, in Hz, 0..96000. Divided by the modulator's frequency, this is the
   * modulation index.
   *
   * @defaultValue `100`
   */
  depthHz?: number;
}

/** How one voice is multiplied by another. */
export interface RingModulation {
  /** Number of the voice that multiplies it. It was added before. */
  voice: number;
  /**
   * Mix of the product and the voice itself, 0..1: 1 is the product alone, 0 the voice alone.
   *
   * @defaultValue `1`
   */
  depth?: number;
}

/** Options of {@link AudioSynth.add}. */
export interface SynthVoiceOptions {
  /**
   * Level, linear, 0..16.
   *
   * @defaultValue `1`
   */
  gain?: number;
  /**
   * Pan, -1 (left) to 1 (right). The nearer side keeps its level.
   *
   * @defaultValue `0`
   */
  pan?: number;
  /**
   * The level over a note.
   *
   * @defaultValue full level at once, and 5 ms to silence at the end
   */
  envelope?: Envelope;
  /**
   * The filter that the source goes through.
   *
   * @defaultValue none
   */
  filter?: VoiceFilter;
  /**
   * When the first note starts, in seconds, 0..20000; Infinity to start it with `noteOn` only.
   *
   * @defaultValue `0`
   */
  startSeconds?: number;
  /**
   * Length of every note in seconds, 0..20000. The release comes after that.
   *
   * @defaultValue until `noteOff`
   */
  durationSeconds?: number;
  /**
   * What moves its parameters: an LFO, or a Linear or Exponential that starts with every note.
   *
   * @defaultValue none
   */
  modulation?: { [P in SynthParameter]?: Modulator };
  /**
   * Another voice that moves its frequency.
   *
   * @defaultValue none
   */
  fm?: FrequencyModulation;
  /**
   * Another voice that multiplies it.
   *
   * @defaultValue none
   */
  ring?: RingModulation;
  /**
   * Whether it is heard itself. If not, it is heard only through the voices it modulates.
   *
   * @defaultValue `true`
   */
  audible?: boolean;
}

function expectClass<T>(
  value: unknown,
  name: string,
  classes: readonly (abstract new (...parameters: never[]) => T)[],
  expected: string,
): T {
  const found = classes.find((type) => value instanceof type);
  if (found === undefined) throw wrongKind(expected, name, value);
  return value as T;
}

/** The source of a voice. Throws a TypeError for anything else. */
export function expectSource(value: unknown): VoiceSource {
  if (value instanceof Oscillator || value instanceof Noise) return value;
  throw wrongKind('an Oscillator or a Noise', 'source', value);
}

function expectModulation(
  given: unknown,
  voice: Pick<VoiceData, 'source' | 'filter' | 'durationSeconds'>,
): VoiceData['modulation'] {
  const options = expectOptions(given as NonNullable<SynthVoiceOptions['modulation']> | undefined, 'modulation');
  const checked: { [P in SynthParameter]?: Modulator } = {};
  for (const name of parameterNames) {
    const modulator: unknown = options[name];
    if (modulator === undefined) continue;
    const path = `modulation.${name}`;
    const data = expectClass<Modulator>(
      modulator,
      path,
      [LFO, Linear, Exponential],
      'an LFO, a Linear or an Exponential',
    );
    if (!hasParameter(voice, name)) throw missingParameter('This voice', name);
    if (data.type !== 'lfo') expectCurveLength(data, voice.durationSeconds, path);
    else if (name === 'gain') expectNumber(data.depth, `${path}.depth`, 0, 1);
    checked[name] = data;
  }
  return checked;
}

function expectCurveLength(curve: Linear | Exponential, durationSeconds: number, name: string): void {
  if (curve.seconds === null && durationSeconds === Infinity) {
    throw wrongKind(
      `a number from 0 to ${secondsMaximum} (the voice has no durationSeconds)`,
      `${name}.seconds`,
      undefined,
    );
  }
}

/** The error for a parameter that a voice does not have. */
export function missingParameter(who: string, parameter: SynthParameter): AudioError {
  const needed = {
    freq: 'an Oscillator',
    duty: 'Oscillator.square',
    cutoffHz: 'a filter',
    q: 'a filter',
    gain: '',
    pan: '',
  }[parameter];
  return new AudioError('ERR_WRONG_STATE', `${who} has no ${parameter}: it needs ${needed}`);
}

/** Checks all that describes a voice. `expectVoice` checks the number of a voice that is there. */
export function expectVoiceData(
  number: number,
  source: VoiceSource,
  given: SynthVoiceOptions,
  expectVoice: (value: unknown, name: string) => number,
): VoiceData {
  const { envelope, filter, startSeconds, durationSeconds, modulation, fm, ring, audible } = given;
  const checkedFilter =
    filter === undefined
      ? null
      : expectClass<VoiceFilter>(filter, 'filter', [LowPass, HighPass, BandPass], 'a LowPass, HighPass or BandPass');
  const checkedEnvelope =
    envelope === undefined
      ? null
      : expectClass<Envelope>(envelope, 'envelope', [ADSR, Linear, Exponential], 'an ADSR, a Linear or an Exponential');
  const duration = durationSeconds === undefined ? Infinity : expectTime(durationSeconds, 'durationSeconds', 0);
  if (checkedEnvelope !== null && checkedEnvelope.type !== 'adsr')
    expectCurveLength(checkedEnvelope, duration, 'envelope');
  const voice = { source, filter: checkedFilter, durationSeconds: duration };
  if (fm !== undefined && !hasParameter(voice, 'freq')) throw missingParameter('This voice', 'freq');
  return {
    ...voice,
    number,
    gain: expectVoiceParameter(given.gain, 'gain'),
    pan: expectVoiceParameter(given.pan, 'pan'),
    envelope: checkedEnvelope,
    startSeconds: startSeconds === Infinity ? Infinity : expectTime(startSeconds, 'startSeconds', 0),
    modulation: expectModulation(modulation, voice),
    fm: fm === undefined ? null : expectFm(fm, expectVoice),
    ring: ring === undefined ? null : expectRing(ring, expectVoice),
    audible: audible === undefined ? true : expectBoolean(audible, 'audible'),
  };
}

function expectFm(
  given: FrequencyModulation,
  expectVoice: (value: unknown, name: string) => number,
): NonNullable<VoiceData['fm']> {
  const { voice, depthHz } = expectOptions(given, 'fm');
  return {
    voice: expectVoice(voice, 'fm.voice'),
    depthHz: depthHz === undefined ? 100 : expectNumber(depthHz, 'fm.depthHz', 0, 96000),
  };
}

function expectRing(
  given: RingModulation,
  expectVoice: (value: unknown, name: string) => number,
): NonNullable<VoiceData['ring']> {
  const { voice, depth } = expectOptions(given, 'ring');
  return {
    voice: expectVoice(voice, 'ring.voice'),
    depth: depth === undefined ? 1 : expectNumber(depth, 'ring.depth', 0, 1),
  };
}
