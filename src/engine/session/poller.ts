const busyMilliseconds = 10;
const idleMilliseconds = 100;

/**
 * The timer on which an engine with a device reads its events. It keeps the process alive only while it is held,
 * that is while something plays or moves that the program waits for.
 */
export class Poller {
  readonly #tick: () => void;
  readonly #isBusy: () => boolean;
  #timer: NodeJS.Timeout | null = null;
  #timerIsFast = false;
  #holds = 0;
  #mayHold = true;
  #stopped = false;

  /** `tick` runs every 10 ms while `isBusy` says so, every 100 ms otherwise. */
  constructor(tick: () => void, isBusy: () => boolean) {
    this.#tick = tick;
    this.#isBusy = isBusy;
    this.#schedule();
  }

  /** Something has begun that should be noticed soon. */
  poke(): void {
    if (!this.#timerIsFast && !this.#stopped) this.#schedule();
  }

  /** Something begins that the program waits for. */
  hold(): void {
    this.#holds += 1;
    this.#updateReference();
    this.poke();
  }

  /** What the program waited for is over. */
  release(): void {
    this.#holds -= 1;
    this.#updateReference();
  }

  /** Whether holding keeps the process alive: while the clock stands still, nothing that is awaited can happen. */
  set mayHold(mayHold: boolean) {
    this.#mayHold = mayHold;
    this.#updateReference();
  }

  /** Ends the timer. */
  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerIsFast = this.#holds > 0 || this.#isBusy();
    this.#timer = setTimeout(this.#run, this.#timerIsFast ? busyMilliseconds : idleMilliseconds);
    this.#updateReference();
  }

  #updateReference(): void {
    if (this.#holds > 0 && this.#mayHold) this.#timer?.ref?.();
    else this.#timer?.unref?.();
  }

  readonly #run = (): void => {
    this.#timer = null;
    try {
      this.#tick();
    } finally {
      if (!this.#stopped) this.#schedule();
    }
  };
}
