import type { Curve } from '../base/types.js';
import { slotOf } from '../host/id-pool.js';
import { CommandOp, PARAM_MUTE, PARAM_OUTPUT, PARAM_PAN, PARAM_PITCH, PARAM_VOLUME } from '../host/wire-layout.js';
import { curveNumbers } from './curves.js';
import { type GraphNode, link, makeHandle, type NodeHandle, unlink } from './graph-node.js';
import { MeterReader } from './meter.js';
import type { Owned, Session } from './session.js';

const parameterNumbers = { volume: PARAM_VOLUME, pan: PARAM_PAN, pitch: PARAM_PITCH } as const;

/** A group as the engine knows it: what was asked of it, and the commands that ask. Arguments are checked by SoundGroup. */
export class GroupNode implements GraphNode, Owned {
  readonly session: Session;
  readonly id: number;
  readonly className = 'SoundGroup';
  readonly inputCount = 1;
  readonly outputCount = 1;
  readonly sources = new Set<GraphNode>();
  /** Its sounds and child groups. */
  readonly owned = new Set<Owned>();
  readonly handle: NodeHandle;
  readonly meter: MeterReader;
  target: GraphNode | null = null;
  disposed = false;

  // What was asked for.
  volume = 1;
  pan = 0;
  pitch = 1;
  muted = false;
  paused = false;

  readonly #owners: Set<Owned>;

  /** A new node of a session, owned by `owners`, leading to `target`. Throws ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY. */
  constructor(session: Session, owners: Set<Owned>, target: GraphNode) {
    this.session = session;
    this.id = session.addNode();
    this.handle = makeHandle(this);
    this.meter = new MeterReader(session.wire, slotOf(this.id), session.settings.channels);
    this.#owners = owners;
    owners.add(this);
    link(this, target);
    session.wire.sendPair(CommandOp.NODE_CREATE, this.id, 0, 0, target.id);
  }

  /** Sets a parameter, ramped over the smoothing time. */
  set(parameter: 'volume' | 'pan' | 'pitch', value: number): void {
    this[parameter] = value;
    this.session.wire.send(CommandOp.RAMP, this.id, 0, value, this.session.settings.smoothingFrames, 0, parameterNumbers[parameter]);
  }

  /** Moves a parameter over time; resolves when it is there. Throws ERR_SCHEDULE_LIMIT. */
  ramp(parameter: 'volume' | 'pan' | 'pitch', target: number, frames: number, curve: Curve, atFrames: number): Promise<boolean> {
    const { session } = this;
    const frame = session.schedule(atFrames);
    this[parameter] = target;
    return session.ramp(this, frame, frames, (token) =>
      session.wire.send(CommandOp.RAMP, this.id, frame, target, frames, token, parameterNumbers[parameter], curveNumbers[curve]),
    );
  }

  /** Silent or heard, ramped. */
  setMuted(muted: boolean): void {
    this.muted = muted;
    this.session.wire.send(CommandOp.RAMP, this.id, 0, muted ? 0 : 1, this.session.settings.smoothingFrames, 0, PARAM_MUTE);
  }

  /** Everything in it stands still, or goes on. */
  setPaused(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    this.session.wire.send(paused ? CommandOp.NODE_PAUSE : CommandOp.NODE_RESUME, this.id, 0, 0);
  }

  /** Tells the engine where it leads. */
  sendRoute(targetId: number): void {
    this.session.wire.sendPair(CommandOp.NODE_ROUTE, this.id, 0, targetId, 0);
  }

  /** Gain of the output bus. */
  sendOutputVolume(gain: number): void {
    this.session.wire.send(CommandOp.RAMP, this.id, 0, gain, this.session.settings.smoothingFrames, 0, PARAM_OUTPUT);
  }

  /** Disposes what it owns, lets what else leads into it lead on to where it led, and is gone. Idempotent. */
  dispose(): void {
    if (this.disposed) return;
    for (const child of [...this.owned]) child.dispose();
    unlink(this);
    this.session.wire.send(CommandOp.NODE_DESTROY, this.id, 0, 0);
    this.#gone();
  }

  /** Gone with all it owns, without a word to the engine. */
  abandon(): void {
    if (this.disposed) return;
    for (const child of [...this.owned]) child.abandon();
    this.#gone();
  }

  #gone(): void {
    this.disposed = true;
    this.#owners.delete(this);
    this.session.ramps.settleOwner(this);
  }
}
