import type { AudioBuffer } from '../api/audio-buffer.js';
import { Sound } from '../api/sound.js';
import { AudioClip, mustBeLoaded } from './clip.js';
import type { PlayerStream, StreamMode } from './player-options.js';
import { type PlayerRun, type RunStart, SoundRun } from './player-run.js';
import { AudioPlaylist } from './playlist.js';
import { JoinedRun, joinClips } from './playlist-join.js';
import { PlaylistRun } from './playlist-run.js';

/** What a run plays, and how its sound is made ready. */
export interface RunSource {
  readonly stream: PlayerStream;
  readonly mode: StreamMode;
  readonly fromSeconds: number;
  /** A sound is about to play for the first time. */
  prepare(sound: Sound): void;
}

/** Begins to play. Throws what `AudioClip.buffer` throws, ERR_VOICE_LIMIT, and a RangeError beyond the end; nothing is left then. */
export function startRun(source: RunSource, start: RunStart): PlayerRun {
  const { fromSeconds } = source;
  const stream = picked(source.stream);
  if (!(stream instanceof AudioPlaylist)) return new SoundRun(makeSound(stream, source, start), start);
  const joined = joinClips(stream);
  return joined === null ? new PlaylistRun(stream, start, fromSeconds) : new JoinedRun(makeSound(joined.buffer, source, start), joined, start);
}

/** Of a playlist that picks, one of its clips. */
function picked(stream: PlayerStream): PlayerStream {
  if (!(stream instanceof AudioPlaylist) || stream.mode !== 'pick') return stream;
  const [index] = stream.order();
  return stream.clips[index!]!;
}

function makeSound(stream: AudioClip | AudioBuffer, { mode, fromSeconds, prepare }: RunSource, { engine, bus }: RunStart): Sound {
  const sound =
    mode === 'streaming' && stream instanceof AudioClip && stream.source !== null
      ? Sound.fromFile(engine, stream.source, { group: bus.input, stream: true })
      : Sound.fromBuffer(engine, stream instanceof AudioClip ? stream.buffer : stream, { group: bus.input });
  try {
    prepare(sound);
    if (fromSeconds > 0) sound.seekSeconds(fromSeconds);
  } catch (error) {
    sound.dispose();
    throw error;
  }
  return sound;
}

/** True where there are samples only after `load()`. */
export function mustLoad(stream: PlayerStream): stream is AudioClip | AudioPlaylist {
  return stream instanceof AudioPlaylist ? stream.clips.some(mustBeLoaded) : mustBeLoaded(stream);
}
