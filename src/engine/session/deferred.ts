/** A promise that is settled from outside. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  /** Settles the promise; later calls do nothing. */
  resolve!: (value: T) => void;

  /** Open at first. */
  constructor() {
    this.promise = new Promise<T>((resolve) => {
      this.resolve = resolve;
    });
  }
}
