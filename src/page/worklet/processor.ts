import { dataOfError } from '../../base/error-data.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import {
  type BufferHead,
  type FromWorklet,
  framesAtOnce,
  type OwnStart,
  processorName,
  type SharedStart,
  type ToWorklet,
} from '../links/messages.js';
import { WorkletEngine } from './worklet-engine.js';

/** Milliseconds between two messages of state to the page. */
const publishMilliseconds = 16;
/** Milliseconds over which the load is measured: the worklet's clock has a resolution of one. */
const loadMilliseconds = 200;
const nanosecondsOfMillisecond = 1e6;

type Start = SharedStart | OwnStart;

/** The engine as a node of the audio graph: renders what the graph asks for and takes messages from the page. */
class EngineProcessor {
  readonly #port: WebMessagePort;
  #instance!: WasmInstance;
  #engine = 0;
  #render!: (engine: number, out: number, frames: number) => number;
  #mix!: Float32Array;
  #channels = 0;
  /** Where the worklet made the engine itself. */
  #own: WorkletEngine | null = null;
  #rendering = false;
  #closed = false;
  /** The page has dealt with the last state it was sent, and so many events fit into its ring. */
  #pageReady = true;
  /** There was news while the page was not ready, and no later quantum may report it. */
  #newsOwed = false;
  #eventRoom = 4096;
  #lastPublished = 0;
  #fillersTold = 0;
  #busyMilliseconds = 0;
  #measuredFrames = 0;
  #measuredSince = 0;

  constructor(port: WebMessagePort, start: Start) {
    this.#port = port;
    port.onmessage = ({ data }) => this.#hear(data as ToWorklet);
    try {
      this.#begin(start);
      this.#say({ type: 'ready' });
    } catch (error) {
      this.#closed = true;
      this.#say({ type: 'failed', failure: dataOfError(error) });
    }
  }

