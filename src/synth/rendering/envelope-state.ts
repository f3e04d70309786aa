import type { ADSR, Envelope, Exponential, Linear } from '../data/envelope.js';
import { exponential, logarithm, power } from './elementary.js';

/** What takes the place of a hard edge in a voice without a release of its own. */
export const softEdgeSeconds = 0.005;

/** What an exponential curve takes a zero end for. */
const almostNothing = 1e-5;

/** How far an exponential segment of an ADSR is bent: e^-5 is left out at its end. */
const bend = 5;
const bendSpan = 1 - exponential(-bend);

type Stage = 'rest' | 'attack' | 'decay' | 'hold' | 'release';

/** Frames of a time in seconds. */
export function framesOf(seconds: number, sampleRate: number): number {
  return Math.round(seconds * sampleRate);
}

/** A curve from start to end, t from 0 to 1. */
export function curveAt(curve: Linear | Exponential, t: number): number {
  if (t >= 1) return curve.end;
  if (curve.type === 'linear') return curve.start + (curve.end - curve.start) * t;
  const start = curve.start === 0 ? almostNothing : curve.start;
  const end = curve.end === 0 ? almostNothing : curve.end;
  const bent = curve.power === 1 ? t : t === 0 ? 0 : power(t, curve.power);
  return start * exponential(bent * logarithm(end / start));
}

/**
 * The level of a voice as its notes begin and end. Every value is a function of the frame and of where the present
 * stage began.
 */
export class EnvelopeState {
  /** 0 at rest. */
  level = 0;
  #stage: Stage = 'rest';
  #begin = 0;
  #frames = 0;
  #from = 0;
  #to = 0;
  readonly #envelope: Envelope | null;
  readonly #sampleRate: number;
  readonly #noteSeconds: number;
  readonly #softFrames: number;

  /** `noteSeconds` is the length of a note, for curves that have none of their own. */
  constructor(envelope: Envelope | null, noteSeconds: number, sampleRate: number) {
    this.#envelope = envelope;
    this.#noteSeconds = noteSeconds;
    this.#sampleRate = sampleRate;
    this.#softFrames = framesOf(softEdgeSeconds, sampleRate);
  }

  /** True before the first note and after the end of the last. */
  get resting(): boolean {
    return this.#stage === 'rest';
  }

  /** A note begins at this frame. */
  open(frame: number): void {
    const envelope = this.#envelope;
    this.#from = this.level;
    if (envelope?.type === 'adsr') this.#enter('attack', frame, framesOf(envelope.attack, this.#sampleRate), 1);
    // A curve or a plain gate starts anew; what was heard until now goes over into it.
    else this.#enter('hold', frame, this.resting ? 0 : this.#softFrames, 0);
  }

  /** The note ends at this frame. */
  close(frame: number): void {
    if (this.#stage === 'rest' || this.#stage === 'release') return;
    this.#from = this.level;
    this.#enter(
      'release',
      frame,
      this.#envelope?.type === 'adsr' ? framesOf(this.#envelope.release, this.#sampleRate) : this.#softFrames,
      0,
    );
  }

  /** The note is cut short at this frame, whatever the envelope's own release. */
  cut(frame: number): void {
    if (this.#stage === 'rest') return;
    this.#from = this.level;
    this.#enter('release', frame, this.#softFrames, 0);
  }

  /** The frame from which on it rests, if nothing else happens; Infinity while a note is held. */
  get restFrame(): number {
    return this.#stage === 'release' ? this.#begin + this.#frames : Infinity;
  }

  /** The last frame before which `level` stays what it is at `frame`; `frame` itself if it moves. */
  steadyUntil(frame: number): number {
    if (this.#stage === 'rest') return Infinity;
    if (this.#stage !== 'hold') return frame;
    if (frame < this.#begin + this.#frames) return frame;
    const envelope = this.#envelope;
    if (envelope === null || envelope.type === 'adsr') return Infinity;
    return frame >= this.#begin + this.#curveFrames(envelope) ? Infinity : frame;
  }

  /** Goes on to `frame`, which follows the one before; sets `level` to the level there. */
  advance(frame: number): void {
    while (this.#stage !== 'hold' && this.#stage !== 'rest' && frame >= this.#begin + this.#frames) this.#next();
    if (this.#stage === 'rest') this.level = 0;
    else if (this.#stage === 'hold') this.level = this.#held(frame);
    else this.level = this.#from + (this.#to - this.#from) * this.#shape((frame - this.#begin) / this.#frames);
  }

  #enter(stage: Stage, frame: number, frames: number, to: number): void {
    this.#stage = stage;
    this.#begin = frame;
    this.#frames = frames;
    this.#to = to;
  }

  #next(): void {
    const envelope = this.#envelope as ADSR;
    const end = this.#begin + this.#frames;
    this.#from = this.#to;
    if (this.#stage === 'attack')
      this.#enter('decay', end, framesOf(envelope.decay, this.#sampleRate), envelope.sustain);
    else if (this.#stage === 'decay') this.#enter('hold', end, 0, envelope.sustain);
    else this.#enter('rest', end, 0, 0);
  }

  #shape(t: number): number {
    const envelope = this.#envelope;
    return envelope?.type === 'adsr' && envelope.curve === 'exponential' ? (1 - exponential(-bend * t)) / bendSpan : t;
  }

  #held(frame: number): number {
    const envelope = this.#envelope;
    if (envelope?.type === 'adsr') return envelope.sustain;
    const elapsed = frame - this.#begin;
    const frames = envelope === null ? 0 : this.#curveFrames(envelope);
    const value = envelope === null ? 1 : curveAt(envelope, frames === 0 ? 1 : elapsed / frames);
    return elapsed >= this.#frames ? value : this.#from + (value - this.#from) * (elapsed / this.#frames);
  }

  #curveFrames(curve: Linear | Exponential): number {
    return framesOf(curve.seconds ?? this.#noteSeconds, this.#sampleRate);
  }
}
