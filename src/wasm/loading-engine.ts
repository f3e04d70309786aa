import { AudioError } from '../base/errors.js';
import type {
  EngineMemory,
  Preparations,
  PreparedStream,
  PreparingCall,
  SampleMemory,
  StreamShape,
} from '../wire/core.js';
import { EarlyStream } from './wasm-stream.js';

/** An engine that may still be loading: until it is there, what it is asked to prepare waits, in order. */
export class LoadingEngine<Engine extends EngineMemory> implements EngineMemory {
  #engine: Engine | null = null;
  /** null: it was closed. */
  #waiting: ((engine: Engine) => void)[] | null = [];
  readonly #onTrouble: (error: AudioError) => void;

  /** `onTrouble` receives the errors of what has waited: no call can throw them any more. */
  constructor(onTrouble: (error: AudioError) => void) {
    this.#onTrouble = onTrouble;
  }

  /** The engine; null while it is loading, and once it was closed. */
  protected get engine(): Engine | null {
    return this.#engine;
  }

  /** Does something with the engine, now or when it is there. Throws ERR_DISPOSED. */
  protected whenThere(act: (engine: Engine) => void): void {
    this.expectOpen();
    if (this.#engine !== null) act(this.#engine);
    else this.#waiting!.push(act);
  }

  /** Throws ERR_DISPOSED if it was closed. */
  protected expectOpen(): void {
    if (this.#waiting === null) throw new AudioError('ERR_DISPOSED', 'The engine was disposed');
  }

  /** The engine is there. */
  protected arrive(engine: Engine): void {
    this.#engine = engine;
    for (const act of this.#waiting?.splice(0) ?? []) {
      try {
        act(engine);
      } catch (error) {
        this.#onTrouble(error as AudioError);
      }
    }
  }

  /** Lets go of the engine and of what waits for it. */
  protected letGo(): void {
    this.#engine = null;
    this.#waiting = null;
  }

  prepare<Call extends PreparingCall>(call: Call, ...numbers: Preparations[Call]): void {
    this.whenThere((engine) => engine.prepare(call, ...numbers));
  }

  prepareBuffer(id: number, memory: SampleMemory): void {
    this.whenThere((engine) => void engine.prepareBuffer(id, memory));
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    if (this.#engine !== null) return this.#engine.prepareStream(id, shape);
    const early = new EarlyStream(shape);
    this.whenThere((engine) => early.moveTo(engine.prepareStream(id, shape)));
    return early;
  }

  releaseBuffer(id: number): void {
    this.#engine?.releaseBuffer(id);
  }
}
