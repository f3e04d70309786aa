import type { AudioBuffer } from '../../engine/audio-buffer.js';
import type { Engine } from '../../engine/engine.js';
import { Sound } from '../../engine/sound.js';
import type { EngineBus } from '../buses/engine-bus.js';
import { connect } from '../buses/engine-effect.js';
import { AudioClip, mustBeLoaded } from '../clips/clip.js';
import { JoinedPlayback, joinClips } from './joined-playback.js';
import { type Playback, type PlaybackStart, SoundPlayback } from './playback.js';
import type { PlayerStream, StreamMode } from './player-options.js';
import { AudioPlaylist } from './playlist.js';
import { PlaylistPlayback } from './playlist-playback.js';

/** What a playback plays, and how its sound is prepared. */
export interface PlaybackSource {
  readonly stream: PlayerStream;
  readonly mode: StreamMode;
  readonly fromSeconds: number;
  /** The sound that `openLater` gave; null if nothing had to be opened first. */
  readonly opened: Sound | null;
  /** Called before a sound plays for the first time. */
  prepare(sound: Sound): void;
}

/**
 * Begins to play. Throws what `AudioClip.buffer` throws, ERR_VOICE_LIMIT, and a RangeError beyond the end, and leaves
 * nothing behind.
 */
export function startPlayback(source: PlaybackSource, start: PlaybackStart): Playback {
  const { fromSeconds } = source;
  const stream = picked(source.stream);
  if (source.opened !== null || !(stream instanceof AudioPlaylist))
    return new SoundPlayback(makeSound(stream, source, start), start);
  const joined = joinClips(stream);
  return joined === null
    ? new PlaylistPlayback(stream, start, fromSeconds)
    : new JoinedPlayback(makeSound(joined.buffer, source, start), joined, start);
}

/** The stream itself; of a playlist of mode 'pick', the clip that is picked. */
function picked(stream: PlayerStream): PlayerStream {
  if (!(stream instanceof AudioPlaylist) || stream.mode !== 'pick') return stream;
  const [index] = stream.order();
  return stream.clips[index!]!;
}

function makeSound(
  stream: PlayerStream,
  { mode, fromSeconds, opened, prepare }: PlaybackSource,
  { engine, bus }: PlaybackStart,
): Sound {
  const sound = opened ?? newSound(engine, stream as AudioClip | AudioBuffer, mode, bus);
  try {
    if (opened !== null) connect(opened, bus.input);
    prepare(sound);
    if (fromSeconds > 0) sound.seekSeconds(fromSeconds);
  } catch (error) {
    sound.dispose();
    throw error;
  }
  return sound;
}

function newSound(engine: Engine, stream: AudioClip | AudioBuffer, mode: StreamMode, bus: EngineBus): Sound {
  return mode === 'streaming' && stream instanceof AudioClip && stream.source !== null
    ? Sound.fromFile(engine, stream.source, { group: bus.input, stream: true })
    : Sound.fromBuffer(engine, stream instanceof AudioClip ? stream.buffer : stream, { group: bus.input });
}

/**
 * Loads what has to be loaded before it can play. For a clip that is decoded as it plays, that is only its beginning,
 * and the promise resolves with the sound. Rejects as `AudioClip.load` and `Sound.load` do.
 */
export async function openLater(
  engine: Engine,
  stream: AudioClip | AudioPlaylist,
  mode: StreamMode,
): Promise<Sound | null> {
  if (mode === 'streaming' && stream instanceof AudioClip && stream.source !== null)
    return Sound.load(engine, stream.source, { stream: true });
  await stream.load();
  return null;
}

/** True if there are no samples before `load()`. */
export function mustLoad(stream: PlayerStream): stream is AudioClip | AudioPlaylist {
  return stream instanceof AudioPlaylist ? stream.clips.some(mustBeLoaded) : mustBeLoaded(stream);
}
