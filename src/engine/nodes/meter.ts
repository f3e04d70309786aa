import type { Meter } from '../../base/types.js';
import type { Wire } from '../../wire/wire.js';

/** Reads the levels of one node since the last reading. */
export class MeterReader {
  readonly #wire: Wire;
  readonly #slot: number;
  readonly #squares: number[];
  #frames: number;

  /** Begins now, for the node in this slot. */
  constructor(wire: Wire, slot: number, channels: number) {
    this.#wire = wire;
    this.#slot = slot;
    this.#frames = wire.nodeFrames(slot);
    this.#squares = Array.from({ length: channels }, (_, channel) => wire.nodeSquares(slot, channel));
    wire.resetNodePeaks(slot);
  }

  /** Peak and RMS of each channel of all that was rendered since the last call; zeros if nothing was. */
  read(): Meter {
    const wire = this.#wire;
    const slot = this.#slot;
    const total = wire.nodeFrames(slot);
    const frames = total - this.#frames;
    const peak: number[] = [];
    const rms: number[] = [];
    for (let channel = 0; channel < this.#squares.length; channel += 1) {
      const squares = wire.nodeSquares(slot, channel);
      // Peaks that were read once stay published until the next block.
      peak.push(frames > 0 ? wire.nodePeak(slot, channel) : 0);
      rms.push(frames > 0 ? Math.sqrt(Math.max(0, squares - this.#squares[channel]!) / frames) : 0);
      this.#squares[channel] = squares;
    }
    this.#frames = total;
    wire.resetNodePeaks(slot);
    // A block that was published between the reading and the reset would be in neither reading.
    if (frames > 0) {
      for (let channel = 0; channel < peak.length; channel += 1)
        peak[channel] = Math.max(peak[channel]!, wire.nodePeak(slot, channel));
    }
    return { peak, rms };
  }
}
