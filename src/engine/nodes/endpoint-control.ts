import type { Curve } from '../../base/types.js';
import { slotOf } from '../../wire/id-pool.js';
import { CommandOp, ENDPOINT_ID, PARAM_VOLUME } from '../../wire/wire-layout.js';
import { curveNumbers } from '../session/curves.js';
import type { Session } from '../session/session.js';
import { MeterReader } from './meter.js';

/** The volume and the meter of the whole mix. */
export class EndpointControl {
  readonly meter: MeterReader;
  /** What was asked for. */
  volume = 1;
  readonly #session: Session;

  /** Of one engine. */
  constructor(session: Session) {
    this.#session = session;
    this.meter = new MeterReader(session.wire, slotOf(ENDPOINT_ID), session.settings.channels);
  }

  /** Sets the volume, ramped over the smoothing time. */
  setVolume(volume: number): void {
    this.volume = volume;
    this.#session.wire.send(
      CommandOp.RAMP,
      ENDPOINT_ID,
      0,
      volume,
      this.#session.settings.smoothingFrames,
      0,
      PARAM_VOLUME,
    );
  }

  /** Moves the volume over time; resolves when it is there. Throws ERR_SCHEDULE_LIMIT. */
  ramp(target: number, frames: number, curve: Curve, atFrames: number): Promise<boolean> {
    const session = this.#session;
    const frame = session.schedule(atFrames);
    this.volume = target;
    return session.ramp(this, frame, frames, (token) =>
      session.wire.send(CommandOp.RAMP, ENDPOINT_ID, frame, target, frames, token, PARAM_VOLUME, curveNumbers[curve]),
    );
  }
}
