import type { ErrorData } from '../../base/error-data.js';
import type { CoreOptions, PreparingCall, SampleMemory, StreamShape } from '../../wire/core.js';
import { packageVersion } from '../browser/version.js';

/** The name under which this version's processor is registered: two versions on one page do not meet. */
export const processorName = `miniaudio-engine-${packageVersion}`;

/** What a processor is made with on an isolated page: an engine that exists already, in memory that both sides have. */
export interface SharedStart {
  readonly kind: 'shared';
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly stackTop: number;
  readonly threadMemory: number;
  readonly engine: number;
  /** Room for `framesAtOnce` frames of the mix. */
  readonly out: number;
  readonly channels: number;
}

/** What a processor is made with on a page that may not share memory: it makes the engine itself. */
export interface OwnStart {
  readonly kind: 'own';
  readonly module: WebAssembly.Module;
  readonly options: CoreOptions;
}

/** Frames the worklet asks the engine for in one call, at most. */
export const framesAtOnce = 1024;

/** A buffer whose samples come beside it. */
export interface BufferHead extends Omit<SampleMemory, 'samples'> {
  readonly id: number;
  readonly bytes: number;
}

/** Something that needs memory in the worklet, in the order of the requests. */
export type Preparation =
  | { readonly kind: 'call'; readonly name: PreparingCall; readonly numbers: readonly number[] }
  | { readonly kind: 'buffer'; readonly head: BufferHead; readonly samples: ArrayBuffer }
  /** The port is that of pages. */
  | { readonly kind: 'stream'; readonly id: number; readonly shape: StreamShape; readonly port: WebMessagePort | null }
  /** The ring is written to through the port from now on (src/engine/sources/port-ring.ts). */
  | { readonly kind: 'lend'; readonly id: number; readonly port: WebMessagePort }
  | { readonly kind: 'release'; readonly id: number };

/** What was written to a ring: the words of its header that the writer owns, and frames up to `written`. */
export interface RingNews {
  readonly id: number;
  readonly written: number;
  readonly ended: boolean;
  readonly dropped: number;
  readonly frames: ArrayBuffer;
}

/** From the page to the worklet. */
export type ToWorklet =
  /** Preparations come first, commands last. `drain`: nothing renders, the worklet lets the engine take them. */
  | {
      readonly type: 'batch';
      readonly preparations: readonly Preparation[];
      readonly rings: readonly RingNews[];
      readonly commands: ArrayBuffer | null;
      readonly drain: boolean;
      readonly eventRoom: number;
    }
  | { readonly type: 'buffer-begin'; readonly head: BufferHead }
  | { readonly type: 'buffer-slice'; readonly id: number; readonly offset: number; readonly samples: ArrayBuffer }
  /** Whether it renders; answered with 'rendering'. */
  | { readonly type: 'render'; readonly on: boolean; readonly job: number }
  | { readonly type: 'drain' }
  | { readonly type: 'close' };

/** From the worklet to the page. */
export type FromWorklet =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly failure: ErrorData }
  | { readonly type: 'rendering'; readonly job: number }
  /** The worklet has let go of everything. */
  | { readonly type: 'closed' }
  | { readonly type: 'slice-taken'; readonly id: number }
  | { readonly type: 'buffer-done'; readonly id: number; readonly failure: ErrorData | null }
  /** A preparation failed. */
  | { readonly type: 'trouble'; readonly failure: ErrorData }
  | Published;

/** Events and state since the last time, about sixty times a second. */
export interface Published {
  readonly type: 'published';
  /** Event records, oldest first. */
  readonly events: ArrayBuffer | null;
  readonly commandsTaken: number;
  /** The published state of the wire's head, from STATE_TIME_FRAMES on. */
  readonly head: ArrayBuffer;
  /** States of the sounds that changed: slot, then the record's words. */
  readonly sounds: ArrayBuffer | null;
  /** The same of nodes; their peaks are of the time since they were last told. */
  readonly nodes: ArrayBuffer | null;
  /** Rings that changed, each as four u32: id, STREAM_WRITTEN as far as it has come, STREAM_READ, STREAM_UNDERRUNS. */
  readonly rings: ArrayBuffer | null;
}
