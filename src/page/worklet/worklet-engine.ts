import { dataOfError, type ErrorData } from '../../base/error-data.js';
import { WasmEngine } from '../../wasm/wasm-engine.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import type { CoreOptions, PreparingCall } from '../../wire/core.js';
import { slotOf } from '../../wire/id-pool.js';
import * as layout from '../../wire/wire-layout.js';
import { type BufferHead, framesAtOnce, type Preparation } from '../links/messages.js';
import { StateReader } from './state-reader.js';
import { WorkletStreams } from './worklet-streams.js';

const commandMask = layout.COMMAND_CAPACITY - 1;
const commandWords = layout.COMMAND_BYTES / 4;

/** A buffer of which pieces are still to come. */
interface Arrival {
  readonly head: BufferHead;
  readonly address: number;
}

/**
 * An engine that the worklet makes for itself, on a page that may not share memory. All of this runs on the audio
 * thread, between two quanta or within one.
 */
export class WorkletEngine extends WasmEngine {
  /** Reads what the page is sent. */
  readonly state: StateReader;
  readonly streams = new WorkletStreams();
  readonly #words: Uint32Array;
  readonly #atoms: Int32Array;
  #head = 0;
  /** Commands that found the ring full, in order. */
  #waiting: Uint32Array[] = [];
  readonly #arriving = new Map<number, Arrival>();

  /** Makes memory, wire and engine. Throws an AudioError. */
  constructor(module: WebAssembly.Module, options: CoreOptions) {
    super(new WasmInstance(module), options, framesAtOnce);
    const { memory, byteOffset } = this.wire;
    this.#words = new Uint32Array(memory, byteOffset, layout.TOTAL_BYTES / 4);
    this.#atoms = new Int32Array(memory, byteOffset, layout.TOTAL_BYTES / 4);
    this.state = new StateReader(memory, byteOffset);
    // Some milliseconds of work each, so done now while nothing plays: this is the thread that renders.
    for (const resampler of [layout.RESAMPLER_SINC, layout.RESAMPLER_SINC_BEST])
      this.prepare('prepare_resampler', resampler);
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
        const to = layout.COMMAND_OFFSET / 4 + ((this.#head + record) & commandMask) * commandWords;
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
  override drain(): void {
    super.drain();
    this.moveCommands();
  }

  /** Prepares what needs memory; returns why that failed, or null. */
  take(preparation: Preparation): ErrorData | null {
    try {
      switch (preparation.kind) {
        case 'call':
          this.prepare(preparation.name, ...preparation.numbers);
          this.#look(preparation.name, preparation.numbers[0]!);
          break;
        case 'buffer':
          this.beginBuffer(preparation.head);
          this.takeSlice(preparation.head.id, 0, preparation.samples);
          break;
        case 'stream': {
          const { id, shape, port } = preparation;
          this.streams.add(id, shape, this.prepareStream(id, shape), port);
          break;
        }
        case 'lend':
          this.streams.lend(preparation.id, preparation.port);
          break;
        case 'release':
          this.streams.remove(preparation.id);
          this.releaseBuffer(preparation.id);
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
    this.#arriving.set(head.id, { head, address: this.instance.allocate(head.bytes) });
  }

  /** A piece of its samples; true if it was the last: the engine knows the buffer now. Throws an AudioError. */
  takeSlice(id: number, offset: number, samples: ArrayBuffer): boolean {
    const arrival = this.#arriving.get(id);
    // Slices of a buffer for which there was no memory may still arrive.
    if (arrival === undefined) return false;
    const { head, address } = arrival;
    this.write(address + offset, new Uint8Array(samples));
    if (offset + samples.byteLength < head.bytes) return false;
    this.#arriving.delete(id);
    this.addBuffer(id, address, head);
    return true;
  }
}
