import { AudioError } from '../base/errors.js';
import { expectBoolean } from '../base/validate.js';
import type { FoundStream, StreamThread } from '../wire/core.js';
import {
  abortable,
  expectLoadOptions,
  expectLoadSource,
  expectPath,
  fetchable,
  type LoadOptions,
  type LoadSource,
  loadBytes,
  pathOf,
  pathOfSource,
} from './loading.js';
import { makeVoice } from './make-voice.js';
import { platform } from './session/platform.js';
import type { Session } from './session/session.js';
import { groupNodeIn } from './sound-group.js';
import { expectVoiceSettings, type FileOptions } from './sound-options.js';
import { FileStream } from './sources/file-stream.js';
import { SampleData } from './sources/sample-data.js';
import type { Voice } from './voices/voice.js';

/** For `Sound.fromFile`: the file is read at once and decoded at once, in the background, or as it plays. */
export function voiceFromFile(session: Session, path: string | URL, options: Partial<FileOptions>): Voice {
  const { decodeNow, stream } = expectFileOptions(session, options);
  if (stream) {
    const found = session.streamedFiles.thread.findNow(pathOf(expectPath(path, 'path')));
    return streamedVoice(session, options, found).voice;
  }
  const bytes = platform().readFileSync(expectPath(path, 'path'));
  return decodeNow
    ? decodedVoice(session, options, SampleData.fromDecoded(platform().decodeBytesSync(bytes)))
    : voiceInBackground(session, options, bytes);
}

/** For `Sound.load`: the same, without blocking the calling thread. */
export async function loadVoice(
  session: Session,
  source: LoadSource,
  options: Partial<FileOptions & LoadOptions>,
): Promise<Voice> {
  const { decodeNow, stream } = expectFileOptions(session, options);
  expectLoadSource(source, 'source');
  expectLoadOptions(options);
  options.signal?.throwIfAborted();
  if (stream) return readyVoice(session, options, await findStream(session.streamedFiles.thread, source, options));
  const bytes = await loadBytes(source, options);
  if (!decodeNow) return voiceInBackground(session, options, bytes);
  const decoded = await abortable(platform().decodeBytes(bytes), options.signal);
  return decodedVoice(session, options, SampleData.fromDecoded(decoded));
}

/** Checks everything before the first byte is read. */
function expectFileOptions(session: Session, options: Partial<FileOptions>): { decodeNow: boolean; stream: boolean } {
  groupNodeIn(session, options.group ?? null, 'group');
  expectVoiceSettings(options, session);
  return {
    decodeNow: options.decodeNow === undefined ? true : expectBoolean(options.decodeNow, 'decodeNow'),
    stream: options.stream === undefined ? false : expectBoolean(options.stream, 'stream'),
  };
}

async function findStream(thread: StreamThread, source: LoadSource, options: LoadOptions): Promise<FoundStream> {
  if (thread.find !== undefined) return thread.find(fetchable(source), options);
  return thread.findNow(pathOfSource(source) ?? (await loadBytes(source, options)));
}

/** A voice whose file, or bytes, are decoded while it plays. */
function streamedVoice(
  session: Session,
  options: Partial<FileOptions>,
  found: FoundStream,
): { voice: Voice; stream: FileStream } {
  session.expectOpen('Engine');
  const stream = new FileStream(session, found);
  try {
    const voice = makeVoice(session, null, options);
    voice.load(stream, true);
    return { voice, stream };
  } catch (error) {
    stream.dispose();
    throw error;
  }
}

/** The same, once its beginning is decoded. */
async function readyVoice(
  session: Session,
  options: Partial<FileOptions & LoadOptions>,
  found: FoundStream,
): Promise<Voice> {
  const { voice, stream } = streamedVoice(session, options, found);
  try {
    await abortable(stream.whenReady(), options.signal);
    return voice;
  } catch (error) {
    voice.dispose();
    throw error;
  }
}

function decodedVoice(session: Session, options: Partial<FileOptions>, samples: SampleData): Voice {
  const voice = makeVoice(session, null, options);
  try {
    voice.load(samples, true);
  } catch (error) {
    voice.dispose();
    throw error;
  }
  return voice;
}

function voiceInBackground(session: Session, options: Partial<FileOptions>, bytes: Uint8Array): Voice {
  const voice = makeVoice(session, null, options);
  platform()
    .decodeBytes(bytes)
    .then((decoded) => {
      if (!voice.disposed) voice.load(SampleData.fromDecoded(decoded), true);
    })
    .catch((error: unknown) => {
      voice.loadFailed(
        error instanceof AudioError
          ? error
          : new AudioError('ERR_DECODE', 'The sound could not be decoded', { cause: error }),
      );
    });
  return voice;
}
