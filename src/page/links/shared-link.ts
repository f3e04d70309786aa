import { AudioError } from '../../base/errors.js';
import { checkResult } from '../../wasm/result-error.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import { EarlyStream, makeWasmStream } from '../../wasm/wasm-stream.js';
import type { CoreOptions, PreparedStream, SampleMemory, StreamMemory, StreamShape } from '../../wire/core.js';
import type { Wire } from '../../wire/wire.js';
import { TOTAL_BYTES } from '../../wire/wire-layout.js';
import type { Link } from './link.js';
import { framesAtOnce, type PreparingCall, type SharedStart, type ToWorklet } from './messages.js';

/**
 * An isolated page: the page runs the module too, on the same memory. It makes the engine and prepares; the worklet
 * only renders.
 */
export class SharedLink implements Link {
  readonly #wire: Wire;
  readonly #options: CoreOptions;
  readonly #onTrouble: (error: AudioError) => void;
  #instance: WasmInstance | null = null;
  #engine = 0;
  readonly #buffers = new Map<number, number>();
  /** What was asked for before the module was there. */
  #waiting: (() => void)[] | null = [];
  #say: ((message: ToWorklet) => void) | null = null;

  /** Commands collect on `wire` until there is an engine, where it then moves. */
  constructor(wire: Wire, options: CoreOptions, onTrouble: (error: AudioError) => void) {
    this.#wire = wire;
    this.#options = options;
    this.#onTrouble = onTrouble;
  }

  prepare(name: PreparingCall, ...numbers: number[]): void {
    this.#whenThere((instance) => checkResult(instance.call(name, this.#engine, ...numbers)));
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    this.#whenThere((instance) => {
      const { samples, format, channels, sampleRate, frames, trusted } = memory;
      const bytes = frames * channels * samples.BYTES_PER_ELEMENT;
      const copy = instance.allocate(bytes);
      try {
        new Uint8Array(instance.buffer, copy, bytes).set(new Uint8Array(samples.buffer, samples.byteOffset, bytes));
        checkResult(
          instance.call(
            'prepare_buffer',
            this.#engine,
            id,
            copy,
            format,
            channels,
            sampleRate,
            frames,
            trusted ? 1 : 0,
          ),
        );
      } catch (error) {
        instance.release(copy);
        throw error;
      }
      this.#buffers.set(id, copy);
    });
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    if (this.#instance !== null) return this.#makeStream(this.#instance, id, shape);
    const early = new EarlyStream(shape);
    this.#whenThere((instance) => early.moveTo(this.#makeStream(instance, id, shape)));
    return early;
  }

  #makeStream(instance: WasmInstance, id: number, shape: StreamShape): StreamMemory {
    const made = makeWasmStream(instance, this.#engine, id, shape);
    this.#buffers.set(id, made.byteOffset);
    return made;
  }

  releaseBuffer(id: number): void {
    const copy = this.#buffers.get(id);
    if (copy === undefined) return;
    this.#buffers.delete(id);
    this.#instance?.release(copy);
  }

  begin(module: WebAssembly.Module): SharedStart {
    const { sampleRate, channels, smoothingFrames, maxVoices } = this.#options;
    const instance = new WasmInstance(module);
    const wire = instance.allocate(TOTAL_BYTES);
    const address = instance.allocate(4);
    const out = instance.allocate(framesAtOnce * channels * 4);
    this.#wire.moveTo(instance.buffer, wire);
    checkResult(
      instance.call('engine_create', sampleRate, channels, smoothingFrames, maxVoices, wire, TOTAL_BYTES, address),
    );
    this.#engine = new Uint32Array(instance.buffer, address, 1)[0]!;
    this.#instance = instance;
    const thread = instance.share();
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const prepare of waiting ?? []) {
      try {
        prepare();
      } catch (error) {
        // No call can throw it any more.
        this.#onTrouble(error as AudioError);
      }
    }
    return { kind: 'shared', module, ...thread, engine: this.#engine, out, channels };
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
    this.#instance = null;
    this.#waiting = null;
    this.#buffers.clear();
  }

  #whenThere(act: (instance: WasmInstance) => void): void {
    const instance = this.#instance;
    if (instance !== null) act(instance);
    else if (this.#waiting === null) throw new AudioError('ERR_DISPOSED', 'The engine was disposed');
    else this.#waiting.push(() => act(this.#instance!));
  }
}
