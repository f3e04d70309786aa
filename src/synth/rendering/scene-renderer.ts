import type { EventList } from '../data/event-list.js';
import type { VoiceData } from '../data/voice-data.js';
import { blockFrames, VoiceState } from './voice-state.js';

/** Renders voices to interleaved samples, one frame after the other. Any cut into calls gives the same samples. */
export class SceneRenderer {
  readonly sampleRate: number;
  readonly channels: number;
  /** Frames rendered so far. */
  position = 0;
  readonly #voices = new Map<number, VoiceState>();
  readonly #left = new Float64Array(blockFrames);
  readonly #right = new Float64Array(blockFrames);

  /** A renderer at its beginning, without voices. */
  constructor(sampleRate: number, channels: number) {
    this.sampleRate = sampleRate;
    this.channels = channels;
  }

  /** Seconds rendered so far. */
  get seconds(): number {
    return this.position / this.sampleRate;
  }

  /**
   * A voice whose events may grow as it plays, at times that have not been rendered. Voices that it is modulated by are
   * there already.
   */
  add(data: VoiceData, events: EventList): void {
    const find = (number: number): VoiceState => {
      const voice = this.#voices.get(number);
      if (voice === undefined)
        throw new Error(`Voice ${data.number} is modulated by voice ${number}, which is not there`);
      return voice;
    };
    this.#voices.set(data.number, new VoiceState(data, events, this.sampleRate, find));
  }

  /** Fades a voice out and forgets it. */
  remove(number: number): void {
    this.#voices.get(number)?.remove(this.position);
  }

  /** Fills all of `target`, whose length is a multiple of the channels. */
  render(target: Float32Array): void {
    const frames = target.length / this.channels;
    for (let done = 0; done < frames; done += blockFrames)
      this.#block(target, done, Math.min(blockFrames, frames - done));
  }

  #block(target: Float32Array, offset: number, frames: number): void {
    const left = this.#left;
    const right = this.#right;
    const { channels, position } = this;
    left.fill(0);
    right.fill(0);
    for (const [number, voice] of this.#voices) {
      voice.render(position, frames, left, channels === 1 ? null : right);
      // Not before a silent block: a voice that it modulates may still read the last one.
      if (voice.gone && voice.silent) this.#voices.delete(number);
    }
    let at = offset * channels;
    for (let index = 0; index < frames; index += 1) {
      target[at] = left[index]!;
      if (channels > 1) target[at + 1] = right[index]!;
      at += channels;
    }
    this.position = position + frames;
  }
}
