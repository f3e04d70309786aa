import type { Curve } from '../../base/types.js';
import { slotOf } from '../../wire/id-pool.js';
import { CommandOp, PARAM_MUTE, PARAM_PAN, PARAM_PITCH, PARAM_VOLUME } from '../../wire/wire-layout.js';
import { curveNumbers } from '../session/curves.js';
import type { GraphNode } from '../session/graph-node.js';
import type { Owned, Session } from '../session/session.js';
import { EngineNode } from './engine-node.js';
import { MeterReader } from './meter.js';

const parameterNumbers = { volume: PARAM_VOLUME, pan: PARAM_PAN, pitch: PARAM_PITCH } as const;

/**
 * A group as the engine knows it: its values, and the commands that set them. Arguments are checked by SoundGroup.
 */
export class GroupNode extends EngineNode {
  readonly className = 'SoundGroup';
  /** Its sounds and child groups. */
  readonly owned = new Set<Owned>();
  readonly meter: MeterReader;

  // What was asked for.
  volume = 1;
  pan = 0;
  pitch = 1;
  muted = false;
  paused = false;

  /** A new node of a session, owned by `owners`, leading to `target`. Throws ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY. */
  constructor(session: Session, owners: Set<Owned>, target: GraphNode) {
    super(session, session.addNode(), owners, target);
    this.meter = new MeterReader(session.wire, slotOf(this.id), session.settings.channels);
  }

  /** Sets a parameter, ramped over the smoothing time. */
  set(parameter: 'volume' | 'pan' | 'pitch', value: number): void {
    this[parameter] = value;
    this.session.wire.send(
      CommandOp.RAMP,
      this.id,
      0,
      value,
      this.session.settings.smoothingFrames,
      0,
      parameterNumbers[parameter],
    );
  }

  /** Moves a parameter over time; resolves when it is there. Throws ERR_SCHEDULE_LIMIT. */
  ramp(
    parameter: 'volume' | 'pan' | 'pitch',
    target: number,
    frames: number,
    curve: Curve,
    atFrames: number,
  ): Promise<boolean> {
    const { session } = this;
    const frame = session.schedule(atFrames);
    this[parameter] = target;
    return session.ramp(this, frame, frames, (token) =>
      session.wire.send(
        CommandOp.RAMP,
        this.id,
        frame,
        target,
        frames,
        token,
        parameterNumbers[parameter],
        curveNumbers[curve],
      ),
    );
  }

  /** Silent or heard, ramped. */
  setMuted(muted: boolean): void {
    this.muted = muted;
    this.session.wire.send(
      CommandOp.RAMP,
      this.id,
      0,
      muted ? 0 : 1,
      this.session.settings.smoothingFrames,
      0,
      PARAM_MUTE,
    );
  }

  /** Everything in it stands still, or goes on. */
  setPaused(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    this.session.wire.send(paused ? CommandOp.NODE_PAUSE : CommandOp.NODE_RESUME, this.id, 0, 0);
  }

  /** Disposes what it owns, lets what else leads into it lead on to where it led, and is gone. Idempotent. */
  override dispose(): void {
    for (const child of [...this.owned]) child.dispose();
    super.dispose();
  }

  /** Gone with all it owns, without a word to the engine. Idempotent. */
  override abandon(): void {
    for (const child of [...this.owned]) child.abandon();
    super.abandon();
  }
}
