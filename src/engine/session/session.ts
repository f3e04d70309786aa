import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import { codeSentences, engineResults } from '../../base/result-codes.js';
import type { Resampler } from '../../base/types.js';
import { wrongKind } from '../../base/validate.js';
import type { Core } from '../../wire/core.js';
import { IdPool, slotOf } from '../../wire/id-pool.js';
import type { Wire } from '../../wire/wire.js';
import {
  BUFFER_CAPACITY,
  CommandOp,
  EventType,
  ID_KIND_SHIFT,
  KIND_BUFFER,
  KIND_NODE,
  KIND_SOUND,
  NODE_CAPACITY,
  SCHEDULE_CAPACITY,
  SOUND_CAPACITY,
} from '../../wire/wire-layout.js';
import { callSafely } from './emitter.js';
import { Endpoint } from './endpoint.js';
import { PendingSamples } from './pending-samples.js';
import { RampTable } from './ramp-table.js';
import { StreamedFiles } from './streamed-files.js';

/** In place of the number of a start: the newest one. */
export const newestStart = -1;

/** What a session asks of a sound. */
export interface SessionVoice {
  readonly id: number;
  /** A play is over; `start` is the number of the start that began it. */
  playOver(result: 'ended' | 'stopped', start: number): void;
}

/** What a session or a group closes with itself. */
export interface Owned {
  /** The engine has dropped this object, or is about to: settles its promises and sends no command. */
  abandon(): void;
  dispose(): void;
}

/** What a session asks of sample memory that it knows under an id. */
export interface SessionBuffer {
  /** The session has closed and no longer knows the memory. */
  forget(session: Session): void;
}

/** What an engine is made with, checked and complete. */
export interface SessionSettings {
  readonly sampleRate: number;
  readonly channels: number;
  readonly smoothingFrames: number;
  readonly maxVoices: number;
  readonly resampler: Resampler;
}

/** How a session asks to be polled: by the poller of an engine with a device, or not at all. */
export interface Attention {
  poke(): void;
  hold(): void;
  release(): void;
}

const noAttention: Attention = { poke() {}, hold() {}, release() {} };

const soundStep = 64;

/**
 * One engine as its classes see it: its core, its ids, and who receives which event.
 * It refers to no public object, so those can be garbage-collected while their sounds go on.
 */
export class Session {
  readonly core: Core;
  readonly wire: Wire;
  readonly settings: SessionSettings;
  readonly endpoint: Endpoint;
  readonly ramps: RampTable;
  readonly pendingSamples = new PendingSamples();
  /** Sounds and groups that no group owns. */
  readonly owned = new Set<Owned>();
  /** Called after each poll, for whatever waits for a state that the engine publishes. */
  readonly watches = new Set<() => void>();
  /** Files that are decoded while they play. */
  readonly streamedFiles: StreamedFiles;
  attention: Attention = noAttention;
  /** Receives errors that no call can throw any more. */
  onWarning: (warning: AudioError) => void = () => {};
  closed = false;

  readonly #sounds = new IdPool(KIND_SOUND, SOUND_CAPACITY);
  // Slot 0 is the endpoint's.
  readonly #nodes = new IdPool(KIND_NODE, NODE_CAPACITY, 1);
  readonly #buffers = new IdPool(KIND_BUFFER, BUFFER_CAPACITY);
  readonly #voices: (SessionVoice | undefined)[] = [];
  readonly #memories = new Map<number, SessionBuffer>();
  readonly #afterPoll: (() => void)[] = [];
  #preparedSounds = 0;
  #occupiedVoices = 0;
  #rampsHeld = false;
  #eventsLost = 0;
  #lastTimedTicket = 0;
  #timedCommands = 0;

