import { CommandOp, PARAM_OUTPUT } from '../../wire/wire-layout.js';
import { type GraphNode, link, makeHandle, type NodeHandle, unlink } from '../session/graph-node.js';
import type { Owned, Session } from '../session/session.js';

/** What groups and effects have in common: a node of the engine with one input and one output, which somebody owns. */
export abstract class EngineNode implements GraphNode, Owned {
  abstract readonly className: string;
  readonly session: Session;
  readonly id: number;
  readonly inputCount = 1;
  readonly outputCount = 1;
  readonly sources = new Set<GraphNode>();
  readonly handle: NodeHandle;
  target: GraphNode | null = null;
  disposed = false;
  readonly #owners: Set<Owned>;

  /** Under an id whose memory is ready, owned by `owners`, leading to `target`. */
  constructor(session: Session, id: number, owners: Set<Owned>, target: GraphNode) {
    this.session = session;
    this.id = id;
    this.handle = makeHandle(this);
    this.#owners = owners;
    owners.add(this);
    link(this, target);
    session.wire.sendPair(CommandOp.NODE_CREATE, id, 0, 0, target.id);
  }

  /** Tells the engine where it leads. */
  sendRoute(targetId: number): void {
    this.session.wire.sendPair(CommandOp.NODE_ROUTE, this.id, 0, targetId, 0);
  }

  /** Gain of the output bus. */
  sendOutputVolume(gain: number): void {
    this.session.wire.send(CommandOp.RAMP, this.id, 0, gain, this.session.settings.smoothingFrames, 0, PARAM_OUTPUT);
  }

  /** Lets what leads into it lead on to where it led, and is gone. Idempotent. */
  dispose(): void {
    if (this.disposed) return;
    unlink(this);
    this.session.wire.send(CommandOp.NODE_DESTROY, this.id, 0, 0);
    this.abandon();
  }

  /** Gone, without a word to the engine. Idempotent. */
  abandon(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#owners.delete(this);
    this.session.ramps.settleOwner(this);
  }
}
