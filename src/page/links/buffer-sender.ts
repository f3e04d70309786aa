import { type ErrorData, errorOfData } from '../../base/error-data.js';
import { AudioError } from '../../base/errors.js';
import type { SampleMemory } from '../../wire/core.js';
import type { BufferHead, Preparation, ToWorklet } from './messages.js';

/** Bytes that the worklet copies between two quanta without being late: some tens of microseconds. */
const sliceBytes = 128 * 1024;
/** Slices under way at once: enough to fill the time of a round trip, too few to keep the worklet from a quantum. */
const slicesUnderWay = 3;

interface Transfer {
  readonly head: BufferHead;
  readonly bytes: Uint8Array;
  offset: number;
  begun: boolean;
  resolve(): void;
  reject(error: AudioError): void;
}

type Say = (message: ToWorklet, transfer?: Transferable[]) => void;

/**
 * Carries samples to the worklet: small ones with the commands, big ones in slices beside them, the one that is nearest
 * its end first.
 */
export class BufferSender {
  readonly #transfers = new Map<number, Transfer>();
  readonly #arrivals = new Set<Promise<void>>();
  #say: Say | null = null;
  #underWay = 0;

  /**
   * For a small buffer, what goes with the next batch; for a big one, a promise that settles when all of it has
   * arrived. Rejects ERR_OUT_OF_MEMORY.
   */
  add(id: number, memory: SampleMemory): Preparation | Promise<void> {
    const { samples, format, channels, sampleRate, frames, trusted } = memory;
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, frames * channels * samples.BYTES_PER_ELEMENT);
    const head = { id, format, channels, sampleRate, frames, trusted, bytes: bytes.byteLength };
    if (bytes.byteLength <= sliceBytes) return { kind: 'buffer', head, samples: copyOf(bytes) };
    const arrival = new Promise<void>((resolve, reject) => {
      this.#transfers.set(id, { head, bytes, offset: 0, begun: false, resolve, reject });
    });
    this.#arrivals.add(arrival);
    const over = (): void => void this.#arrivals.delete(arrival);
    arrival.then(over, over);
    this.#sendMore();
    return arrival;
  }

  /** Settles when everything now under way has arrived or failed, and its waiters have run. */
  async arrived(): Promise<void> {
    if (this.#arrivals.size === 0) return;
    await Promise.allSettled(this.#arrivals);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  /** The worklet can be reached. */
  connect(say: Say): void {
    this.#say = say;
    this.#sendMore();
  }

  /** The worklet has copied a slice. */
  sliceTaken(): void {
    this.#underWay -= 1;
    this.#sendMore();
  }

  /** The worklet has all of a buffer, or never will. */
  done(id: number, failure: ErrorData | null): void {
    const transfer = this.#transfers.get(id);
    this.#transfers.delete(id);
    if (failure === null) transfer?.resolve();
    else transfer?.reject(errorOfData(failure));
    this.#sendMore();
  }

  /** Rejects everything that is under way. */
  close(): void {
    this.#say = null;
    for (const { reject } of this.#transfers.values())
      reject(new AudioError('ERR_DISPOSED', 'The engine was disposed before the samples had come to it'));
    this.#transfers.clear();
  }

  #sendMore(): void {
    for (let transfer = this.#next(); transfer !== null; transfer = this.#next()) {
      const { head, bytes, offset } = transfer;
      if (!transfer.begun) {
        transfer.begun = true;
        this.#say!({ type: 'buffer-begin', head });
      }
      const samples = copyOf(bytes.subarray(offset, offset + sliceBytes));
      transfer.offset += samples.byteLength;
      this.#underWay += 1;
      this.#say!({ type: 'buffer-slice', id: head.id, offset, samples }, [samples]);
    }
  }

  #next(): Transfer | null {
    if (this.#say === null || this.#underWay >= slicesUnderWay) return null;
    let best: Transfer | null = null;
    let least = Infinity;
    for (const transfer of this.#transfers.values()) {
      const left = transfer.bytes.byteLength - transfer.offset;
      if (left > 0 && left < least) {
        best = transfer;
        least = left;
      }
    }
    return best;
  }
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.byteLength);
  copy.set(bytes);
  return copy.buffer;
}
