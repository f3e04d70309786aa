import type { EventList } from '../data/event-list.js';
import { parameterNames, type SynthParameter, voiceRanges } from '../data/ranges.js';
import { isOscillator, type VoiceData } from '../data/voice-data.js';
import { EnvelopeState, framesOf } from './envelope-state.js';
import { FilterState } from './filter-state.js';
import { Glide } from './glide.js';
import { ModulatorState } from './modulator-state.js';
import { NoiseState } from './noise-state.js';
import { OscillatorState, type Values } from './oscillator-state.js';

/** Frames that a voice renders at most at a time; nothing depends on it but speed. */
export const blockFrames = 128;

/** How long a parameter takes to where it was set. */
const smoothingSeconds = 0.01;

const steps = new Float64Array(blockFrames);
const duties = new Float64Array(blockFrames);

/**
 * A voice as it runs. What it gives for a frame depends on the frames before it and on nothing about how they were
 * asked for.
 */
export class VoiceState {
  readonly data: VoiceData;
  /** The samples of the present block, before panning. */
  readonly output = new Float64Array(blockFrames);
  /** True if all of the present block is 0 and `output` was not written. */
  silent = true;

  readonly #events: EventList;
  readonly #sampleRate: number;
  readonly #oscillator: OscillatorState | null;
  readonly #noise: NoiseState | null;
  readonly #filter: FilterState | null;
  readonly #envelope: EnvelopeState;
  readonly #glides: Record<SynthParameter, Glide>;
  readonly #modulators: { readonly [P in SynthParameter]?: ModulatorState };
  readonly #fmBy: VoiceState | null;
  readonly #ringBy: VoiceState | null;
  readonly #durationFrames: number;
  readonly #smoothingFrames: number;
  #startFrame: number;
  #closeFrame = Infinity;
  #nextEvent: number;
  #firstNote = -1;
  #note = 0;
  /** A note has begun from silence and no frame of it was rendered yet. */
  #fresh = false;
  #removed = false;

  /** A voice before its beginning. `find` gives the voices that were added before. */
  constructor(data: VoiceData, events: EventList, sampleRate: number, find: (number: number) => VoiceState) {
    const { source, filter, durationSeconds, modulation } = data;
    this.data = data;
    this.#events = events;
    this.#nextEvent = events.first;
    this.#sampleRate = sampleRate;
    this.#oscillator = isOscillator(source) ? new OscillatorState(source) : null;
    this.#noise = isOscillator(source) ? null : new NoiseState(source, source.seed ?? data.number, sampleRate);
    this.#filter = filter === null ? null : new FilterState(filter.type, sampleRate);
    this.#envelope = new EnvelopeState(data.envelope, durationSeconds, sampleRate);
    const initial = {
      freq: isOscillator(source) ? source.freq : 0,
      duty: isOscillator(source) ? source.duty : 0.5,
      gain: data.gain,
      pan: data.pan,
      cutoffHz: filter?.cutoffHz ?? voiceRanges.cutoffHz.default,
      q: filter?.q ?? voiceRanges.q.default,
    };
    const glides: Partial<Record<SynthParameter, Glide>> = {};
    const modulators: { [P in SynthParameter]?: ModulatorState } = {};
    for (const name of parameterNames) {
      glides[name] = new Glide(initial[name]);
      const modulator = modulation[name];
      if (modulator !== undefined) modulators[name] = new ModulatorState(name, modulator, durationSeconds, sampleRate);
    }
    this.#glides = glides as Record<SynthParameter, Glide>;
    this.#modulators = modulators;
    this.#fmBy = data.fm === null ? null : find(data.fm.voice);
    this.#ringBy = data.ring === null ? null : find(data.ring.voice);
    this.#startFrame = framesOf(data.startSeconds, sampleRate);
    this.#durationFrames = framesOf(durationSeconds, sampleRate);
    this.#smoothingFrames = framesOf(smoothingSeconds, sampleRate);
  }

  /** True when it was removed and its last note has faded. */
  get gone(): boolean {
    return this.#removed && this.#envelope.resting;
  }

  /** Fades out from `frame` on and comes to no other note. */
  remove(frame: number): void {
    this.#removed = true;
    this.#envelope.cut(frame);
  }

  /**
   * Renders the frames `position` to `position + frames` into `output` and adds them to a mix of two channels, or of
   * one when `right` is null.
   */
  render(position: number, frames: number, left: Float64Array, right: Float64Array | null): void {
    this.silent = this.#envelope.resting && this.#nextChange() >= position + frames;
    if (this.silent) return;
    for (let from = 0; from < frames; ) {
      this.#happen(position + from);
      const to = Math.min(frames, this.#nextChange() - position);
      if (this.#envelope.resting) this.output.fill(0, from, to);
      else {
        this.#sound(position, from, to);
        if (this.data.audible) {
          if (right === null) this.#mixMono(left, from, to);
          else this.#mix(left, right, position, from, to);
        }
      }
      from = to;
    }
  }

  #mixMono(mono: Float64Array, from: number, to: number): void {
    for (let index = from; index < to; index += 1) mono[index]! += this.output[index]!;
  }

  #mix(left: Float64Array, right: Float64Array, position: number, from: number, to: number): void {
    const { output } = this;
    if (!this.#moves('pan', position + from)) {
      const pan = this.#glides.pan.target;
      const leftGain = pan > 0 ? 1 - pan : 1;
      const rightGain = pan < 0 ? 1 + pan : 1;
      for (let index = from; index < to; index += 1) {
        left[index]! += output[index]! * leftGain;
        right[index]! += output[index]! * rightGain;
      }
      return;
    }
    for (let index = from; index < to; index += 1) {
      const pan = this.#valueAt('pan', position + index);
      left[index]! += output[index]! * (pan > 0 ? 1 - pan : 1);
      right[index]! += output[index]! * (pan < 0 ? 1 + pan : 1);
    }
  }

