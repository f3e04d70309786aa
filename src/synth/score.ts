import { AudioError } from '../base/errors.js';
import { expectInteger, outOfRange } from '../base/validate.js';
import { EventList } from './data/event-list.js';
import type { VoiceData } from './data/voice-data.js';

/** A voice and all that happens to it, in order of time. */
export interface ScoredVoice {
  readonly data: VoiceData;
  readonly events: EventList;
}

/** The voices of a synth and what happens to each: all that its sound depends on. */
export class Score {
  readonly #voices = new Map<number, ScoredVoice>();
  #lastNumber = 0;

  /** The number that the next voice gets. */
  get nextNumber(): number {
    return this.#lastNumber + 1;
  }

  /** All voices, in the order in which they were added. */
  get voices(): Iterable<ScoredVoice> {
    return this.#voices.values();
  }

  /** A voice that is there. Throws TypeError, RangeError, and ERR_STALE_ID for one that was removed. */
  voice(value: unknown, name: string): ScoredVoice {
    const number = expectInteger(value, name, 1, Number.MAX_SAFE_INTEGER);
    const found = this.#voices.get(number);
    if (found !== undefined) return found;
    if (number > this.#lastNumber) throw outOfRange('the number of a voice of this synth', name, number);
    throw new AudioError('ERR_STALE_ID', `Voice ${number} was removed`);
  }

  /** Adds a voice that has the next number. */
  add(data: VoiceData): ScoredVoice {
    const voice = { data, events: new EventList() };
    this.#lastNumber = data.number;
    this.#voices.set(data.number, voice);
    return voice;
  }

  /** Takes a voice out. Throws ERR_WRONG_STATE while another voice is modulated by it. */
  remove(number: number): void {
    for (const { data } of this.#voices.values()) {
      if (data.fm?.voice === number || data.ring?.voice === number) {
        throw new AudioError(
          'ERR_WRONG_STATE',
          `Voice ${data.number} is modulated by voice ${number}: remove voice ${data.number} first`,
        );
      }
    }
    this.#voices.delete(number);
  }
}
