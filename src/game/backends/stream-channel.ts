import { expectVolumeDb, gainOfDb } from '../../base/levels.js';
import { expectBoolean, expectInstance, expectNumber } from '../../base/validate.js';
import type { Engine } from '../../engine/engine.js';
import { Sound } from '../../engine/sound.js';
import { StreamSource } from '../../engine/stream-source.js';
import type { EngineBus } from '../buses/engine-bus.js';
import { AudioClip } from '../clips/clip.js';
import type { FedStreamFormat, OpenStreamOptions } from './audio-backend.js';

/** An open stream: its sound, and what it is fed through, or null for a clip that is decoded as it plays. */
export interface OpenedStream {
  readonly sound: Sound;
  readonly source: StreamSource | null;
  readonly levelDb: number;
}

/** The format that streams of a backend are fed in: the engine's own rate and channels. */
export function formatOfStreams(engine: Engine): FedStreamFormat {
  return { sampleRate: engine.sampleRate, channels: engine.channels, format: 's16' };
}

/**
 * Opens a stream and plays it. Throws a RangeError or TypeError for options, what `AudioClip.buffer` and
 * `Sound.fromFile` throw, ERR_VOICE_LIMIT, ERR_BUFFER_LIMIT, and leaves nothing behind.
 */
export function openStreamOn(engine: Engine, bus: EngineBus, options: Partial<OpenStreamOptions>): OpenedStream {
  const levelDb = options.volumeDb === undefined ? 0 : expectVolumeDb(options.volumeDb, 'volumeDb');
  const bufferSeconds =
    options.bufferSeconds === undefined ? 0.5 : expectNumber(options.bufferSeconds, 'bufferSeconds', 0, 600);
  const looping = options.loop === undefined ? false : expectBoolean(options.loop, 'loop');
  const clip = options.clip === undefined ? null : expectInstance(options.clip, 'clip', AudioClip);
  const { sampleRate, channels, format } = formatOfStreams(engine);
  const source = clip === null ? new StreamSource(engine, { sampleRate, channels, format, bufferSeconds }) : null;
  let sound: Sound | null = null;
  try {
    sound =
      source === null
        ? soundOfClip(engine, bus, clip!, looping)
        : Sound.fromStream(engine, source, { group: bus.input });
    sound.volume = gainOfDb(levelDb);
    sound.play();
    return { sound, source, levelDb };
  } catch (error) {
    sound?.dispose();
    source?.dispose();
    throw error;
  }
}

function soundOfClip(engine: Engine, bus: EngineBus, clip: AudioClip, looping: boolean): Sound {
  if (clip.source !== null && !clip.remote && !clip.loaded)
    return Sound.fromFile(engine, clip.source, { group: bus.input, stream: true, looping });
  return Sound.fromBuffer(engine, clip.buffer, { group: bus.input, looping });
}
