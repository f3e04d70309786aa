import { AudioError } from '../../base/errors.js';
import type { VoiceEvent } from './voice-data.js';

/** How many changes of a voice are remembered. */
const eventsMaximum = 65536;

/**
 * What happens to one voice, in order of time; with a number for each event that stays the same when old ones are
 * forgotten.
 */
export class EventList {
  readonly #events: VoiceEvent[];
  #forgotten = 0;

  /** A list of events that are in order. */
  constructor(events: readonly VoiceEvent[] = []) {
    this.#events = [...events];
  }

  /** The number of the first event that is remembered. */
  get first(): number {
    return this.#forgotten;
  }

  /** The events that are remembered. */
  get remembered(): readonly VoiceEvent[] {
    return this.#events;
  }

  /** The event with a number; undefined behind the last. */
  at(number: number): VoiceEvent | undefined {
    return this.#events[number - this.#forgotten];
  }

  /**
   * Writes an event behind all that are not later. What lies before `playedSeconds` may be forgotten where there is no
   * room. Throws ERR_SCHEDULE_LIMIT when as many events wait for their time as a voice can remember.
   */
  insert(event: VoiceEvent, playedSeconds: number): void {
    if (this.#events.length >= eventsMaximum) this.#forget(playedSeconds);
    if (this.#events.length >= eventsMaximum)
      throw new AudioError('ERR_SCHEDULE_LIMIT', `The voice already has ${eventsMaximum} scheduled changes, the limit`);
    let at = this.#events.length;
    while (at > 0 && this.#events[at - 1]!.seconds > event.seconds) at -= 1;
    this.#events.splice(at, 0, event);
  }

  /** Forgets the older half of what was played, but for the last setting of each parameter in it. */
  #forget(playedSeconds: number): void {
    const kept = new Map<string, VoiceEvent>();
    let count = 0;
    while (count < eventsMaximum / 2 && this.#events[count]!.seconds < playedSeconds) {
      const event = this.#events[count]!;
      if (event.kind === 'set') {
        kept.delete(event.parameter);
        kept.set(event.parameter, event);
      }
      count += 1;
    }
    this.#events.splice(0, count, ...kept.values());
    this.#forgotten += count - kept.size;
  }
}
