import { AudioBuffer } from '../../engine/audio-buffer.js';
import type { Sound } from '../../engine/sound.js';
import { expectPlayable } from '../clips/clip.js';
import { copyFrames } from '../clips/copy-frames.js';
import { type PlaybackStart, SoundPlayback } from './playback.js';
import type { AudioPlaylist } from './playlist.js';

/** Largest size in bytes up to which clips are copied into one buffer. */
const bytesMaximum = 64 * 1024 * 1024;

/** The clips of a playlist in one buffer, in their order. */
export interface JoinedClips {
  readonly buffer: AudioBuffer;
  /** Frame at which each clip begins, and the end. */
  readonly begins: readonly number[];
  /** Frame from which on the buffer is repeated; null if it is not. */
  readonly loopFrom: number | null;
  /** True if nobody else will play the buffer. */
  readonly ownBuffer: boolean;
}

const joinedBefore = new WeakMap<AudioPlaylist, JoinedClips>();

/**
 * All clips of a playlist in one buffer, so that there is no seam between them at any speed and rate; null if they
 * differ in rate or channels, are too long, or have no end. Throws what `AudioClip.buffer` throws.
 */
export function joinClips(playlist: AudioPlaylist): JoinedClips | null {
  const { mode, loop, clips } = playlist;
  if (mode === 'shuffle' && loop) return null;
  const present = joinedBefore.get(playlist);
  if (present !== undefined) return present;
  const order = mode === 'shuffle' ? [...playlist.order()] : clips.map((_clip, index) => index);
  const buffers = order.map((index) => expectPlayable(clips[index], `clips[${index}]`));
  const { sampleRate, channels } = buffers[0]!;
  if (buffers.some((buffer) => buffer.sampleRate !== sampleRate || buffer.channels !== channels)) return null;
  const begins = [0];
  for (const { lengthFrames } of buffers) begins.push(begins.at(-1)! + lengthFrames);
  if (begins.at(-1)! * channels * 4 > bytesMaximum) return null;
  const joined: JoinedClips = {
    buffer: copyAll(buffers, begins, channels, sampleRate),
    begins,
    loopFrom: mode === 'intro-loop' ? begins[1]! : loop ? 0 : null,
    ownBuffer: mode === 'shuffle',
  };
  if (mode !== 'shuffle') joinedBefore.set(playlist, joined);
  return joined;
}

function copyAll(
  buffers: readonly AudioBuffer[],
  begins: readonly number[],
  channels: number,
  sampleRate: number,
): AudioBuffer {
  const samples = new Float32Array(begins.at(-1)! * channels);
  for (const [index, buffer] of buffers.entries()) copyFrames(buffer, 0, buffer.lengthFrames, samples, begins[index]!);
  return new AudioBuffer(samples, { sampleRate, channels, transfer: true });
}

/** A playback of a playlist whose clips are in one buffer. */
export class JoinedPlayback extends SoundPlayback {
  readonly #joined: JoinedClips;

  /** `sound` plays the joined buffer. Throws ERR_VOICE_LIMIT. */
  constructor(sound: Sound, joined: JoinedClips, start: PlaybackStart) {
    const { loopFrom, begins } = joined;
    const end = begins.at(-1)!;
    if (loopFrom !== null && loopFrom < end) sound.setLoopRange(loopFrom, end);
    super(sound, { ...start, looping: loopFrom !== null });
    this.#joined = joined;
    if (joined.ownBuffer) joined.buffer.dispose();
  }

  /** Seconds within the clip that plays. */
  override get position(): number {
    const { begins, buffer } = this.#joined;
    if (this.placedSound.disposed || buffer.disposed) return super.position;
    const cursor = this.placedSound.cursorFrames;
    const begin = begins.filter((frame) => frame <= cursor).at(-1) ?? 0;
    return (cursor - begin) / buffer.sampleRate;
  }

  override setLooping(): void {
    // The playlist itself decides whether it starts over.
  }
}
