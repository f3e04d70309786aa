import { WaitingCommands } from './waiting-commands.js';
import * as layout from './wire-layout.js';

/** Receives one event of the engine; `a` and `b` mean what `EventType` says. */
export type EventHandler = (type: number, target: number, frame: number, a: number, b: number) => void;

const ringMask = layout.COMMAND_CAPACITY - 1;
const eventMask = layout.EVENT_CAPACITY - 1;

/** What every closed wire reads; never written to. */
let closedMemory: ArrayBuffer | null = null;

/**
 * The TypeScript end of the wire of native/include/mae_wire.def: sends commands, reads events and published state. One
 * thread uses it. Every send returns a ticket, a number that grows by one with each command; 0 is no ticket. Nothing
 * here allocates while the ring has room. A full ring neither loses a command nor waits: see `onFull` and
 * WaitingCommands.
 */
export class Wire {
  #memory!: ArrayBufferLike;
  #byteOffset!: number;
  /**
   * Called when the ring is full; may make room by letting the engine take commands. Null where only the device's
   * thread can.
   */
  onFull: (() => void) | null = null;

  #words!: Uint32Array;
  #atoms!: Int32Array;
  #floats!: Float32Array;
  #doubles!: Float64Array;
  /** Waits for the next command; see `onNextSend`. */
  #nextSend: (() => void) | null = null;
  readonly #waiting = new WaitingCommands();
  /**
   * Commands written to the ring and commands that the engine is known to have taken; both only grow and never wrap.
   */
  #written = 0;
  #taken = 0;
  /**
   * Records the ring may hold; 0 makes every command take the slow path: when others wait, or the wire is closed.
   */
  #room: number = layout.COMMAND_CAPACITY;
  #eventsRead = 0;
  /** How many batches are open: while one is, the engine does not see what is written. */
  #batches = 0;
  #closed = false;

  /** Views on memory that `writeHeader` has prepared, or that will be prepared before the first command. */
  constructor(memory: ArrayBufferLike, byteOffset: number) {
    this.#lookAt(memory, byteOffset);
    this.#written = this.#words[layout.COMMAND_HEAD / 4]!;
    this.#eventsRead = this.#atoms[layout.EVENT_TAIL / 4]!;
    this.#readTaken();
  }

