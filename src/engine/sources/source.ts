import { disposedError } from '../../base/disposal.js';
import type { AudioError } from '../../base/errors.js';
import { wrongKind } from '../../base/validate.js';
import type { Session } from '../session/session.js';

declare const sourceBrand: unique symbol;

/** Opaque: what `Sound.fromDataSource` plays. */
export type DataSource = {
  /** Never present: it only keeps other objects from passing as a data source. */
  readonly [sourceBrand]: true;
};

/** What a voice tells the source that it reads. */
export interface SourceReader {
  /** The source cannot go on: the sound reports the error and ends. */
  sourceFailed(error: AudioError): void;
}

/** Where the frames of a sound come from. */
export interface Source {
  /** The public class, for messages. */
  readonly className: string;
  readonly disposed: boolean;
  /** Length in frames; NaN for a live stream. */
  readonly frames: number;
  /** Hz. */
  readonly sampleRate: number;
  /** True if frames are played once, in order: there is nothing to seek to or to repeat. */
  readonly live: boolean;
  /**
   * The id under which this engine knows the source; the first call registers it. Throws ERR_WRONG_ENGINE,
   * ERR_BUFFER_LIMIT, ERR_OUT_OF_MEMORY.
   */
  idFor(session: Session): number;
  /** A sound begins to read it. Throws ERR_STREAM_TAKEN if only one may. */
  attach(reader: SourceReader): void;
  /** The sound does not read it any more. */
  detach(reader: SourceReader): void;
  /** Tells whether the sound that reads it plays. */
  heard(playing: boolean): void;
  /** No new sound will be made from it. Idempotent. */
  dispose(): void;
}

const sources = new WeakMap<object, Source>();

/** A new data source that stands for a source. */
export function makeDataSource(source: Source): DataSource {
  const dataSource = Object.freeze(Object.create(null)) as DataSource;
  sources.set(dataSource, source);
  return dataSource;
}

/** The source behind a data source. Throws a TypeError for anything else, ERR_DISPOSED for one that is gone. */
export function sourceOf(value: unknown, name: string): Source {
  const source = typeof value === 'object' && value !== null ? sources.get(value) : undefined;
  if (source === undefined) throw wrongKind('the dataSource of an AudioBuffer or a StreamSource', name, value);
  if (source.disposed) throw disposedError(source.className);
  return source;
}
