import type { Core, StreamHandle, StreamThread } from '../../wire/core.js';
import { platform } from './platform.js';

/** Frames rendered between two checks that streams are far enough ahead. */
const streamedFrames = 1024;

/** The files that one engine decodes while they play: the thread that decodes them, and waiting for it. */
export class StreamedFiles {
  /** The streams of sounds that play. */
  readonly heard = new Set<StreamHandle>();
  readonly #core: Core;
  readonly #channels: number;
  #thread: StreamThread | null = null;

  /** None yet. */
  constructor(core: Core, channels: number) {
    this.#core = core;
    this.#channels = channels;
  }

  /** The thread that decodes, started when it is first needed. Throws ERR_UNSUPPORTED_HOST. */
  get thread(): StreamThread {
    this.#thread ??= platform().startStreamThread();
    return this.#thread;
  }

  /**
   * Renders for a caller who pulls. Where files are decoded while they play, it waits for what will be heard, piece by
   * piece: nobody listens in real time.
   */
  render(target: Float32Array, frames: number): void {
    if (this.heard.size === 0) {
      this.#core.render(target, frames);
      return;
    }
    for (let done = 0; done < frames; done += streamedFrames) {
      // The newest commands decide which pages are needed.
      this.#core.drain();
      for (const stream of this.heard) stream.waitReady();
      const count = Math.min(streamedFrames, frames - done);
      this.#core.render(target.subarray(done * this.#channels, (done + count) * this.#channels), count);
    }
  }

  /** The engine is closed. */
  end(): void {
    this.heard.clear();
    this.#thread?.end();
    this.#thread = null;
  }
}
