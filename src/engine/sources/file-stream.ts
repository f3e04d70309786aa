import { disposedError } from '../../base/disposal.js';
import type { AudioError } from '../../base/errors.js';
import { type FoundStream, type PreparedStream, SampleFormat, type StreamHandle, StreamKind } from '../../wire/core.js';
import { platform } from '../session/platform.js';
import type { Session, SessionBuffer } from '../session/session.js';
import type { Source, SourceReader } from './source.js';

/** A file, or bytes, decoded on the engine's decoding thread while one sound plays it. */
export class FileStream implements Source, SessionBuffer {
  readonly className = 'Sound';
  readonly live = false;
  readonly frames: number;
  readonly sampleRate: number;
  disposed = false;

  readonly #session: Session;
  readonly #id: number;
  /** Null when it is over: a sound that a program keeps must not keep the engine's memory. */
  #handle: StreamHandle | null;
  /** Resolves when the first pages are there. */
  readonly #ready: Promise<void>;
  #endWaiting!: (reason: AudioError) => void;
  #reader: SourceReader | null = null;
  #failure: AudioError | null = null;

  /** Opens what was found, or drops it and throws ERR_BUFFER_LIMIT or ERR_OUT_OF_MEMORY. */
  constructor(session: Session, found: FoundStream) {
    const { channels, sampleRate, frames } = found.shape;
    this.#session = session;
    this.frames = frames;
    this.sampleRate = sampleRate;
    const capacity = platform().pageCountFor(channels);
    const shape = { kind: StreamKind.pages, format: SampleFormat.f32, channels, sampleRate, capacity, frames };
    let prepared!: PreparedStream;
    try {
      this.#id = session.addSource(this, (core, id) => {
        prepared = core.prepareStream(id, shape);
      });
    } catch (error) {
      found.drop();
      throw error;
    }
    let handle!: StreamHandle;
    this.#ready = new Promise((resolve, reject) => {
      this.#endWaiting = reject;
      handle = found.open(prepared, {
        ready: resolve,
        failed: (error) => {
          this.#failure = error;
          reject(error);
          this.#reader?.sourceFailed(error);
        },
      });
    });
    // Most sounds are not waited for: their reader receives a failure.
    this.#ready.catch(() => {});
    this.#handle = handle;
  }

  /** Waits for the first pages, and the process waits too. Rejects where they cannot be, and ERR_DISPOSED. */
  async whenReady(): Promise<void> {
    const release = this.#handle?.hold();
    try {
      await this.#ready;
    } finally {
      release?.();
    }
  }

  idFor(): number {
    return this.#id;
  }

  attach(reader: SourceReader): void {
    this.#reader = reader;
    if (this.#failure !== null) reader.sourceFailed(this.#failure);
  }

  detach(): void {
    this.#reader = null;
    this.heard(false);
  }

  heard(playing: boolean): void {
    const handle = this.#handle;
    if (handle === null) return;
    if (playing && this.#failure === null) this.#session.streamedFiles.heard.add(handle);
    else this.#session.streamedFiles.heard.delete(handle);
    if (playing) handle.wake();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#endWaiting(disposedError(this.className));
    const handle = this.#handle!;
    this.#handle = null;
    this.#session.streamedFiles.heard.delete(handle);
    // The thread may be writing at this moment: the memory goes when it says that it will not any more.
    handle.close(() => {
      if (!this.#session.closed) this.#session.destroyBuffer(this.#id);
    });
  }

  /** The engine is closed. */
  forget(): void {
    this.disposed = true;
    this.#handle = null;
    this.#endWaiting(disposedError(this.className));
  }
}
