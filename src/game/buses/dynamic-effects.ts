import { parameters } from '../../base/parameters.js';
import { BusEffect, registerEffect } from './bus-effect.js';
import { type Field, numbersOf } from './fields.js';

const delayFields: readonly Field[] = numbersOf(parameters.delay);
const softClipFields: readonly Field[] = [
  ...numbersOf(parameters.softClip),
  { kind: 'choice', name: 'oversample', numbers: [1, 2, 4], default: 1 },
];
const freeverbFields: readonly Field[] = numbersOf(parameters.freeverb).map((field) =>
  field.name === 'freeze' ? { kind: 'boolean', name: 'freeze', default: false } : field,
);
const compressorFields: readonly Field[] = [...numbersOf(parameters.compressor), { kind: 'bus', name: 'sidechain' }];

/** What a DelayEffect is made of. */
export interface DelayEffectParams {
  /** Time between echoes in seconds, 0..10, default 0.25; it glides like tape when it changes. */
  delaySeconds: number;
  /** Factor from each echo to the next, 0..0.999, default 0.4. */
  decay: number;
  /** Linear gain of the echoes, 0..4, default 0.5. */
  wet: number;
  /** Linear gain of the input, 0..4, default 0.5. */
  dry: number;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** What a SoftClipEffect is made of. */
export interface SoftClipEffectParams {
  /** Gain before the curve, 0.01..100, default 2. */
  drive: number;
  /** Linear gain behind the curve, 0..16, default 1. */
  outputGain: number;
  /** 1 (default), 2 or 4 times the rate, for fewer aliases. Changing it is a new clipper, cross-faded. */
  oversample: 1 | 2 | 4;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** What a ReverbEffect is made of. */
export interface ReverbEffectParams {
  /** How long it rings, 0..1, default 0.5. */
  roomSize: number;
  /** How much faster high tones fade, 0..1, default 0.5. */
  damping: number;
  /** Linear gain of the reverberation, 0..4, default 0.3. */
  wet: number;
  /** Linear gain of the input, 0..4, default 0.7. */
  dry: number;
  /** 0 the same on both sides .. 1 (default) widest. */
  width: number;
  /** True holds what sounds and takes nothing in, default false. */
  freeze: boolean;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** What a CompressorEffect is made of. */
export interface CompressorEffectParams {
  /** Level in dBFS from which on it turns down, -100..0, default -24. */
  thresholdDb: number;
  /** dB in for each dB out above the threshold, 1..100, default 4. */
  ratio: number;
  /** Time constant while it turns down, 0..1000 ms, default 5. */
  attackMs: number;
  /** Time constant while it lets go, 1..5000 ms, default 100. */
  releaseMs: number;
  /** Width of the bend around the threshold, 0..48 dB, default 6. */
  kneeDb: number;
  /** Gain behind it, -24..48 dB, default 0. */
  makeupDb: number;
  /**
   * Name of the bus whose output it takes its level from, or null (default) for its own input. A bus that is not there
   * counts as silence; one that this bus leads to cannot be heard here and counts as null.
   */
  sidechain: string | null;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** Echoes: dry x + wet d, where the line takes x + decay d. */
export class DelayEffect extends BusEffect<DelayEffectParams> {
  /** The type of the effect, 'delay'. */
  readonly type = 'delay';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<DelayEffectParams>) {
    super(delayFields, params);
  }

  /** Time between echoes in seconds, 0..10, default 0.25; it glides like tape when it changes. */
  get delaySeconds(): number {
    return this.value('delaySeconds') as number;
  }
  set delaySeconds(delaySeconds: number) {
    this.put('delaySeconds', delaySeconds);
  }

  /** Factor from each echo to the next, 0..0.999, default 0.4. */
  get decay(): number {
    return this.value('decay') as number;
  }
  set decay(decay: number) {
    this.put('decay', decay);
  }

  /** Linear gain of the echoes, 0..4, default 0.5. */
  get wet(): number {
    return this.value('wet') as number;
  }
  set wet(wet: number) {
    this.put('wet', wet);
  }

  /** Linear gain of the input, 0..4, default 0.5. */
  get dry(): number {
    return this.value('dry') as number;
  }
  set dry(dry: number) {
    this.put('dry', dry);
  }
}
registerEffect('delay', () => new DelayEffect());

/** A tanh curve: outputGain tanh(drive x) / tanh(drive). */
export class SoftClipEffect extends BusEffect<SoftClipEffectParams> {
  /** The type of the effect, 'softclip'. */
  readonly type = 'softclip';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<SoftClipEffectParams>) {
    super(softClipFields, params);
  }

