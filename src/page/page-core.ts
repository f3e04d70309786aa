import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import { WasmCore } from '../wasm/wasm-core.js';
import { WasmInstance } from '../wasm/wasm-instance.js';
import { EarlyStream } from '../wasm/wasm-stream.js';
import {
  type Core,
  type CoreDeviceOptions,
  type CoreOptions,
  type PreparedStream,
  type SampleMemory,
  StreamKind,
  type StreamShape,
  streamBytes,
} from '../wire/core.js';
import { Wire } from '../wire/wire.js';
import { TOTAL_BYTES } from '../wire/wire-layout.js';
import { loadModule } from './browser/assets.js';
import { isIsolated } from './browser/page-globals.js';
import { PageReceiver } from './links/page-port.js';

/**
 * An engine on the page's own thread, to be pulled or to keep time unheard. Until its module is loaded, what it is
 * asked for waits, in order.
 */
export class PageCore implements Core {
  readonly kind = 'wasm';
  readonly wire: Wire;
  readonly ready?: Promise<void>;
  readonly rendering = false;
  readonly silent = true;
  readonly #options: CoreOptions;
  #core: WasmCore | null = null;
  #waiting: ((core: WasmCore) => void)[] = [];
  #closed = false;
  /** Streams that are filled from threads which cannot see this memory. */
  readonly #pages = new Map<number, PageReceiver>();

  /**
   * With a module it can render at once; without one it begins to load. `warn` receives errors that no call can throw
   * any more.
   */
  constructor(loaded: WebAssembly.Module | null, options: CoreOptions, warn: (error: AudioError) => void) {
    this.#options = options;
    if (loaded !== null) {
      this.#core = new WasmCore(new WasmInstance(loaded), options);
      this.wire = this.#core.wire;
      return;
    }
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

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    if (shape.kind === StreamKind.pages && !isIsolated()) return this.#pagesByPort(id, shape);
    if (this.#core !== null) return this.#core.prepareStream(id, shape);
    const early = new EarlyStream(shape);
    this.#whenThere((core) => early.moveTo(core.prepareStream(id, shape)));
    return early;
  }

  #pagesByPort(id: number, shape: StreamShape): PreparedStream {
    const { port1, port2 } = new MessageChannel() as unknown as WebMessageChannel;
    this.#whenThere((core) => this.#pages.set(id, new PageReceiver(port1, core.prepareStream(id, shape))));
    return { memory: new ArrayBuffer(0), byteOffset: 0, byteLength: streamBytes(shape), port: port2 };
  }

  #tellPages(): void {
    for (const pages of this.#pages.values()) pages.tell();
  }

  releaseBuffer(id: number): void {
    this.#pages.get(id)?.close();
    this.#pages.delete(id);
    this.#core?.releaseBuffer(id);
  }

  render(target: Float32Array, frames: number): void {
    if (this.#core === null) throw new AudioError('ERR_NOT_READY', 'The engine is not loaded yet');
    this.#core.render(target, frames);
    this.#tellPages();
  }

  drain(): void {
    this.#core?.drain();
    this.#tellPages();
  }

  async openDevice({ backend }: CoreDeviceOptions): Promise<DeviceInfo> {
    if (backend !== 'null') throw noDevice();
    await this.ready;
    const { sampleRate, channels } = this.#options;
    return { id: '', name: 'Null device', isDefault: true, backend, sampleRate, channels };
  }

  startDevice(): Promise<void> {
    return Promise.resolve();
  }

  stopDevice(): Promise<void> {
    return Promise.resolve();
  }

  closeDevice(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    for (const pages of this.#pages.values()) pages.close();
    this.#pages.clear();
    if (this.#core === null) this.wire.close();
    else this.#core.close();
  }

  #whenThere(act: (core: WasmCore) => void): void {
    if (this.#core !== null) act(this.#core);
    else this.#waiting.push(act);
  }
}

function noDevice(): AudioError {
  return new AudioError(
    'ERR_UNSUPPORTED_HOST',
    "The host 'wasm' runs on the page's own thread and has no device but 'null': leave the option host out",
  );
}
