import { AudioError } from '../../base/errors.js';

/** A layout was asked for a bus that it does not have. The message lists the buses it has. Names are case-sensitive. */
export class UnknownBusError extends AudioError {
  /** The name that was asked for. */
  readonly busName: string;

  /** An `ERR_UNKNOWN_BUS` error: the name that was asked for, and the names there are. */
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
