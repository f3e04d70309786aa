declare module 'fft.js' {
  /** The part of fft.js that the tests use; the package has no types of its own. */
  export default class FFT {
    constructor(size: number);
    createComplexArray(): number[];
    realTransform(output: number[], input: ArrayLike<number>): void;
  }
}
