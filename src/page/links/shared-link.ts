import type { AudioError } from '../../base/errors.js';
import { LoadingEngine } from '../../wasm/loading-engine.js';
import { WasmEngine } from '../../wasm/wasm-engine.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import type { CoreOptions } from '../../wire/core.js';
import type { Wire } from '../../wire/wire.js';
import type { Link } from './link.js';
import { framesAtOnce, type SharedStart, type ToWorklet } from './messages.js';

/**
 * An isolated page: the page runs the module too, on the same memory. It makes the engine and prepares; the worklet
 * only renders.
 */
export class SharedLink extends LoadingEngine<WasmEngine> implements Link {
  readonly #wire: Wire;
  readonly #options: CoreOptions;
  #say: ((message: ToWorklet) => void) | null = null;

  /** Commands collect on `wire` until there is an engine, where it then moves. */
  constructor(wire: Wire, options: CoreOptions, onTrouble: (error: AudioError) => void) {
    super(onTrouble);
    this.#wire = wire;
    this.#options = options;
  }

  begin(module: WebAssembly.Module): SharedStart {
    const engine = new WasmEngine(new WasmInstance(module), this.#options, framesAtOnce, this.#wire);
    const thread = engine.instance.share();
    this.arrive(engine);
    const { address, mix } = engine;
    return {
      kind: 'shared',
      module,
      ...thread,
      engine: address,
      out: mix.byteOffset,
      channels: this.#options.channels,
    };
  }

  connect(say: (message: ToWorklet) => void): void {
    this.#say = say;
  }

  hear(): void {}

  arrived(): Promise<void> {
    return Promise.resolve();
  }

  drain(): void {
    this.#say?.({ type: 'drain' });
  }

  /** The memory goes when the worklet has let go of it too: nothing is freed under the audio thread. */
  close(): void {
    this.#say?.({ type: 'close' });
    this.letGo();
  }
}