  /** Gain before the curve, 0.01..100, default 2. */
  get drive(): number {
    return this.value('drive') as number;
  }
  set drive(drive: number) {
    this.put('drive', drive);
  }

  /** Linear gain behind the curve, 0..16, default 1. */
  get outputGain(): number {
    return this.value('outputGain') as number;
  }
  set outputGain(outputGain: number) {
    this.put('outputGain', outputGain);
  }

  /** 1 (default), 2 or 4 times the rate, for fewer aliases. Changing it is a new clipper, cross-faded. */
  get oversample(): 1 | 2 | 4 {
    return this.value('oversample') as 1 | 2 | 4;
  }
  set oversample(oversample: 1 | 2 | 4) {
    this.put('oversample', oversample);
  }
}
registerEffect('softclip', () => new SoftClipEffect());

/** A reverberation after Jezar's Freeverb. */
export class ReverbEffect extends BusEffect<ReverbEffectParams> {
  /** The type of the effect, 'reverb'. */
  readonly type = 'reverb';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<ReverbEffectParams>) {
    super(freeverbFields, params);
  }

  /** How long it rings, 0..1, default 0.5. */
  get roomSize(): number {
    return this.value('roomSize') as number;
  }
  set roomSize(roomSize: number) {
    this.put('roomSize', roomSize);
  }

  /** How much faster high tones fade, 0..1, default 0.5. */
  get damping(): number {
    return this.value('damping') as number;
  }
  set damping(damping: number) {
    this.put('damping', damping);
  }

  /** Linear gain of the reverberation, 0..4, default 0.3. */
  get wet(): number {
    return this.value('wet') as number;
  }
  set wet(wet: number) {
    this.put('wet', wet);
  }

  /** Linear gain of the input, 0..4, default 0.7. */
  get dry(): number {
    return this.value('dry') as number;
  }
  set dry(dry: number) {
    this.put('dry', dry);
  }

  /** 0 the same on both sides .. 1 (default) widest. */
  get width(): number {
    return this.value('width') as number;
  }
  set width(width: number) {
    this.put('width', width);
  }

  /** True holds what sounds and takes nothing in, default false. */
  get freeze(): boolean {
    return this.value('freeze') as boolean;
  }
  set freeze(freeze: boolean) {
    this.put('freeze', freeze);
  }
}
registerEffect('reverb', () => new ReverbEffect());

/**
 * A compressor after Giannoulis, Massberg and Reiss. With `sidechain` it takes its level from another bus: music that
 * steps back for a voice is one line.
 */
export class CompressorEffect extends BusEffect<CompressorEffectParams> {
  /** The type of the effect, 'compressor'. */
  readonly type = 'compressor';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CompressorEffectParams>) {
    super(compressorFields, params);
  }

  /** Level in dBFS from which on it turns down, -100..0, default -24. */
  get thresholdDb(): number {
    return this.value('thresholdDb') as number;
  }
  set thresholdDb(thresholdDb: number) {
    this.put('thresholdDb', thresholdDb);
  }

  /** dB in for each dB out above the threshold, 1..100, default 4. */
  get ratio(): number {
    return this.value('ratio') as number;
  }
  set ratio(ratio: number) {
    this.put('ratio', ratio);
  }

  /** Time constant while it turns down, 0..1000 ms, default 5. */
  get attackMs(): number {
    return this.value('attackMs') as number;
  }
  set attackMs(attackMs: number) {
    this.put('attackMs', attackMs);
  }

  /** Time constant while it lets go, 1..5000 ms, default 100. */
  get releaseMs(): number {
    return this.value('releaseMs') as number;
  }
  set releaseMs(releaseMs: number) {
    this.put('releaseMs', releaseMs);
  }

  /** Width of the bend around the threshold, 0..48 dB, default 6. */
  get kneeDb(): number {
    return this.value('kneeDb') as number;
  }
  set kneeDb(kneeDb: number) {
    this.put('kneeDb', kneeDb);
  }

  /** Gain behind it, -24..48 dB, default 0. */
  get makeupDb(): number {
    return this.value('makeupDb') as number;
  }
  set makeupDb(makeupDb: number) {
    this.put('makeupDb', makeupDb);
  }

  /**
   * Name of the bus whose output it takes its level from, or null (default) for its own input. A bus that is not there
   * counts as silence; one that this bus leads to cannot be heard here and counts as null.
   */
  get sidechain(): string | null {
    return this.value('sidechain') as string | null;
  }
  set sidechain(sidechain: string | null) {
    this.put('sidechain', sidechain);
  }
}
registerEffect('compressor', () => new CompressorEffect());
