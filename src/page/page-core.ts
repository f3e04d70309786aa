import { AudioError } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import { LoadingEngine } from '../wasm/loading-engine.js';
import { WasmCore } from '../wasm/wasm-core.js';
import { WasmInstance } from '../wasm/wasm-instance.js';
import {
  type Core,
  type CoreDeviceOptions,
  type CoreOptions,
  type PreparedStream,
  StreamKind,
  type StreamShape,
  streamBytes,
} from '../wire/core.js';
import { Wire } from '../wire/wire.js';
import { loadModule } from './browser/assets.js';
import { isIsolated } from './browser/page-globals.js';
import { PageReceiver } from './links/page-port.js';

/**
 * An engine on the page's own thread, to be pulled or to keep time unheard. Until its module is loaded, what it is
 * asked for waits, in order.
 */
export class PageCore extends LoadingEngine<WasmCore> implements Core {
  readonly kind = 'wasm';
  readonly wire: Wire;
  readonly ready?: Promise<void>;
  readonly rendering = false;
  readonly silent = true;
  readonly #options: CoreOptions;
  /** Streams that are filled from threads which cannot see this memory. */
  readonly #pages = new Map<number, PageReceiver>();

  /**
   * With a module it can render at once; without one it begins to load. `warn` receives errors that no call can throw
   * any more.
   */
  constructor(loaded: WebAssembly.Module | null, options: CoreOptions, warn: (error: AudioError) => void) {
    super(warn);
    this.#options = options;
    if (loaded !== null) {
      const core = new WasmCore(new WasmInstance(loaded), options);
      this.wire = core.wire;
      this.arrive(core);
      return;
    }
    this.wire = Wire.withoutEngine();
    this.ready = loadModule().then((module) => {
      this.expectOpen();
      this.arrive(new WasmCore(new WasmInstance(module), options, this.wire));
    });
    this.ready.catch(() => {});
  }

  override prepareStream(id: number, shape: StreamShape): PreparedStream {
    if (shape.kind !== StreamKind.pages || isIsolated()) return super.prepareStream(id, shape);
    const { port1, port2 } = new MessageChannel() as unknown as WebMessageChannel;
    this.whenThere((core) => this.#pages.set(id, new PageReceiver(port1, core.prepareStream(id, shape))));
    return { memory: new ArrayBuffer(0), byteOffset: 0, byteLength: streamBytes(shape), port: port2 };
  }

  #tellPages(): void {
    for (const pages of this.#pages.values()) pages.tell();
  }

  override releaseBuffer(id: number): void {
    this.#pages.get(id)?.close();
    this.#pages.delete(id);
    super.releaseBuffer(id);
  }

  render(target: Float32Array, frames: number): void {
    this.expectOpen();
    if (this.engine === null) throw new AudioError('ERR_NOT_READY', 'The engine is not loaded yet');
    this.engine.render(target, frames);
    this.#tellPages();
  }

  drain(): void {
    this.engine?.drain();
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
    for (const pages of this.#pages.values()) pages.close();
    this.#pages.clear();
    if (this.engine === null) this.wire.close();
    else this.engine.close();
    this.letGo();
  }
}

function noDevice(): AudioError {
  return new AudioError(
    'ERR_UNSUPPORTED_HOST',
    "The host 'wasm' runs on the page's own thread and has no device but 'null': leave the option host out",
  );
}
