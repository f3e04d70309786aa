import { errorOfData } from '../../base/error-data.js';
import { AudioError } from '../../base/errors.js';
import { ownStreamMemory } from '../../wasm/wasm-stream.js';
import {
  type CoreOptions,
  type PreparedStream,
  type PreparingCall,
  type SampleMemory,
  StreamKind,
  type StreamShape,
  streamBytes,
} from '../../wire/core.js';
import type { Wire } from '../../wire/wire.js';
import { BufferSender } from './buffer-sender.js';
import type { Link } from './link.js';
import type { FromWorklet, OwnStart, Preparation, ToWorklet } from './messages.js';
import { RingSender } from './ring-sender.js';
import { WireImage } from './wire-image.js';

/** Delay when the ring of events is full: by then the engine's poller will have read some. */
const eventsReadMilliseconds = 20;

type Say = (message: ToWorklet, transfer?: Transferable[]) => void;

/**
 * A page that may not share memory: the engine and all its memory are the worklet's. Commands collect on a wire of the
 * page's own and travel in batches, one message for all that one task of the page sends; events and state come back
 * into that wire.
 */
export class MessageLink implements Link {
  readonly #wire: Wire;
  readonly #image: WireImage;
  readonly #options: CoreOptions;
  readonly #onTrouble: (error: AudioError) => void;
  readonly #rests: () => boolean;
  readonly #buffers: BufferSender;
  readonly #rings = new RingSender();
  #preparations: Preparation[] = [];
  #say: Say | null = null;
  /** Something waits to be sent with this task's message. */
  #scheduled = false;
  /** This task has sent its message: the rest goes with the next one's. */
  #sentInThisTask = false;
  #answerWanted = false;
  #drainWanted = false;
  #closed = false;
  readonly #nextTask = new MessageChannel();

  /** `rests` says whether nothing renders at the moment. */
  constructor(wire: Wire, options: CoreOptions, onTrouble: (error: AudioError) => void, rests: () => boolean) {
    this.#wire = wire;
    this.#image = new WireImage(wire.memory);
    this.#options = options;
    this.#onTrouble = onTrouble;
    this.#rests = rests;
    this.#buffers = new BufferSender();
    (this.#nextTask.port1 as unknown as WebMessagePort).onmessage = () => {
      this.#sentInThisTask = false;
      if (this.#scheduled) this.#send();
    };
    this.#wire.onNextSend(this.#commandSent);
  }

  prepare(name: PreparingCall, ...numbers: readonly number[]): void {
    this.#add({ kind: 'call', name, numbers });
  }

  prepareBuffer(id: number, memory: SampleMemory): Promise<void> | void {
    const arrival = this.#buffers.add(id, memory);
    if (arrival instanceof Promise) return arrival;
    this.#add(arrival);
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    const byteLength = streamBytes(shape);
    if (shape.kind === StreamKind.pages) {
      const { port1, port2 } = new MessageChannel() as unknown as WebMessageChannel;
      this.#add({ kind: 'stream', id, shape, port: port1 });
      return { memory: new ArrayBuffer(0), byteOffset: 0, byteLength, port: port2 };
    }
    const memory = ownStreamMemory(byteLength);
    this.#add({ kind: 'stream', id, shape, port: null });
    this.#rings.add(id, shape, memory);
    const changed = (): void => {
      this.#rings.changed(id);
      this.#schedule();
    };
    const lend = (): object => {
      const { port1, port2 } = new MessageChannel() as unknown as WebMessageChannel;
      this.#add({ kind: 'lend', id, port: port1 });
      return port2;
    };
    return { memory, byteOffset: 0, byteLength, changed, lend, settled: () => this.#rings.arrived(id) };
  }

  releaseBuffer(id: number): void {
    this.#rings.remove(id);
    if (!this.#closed) this.#add({ kind: 'release', id });
  }

  begin(module: WebAssembly.Module): OwnStart {
    return { kind: 'own', module, options: this.#options };
  }

  connect(say: Say): void {
    this.#say = say;
    this.#buffers.connect(say);
    this.#schedule();
  }

  hear(message: FromWorklet): void {
    if (this.#closed) return;
    switch (message.type) {
      case 'published':
        this.#image.take(message);
        if (message.rings !== null) this.#rings.took(message.rings);
        // Commands that found the ring full have room now.
        this.#wire.flush();
        this.#answerWanted = true;
        this.#schedule();
        break;
      case 'slice-taken':
        this.#buffers.sliceTaken();
        break;
      case 'buffer-done':
        this.#buffers.done(message.id, message.failure);
        break;
      case 'trouble':
        this.#onTrouble(errorOfData(message.failure));
        break;
    }
  }

  async arrived(): Promise<void> {
    await this.#buffers.arrived();
    await this.#rings.sent();
  }

  drain(): void {
    this.#drainWanted = true;
    this.#schedule();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#nextTask.port1.close();
    this.#say?.({ type: 'close' });
    this.#say = null;
    this.#buffers.close();
    this.#rings.close();
    this.#preparations = [];
  }

  #add(preparation: Preparation): void {
    if (this.#closed) throw new AudioError('ERR_DISPOSED', 'The engine was disposed');
    this.#preparations.push(preparation);
    this.#schedule();
  }

  readonly #commandSent = (): void => this.#schedule();

  #schedule(): void {
    if (this.#scheduled || this.#closed || this.#say === null) return;
    this.#scheduled = true;
    // At the end of the program's own piece of work, before the browser does anything else.
    if (!this.#sentInThisTask) queueMicrotask(() => this.#send());
  }

  #send(): void {
    if (!this.#scheduled || this.#say === null) return;
    this.#scheduled = false;
    const commands = this.#image.takeCommands();
    const preparations = this.#preparations;
    this.#preparations = [];
    const rings = this.#rings.take();
    // Events that did not fit are still to be read; the worklet sends no more until there is room.
    const eventRoom = this.#answerWanted ? this.#image.eventRoom() : 0;
    if (eventRoom > 0) this.#answerWanted = false;
    else if (this.#answerWanted) setTimeout(() => this.#schedule(), eventsReadMilliseconds);
    const drain = (this.#drainWanted || commands !== null || rings.length > 0) && this.#rests();
    this.#drainWanted = false;
    this.#wire.onNextSend(this.#commandSent);
    if (commands === null && preparations.length === 0 && rings.length === 0 && eventRoom === 0 && !drain) return;
    const transfer: Transferable[] = rings.map((news) => news.frames);
    for (const preparation of preparations) {
      if (preparation.kind === 'buffer') transfer.push(preparation.samples);
      if ((preparation.kind === 'stream' || preparation.kind === 'lend') && preparation.port !== null)
        transfer.push(preparation.port);
    }
    if (commands !== null) transfer.push(commands);
    this.#say({ type: 'batch', preparations, rings, commands, drain, eventRoom }, transfer);
    this.#sentInThisTask = true;
    this.#nextTask.port2.postMessage(null);
  }
}
