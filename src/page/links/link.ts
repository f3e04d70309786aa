import type { EngineMemory } from '../../wire/core.js';
import type { FromWorklet, OwnStart, SharedStart, ToWorklet } from './messages.js';

/**
 * How a page reaches the engine in its worklet: through shared memory, or by messages. What is asked for before the
 * worklet runs is kept.
 */
export interface Link extends EngineMemory {
  /**
   * The module is there: makes the engine, where that is the page's to do, and says what the processor starts with.
   * Throws an AudioError.
   */
  begin(module: WebAssembly.Module): SharedStart | OwnStart;
  /** The processor runs: from now on it takes messages. */
  connect(say: (message: ToWorklet, transfer?: Transferable[]) => void): void;
  /** A message of the worklet that not every link handles alike. */
  hear(message: FromWorklet): void;
  /**
   * Settles when the samples that are on their way have come, in buffers and rings, and what waited for them has been
   * sent.
   */
  arrived(): Promise<void>;
  /** Nothing renders, but waiting commands should be taken all the same. */
  drain(): void;
  /** The worklet is told to go. */
  close(): void;
}
