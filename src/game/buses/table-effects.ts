// Generated from native/include/mae_effects.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

import {
  bandPassParameters,
  compressorParameters,
  delayParameters,
  freeverbParameters,
  highPassParameters,
  lowPassParameters,
  notchParameters,
  softClipParameters,
} from '../../base/effect-parameters.js';
import { BusEffect, registerEffect } from './bus-effect.js';
import { type Field, numbersOf } from './fields.js';

const lowPassFields: readonly Field[] = numbersOf(lowPassParameters);
const highPassFields: readonly Field[] = numbersOf(highPassParameters);
const bandPassFields: readonly Field[] = [
  ...numbersOf(bandPassParameters),
  { kind: 'word', name: 'form', words: ['peak', 'skirt'], default: 'peak' },
];
const notchFields: readonly Field[] = numbersOf(notchParameters);
const delayFields: readonly Field[] = numbersOf(delayParameters);
const softClipFields: readonly Field[] = [
  ...numbersOf(softClipParameters),
  { kind: 'choice', name: 'oversample', numbers: [1, 2, 4], default: 1 },
];
const compressorFields: readonly Field[] = [...numbersOf(compressorParameters), { kind: 'bus', name: 'sidechain' }];
const freeverbFields: readonly Field[] = numbersOf(freeverbParameters, ['freeze']);

/**
 * What these effects are made of: {@link LowPassFilter}, {@link HighPassFilter}, {@link BandPassFilter}, {@link
 * NotchFilter}.
 */
export interface CutoffFilterParams {
  /**
   * Its meaning depends on the effect.
   *
   * - {@link LowPassFilter}, {@link HighPassFilter}: Corner frequency. Hz, 10..94080; an engine holds it at 0.49 times
   * its sample rate or below. The default is `1000`.
   * - {@link BandPassFilter}, {@link NotchFilter}: Centre frequency. Hz, 10..94080; an engine holds it at 0.49 times
   * its sample rate or below. The default is `1000`.
   */
  cutoffHz: number;
  /**
   * Its meaning depends on the effect.
   *
   * - {@link LowPassFilter}, {@link HighPassFilter}: Linear Q: the gain at the cutoff. Range 0.05..100. The default is
   * `0.707`.
   * - {@link BandPassFilter}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `0.707`.
   * - {@link NotchFilter}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `1`.
   */
  q: number;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * What these effects have in common: {@link LowPassFilter}, {@link HighPassFilter}, {@link BandPassFilter}, {@link
 * NotchFilter}.
 */
export abstract class CutoffFilter<P extends CutoffFilterParams = CutoffFilterParams> extends BusEffect<P> {
  /**
   * Its meaning depends on the effect.
   *
   * - {@link LowPassFilter}, {@link HighPassFilter}: Corner frequency. Hz, 10..94080; an engine holds it at 0.49 times
   * its sample rate or below. The default is `1000`.
   * - {@link BandPassFilter}, {@link NotchFilter}: Centre frequency. Hz, 10..94080; an engine holds it at 0.49 times
   * its sample rate or below. The default is `1000`.
   */
  get cutoffHz(): number {
    return this.value('cutoffHz') as number;
  }
  set cutoffHz(cutoffHz: number) {
    this.put('cutoffHz', cutoffHz);
  }

  /**
   * Its meaning depends on the effect.
   *
   * - {@link LowPassFilter}, {@link HighPassFilter}: Linear Q: the gain at the cutoff. Range 0.05..100. The default is
   * `0.707`.
   * - {@link BandPassFilter}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `0.707`.
   * - {@link NotchFilter}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `1`.
   */
  get q(): number {
    return this.value('q') as number;
  }
  set q(q: number) {
    this.put('q', q);
  }
}

/**
 * A low-pass filter, 12 dB an octave. Its gain at the cutoff is `q`; the default has no bump.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, LowPassFilter } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new LowPassFilter({ cutoffHz: 800 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class LowPassFilter extends CutoffFilter {
  /** The type of the effect, 'lowpass'. */
  readonly type = 'lowpass';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(lowPassFields, params);
  }
}
registerEffect('lowpass', () => new LowPassFilter());

/**
 * A high-pass filter, 12 dB an octave. Its gain at the cutoff is `q`; the default has no bump.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, HighPassFilter } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new HighPassFilter({ cutoffHz: 300 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class HighPassFilter extends CutoffFilter {
  /** The type of the effect, 'highpass'. */
  readonly type = 'highpass';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(highPassFields, params);
  }
}
registerEffect('highpass', () => new HighPassFilter());

