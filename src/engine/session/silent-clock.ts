import type { Session } from './session.js';

const sliceFrames = 4096;
/** If the calling thread was blocked for long, time is caught up in pieces of this many seconds. */
const secondsAtOnce = 1;

/**
 * Renders unheard in place of a device that is missing, so that clocks, schedules and ends go on as if it were
 * there.
 */
export class SilentClock {
  readonly #session: Session;
  #scratch: Float32Array | null = null;
  #since = 0;
  #rendered = 0;
  #running = false;

  /** Stands still at first. */
  constructor(session: Session) {
    this.#session = session;
  }

  /** True while it stands in for a device. */
  get running(): boolean {
    return this.#running;
  }

  /** Starts, as if it had done so some milliseconds ago. */
  start(earlierMilliseconds = 0): void {
    if (this.#running) return;
    this.#running = true;
    this.#since = performance.now() - earlierMilliseconds;
    this.#rendered = 0;
    this.#session.attention.poke();
  }

  /** The device is back. */
  stop(): void {
    this.#running = false;
    this.#scratch = null;
  }

  /** Renders what has become due, unless a device's thread still renders. */
  tick(now: number): void {
    const { core, settings } = this.#session;
    if (!this.#running || core.rendering) return;
    const due = Math.floor(((now - this.#since) * settings.sampleRate) / 1000) - this.#rendered;
    let frames = Math.min(due, secondsAtOnce * settings.sampleRate);
    this.#scratch ??= new Float32Array(sliceFrames * settings.channels);
    for (; frames > 0; frames -= sliceFrames) {
      const count = Math.min(frames, sliceFrames);
      core.render(this.#scratch, count);
      this.#rendered += count;
    }
  }
}
