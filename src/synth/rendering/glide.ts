/** A value that is moved to another along a straight line, a function of the frame number alone. */
export class Glide {
  /** Where it was asked to be. */
  target: number;
  #from: number;
  #begin = 0;
  #frames = 0;

  /** Rests at a value. */
  constructor(value: number) {
    this.target = value;
    this.#from = value;
  }

  /** Is there at once. */
  jump(value: number): void {
    this.target = value;
    this.#frames = 0;
  }

  /** Begins to move at `frame` and is there `frames` later. */
  move(value: number, frame: number, frames: number): void {
    this.#from = this.at(frame - 1);
    this.target = value;
    this.#begin = frame;
    this.#frames = frames;
  }

  /** True if the value at `frame` or a later one differs from the target. */
  movingAt(frame: number): boolean {
    return frame < this.#begin + this.#frames;
  }

  /** The value at a frame; the first frame of a move is one step along already. */
  at(frame: number): number {
    const step = frame - this.#begin + 1;
    return step >= this.#frames ? this.target : this.#from + (this.target - this.#from) * (step / this.#frames);
  }
}