/** What a {@link BandPassFilter} is made of. */
export interface BandPassFilterParams extends CutoffFilterParams {
  /**
   * `peak`: 0 dB at the centre. `skirt`: a gain of `q` there, and slopes that do not depend on `q`. A change makes the
   * effect anew, cross-faded.
   *
   * @defaultValue `'peak'`
   */
  form: 'peak' | 'skirt';
}

/**
 * A band-pass filter: lets a band around its centre through.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, BandPassFilter, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new BandPassFilter({ cutoffHz: 500, q: 2 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class BandPassFilter extends CutoffFilter<BandPassFilterParams> {
  /** The type of the effect, 'bandpass'. */
  readonly type = 'bandpass';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<BandPassFilterParams>) {
    super(bandPassFields, params);
  }

  /**
   * `peak`: 0 dB at the centre. `skirt`: a gain of `q` there, and slopes that do not depend on `q`. A change makes the
   * effect anew, cross-faded.
   *
   * @defaultValue `'peak'`
   */
  get form(): 'peak' | 'skirt' {
    return this.value('form') as 'peak' | 'skirt';
  }
  set form(form: 'peak' | 'skirt') {
    this.put('form', form);
  }
}
registerEffect('bandpass', () => new BandPassFilter());

/**
 * A notch filter: takes a narrow band out.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, NotchFilter } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new NotchFilter({ cutoffHz: 440, q: 2 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class NotchFilter extends CutoffFilter {
  /** The type of the effect, 'notch'. */
  readonly type = 'notch';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(notchFields, params);
  }
}
registerEffect('notch', () => new NotchFilter());

