import { AudioError } from '../../base/errors.js';
import { ENDPOINT_ID } from '../../wire/wire-layout.js';
import { type GraphNode, type GraphSession, makeHandle, type NodeHandle } from './graph-node.js';

interface OwnSession extends GraphSession {
  readonly closed: boolean;
}

/** The node that everything leads to in the end. */
export class Endpoint implements GraphNode {
  readonly session: OwnSession;
  readonly id = ENDPOINT_ID;
  readonly className = 'Engine';
  readonly inputCount = 1;
  readonly outputCount = 0;
  readonly sources = new Set<GraphNode>();
  readonly handle: NodeHandle;
  target: GraphNode | null = null;

  /** Of one session. */
  constructor(session: OwnSession) {
    this.session = session;
    this.handle = makeHandle(this);
  }

  get disposed(): boolean {
    return this.session.closed;
  }

  sendRoute(): void {
    throw new AudioError('ERR_INTERNAL', 'The endpoint leads nowhere');
  }

  sendOutputVolume(): void {
    this.sendRoute();
  }
}
