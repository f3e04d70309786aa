import type { Envelope } from './envelope.js';
import type { VoiceFilter } from './filter.js';
import type { Modulator } from './modulator.js';
import type { Noise } from './noise.js';
import type { Oscillator } from './oscillator.js';
import type { SynthParameter } from './ranges.js';

/** The source of a voice: a periodic wave or noise. */
export type VoiceSource = Oscillator | Noise;

/** A voice as data, checked and complete: it can be copied to another thread as it is. */
export interface VoiceData {
  readonly number: number;
  readonly source: VoiceSource;
  readonly gain: number;
  readonly pan: number;
  readonly envelope: Envelope | null;
  readonly filter: VoiceFilter | null;
  /** Infinity: only `noteOn` starts it. */
  readonly startSeconds: number;
  /** Infinity: a note is held until `noteOff`. */
  readonly durationSeconds: number;
  readonly modulation: { readonly [P in SynthParameter]?: Modulator };
  readonly fm: { readonly voice: number; readonly depthHz: number } | null;
  readonly ring: { readonly voice: number; readonly depth: number } | null;
  /** False: it is heard only through the voices that it modulates. */
  readonly audible: boolean;
}

/** Something that happens to a voice. */
export type VoiceEvent =
  | { readonly seconds: number; readonly kind: 'on' | 'off' }
  | { readonly seconds: number; readonly kind: 'set'; readonly parameter: SynthParameter; readonly value: number };

/** True for a periodic source. */
export function isOscillator(source: VoiceSource): source is Oscillator {
  return 'wave' in source;
}

/** The parameters that this voice has. */
export function hasParameter(data: Pick<VoiceData, 'source' | 'filter'>, parameter: SynthParameter): boolean {
  if (parameter === 'freq') return isOscillator(data.source);
  if (parameter === 'duty') return isOscillator(data.source) && data.source.wave === 'square';
  return parameter === 'cutoffHz' || parameter === 'q' ? data.filter !== null : true;
}

/** When the voice is silent for good if nothing more is done to it, in seconds; Infinity if never. */
export function endOf(data: VoiceData, events: readonly VoiceEvent[], softEdgeSeconds: number): number {
  const release = data.envelope?.type === 'adsr' ? data.envelope.release : softEdgeSeconds;
  let open = data.startSeconds < Infinity;
  let closes = data.startSeconds === Infinity ? 0 : data.startSeconds + data.durationSeconds;
  for (const { seconds, kind } of events) {
    if (kind === 'on') {
      open = true;
      closes = seconds + data.durationSeconds;
    } else if (kind === 'off' && open && seconds < closes) closes = seconds;
  }
  return open ? closes + release : 0;
}
