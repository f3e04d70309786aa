import { AudioError } from '../../base/errors.js';

/**
 * The error when a layout has no bus of the given name. Its message lists the names of the buses; they are
 * case-sensitive.
 *
 * @example
 * ```ts
 * import { AudioBusLayout, UnknownBusError } from 'miniaudio-engine';
 *
 * try {
 *   new AudioBusLayout().getBus('music');
 * } catch (error) {
 *   if (!(error instanceof UnknownBusError)) throw error;
 *   console.log(error.busName, error.message);
 * }
 * ```
 */
export class UnknownBusError extends AudioError {
  /** The name that was not found. */
  readonly busName: string;

  /**
   * Makes an error with the code `ERR_UNKNOWN_BUS`.
   *
   * @param busName - The name that was not found.
   * @param names - The names of the buses that exist.
   */
  constructor(busName: string, names: readonly string[]) {
    super(
      'ERR_UNKNOWN_BUS',
      `There is no bus '${busName}'. The buses are ${names.map((name) => `'${name}'`).join(', ')}`,
    );
    this.busName = busName;
  }
}
Object.defineProperty(UnknownBusError.prototype, 'name', {
  value: 'UnknownBusError',
  writable: true,
  configurable: true,
});
