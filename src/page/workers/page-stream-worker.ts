import { dataOfError } from '../../base/error-data.js';
import { type ByteSource, BytesMissing } from '../../wasm/byte-source.js';
import { type FileDecoder, FileDecoders } from '../../wasm/file-decoder.js';
import type { StreamAnswer } from '../../wasm/stream-answers.js';
import { StreamFiller } from '../../wasm/stream-filler.js';
import { StreamPages } from '../../wasm/stream-pages.js';
import type { StreamMemory } from '../../wire/core.js';
import { PageSender } from '../links/page-port.js';
import { openOrigin, type StreamOrigin } from './byte-supplies.js';
import type { DecoderStart } from './start-worker.js';
import { oggPackagesAt, type WorkerScope } from './worker-scope.js';

/** What the worker is told of one stream. */
export interface PageStreamOrder {
  readonly key: number;
  /** To be opened, so that its shape is known. */
  readonly find?: StreamOrigin;
  /** Where its pages go: into memory that this thread sees, or through a port. */
  readonly fill?: { readonly memory: StreamMemory; readonly port: WebMessagePort | null };
  readonly close?: boolean;
}

interface Found {
  readonly bytes: ByteSource;
  readonly decoder: FileDecoder;
}

/** The pages of a stream whose memory only the engine's own thread can see. */
class SentPages extends StreamPages {
  readonly #sender: PageSender;

  constructor(sender: PageSender, channels: number, frames: number) {
    super(sender.memory, channels, frames);
    this.#sender = sender;
  }

  override put(page: number, samples: Float32Array): number {
    const slot = super.put(page, samples);
    if (slot >= 0) this.#sender.send(slot);
    return slot;
  }
}

/** Fetches and decodes for the streams of one engine, until the worker is ended. */
export function fillStreams(scope: WorkerScope, { module, ogg }: DecoderStart): void {
  const answer = (message: StreamAnswer): void => scope.postMessage(message);
  const tasks = new MessageChannel() as unknown as WebMessageChannel;
  const nextTask = (): Promise<void> =>
    new Promise((resolve) => {
      tasks.port1.onmessage = () => resolve();
      tasks.port2.postMessage(null);
    });
  const decoders = new FileDecoders(() => module, oggPackagesAt(ogg, scope));
  const filler = new StreamFiller(decoders, answer, nextTask);
  /** Ends all requests of a stream. */
  const requests = new Map<number, AbortController>();
  const found = new Map<number, Found>();
  const senders = new Map<number, PageSender>();

  const find = async (key: number, origin: StreamOrigin): Promise<void> => {
    const controller = new AbortController();
    requests.set(key, controller);
    let bytes: ByteSource | null = null;
    try {
      const opened = await openOrigin(origin, controller.signal, (done, total) =>
        answer({ key, progress: [done, total] }),
      );
      bytes = opened;
      const decoder = await whenThere(opened, () => decoders.open(opened));
      if (controller.signal.aborted) decoder.close();
      else {
        found.set(key, { bytes: opened, decoder });
        const { channels, sampleRate, frames } = decoder.info;
        answer({ key, found: { channels, sampleRate, frames } });
      }
    } catch (error) {
      bytes?.close();
      requests.delete(key);
      if (!controller.signal.aborted) answer({ key, failure: dataOfError(error) });
    }
  };

  const fill = (key: number, { memory, port }: NonNullable<PageStreamOrder['fill']>): void => {
    const { bytes, decoder } = found.get(key)!;
    found.delete(key);
    const { channels, frames } = decoder.info;
    let pages: StreamPages;
    if (port === null) pages = new StreamPages(memory, channels, frames);
    else {
      const sender = new PageSender(port, memory.byteLength, channels);
      sender.onWants = () => filler.wake();
      senders.set(key, sender);
      pages = new SentPages(sender, channels, frames);
    }
    filler.open(key, bytes, decoder, pages, decoder.info);
  };

  const close = (key: number): void => {
    requests.get(key)?.abort();
    requests.delete(key);
    found.get(key)?.decoder.close();
    found.delete(key);
    filler.close(key);
    senders.get(key)?.close();
    senders.delete(key);
  };

  scope.onmessage = ({ data }) => {
    const { key, find: origin, fill: target, close: over } = data as PageStreamOrder;
    if (origin !== undefined) void find(key, origin);
    if (target !== undefined) fill(key, target);
    if (over === true) close(key);
    filler.wake();
  };
}

/** Retries for as long as it fails because of bytes that have not arrived yet. */
async function whenThere<T>(bytes: ByteSource, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof BytesMissing) || bytes.fetch === undefined) throw error;
      await bytes.fetch(error);
    }
  }
}