  #lookAt(memory: ArrayBufferLike, byteOffset: number): void {
    this.#memory = memory;
    this.#byteOffset = byteOffset;
    this.#words = new Uint32Array(memory, byteOffset, layout.TOTAL_BYTES / 4);
    this.#atoms = new Int32Array(memory, byteOffset, layout.TOTAL_BYTES / 4);
    this.#floats = new Float32Array(memory, byteOffset, layout.TOTAL_BYTES / 4);
    this.#doubles = new Float64Array(memory, byteOffset, layout.TOTAL_BYTES / 8);
  }

  /** The memory the wire lies in. */
  get memory(): ArrayBufferLike {
    return this.#memory;
  }

  /** Where in `memory` it begins, in bytes. */
  get byteOffset(): number {
    return this.#byteOffset;
  }

  /**
   * Moves to other memory, which is zero and has no engine yet. The commands sent so far are copied.
   */
  moveTo(memory: ArrayBufferLike, byteOffset: number): void {
    const used = layout.COMMAND_OFFSET + Math.min(this.#written, layout.COMMAND_CAPACITY) * layout.COMMAND_BYTES;
    new Uint8Array(memory, byteOffset, used).set(new Uint8Array(this.#memory, this.#byteOffset, used));
    this.#lookAt(memory, byteOffset);
  }

  /**
   * Calls back once, when the next command is sent, for a host that has to carry commands on. Commands sent without
   * anybody waiting cost nothing more.
   */
  onNextSend(callback: () => void): void {
    if (this.#closed) return;
    this.#nextSend = callback;
    this.#room = 0;
  }

  /** A wire in memory of its own, which collects commands until it moves to that of an engine. */
  static withoutEngine(): Wire {
    const memory = new ArrayBuffer(layout.TOTAL_BYTES);
    Wire.writeHeader(memory, 0);
    return new Wire(memory, 0);
  }

  /** Writes what C checks before it accepts the block: magic, version, size. */
  static writeHeader(memory: ArrayBufferLike, byteOffset: number): void {
    const words = new Uint32Array(memory, byteOffset, layout.HEADER_ENGINE_VERSION / 4 + 1);
    words[layout.HEADER_MAGIC / 4] = layout.MAGIC;
    words[layout.HEADER_VERSION / 4] = layout.VERSION;
    words[layout.HEADER_BYTES / 4] = layout.TOTAL_BYTES;
    words[layout.HEADER_ENGINE_VERSION / 4] = 0;
  }

  /**
   * Sends a command with a number as its value; `frame` 0 is at once. Returns its ticket, 0 once the wire is closed.
   */
  send(
    op: number,
    target: number,
    frame: number,
    value: number,
    frames = 0,
    token = 0,
    param = 0,
    curve = 0,
    flags = 0,
  ): number {
    const written = this.#written;
    if (written - this.#taken >= this.#room && !this.#makeRoom()) {
      return this.#closed
        ? 0
        : this.#waiting.add(this.#written, op, target, frame, value, frames, token, param, curve, flags);
    }
    // makeRoom may have run code that sends: the counter is read again.
    const index = layout.COMMAND_OFFSET + (this.#written & ringMask) * layout.COMMAND_BYTES;
    const word = index >> 2;
    const double = index >> 3;
    this.#words[word] = op | (param << 8) | (curve << 16) | (flags << 24);
    this.#words[word + layout.COMMAND_TARGET / 4] = target;
    this.#doubles[double + layout.COMMAND_FRAME / 8] = frame;
    this.#doubles[double + layout.COMMAND_VALUE / 8] = value;
    this.#words[word + layout.COMMAND_FRAMES / 4] = frames;
    this.#words[word + layout.COMMAND_TOKEN / 4] = token;
    const ticket = this.#written + 1;
    this.#written = ticket;
    if (this.#batches === 0) Atomics.store(this.#atoms, layout.COMMAND_HEAD / 4, ticket | 0);
    return ticket;
  }

  /** Sends a command whose value is two u32. Returns its ticket. */
  sendPair(
    op: number,
    target: number,
    frame: number,
    first: number,
    second: number,
    frames = 0,
    token = 0,
    curve = 0,
    param = 0,
  ): number {
    const scratch = this.#waiting.begin(op, target, frame, param, curve, 0);
    scratch.words[layout.COMMAND_VALUE / 4] = first;
    scratch.words[layout.COMMAND_VALUE / 4 + 1] = second;
    scratch.words[layout.COMMAND_FRAMES / 4] = frames;
    scratch.words[layout.COMMAND_TOKEN / 4] = token;
    return this.#sendScratch();
  }

  /** Sends a command whose value is two f32, as a fade has. Returns its ticket. */
  sendFloats(
    op: number,
    target: number,
    frame: number,
    from: number,
    to: number,
    frames: number,
    token = 0,
    curve = 0,
    flags = 0,
  ): number {
    const scratch = this.#waiting.begin(op, target, frame, 0, curve, flags);
    scratch.floats[layout.COMMAND_VALUE / 4] = from;
    scratch.floats[layout.COMMAND_VALUE / 4 + 1] = to;
    scratch.words[layout.COMMAND_FRAMES / 4] = frames;
    scratch.words[layout.COMMAND_TOKEN / 4] = token;
    return this.#sendScratch();
  }

  /** Sends a command with a begin and an end in source frames. Returns its ticket. */
  sendRange(op: number, target: number, frame: number, begin: number, end: number): number {
    const scratch = this.#waiting.begin(op, target, frame, 0, 0, 0);
    scratch.doubles[layout.COMMAND_VALUE / 8] = begin;
    scratch.doubles[layout.COMMAND_FRAMES / 8] = end;
    return this.#sendScratch();
  }

  /**
   * Until the matching `endBatch`, commands are held back, so that the engine takes them together. If the ring is
   * too short for all of them, it gets them as they come.
   */
  beginBatch(): void {
    this.#batches += 1;
  }

  /** Lets the engine see what was held back. */
  endBatch(): void {
    this.#batches -= 1;
    if (this.#batches === 0 && !this.#closed) this.#publish();
  }

  /** Sends a command whose value is three f32. Returns its ticket. */
  sendVector(op: number, target: number, param: number, x: number, y: number, z: number): number {
    const scratch = this.#waiting.begin(op, target, 0, param, 0, 0);
    scratch.floats[layout.COMMAND_VALUE / 4] = x;
    scratch.floats[layout.COMMAND_VALUE / 4 + 1] = y;
    scratch.floats[layout.COMMAND_VALUE / 4 + 2] = z;
    scratch.words[layout.COMMAND_TOKEN / 4] = 0;
    return this.#sendScratch();
  }

  /** Ticket of the newest command, 0 before the first. */
  get sentTicket(): number {
    return this.#written + this.#waiting.count;
  }

  /** True until the engine has taken the command off the ring (one for a later frame then waits in the engine). */
  isPending(ticket: number): boolean {
    if (ticket <= this.#taken) return false;
    this.#readTaken();
    return ticket > this.#taken;
  }

  /**
   * Moves waiting commands into the ring, in order, as far as there is room. Polling and sending do this by themselves.
   */
  flush(): void {
    if (this.#closed || this.#waiting.count === 0) return;
    this.#readTaken();
    while (this.#waiting.count > 0 && this.#written - this.#taken < layout.COMMAND_CAPACITY) {
      this.#waiting.takeInto(
        this.#words,
        (layout.COMMAND_OFFSET + (this.#written & ringMask) * layout.COMMAND_BYTES) >> 2,
      );
      this.#written += 1;
    }
    if (this.#batches === 0) this.#publish();
    this.#room = this.#waiting.count > 0 || this.#nextSend !== null ? 0 : layout.COMMAND_CAPACITY;
  }

  /**
   * Hands every event to the handler, oldest first, then moves waiting commands on. Returns how many
   * there were. The handler may send, poll and throw.
   */
  poll(handler: EventHandler): number {
    if (this.#closed) return 0;
    const head = Atomics.load(this.#atoms, layout.EVENT_HEAD / 4);
    let count = 0;
    while (((head - this.#eventsRead) | 0) > 0 && !this.#closed) {
      const index = layout.EVENT_OFFSET + (this.#eventsRead & eventMask) * layout.EVENT_BYTES;
      const word = index >> 2;
      const type = this.#words[word + layout.EVENT_TYPE / 4]!;
      const target = this.#words[word + layout.EVENT_TARGET / 4]!;
      const frame = this.#doubles[(index + layout.EVENT_FRAME) >> 3]!;
      const a = this.#words[word + layout.EVENT_A / 4]!;
      const b = this.#words[word + layout.EVENT_B / 4]!;
      // Freed before the handler runs, so that a handler that throws or polls does not see the event twice.
      this.#eventsRead = (this.#eventsRead + 1) | 0;
      Atomics.store(this.#atoms, layout.EVENT_TAIL / 4, this.#eventsRead);
      count += 1;
      handler(type, target, frame, a, b);
    }
    this.flush();
    return count;
  }

  /** The engine's clock in frames. */
  get timeFrames(): number {
    return this.#doubles[layout.STATE_TIME_FRAMES / 8]!;
  }

  /** Sounds that exist in the engine. */
  get sounds(): number {
    return this.#words[layout.STATE_SOUNDS / 4]!;
  }

  /** Sounds mixed in the last block. */
  get voices(): number {
    return this.#words[layout.STATE_VOICES / 4]!;
  }

  /** Commands that the engine holds for a later frame. */
  get scheduled(): number {
    return this.#words[layout.STATE_SCHEDULED / 4]!;
  }

  /** Ramp events that were dropped because nothing polled; lifecycle events are never dropped. */
  get eventsLost(): number {
    return this.#words[layout.STATE_EVENTS_LOST / 4]!;
  }

  /** Device blocks that took longer to render than they last. */
  get underruns(): number {
    return this.#words[layout.STATE_UNDERRUNS / 4]!;
  }

  /** Times a stream ran empty under a sound that played it. */
  get streamUnderruns(): number {
    return this.#words[layout.STATE_STREAM_UNDERRUNS / 4]!;
  }

  /** Time to render over time rendered, smoothed, 0..1. */
  get renderLoad(): number {
    return this.#floats[layout.STATE_RENDER_LOAD / 4]!;
  }

  /** Grows with every device callback, and wraps. If it stands still for long, the device is lost. */
  get heartbeat(): number {
    return this.#words[layout.STATE_HEARTBEAT / 4]!;
  }

  /** Commands that the engine has not taken yet, in the ring and waiting before it. */
  get pendingCommands(): number {
    if (this.#closed) return 0;
    this.#readTaken();
    return this.#written - this.#taken + this.#waiting.count;
  }

  /** Source frame that the sound in this slot reads next. */
  soundCursor(slot: number): number {
    return this.#doubles[(layout.SOUND_STATE_OFFSET + slot * layout.SOUND_STATE_BYTES + layout.SOUND_CURSOR) >> 3]!;
  }

  /** The `SOUND_` flags of the sound with this id, 0 if the slot holds another one or none yet. */
  soundFlags(slot: number, id: number): number {
    const word = (layout.SOUND_STATE_OFFSET + slot * layout.SOUND_STATE_BYTES) >> 2;
    return this.#words[word + layout.SOUND_ID / 4] === id ? this.#words[word + layout.SOUND_FLAGS / 4]! : 0;
  }

  /** Frames that the node's meter has measured; only grows. */
  nodeFrames(slot: number): number {
    return this.#doubles[(nodeOffset(slot) + layout.NODE_FRAMES) >> 3]!;
  }

  /** Largest magnitude of a channel since the last `resetNodePeaks` that the engine has seen. */
  nodePeak(slot: number, channel: number): number {
    return this.#floats[((nodeOffset(slot) + layout.NODE_PEAKS) >> 2) + channel]!;
  }

  /** Sum of the squares of a channel's samples; only grows. */
  nodeSquares(slot: number, channel: number): number {
    return this.#doubles[((nodeOffset(slot) + layout.NODE_SQUARES) >> 3) + channel]!;
  }

  /** Asks the engine to start the node's peaks anew with the next block it publishes. */
  resetNodePeaks(slot: number): void {
    if (!this.#closed) Atomics.add(this.#atoms, (nodeOffset(slot) + layout.NODE_PEAK_RESET) >> 2, 1);
  }

  /** Gain reduction of the compressor in this slot, in dB. */
  nodeReduction(slot: number): number {
    return this.#floats[(nodeOffset(slot) + layout.NODE_REDUCTION) >> 2]!;
  }

  /** True while the effect of the node in this slot has something to do. */
  nodeAwake(slot: number): boolean {
    return this.#words[(nodeOffset(slot) + layout.NODE_AWAKE) >> 2] === 1;
  }

  /** True after `close`. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * The engine is gone: sends do nothing and return 0, nothing is pending, state reads as 0. The wire no longer
   * refers to the engine's memory.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#room = 0;
    this.#written += this.#waiting.count;
    this.#taken = this.#written;
    this.#waiting.clear();
    this.onFull = null;
    this.#nextSend = null;
    closedMemory ??= new ArrayBuffer(layout.TOTAL_BYTES);
    this.#lookAt(closedMemory, 0);
  }

  /**
   * True when one record may be written to the ring. Runs only when the ring looks full, others wait, or the wire is
   * closed.
   */
  #makeRoom(): boolean {
    if (this.#closed) return false;
    const told = this.#nextSend;
    this.#nextSend = null;
    this.#room = this.#waiting.count > 0 ? 0 : layout.COMMAND_CAPACITY;
    told?.();
    this.#readTaken();
    this.flush();
    if (this.#hasRoom()) return true;
    // An engine that sees nothing takes nothing.
    this.#publish();
    this.onFull?.();
    // onFull may have closed the wire.
    if (this.#closed) return false;
    this.#readTaken();
    this.flush();
    if (this.#hasRoom()) return true;
    this.#room = 0;
    return false;
  }

  #publish(): void {
    Atomics.store(this.#atoms, layout.COMMAND_HEAD / 4, this.#written | 0);
  }

  #hasRoom(): boolean {
    return this.#waiting.count === 0 && this.#written - this.#taken < layout.COMMAND_CAPACITY;
  }

  #sendScratch(): number {
    if (this.#written - this.#taken >= this.#room && !this.#makeRoom()) {
      return this.#closed ? 0 : this.#waiting.addScratch(this.#written);
    }
    this.#waiting.copyScratch(
      this.#words,
      (layout.COMMAND_OFFSET + (this.#written & ringMask) * layout.COMMAND_BYTES) >> 2,
    );
    this.#written += 1;
    if (this.#batches === 0) this.#publish();
    return this.#written;
  }

  #readTaken(): void {
    if (!this.#closed)
      this.#taken = this.#written - ((this.#written - Atomics.load(this.#atoms, layout.COMMAND_TAIL / 4)) >>> 0);
  }
}

function nodeOffset(slot: number): number {
  return layout.NODE_STATE_OFFSET + slot * layout.NODE_STATE_BYTES;
}
