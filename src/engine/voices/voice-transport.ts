import type { AudioError } from '../../base/errors.js';
import type { Wire } from '../../wire/wire.js';
import { CommandOp } from '../../wire/wire-layout.js';
import { newestStart, type Session } from '../session/session.js';
import type { Source } from '../sources/source.js';
import { Finish, type FinishReason } from './finish.js';
import { StartCounter } from './start-counter.js';
import { TransportState } from './transport-state.js';

/** The sound that a transport moves. */
export interface TransportOwner {
  readonly session: Session;
  readonly id: number;
  readonly slot: number;
  readonly samples: Source | null;
  /** Why there will never be samples. */
  readonly failure: AudioError | null;
  /** Sends a command at once, or when the samples are there. */
  whenLoaded(send: () => void): void;
  /** The sound is at rest now: it came to its end or was stopped. */
  atRest(result: 'ended' | 'stopped'): void;
}

/** Starts, stops and moves a sound, and knows whether it plays. Arguments are checked by Sound. */
export class VoiceTransport {
  /** Where the sound is and whether it moves. */
  readonly state: TransportState;
  readonly #owner: TransportOwner;
  readonly #session: Session;
  readonly #wire: Wire;
  readonly #id: number;
  readonly #finish = new Finish();
  readonly #starts = new StartCounter();
  #occupied = false;
  #paused = false;
  #holding = false;
  #rangeBegin = 0;
  /** Infinity until the length of the samples is known, and for a live stream. */
  #rangeEnd = Infinity;

  /** At rest at the beginning. */
  constructor(owner: TransportOwner) {
    this.#owner = owner;
    this.#session = owner.session;
    this.#wire = owner.session.wire;
    this.#id = owner.id;
    this.state = new TransportState(this.#wire, owner.slot, owner.id);
  }

  /** True from a start, also one that waits for its frame, until the sound is at rest again. */
  get occupied(): boolean {
    return this.#occupied;
  }

  /** The samples are known: unless a range was set, all of them are played. */
  setSamples(samples: Source): void {
    if (this.#rangeEnd === Infinity && !samples.live) this.#rangeEnd = samples.frames;
  }

  /** Starts, goes on, or starts over. Throws ERR_VOICE_LIMIT, ERR_SCHEDULE_LIMIT, or why there are no samples. */
  play(atFrames: number, fadeFrames: number): void {
    const { failure } = this.#owner;
    if (failure !== null) throw failure;
    const frame = this.#session.schedule(atFrames);
    if (this.#starts.haltAsked) this.#rest('stopped');
    if (!this.#occupied) {
      this.#session.occupyVoice();
      this.#occupied = true;
      this.#finish.begin();
    }
    const start = this.#starts.start(frame, this.#wire.timeFrames);
    if (frame === 0) {
      this.state.askPlay(this.#rangeBegin, this.#rangeEnd);
      this.#paused = false;
    }
    this.#updateHold();
    this.#owner.whenLoaded(() => {
      const ticket = this.#session.noteScheduled(
        frame,
        this.#wire.send(CommandOp.SOUND_START, this.#id, frame, 0, fadeFrames, start),
      );
      if (frame === 0) this.state.ticket = ticket;
    });
  }

  /**
   * Halts at a frame, or fades out from there and halts. At once (frame 0) it also cancels starts that wait. Throws
   * ERR_SCHEDULE_LIMIT.
   */
  stop(atFrames: number, fadeFrames: number): void {
    const frame = this.#session.schedule(atFrames);
    if (!this.#occupied) return;
    const halts = frame === 0 && (fadeFrames === 0 || !this.state.playing);
    if (frame === 0) this.#starts.stop(halts);
    if (halts) {
      this.state.askStop();
      this.#paused = false;
      this.#updateHold();
    }
    this.#owner.whenLoaded(() => {
      const ticket = this.#session.noteScheduled(
        frame,
        this.#wire.send(CommandOp.SOUND_STOP, this.#id, frame, 0, fadeFrames),
      );
      if (halts) this.state.ticket = ticket;
    });
  }

  /** A fade-out was sent that stops the sound at its end. */
  noteFadeOut(): void {
    this.#starts.stop(false);
  }

  /** Stands still until it is resumed. Does nothing to a sound that does not play. */
  pause(): void {
    if (!this.#occupied) return;
    if (this.state.askPause()) this.#paused = true;
    this.#updateHold();
    this.#send(CommandOp.SOUND_PAUSE, 0);
  }

  /** Goes on. Does nothing to a sound that is not paused. */
  resume(): void {
    if (!this.#occupied) return;
    if (this.state.askResume()) this.#paused = false;
    this.#updateHold();
    this.#send(CommandOp.SOUND_RESUME, 0);
  }

  /** Goes on from another source frame. */
  seek(frames: number): void {
    this.state.askSeek(Math.min(Math.max(frames, this.#rangeBegin), this.#rangeEnd), this.#rangeEnd);
    this.#send(CommandOp.SOUND_SEEK, frames);
  }

  /** What is played of the source, end excluded. */
  setRange(begin: number, end: number): void {
    this.state.askRange(this.#rangeBegin, begin, end);
    this.#rangeBegin = begin;
    this.#rangeEnd = end;
    this.#owner.whenLoaded(() => {
      this.state.ticket = this.#wire.sendRange(CommandOp.SOUND_RANGE, this.#id, 0, begin, end);
    });
  }

  /** What is repeated while looping, end excluded. */
  setLoopRange(begin: number, end: number): void {
    this.#owner.whenLoaded(() => this.#wire.sendRange(CommandOp.SOUND_LOOP_RANGE, this.#id, 0, begin, end));
  }

  /** Settles when the present play is over, or the next one; asking for it makes the process wait for the sound. */
  get finished(): Promise<FinishReason> {
    const { promise } = this.#finish;
    this.#updateHold();
    return promise;
  }

  /** What was started under a number, or under `newestStart`, is over. */
  playOver(result: 'ended' | 'stopped', start: number): void {
    // Where another start has been sent or waits for its frame, its own end will be told.
    if (this.#occupied && (start === newestStart || this.#starts.isLast(result, start))) this.#rest(result);
  }

  /** There will never be samples. */
  fail(): void {
    this.playOver('stopped', newestStart);
    this.#finish.settle('stopped');
  }

  /** The sound is disposed. */
  abandon(): void {
    if (this.#occupied) {
      this.#occupied = false;
      this.#session.vacateVoice();
    }
    this.#finish.settle('disposed');
    this.#updateHold();
  }

  #rest(result: 'ended' | 'stopped'): void {
    this.#occupied = false;
    this.#paused = false;
    this.#starts.reset();
    this.#session.vacateVoice();
    this.#finish.settle(result);
    this.#updateHold();
    this.#owner.atRest(result);
  }

  #send(op: number, value: number): void {
    this.#owner.whenLoaded(() => {
      this.state.ticket = this.#wire.send(op, this.#id, 0, value);
    });
  }

  /** The process waits for a sound that plays and whose end somebody waits for. */
  #updateHold(): void {
    const playing = this.#occupied && !this.#paused;
    this.#owner.samples?.heard(playing);
    const wanted = playing && this.#finish.awaited;
    if (wanted === this.#holding) return;
    this.#holding = wanted;
    if (wanted) this.#session.attention.hold();
    else this.#session.attention.release();
  }
}
