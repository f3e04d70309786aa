import { AudioError } from '../base/errors.js';
import { expectBoolean } from '../base/validate.js';
import type { FoundStream, StreamThread } from '../wire/core.js';
import type { Engine } from './engine.js';
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
import { expectVoiceSettings, type FileOptions } from './options.js';
import { platform } from './session/platform.js';
import { expectSession } from './session/session.js';
import { makeSound, type Sound } from './sound.js';
import { groupNodeIn } from './sound-group.js';
import { FileStream } from './sources/file-stream.js';
import { SampleData } from './sources/sample-data.js';

/** `Sound.fromFile`: the file is read at once and decoded at once, in the background, or as it plays. */
export function soundFromFile(engine: Engine, path: string | URL, options: Partial<FileOptions>): Sound {
  const { decodeNow, stream } = expectFileOptions(engine, options);
  const host = platform();
  if (stream)
    return streamedSound(
      engine,
      options,
      expectSession(engine).streamedFiles.thread.findNow(pathOf(expectPath(path, 'path'))),
    ).sound;
  const bytes = host.readFileSync(expectPath(path, 'path'));
  return decodeNow
    ? soundOf(engine, options, SampleData.fromDecoded(host.decodeBytesSync(bytes)))
    : soundInBackground(engine, options, bytes);
}

/** `Sound.load`. */
export async function loadSound(
  engine: Engine,
  source: LoadSource,
  options: Partial<FileOptions & LoadOptions>,
): Promise<Sound> {
  const { decodeNow, stream } = expectFileOptions(engine, options);
  expectLoadSource(source, 'source');
  expectLoadOptions(options);
  options.signal?.throwIfAborted();
  if (stream)
    return readyStream(engine, options, await findStream(expectSession(engine).streamedFiles.thread, source, options));
  const bytes = await loadBytes(source, options);
  if (!decodeNow) return soundInBackground(engine, options, bytes);
  return soundOf(
    engine,
    options,
    SampleData.fromDecoded(await abortable(platform().decodeBytes(bytes), options.signal)),
  );
}

/** Checks everything before the first byte is read. */
function expectFileOptions(engine: Engine, options: Partial<FileOptions>): { decodeNow: boolean; stream: boolean } {
  const session = expectSession(engine);
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

/** A sound whose file, or bytes, are decoded while it plays. */
function streamedSound(
  engine: Engine,
  options: Partial<FileOptions>,
  found: FoundStream,
): { sound: Sound; stream: FileStream } {
  const stream = new FileStream(expectSession(engine), found);
  try {
    const { sound, voice } = makeSound(engine, null, options);
    voice.load(stream, true);
    return { sound, stream };
  } catch (error) {
    stream.dispose();
    throw error;
  }
}

/** The same when its beginning is decoded. */
async function readyStream(
  engine: Engine,
  options: Partial<FileOptions & LoadOptions>,
  found: FoundStream,
): Promise<Sound> {
  const { sound, stream } = streamedSound(engine, options, found);
  try {
    await abortable(stream.whenReady(), options.signal);
    return sound;
  } catch (error) {
    sound.dispose();
    throw error;
  }
}

function soundOf(engine: Engine, options: Partial<FileOptions>, samples: SampleData): Sound {
  const { sound, voice } = makeSound(engine, null, options);
  try {
    voice.load(samples, true);
  } catch (error) {
    sound.dispose();
    throw error;
  }
  return sound;
}

function soundInBackground(engine: Engine, options: Partial<FileOptions>, bytes: Uint8Array): Sound {
  const { sound, voice } = makeSound(engine, null, options);
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
  return sound;
}