  /** Takes over a core that was just made. */
  constructor(core: Core, settings: SessionSettings) {
    this.core = core;
    this.wire = core.wire;
    this.settings = settings;
    this.streamedFiles = new StreamedFiles(core, settings.channels);
    this.endpoint = new Endpoint(this);
    this.ramps = new RampTable((count) => this.#holdForRamps(count > 0));
  }

  /** Throws ERR_DISPOSED, naming a class, if the session is closed. */
  expectOpen(className: string): void {
    if (this.closed) throw disposedError(className);
  }

  // ids ---------------------------------------------------------------------------------------------------------------

  /** A new sound, under an id whose memory is ready. Throws ERR_SOUND_LIMIT, ERR_OUT_OF_MEMORY. */
  addVoice<V extends SessionVoice>(make: (id: number) => V): V {
    const id = this.#take(this.#sounds, 'ERR_SOUND_LIMIT');
    const slot = slotOf(id);
    try {
      if (slot >= this.#preparedSounds) {
        const count = Math.min(SOUND_CAPACITY, Math.max(soundStep, this.#preparedSounds * 2));
        this.core.prepare('prepare_sounds', count);
        this.#preparedSounds = count;
      }
      const voice = make(id);
      this.#voices[slot] = voice;
      return voice;
    } catch (error) {
      this.#sounds.release(id);
      throw error;
    }
  }

  /** Releases the id of a sound that was never made in the engine. */
  dropVoice(id: number): void {
    this.#voices[slotOf(id)] = undefined;
    this.#sounds.release(id);
  }

  /** An id for a new node whose memory is ready. Throws ERR_NODE_LIMIT. */
  addNode(): number {
    const id = this.#take(this.#nodes, 'ERR_NODE_LIMIT');
    try {
      this.core.prepare('prepare_node', id);
    } catch (error) {
      this.#nodes.release(id);
      throw error;
    }
    return id;
  }

  /**
   * An id for a new node with an effect (the number of its kind and its variant) whose memory is ready. Throws
   * ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY.
   */
  addEffect(kind: number, variant: number): number {
    const id = this.#take(this.#nodes, 'ERR_NODE_LIMIT');
    try {
      this.core.prepare('prepare_effect', id, kind, variant);
    } catch (error) {
      this.#nodes.release(id);
      throw error;
    }
    return id;
  }

  /**
   * An id for samples or a stream, made known to the engine by `prepare`. Throws ERR_BUFFER_LIMIT, ERR_OUT_OF_MEMORY.
   */
  addSource(owner: SessionBuffer, prepare: (core: Core, id: number) => Promise<void> | void): number {
    const id = this.#take(this.#buffers, 'ERR_BUFFER_LIMIT');
    try {
      this.pendingSamples.expect(id, prepare(this.core, id));
    } catch (error) {
      this.#buffers.release(id);
      throw error;
    }
    this.#memories.set(id, owner);
    return id;
  }

  /** No new sound will use the samples; their memory is freed when no sound reads them any more. */
  destroyBuffer(id: number): void {
    const destroy = (): void => void this.wire.send(CommandOp.BUFFER_DESTROY, id, 0, 0);
    this.pendingSamples.after(id, destroy, destroy);
  }

  #take(pool: IdPool, limit: 'ERR_SOUND_LIMIT' | 'ERR_NODE_LIMIT' | 'ERR_BUFFER_LIMIT'): number {
    let id = pool.take();
    if (id === 0) {
      // Ids of what was disposed may be on their way back.
      this.catchUp();
      id = pool.take();
    }
    if (id === 0) throw new AudioError(limit, codeSentences[limit]);
    return id;
  }

  // limits ------------------------------------------------------------------------------------------------------------

  /** Counts one more sound towards `maxVoices`. Throws ERR_VOICE_LIMIT. */
  occupyVoice(): void {
    if (this.#occupiedVoices >= this.settings.maxVoices) this.catchUp();
    if (this.#occupiedVoices >= this.settings.maxVoices) {
      throw new AudioError(
        'ERR_VOICE_LIMIT',
        `${this.#occupiedVoices} sounds are playing already, as many as maxVoices allows`,
      );
    }
    this.#occupiedVoices += 1;
    this.attention.poke();
  }

  /** Counts one sound less. */
  vacateVoice(): void {
    this.#occupiedVoices -= 1;
  }

  /** True while a sound plays, something is awaited or a command waits outside the ring. */
  get busy(): boolean {
    return this.#occupiedVoices > 0 || this.ramps.size > 0 || this.watches.size > 0 || this.wire.pendingCommands > 0;
  }

  /**
   * The frame to write into a command that shall act at `atFrames`: 0 for at once. Throws ERR_SCHEDULE_LIMIT if the
   * engine can keep no more commands for later.
   */
  schedule(atFrames: number): number {
    if (atFrames <= this.wire.timeFrames) return 0;
    if (this.#timedCommands > 0 && !this.wire.isPending(this.#lastTimedTicket)) this.#timedCommands = 0;
    if (this.wire.scheduled + this.#timedCommands >= SCHEDULE_CAPACITY) {
      this.catchUp();
      if (!this.wire.isPending(this.#lastTimedTicket)) this.#timedCommands = 0;
    }
    if (this.wire.scheduled + this.#timedCommands >= SCHEDULE_CAPACITY) {
      throw new AudioError(
        'ERR_SCHEDULE_LIMIT',
        `${SCHEDULE_CAPACITY} commands wait for a later frame already, as many as the engine keeps`,
      );
    }
    return atFrames;
  }

  /** Counts a command that was sent with the frame that `schedule` gave; returns its ticket. */
  noteScheduled(frame: number, ticket: number): number {
    if (frame > 0) {
      this.#timedCommands += 1;
      this.#lastTimedTicket = ticket;
    }
    return ticket;
  }

  /**
   * Sends a ramp of `owner` with the frame that `schedule` gave, by way of `send`. Resolves true when it is there,
   * false when something took over.
   */
  ramp(owner: object, frame: number, frames: number, send: (token: number) => number): Promise<boolean> {
    return this.ramps.begin(owner, Math.max(frame, this.wire.timeFrames) + frames, (token) =>
      this.noteScheduled(frame, send(token)),
    );
  }

  /** Seconds as frames of the engine. */
  framesOf(seconds: number): number {
    return Math.round(seconds * this.settings.sampleRate);
  }

  // events ------------------------------------------------------------------------------------------------------------

  /** Lets the engine take waiting commands, if that is this thread's job, and reads its events. */
  catchUp(): void {
    if (this.closed) return;
    this.core.drain();
    this.poll();
  }

  /** Reads all events of the engine. Listeners run after all of them were read. */
  poll(): void {
    if (this.closed) return;
    this.wire.poll(this.#handle);
    const lost = this.wire.eventsLost;
    if (lost !== this.#eventsLost) {
      this.#eventsLost = lost;
      this.ramps.settleUntil(this.wire.timeFrames);
    }
    for (const watch of this.watches) watch();
    this.#runAfterPoll();
  }

  /** Runs a callback once all present events were read. */
  afterPoll(callback: () => void): void {
    this.#afterPoll.push(callback);
  }

  #runAfterPoll(): void {
    for (let callback = this.#afterPoll.shift(); callback !== undefined; callback = this.#afterPoll.shift())
      callSafely(callback);
  }

  readonly #handle = (type: number, target: number, _frame: number, a: number, b: number): void => {
    switch (type) {
      case EventType.ENDED:
        this.#voice(target)?.playOver('ended', a);
        break;
      case EventType.STOPPED:
        this.#voice(target)?.playOver('stopped', a);
        break;
      case EventType.RAMP_ENDED:
        this.ramps.settle(a, b === 1);
        break;
      case EventType.RETIRED:
        this.#retire(target);
        break;
      case EventType.COMMAND_REFUSED:
        this.#refused(target, a, b);
        break;
    }
  };

  #voice(id: number): SessionVoice | undefined {
    const voice = this.#voices[slotOf(id)];
    return voice?.id === id ? voice : undefined;
  }

  #retire(id: number): void {
    const kind = id >>> ID_KIND_SHIFT;
    if (kind === KIND_SOUND) {
      if (this.#voice(id) !== undefined) this.#voices[slotOf(id)] = undefined;
      this.#sounds.release(id);
    } else if (kind === KIND_NODE) {
      this.core.prepare('release_node', id);
      this.#nodes.release(id);
    } else {
      this.core.releaseBuffer(id);
      this.#memories.delete(id);
      this.#buffers.release(id);
    }
  }

  #refused(target: number, result: number, op: number): void {
    const known = engineResults.get(result);
    const code = known === undefined || known.code === 'OK' ? 'ERR_INTERNAL' : known.code;
    const name = Object.entries(CommandOp).find(([, value]) => value === op)?.[0] ?? `command ${op}`;
    // A start that was refused is a play that is over before it began; it can only be the newest one.
    if (op === CommandOp.SOUND_START) this.#voice(target)?.playOver('stopped', newestStart);
    this.afterPoll(() =>
      this.onWarning(
        new AudioError(code, `The engine refused ${name}: ${known?.sentence ?? `result ${result}`}`, { result }),
      ),
    );
  }

  #holdForRamps(wanted: boolean): void {
    if (wanted === this.#rampsHeld) return;
    this.#rampsHeld = wanted;
    if (wanted) this.attention.hold();
    else this.attention.release();
  }

  // the end -----------------------------------------------------------------------------------------------------------

  /** Closes the core and all that belongs to it. Idempotent. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const child of [...this.owned]) child.abandon();
    this.owned.clear();
    this.ramps.settleAll();
    this.streamedFiles.end();
    try {
      this.core.close();
    } finally {
      for (const memory of this.#memories.values()) memory.forget(this);
      this.#memories.clear();
      this.#voices.length = 0;
      this.#runAfterPoll();
    }
  }
}

const sessions = new WeakMap<object, Session>();

/** Makes an engine known to the functions below. */
export function registerEngine(engine: object, session: Session): void {
  sessions.set(engine, session);
}

/**
 * The session of an engine that is in use. Throws a TypeError for anything else, ERR_DISPOSED for an engine that is
 * closed.
 */
export function expectSession(engine: unknown): Session {
  const session = typeof engine === 'object' && engine !== null ? sessions.get(engine) : undefined;
  if (session === undefined) throw wrongKind('an instance of Engine', 'engine', engine);
  session.expectOpen('Engine');
  return session;
}