  /** The frame of the next thing that happens. */
  #nextChange(): number {
    let next = Math.min(this.#closeFrame, this.#envelope.restFrame);
    if (this.#removed) return next;
    next = Math.min(next, this.#startFrame);
    const event = this.#events.at(this.#nextEvent);
    return event === undefined ? next : Math.min(next, framesOf(event.seconds, this.#sampleRate));
  }

  /** Does all that is due at a frame, what the voice does by itself first. */
  #happen(frame: number): void {
    while (this.#nextChange() <= frame) {
      if (this.#envelope.restFrame <= frame) this.#envelope.advance(frame);
      else if (this.#closeFrame <= frame) this.#noteOff(frame);
      else if (this.#startFrame <= frame) {
        this.#startFrame = Infinity;
        this.#noteOn(frame);
      } else {
        const event = this.#events.at(this.#nextEvent);
        this.#nextEvent += 1;
        if (event?.kind === 'set') this.#set(event.parameter, event.value, frame);
        else if (event?.kind === 'on') this.#noteOn(frame);
        else this.#noteOff(frame);
      }
    }
  }

  #noteOn(frame: number): void {
    if (this.#envelope.resting) {
      this.#fresh = true;
      this.#oscillator?.restart();
      this.#filter?.reset();
    }
    if (this.#firstNote < 0) this.#firstNote = frame;
    this.#note = frame;
    this.#envelope.open(frame);
    this.#closeFrame = frame + this.#durationFrames;
  }

  #noteOff(frame: number): void {
    this.#closeFrame = Infinity;
    this.#envelope.close(frame);
  }

  #set(parameter: SynthParameter, value: number, frame: number): void {
    if (this.#fresh || this.#envelope.resting) this.#glides[parameter].jump(value);
    else this.#glides[parameter].move(value, frame, this.#smoothingFrames);
  }

  /** The value of a parameter at a frame, with its modulator. */
  #valueAt(parameter: SynthParameter, frame: number): number {
    const value = this.#glides[parameter].at(frame);
    return this.#modulators[parameter]?.apply(value, frame - this.#firstNote, frame - this.#note) ?? value;
  }

  #moves(parameter: SynthParameter, frame: number): boolean {
    return this.#modulators[parameter] !== undefined || this.#glides[parameter].movingAt(frame);
  }

  #sound(position: number, from: number, to: number): void {
    this.#fresh = false;
    this.#source(position, from, to);
    this.#ring(from, to);
    this.#filtered(position, from, to);
    this.#level(position, from, to);
  }

  #source(position: number, from: number, to: number): void {
    if (this.#noise !== null) {
      this.#noise.render(this.output, from, to);
      return;
    }
    let duty: Values = this.#glides.duty.target;
    if (this.#moves('duty', position + from)) {
      for (let index = from; index < to; index += 1) duties[index] = this.#valueAt('duty', position + index);
      duty = duties;
    }
    this.#oscillator?.render(this.output, from, to, this.#steps(position, from, to), duty);
  }

  #steps(position: number, from: number, to: number): Values {
    const rate = this.#sampleRate;
    const by = this.#fmBy === null || this.#fmBy.silent ? null : this.#fmBy.output;
    if (by === null && !this.#moves('freq', position + from)) return this.#glides.freq.target / rate;
    const depthHz = this.data.fm?.depthHz ?? 0;
    for (let index = from; index < to; index += 1) {
      const freq = this.#valueAt('freq', position + index);
      steps[index] = (by === null ? freq : freq + depthHz * by[index]!) / rate;
    }
    return steps;
  }

  #ring(from: number, to: number): void {
    if (this.#ringBy === null) return;
    const depth = this.data.ring?.depth ?? 0;
    const by = this.#ringBy.silent ? null : this.#ringBy.output;
    for (let index = from; index < to; index += 1)
      this.output[index]! *= 1 - depth + depth * (by === null ? 0 : by[index]!);
  }

  #filtered(position: number, from: number, to: number): void {
    const filter = this.#filter;
    if (filter === null) return;
    if (!this.#moves('cutoffHz', position + from) && !this.#moves('q', position + from)) {
      filter.process(this.output, from, to, this.#glides.cutoffHz.target, this.#glides.q.target);
      return;
    }
    for (let index = from; index < to; index += 1) {
      filter.process(
        this.output,
        index,
        index + 1,
        this.#valueAt('cutoffHz', position + index),
        this.#valueAt('q', position + index),
      );
    }
  }

  #level(position: number, from: number, to: number): void {
    const envelope = this.#envelope;
    const { output } = this;
    envelope.advance(position + from);
    if (!this.#moves('gain', position + from) && envelope.steadyUntil(position + from) >= position + to) {
      const gain = envelope.level * this.#glides.gain.target;
      for (let index = from; index < to; index += 1) output[index]! *= gain;
      return;
    }
    for (let index = from; index < to; index += 1) {
      envelope.advance(position + index);
      output[index]! *= envelope.level * this.#valueAt('gain', position + index);
    }
  }
}
