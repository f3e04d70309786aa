import { dataOfError, type ErrorData } from '../../base/error-data.js';
import { AudioError } from '../../base/errors.js';
import { checkResult } from '../../wasm/result-error.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import { makeWasmStream } from '../../wasm/wasm-stream.js';
import type { CoreOptions } from '../../wire/core.js';
import { slotOf } from '../../wire/id-pool.js';
import { Wire } from '../../wire/wire.js';
import * as layout from '../../wire/wire-layout.js';
import { type BufferHead, framesAtOnce, type Preparation, type PreparingCall } from '../links/messages.js';
import { StateReader } from './state-reader.js';
import { WorkletStreams } from './worklet-streams.js';

const commandMask = layout.COMMAND_CAPACITY - 1;
const commandWords = layout.COMMAND_BYTES / 4;

/**
 * An engine that the worklet makes for itself, on a page that may not share memory. All of this runs on the audio
 * thread, between two quanta or within one.
 */
export class WorkletEngine {
  readonly instance: WasmInstance;
  readonly engine: number;
  readonly out: number;
  /** Reads what the page is sent. */
  readonly state: StateReader;
  readonly streams = new WorkletStreams();
  readonly #words: Uint32Array;
  readonly #atoms: Int32Array;
  readonly #commandRing: number;
  #head = 0;
  /** Commands that found the ring full, in order. */
  #waiting: Uint32Array[] = [];
  readonly #buffers = new Map<number, number>();

  /** Makes memory, wire and engine. Throws an AudioError. */
  constructor(module: WebAssembly.Module, options: CoreOptions) {
    const instance = new WasmInstance(module);
    this.instance = instance;
    const wire = instance.allocate(layout.TOTAL_BYTES);
    const address = instance.allocate(4);
    this.out = instance.allocate(framesAtOnce * options.channels * 4);
    // The memory of a new instance is zero.
    Wire.writeHeader(instance.buffer, wire);
    checkResult(
      instance.call(
        'engine_create',
        options.sampleRate,
        options.channels,
        options.smoothingFrames,
        options.maxVoices,
        wire,
        layout.TOTAL_BYTES,
        address,
      ),
    );
    this.engine = new Uint32Array(instance.buffer, address, 1)[0]!;
    this.#words = new Uint32Array(instance.buffer, wire, layout.TOTAL_BYTES / 4);
    this.#atoms = new Int32Array(instance.buffer, wire, layout.TOTAL_BYTES / 4);
    this.#commandRing = layout.COMMAND_OFFSET / 4;
    this.state = new StateReader(instance.buffer, wire);
    // Some milliseconds of work each, so done now while nothing plays: this is the thread that renders.
    for (const resampler of [layout.RESAMPLER_SINC, layout.RESAMPLER_SINC_BEST])
      checkResult(instance.call('prepare_resampler', this.engine, resampler));
  }

  /** Commands from the page, in order. */
  takeCommands(records: ArrayBuffer): void {
    this.#waiting.push(new Uint32Array(records));
    this.moveCommands();
  }

  /** Puts commands that wait into the ring, as far as there is room. */
  moveCommands(): void {
    while (this.#waiting.length > 0) {
      const records = this.#waiting[0]!;
      const room = layout.COMMAND_CAPACITY - ((this.#head - this.#words[layout.COMMAND_TAIL / 4]!) >>> 0);
      const count = Math.min(room, records.length / commandWords);
      for (let record = 0; record < count; record += 1) {
        const to = this.#commandRing + ((this.#head + record) & commandMask) * commandWords;
        for (let word = 0; word < commandWords; word += 1)
          this.#words[to + word] = records[record * commandWords + word]!;
      }
      this.#head = (this.#head + count) >>> 0;
      Atomics.store(this.#atoms, layout.COMMAND_HEAD / 4, this.#head | 0);
      if (count * commandWords < records.length) {
        this.#waiting[0] = records.subarray(count * commandWords);
        return;
      }
      this.#waiting.shift();
    }
  }

  /** Lets the engine take commands while nothing renders. */
  drain(): void {
    this.instance.call('drain', this.engine);
    this.moveCommands();
  }

  /** Prepares what needs memory; returns why that failed, or null. */
  prepare(preparation: Preparation): ErrorData | null {
    try {
      switch (preparation.kind) {
        case 'call':
          checkResult(this.instance.call(preparation.name, this.engine, ...preparation.numbers));
          this.#look(preparation.name, preparation.numbers[0]!);
          break;
        case 'buffer':
          this.beginBuffer(preparation.head);
          this.writeBuffer(preparation.head.id, 0, preparation.samples);
          this.endBuffer(preparation.head);
          break;
        case 'stream': {
          const { id, shape, port } = preparation;
          const made = makeWasmStream(this.instance, this.engine, id, shape);
          this.#buffers.set(id, made.byteOffset);
          this.streams.add(id, shape, made, port);
          break;
        }
        case 'lend':
          this.streams.lend(preparation.id, preparation.port);
          break;
        case 'release':
          this.streams.remove(preparation.id);
          this.#releaseBuffer(preparation.id);
          break;
      }
      return null;
    } catch (error) {
      return dataOfError(error);
    }
  }

  /** From now on more slots may be in use. */
  #look(name: PreparingCall, first: number): void {
    if (name === 'prepare_sounds') this.state.soundCount = Math.max(this.state.soundCount, first);
    else if (name === 'prepare_node' || name === 'prepare_effect')
      this.state.nodeCount = Math.max(this.state.nodeCount, slotOf(first) + 1);
  }

  /** Room for a buffer whose samples follow. Throws ERR_OUT_OF_MEMORY. */
  beginBuffer(head: BufferHead): void {
    this.#buffers.set(head.id, this.instance.allocate(head.bytes));
  }

  /** A piece of its samples. */
  writeBuffer(id: number, offset: number, samples: ArrayBuffer): void {
    const memory = this.#buffers.get(id);
    if (memory === undefined) return;
    new Uint8Array(this.instance.buffer, memory + offset, samples.byteLength).set(new Uint8Array(samples));
  }

  /** All samples are there: the engine may know them. Throws an AudioError. */
  endBuffer(head: BufferHead): void {
    const { id, format, channels, sampleRate, frames, trusted } = head;
    const memory = this.#buffers.get(id);
    if (memory === undefined)
      throw new AudioError('ERR_INTERNAL', 'The samples of a buffer came without its beginning');
    try {
      checkResult(
        this.instance.call(
          'prepare_buffer',
          this.engine,
          id,
          memory,
          format,
          channels,
          sampleRate,
          frames,
          trusted ? 1 : 0,
        ),
      );
    } catch (error) {
      this.#releaseBuffer(id);
      throw error;
    }
  }

  #releaseBuffer(id: number): void {
    const memory = this.#buffers.get(id);
    if (memory === undefined) return;
    this.#buffers.delete(id);
    this.instance.release(memory);
  }
}