/** What a {@link DelayEffect} is made of. */
export interface DelayEffectParams {
  /**
   * Time between echoes. Less than a frame acts as one. While it moves, the echoes glide like a tape. Seconds, 0..10.
   *
   * @defaultValue `0.25`
   */
  delaySeconds: number;
  /**
   * Factor from each echo to the next. Range 0..0.999.
   *
   * @defaultValue `0.4`
   */
  decay: number;
  /**
   * Gain of the echoes. Linear, 0..4.
   *
   * @defaultValue `0.5`
   */
  wet: number;
  /**
   * Gain of the input. Linear, 0..4.
   *
   * @defaultValue `0.5`
   */
  dry: number;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * Echoes: y = dry x + wet d. The line takes in x + decay d, and d is what it gives back after `delaySeconds`.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, DelayEffect, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new DelayEffect({ delaySeconds: 0.3, decay: 0.6 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class DelayEffect extends BusEffect<DelayEffectParams> {
  /** The type of the effect, 'delay'. */
  readonly type = 'delay';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<DelayEffectParams>) {
    super(delayFields, params);
  }

  /**
   * Time between echoes. Less than a frame acts as one. While it moves, the echoes glide like a tape. Seconds, 0..10.
   *
   * @defaultValue `0.25`
   */
  get delaySeconds(): number {
    return this.value('delaySeconds') as number;
  }
  set delaySeconds(delaySeconds: number) {
    this.put('delaySeconds', delaySeconds);
  }

  /**
   * Factor from each echo to the next. Range 0..0.999.
   *
   * @defaultValue `0.4`
   */
  get decay(): number {
    return this.value('decay') as number;
  }
  set decay(decay: number) {
    this.put('decay', decay);
  }

  /**
   * Gain of the echoes. Linear, 0..4.
   *
   * @defaultValue `0.5`
   */
  get wet(): number {
    return this.value('wet') as number;
  }
  set wet(wet: number) {
    this.put('wet', wet);
  }

  /**
   * Gain of the input. Linear, 0..4.
   *
   * @defaultValue `0.5`
   */
  get dry(): number {
    return this.value('dry') as number;
  }
  set dry(dry: number) {
    this.put('dry', dry);
  }
}
registerEffect('delay', () => new DelayEffect());

/** What a {@link SoftClipEffect} is made of. */
export interface SoftClipEffectParams {
  /**
   * Gain before the curve. Range 0.01..100.
   *
   * @defaultValue `2`
   */
  drive: number;
  /**
   * Gain after the curve. Linear, 0..16.
   *
   * @defaultValue `1`
   */
  outputGain: number;
  /**
   * How many times the sample rate the curve works at. More of it leaves fewer aliases and costs latency. A change
   * makes the effect anew, cross-faded.
   *
   * @defaultValue `1`
   */
  oversample: 1 | 2 | 4;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * Bends loud samples: y = outputGain tanh(drive x) / tanh(drive), so that 1 stays 1.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, SoftClipEffect } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new SoftClipEffect({ drive: 4 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class SoftClipEffect extends BusEffect<SoftClipEffectParams> {
  /** The type of the effect, 'softclip'. */
  readonly type = 'softclip';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<SoftClipEffectParams>) {
    super(softClipFields, params);
  }

  /**
   * Gain before the curve. Range 0.01..100.
   *
   * @defaultValue `2`
   */
  get drive(): number {
    return this.value('drive') as number;
  }
  set drive(drive: number) {
    this.put('drive', drive);
  }

  /**
   * Gain after the curve. Linear, 0..16.
   *
   * @defaultValue `1`
   */
  get outputGain(): number {
    return this.value('outputGain') as number;
  }
  set outputGain(outputGain: number) {
    this.put('outputGain', outputGain);
  }

  /**
   * How many times the sample rate the curve works at. More of it leaves fewer aliases and costs latency. A change
   * makes the effect anew, cross-faded.
   *
   * @defaultValue `1`
   */
  get oversample(): 1 | 2 | 4 {
    return this.value('oversample') as 1 | 2 | 4;
  }
  set oversample(oversample: 1 | 2 | 4) {
    this.put('oversample', oversample);
  }
}
registerEffect('softclip', () => new SoftClipEffect());

/** What a {@link CompressorEffect} is made of. */
export interface CompressorEffectParams {
  /**
   * Level above which it turns down. dBFS, -100..0.
   *
   * @defaultValue `-24`
   */
  thresholdDb: number;
  /**
   * dB in for each dB out above the threshold. Range 1..100.
   *
   * @defaultValue `4`
   */
  ratio: number;
  /**
   * Time constant (63.2 %) while it turns down. Milliseconds, 0..1000.
   *
   * @defaultValue `5`
   */
  attackMs: number;
  /**
   * Time constant (63.2 %) while it lets go. Milliseconds, 1..5000.
   *
   * @defaultValue `100`
   */
  releaseMs: number;
  /**
   * Width of the bend around the threshold. dB, 0..48.
   *
   * @defaultValue `6`
   */
  kneeDb: number;
  /**
   * Gain after the compressor. dB, -24..48.
   *
   * @defaultValue `0`
   */
  makeupDb: number;
  /**
   * Name of the bus whose output the level is taken from; `null`: from its own input. A bus that does not exist counts
   * as silence. One that this bus leads to cannot be heard here and counts as `null`.
   *
   * @defaultValue `null`
   */
  sidechain: string | null;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * A compressor after Giannoulis, Massberg and Reiss (JAES 2012): a quadratic knee, then a smooth branching detector in
 * dB, no dead time before the attack. The level is the largest magnitude of all channels, and all of them get the same
 * gain.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, CompressorEffect, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new CompressorEffect({ thresholdDb: -30, ratio: 8 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class CompressorEffect extends BusEffect<CompressorEffectParams> {
  /** The type of the effect, 'compressor'. */
  readonly type = 'compressor';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<CompressorEffectParams>) {
    super(compressorFields, params);
  }

  /**
   * Level above which it turns down. dBFS, -100..0.
   *
   * @defaultValue `-24`
   */
  get thresholdDb(): number {
    return this.value('thresholdDb') as number;
  }
  set thresholdDb(thresholdDb: number) {
    this.put('thresholdDb', thresholdDb);
  }

  /**
   * dB in for each dB out above the threshold. Range 1..100.
   *
   * @defaultValue `4`
   */
  get ratio(): number {
    return this.value('ratio') as number;
  }
  set ratio(ratio: number) {
    this.put('ratio', ratio);
  }

  /**
   * Time constant (63.2 %) while it turns down. Milliseconds, 0..1000.
   *
   * @defaultValue `5`
   */
  get attackMs(): number {
    return this.value('attackMs') as number;
  }
  set attackMs(attackMs: number) {
    this.put('attackMs', attackMs);
  }

  /**
   * Time constant (63.2 %) while it lets go. Milliseconds, 1..5000.
   *
   * @defaultValue `100`
   */
  get releaseMs(): number {
    return this.value('releaseMs') as number;
  }
  set releaseMs(releaseMs: number) {
    this.put('releaseMs', releaseMs);
  }

  /**
   * Width of the bend around the threshold. dB, 0..48.
   *
   * @defaultValue `6`
   */
  get kneeDb(): number {
    return this.value('kneeDb') as number;
  }
  set kneeDb(kneeDb: number) {
    this.put('kneeDb', kneeDb);
  }

  /**
   * Gain after the compressor. dB, -24..48.
   *
   * @defaultValue `0`
   */
  get makeupDb(): number {
    return this.value('makeupDb') as number;
  }
  set makeupDb(makeupDb: number) {
    this.put('makeupDb', makeupDb);
  }

  /**
   * Name of the bus whose output the level is taken from; `null`: from its own input. A bus that does not exist counts
   * as silence. One that this bus leads to cannot be heard here and counts as `null`.
   *
   * @defaultValue `null`
   */
  get sidechain(): string | null {
    return this.value('sidechain') as string | null;
  }
  set sidechain(sidechain: string | null) {
    this.put('sidechain', sidechain);
  }
}
registerEffect('compressor', () => new CompressorEffect());

/** What a {@link ReverbEffect} is made of. */
export interface ReverbEffectParams {
  /**
   * How long it rings: the feedback is 0.7 + 0.28 roomSize. Range 0..1.
   *
   * @defaultValue `0.5`
   */
  roomSize: number;
  /**
   * How much faster high tones fade. Range 0..1.
   *
   * @defaultValue `0.5`
   */
  damping: number;
  /**
   * Gain of the reverberation. Linear, 0..4.
   *
   * @defaultValue `0.3`
   */
  wet: number;
  /**
   * Gain of the input: 1 passes it exactly. Linear, 0..4.
   *
   * @defaultValue `0.7`
   */
  dry: number;
  /**
   * 0 is the same on both sides, 1 is widest. Without effect on an engine of one channel. Range 0..1.
   *
   * @defaultValue `1`
   */
  width: number;
  /**
   * True holds what sounds, at its level, and takes nothing in.
   *
   * @defaultValue `false`
   */
  freeze: boolean;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * Reverberation: Jezar's Freeverb. Channels go in pairs; one that is left over is the left half of a pair.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, ReverbEffect } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(new ReverbEffect({ roomSize: 0.8, wet: 0.5 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // the rest of the tone is heard without it
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class ReverbEffect extends BusEffect<ReverbEffectParams> {
  /** The type of the effect, 'reverb'. */
  readonly type = 'reverb';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<ReverbEffectParams>) {
    super(freeverbFields, params);
  }

  /**
   * How long it rings: the feedback is 0.7 + 0.28 roomSize. Range 0..1.
   *
   * @defaultValue `0.5`
   */
  get roomSize(): number {
    return this.value('roomSize') as number;
  }
  set roomSize(roomSize: number) {
    this.put('roomSize', roomSize);
  }

  /**
   * How much faster high tones fade. Range 0..1.
   *
   * @defaultValue `0.5`
   */
  get damping(): number {
    return this.value('damping') as number;
  }
  set damping(damping: number) {
    this.put('damping', damping);
  }

  /**
   * Gain of the reverberation. Linear, 0..4.
   *
   * @defaultValue `0.3`
   */
  get wet(): number {
    return this.value('wet') as number;
  }
  set wet(wet: number) {
    this.put('wet', wet);
  }

  /**
   * Gain of the input: 1 passes it exactly. Linear, 0..4.
   *
   * @defaultValue `0.7`
   */
  get dry(): number {
    return this.value('dry') as number;
  }
  set dry(dry: number) {
    this.put('dry', dry);
  }

  /**
   * 0 is the same on both sides, 1 is widest. Without effect on an engine of one channel. Range 0..1.
   *
   * @defaultValue `1`
   */
  get width(): number {
    return this.value('width') as number;
  }
  set width(width: number) {
    this.put('width', width);
  }

  /**
   * True holds what sounds, at its level, and takes nothing in.
   *
   * @defaultValue `false`
   */
  get freeze(): boolean {
    return this.value('freeze') as boolean;
  }
  set freeze(freeze: boolean) {
    this.put('freeze', freeze);
  }
}
registerEffect('reverb', () => new ReverbEffect());