  #begin(start: Start): void {
    if (start.kind === 'shared') {
      this.#instance = new WasmInstance(start.module, start);
      this.#engine = start.engine;
      this.#mix = new Float32Array(this.#instance.buffer, start.out, framesAtOnce * start.channels);
      this.#channels = start.channels;
    } else {
      this.#own = new WorkletEngine(start.module, start.options);
      this.#instance = this.#own.instance;
      this.#engine = this.#own.address;
      this.#mix = this.#own.mix;
      this.#channels = start.options.channels;
    }
    this.#render = this.#instance.function('render');
    this.#measuredSince = Date.now();
  }

  /** One quantum. False lets the browser forget the node. */
  process(output: readonly Float32Array[]): boolean {
    if (this.#closed) return false;
    if (!this.#rendering || output.length === 0) return true;
    const began = Date.now();
    const frames = output[0]!.length;
    for (let done = 0; done < frames; done += framesAtOnce)
      this.#renderInto(output, done, Math.min(framesAtOnce, frames - done));
    if (this.#own !== null) {
      this.#own.moveCommands();
      if (began - this.#lastPublished >= publishMilliseconds) this.#publish(began);
      if (began - this.#fillersTold >= publishMilliseconds) this.#tellFillers(began);
    }
    this.#measure(frames, began, Date.now());
    return true;
  }

  #renderInto(output: readonly Float32Array[], done: number, frames: number): void {
    this.#render(this.#engine, this.#mix.byteOffset, frames);
    const mix = this.#mix;
    const channels = this.#channels;
    for (let channel = 0; channel < output.length; channel += 1) {
      const target = output[channel]!;
      for (let frame = 0, at = channel; frame < frames; frame += 1, at += channels) target[done + frame] = mix[at]!;
    }
  }

  /** A quantum is shorter than the clock's resolution: the load can only be measured over many. */
  #measure(frames: number, began: number, ended: number): void {
    this.#busyMilliseconds += ended - began;
    this.#measuredFrames += frames;
    if (ended - this.#measuredSince < loadMilliseconds) return;
    this.#instance.call(
      'note_callback',
      this.#engine,
      this.#measuredFrames,
      this.#busyMilliseconds * nanosecondsOfMillisecond,
    );
    this.#busyMilliseconds = 0;
    this.#measuredFrames = 0;
    this.#measuredSince = ended;
  }

  #publish(now: number): void {
    if (this.#own === null) return;
    this.#newsOwed = !this.#pageReady;
    if (!this.#pageReady) return;
    this.#pageReady = false;
    this.#lastPublished = now;
    const news = this.#own.state.read(this.#eventRoom, this.#own.streams.readRings());
    const transfer = [news.head, news.events, news.sounds, news.nodes, news.rings].filter((part) => part !== null);
    this.#port.postMessage(news, transfer);
  }

  /** The page is not involved: streams go on while it is blocked. */
  #tellFillers(now: number): void {
    this.#fillersTold = now;
    this.#own?.streams.tellFillers();
  }

  #hear(message: ToWorklet): void {
    if (this.#closed) return;
    const own = this.#own;
    switch (message.type) {
      case 'render':
        this.#rendering = message.on;
        this.#say({ type: 'rendering', job: message.job });
        break;
      case 'drain':
        this.#drain();
        break;
      case 'close':
        this.#close();
        break;
      case 'batch':
        for (const preparation of message.preparations) {
          const failure = own?.take(preparation) ?? null;
          if (failure !== null) this.#say({ type: 'trouble', failure });
        }
        for (const news of message.rings) own?.streams.takeRing(news);
        if (message.commands !== null) own?.takeCommands(message.commands);
        if (message.eventRoom > 0) {
          this.#pageReady = true;
          this.#eventRoom = message.eventRoom;
        }
        if (message.drain) this.#drain();
        else if (this.#newsOwed) this.#publish(Date.now());
        break;
      case 'buffer-begin':
        this.#beginBuffer(message.head);
        break;
      case 'buffer-slice':
        this.#takeSlice(message.id, message.offset, message.samples);
        break;
    }
  }

  /** Lets go of the engine's memory, even if the browser keeps the node. */
  #close(): void {
    this.#closed = true;
    this.#own?.streams.close();
    this.#own = null;
    this.#instance = undefined as never;
    this.#render = undefined as never;
    this.#mix = new Float32Array(0);
    this.#port.onmessage = null;
    this.#say({ type: 'closed' });
  }

  /** Nothing renders on this thread while a message is handled. */
  #drain(): void {
    if (this.#own === null) this.#instance.call('drain', this.#engine);
    else {
      this.#own.drain();
      this.#tellFillers(Date.now());
      this.#publish(Date.now());
    }
  }

  #beginBuffer(head: BufferHead): void {
    try {
      this.#own?.beginBuffer(head);
    } catch (error) {
      this.#say({ type: 'buffer-done', id: head.id, failure: dataOfError(error) });
    }
  }

  #takeSlice(id: number, offset: number, samples: ArrayBuffer): void {
    this.#say({ type: 'slice-taken', id });
    try {
      if (this.#own?.takeSlice(id, offset, samples)) this.#say({ type: 'buffer-done', id, failure: null });
    } catch (error) {
      this.#say({ type: 'buffer-done', id, failure: dataOfError(error) });
    }
  }

  #say(message: FromWorklet): void {
    this.#port.postMessage(message);
  }
}

/** Registers the processor. The class is made here because its base class exists only in a worklet. */
export function registerEngineProcessor(): void {
  class Processor extends AudioWorkletProcessor {
    readonly #engine: EngineProcessor;

    constructor({ processorOptions }: { processorOptions: Start }) {
      super();
      this.#engine = new EngineProcessor(this.port, processorOptions);
    }

    process(_inputs: unknown, outputs: readonly Float32Array[][]): boolean {
      return this.#engine.process(outputs[0]!);
    }
  }
  try {
    registerProcessor(processorName, Processor);
  } catch {
    // The same version was loaded into this context from another address: the processor that is there already is the
    // same.
  }
}
