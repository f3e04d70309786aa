import { AudioError } from '../base/errors.js';
import { expectBoolean } from '../base/validate.js';
import type { Engine } from './engine.js';
import { abortable, expectLoadOptions, expectLoadSource, expectPath, type LoadOptions, type LoadSource, loadBytes } from './loading.js';
import { expectVoiceSettings, type FileOptions, notYet } from './options.js';
import { hostProvider } from './provider.js';
import { SampleData } from './sample-data.js';
import { expectSession } from './session.js';
import { makeSound, type Sound } from './sound.js';
import { groupNodeIn } from './sound-group.js';

/** `Sound.fromFile`: the file is read at once and decoded at once or in the background. */
export function soundFromFile(engine: Engine, path: string | URL, options: Partial<FileOptions>): Sound {
  const decodeNow = expectFileOptions(engine, options);
  const host = hostProvider();
  const bytes = host.readFileSync(expectPath(path, 'path'));
  return decodeNow ? soundOf(engine, options, SampleData.fromDecoded(host.decodeBytesSync(bytes))) : soundInBackground(engine, options, bytes);
}

/** `Sound.load`. */
export async function loadSound(engine: Engine, source: LoadSource, options: Partial<FileOptions & LoadOptions>): Promise<Sound> {
  const decodeNow = expectFileOptions(engine, options);
  expectLoadSource(source, 'source');
  expectLoadOptions(options);
  const bytes = await loadBytes(source, options);
  if (!decodeNow) return soundInBackground(engine, options, bytes);
  return soundOf(engine, options, SampleData.fromDecoded(await abortable(hostProvider().decodeBytes(bytes), options.signal)));
}

/** Checks everything before the first byte is read; returns `decodeNow`. */
function expectFileOptions(engine: Engine, options: Partial<FileOptions>): boolean {
  const session = expectSession(engine);
  groupNodeIn(session, options.group ?? null, 'group');
  expectVoiceSettings(options, session);
  if (options.stream !== undefined && expectBoolean(options.stream, 'stream')) throw notYet('decoding while a file plays (stream: true)');
  return options.decodeNow === undefined ? true : expectBoolean(options.decodeNow, 'decodeNow');
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
  hostProvider()
    .decodeBytes(bytes)
    .then((decoded) => {
      if (!voice.disposed) voice.load(SampleData.fromDecoded(decoded), true);
    })
    .catch((error: unknown) => {
      voice.loadFailed(error instanceof AudioError ? error : new AudioError('ERR_DECODE', 'The sound could not be decoded', { cause: error }));
    });
  return sound;
}
