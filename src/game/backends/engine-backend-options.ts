import type { AudioBusLayout } from '../buses/bus-layout.js';

/** Options of {@link EngineBackend}. */
export interface EngineBackendOptions {
  /**
   * Name of the backend.
   *
   * @defaultValue `'engine'`
   */
  name?: string;
  /**
   * The layout to use.
   *
   * @defaultValue a new one with the default buses
   */
  busLayout?: AudioBusLayout;
  /**
   * Whether calls for a channel that has ended throw `ERR_STALE_ID` instead of doing nothing. `stopAudio` and
   * `isChannelActive` never throw it.
   *
   * @defaultValue `false`
   */
  strict?: boolean;
}
