import { AudioError } from '../../base/errors.js';
import { assetAddresses } from '../browser/assets.js';
import { page } from '../browser/page-globals.js';

/** What a worker that decodes is told first. */
export interface DecoderStart {
  readonly task: 'decode' | 'stream';
  readonly module: WebAssembly.Module;
  /** Where the decoders of Ogg lie. */
  readonly ogg: string;
}

/** What a worker of the page is told first. */
export type WorkerStart = DecoderStart | { readonly task: 'feed'; readonly data: unknown };

/** Starts a worker of the page that decodes. Throws ERR_UNSUPPORTED_HOST, ERR_NETWORK. */
export function startWorker(task: DecoderStart['task'], module: WebAssembly.Module): WebWorker {
  return makeWorker({ task, module, ogg: assetAddresses().ogg }, []);
}

/** Starts a worker of the page. Throws ERR_UNSUPPORTED_HOST, ERR_NETWORK. */
export function makeWorker(start: WorkerStart, transfer: Transferable[]): WebWorker {
  if (page.Worker === undefined)
    throw new AudioError('ERR_UNSUPPORTED_HOST', 'This browser has no workers, and decoding on the page would stop it');
  const { worklet } = assetAddresses();
  let worker: WebWorker;
  try {
    // No module: modules of workers cannot load scripts.
    worker = new page.Worker(worklet, { name: `miniaudio-engine ${start.task}` });
  } catch (cause) {
    throw new AudioError(
      'ERR_NETWORK',
      `${worklet} could not be started as a worker: it has to come from the page's own origin`,
      { cause },
    );
  }
  worker.postMessage(start, transfer);
  return worker;
}
