import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import type { Core, CoreOptions, SampleMemory, StreamMemory, StreamShape } from '../host/core.js';
import { WasmCore } from '../host/wasm.js';
import { WasmInstance } from '../host/wasm-instance.js';
import { Wire } from '../host/wire.js';
import { TOTAL_BYTES } from '../host/wire-layout.js';
import { loadModule } from './module.js';

/** An engine on the page's own thread, to be pulled, whose module has yet to be loaded: what it is asked for waits, in order. */
export class PageCore implements Core {
  readonly kind = 'wasm';
  readonly wire: Wire;
  readonly ready: Promise<void>;
  readonly rendering = false;
  #core: WasmCore | null = null;
  #waiting: ((core: WasmCore) => void)[] = [];
  #closed = false;

  /** Begins to load. `warn` hears what no call can throw any more. */
  constructor(options: CoreOptions, warn: (error: AudioError) => void) {
    const memory = new ArrayBuffer(TOTAL_BYTES);
    Wire.writeHeader(memory, 0);
    this.wire = new Wire(memory, 0);
    this.ready = loadModule().then((module) => {
      if (this.#closed) throw new AudioError('ERR_DISPOSED', 'The engine was disposed before it was loaded');
      const core = new WasmCore(new WasmInstance(module), options, this.wire);
      this.#core = core;
      for (const prepare of this.#waiting) {
        try {
          prepare(core);
        } catch (error) {
          warn(error as AudioError);
        }
      }
      this.#waiting = [];
    });
    this.ready.catch(() => {});
  }

  prepareSounds(count: number): void {
    this.#whenThere((core) => core.prepareSounds(count));
  }

  prepareResampler(resampler: number): void {
    this.#whenThere((core) => core.prepareResampler(resampler));
  }

  prepareNode(id: number): void {
    this.#whenThere((core) => core.prepareNode(id));
  }

  prepareEffect(id: number, kind: number, variant: number): void {
    this.#whenThere((core) => core.prepareEffect(id, kind, variant));
  }

  releaseNode(id: number): void {
    this.#core?.releaseNode(id);
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    this.#whenThere((core) => core.prepareBuffer(id, memory));
  }

  prepareStream(id: number, shape: StreamShape): StreamMemory {
    if (this.#core === null) throw new AudioError('ERR_NOT_READY', 'A stream needs the engine: wait for ready');
    return this.#core.prepareStream(id, shape);
  }

  releaseBuffer(id: number): void {
    this.#core?.releaseBuffer(id);
  }

  render(target: Float32Array, frames: number): void {
    if (this.#core === null) throw new AudioError('ERR_NOT_READY', 'The engine is not loaded yet');
    this.#core.render(target, frames);
  }

  drain(): void {
    this.#core?.drain();
  }

  openDevice(): Promise<DeviceInfo> {
    return Promise.reject(noDevice());
  }

  startDevice(): Promise<void> {
    return Promise.reject(noDevice());
  }

  stopDevice(): Promise<void> {
    return Promise.reject(noDevice());
  }

  closeDevice(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    if (this.#core === null) this.wire.close();
    else this.#core.close();
  }

  #whenThere(act: (core: WasmCore) => void): void {
    if (this.#core !== null) act(this.#core);
    else this.#waiting.push(act);
  }
}

function noDevice(): AudioError {
  return new AudioError('ERR_UNSUPPORTED_HOST', "The host 'wasm' runs on the page's own thread and has no device: leave the option host out");
}
