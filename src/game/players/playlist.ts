import { RandomNumbers } from '../../base/random.js';
import { expectBoolean, expectFinite, expectOneOf, expectOptions, outOfRange, wrongKind } from '../../base/validate.js';
import { AudioBuffer } from '../../engine/audio-buffer.js';
import { AudioClip } from '../clips/clip.js';

/**
 * The order of a playlist: 'sequence' as given; 'shuffle' in a new random order each round; 'intro-loop' the first clip
 * once, then the rest again and again; 'pick' one random clip each time it is played.
 */
export type PlaylistMode = 'sequence' | 'shuffle' | 'intro-loop' | 'pick';

/** Options of {@link AudioPlaylist}. */
export interface PlaylistOptions {
  /**
   * The order of the clips.
   *
   * @defaultValue `'sequence'`
   */
  mode?: PlaylistMode;
  /**
   * Whether it starts again at the end. 'intro-loop' always does; with 'pick' the `loop` of the player counts instead.
   *
   * @defaultValue `false`
   */
  loop?: boolean;
  /**
   * Seed of the random order, any finite number. The same seed gives the same order and the same picks.
   *
   * @defaultValue a new order each time
   */
  seed?: number;
}

const modes: readonly PlaylistMode[] = ['sequence', 'shuffle', 'intro-loop', 'pick'];

/**
 * Clips that an {@link AudioPlayer} plays one after the other without a gap: each starts at the frame at which the one
 * before it ends.
 *
 * Clips with the same sample rate and channels, up to 64 MiB in total and in an order that is known in advance, are
 * joined into one buffer and have no seam at any speed. Others are scheduled on the engine's clock. That is exact at
 * normal speed and the engine's sample rate; otherwise a clip may start up to one frame off.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, AudioPlaylist, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * const intro = AudioClip.tone(262, { seconds: 0.5 });
 * const verse = AudioClip.tone(330, { seconds: 0.25 });
 * const songs = await new AudioPlaylist([intro, verse], { mode: 'intro-loop' }).load();
 * const music = new AudioPlayer(backend, { stream: songs, bus: 'Music' });
 * music.play();
 * backend.engine.readPcmFrames(2 * backend.engine.sampleRate);
 * console.log(music.playing); // true: the second clip repeats
 * backend.shutdown();
 * ```
 */
export class AudioPlaylist {
  /** The clips, as given. */
  readonly clips: readonly (AudioClip | AudioBuffer)[];
  /** The order in which they play. */
  readonly mode: PlaylistMode;
  /** Whether it starts again at the end. */
  readonly loop: boolean;
  readonly #seed: number | null;
  /** For what is picked, from play to play. */
  readonly #random: () => number;
  #picked = -1;

  /**
   * Makes a playlist.
   *
   * @param clips - At least one clip; at least two for 'intro-loop'.
   * @param options - Order, loop and seed.
   * @throws RangeError `ERR_OUT_OF_RANGE` for too few clips; RangeError or TypeError `ERR_INVALID_ARG_TYPE` for a bad
   *   argument.
   */
  constructor(clips: readonly (AudioClip | AudioBuffer)[], options?: PlaylistOptions) {
    if (!Array.isArray(clips)) throw wrongKind('an array of clips', 'clips', clips);
    for (const [index, clip] of clips.entries()) {
      if (!(clip instanceof AudioClip || clip instanceof AudioBuffer))
        throw wrongKind('an AudioClip or an AudioBuffer', `clips[${index}]`, clip);
    }
    const { mode = 'sequence', loop = false, seed } = expectOptions(options, 'options');
    this.mode = expectOneOf(mode, 'mode', modes);
    const fewest = mode === 'intro-loop' ? 2 : 1;
    if (clips.length < fewest) throw outOfRange(`at least ${fewest}`, 'clips.length', clips.length);
    this.clips = Object.freeze([...clips]);
    this.loop = expectBoolean(loop, 'loop') || mode === 'intro-loop';
    this.#seed = seed === undefined ? null : expectFinite(seed, 'seed');
    this.#random = randomOf(this.#seed);
  }

  /**
   * Loads all its clips.
   *
   * @returns Resolves with this playlist when they are decoded.
   * @throws As `AudioClip.load` does.
   */
  async load(): Promise<AudioPlaylist> {
    await Promise.all(this.clips.map((clip) => (clip instanceof AudioClip ? clip.load() : clip)));
    return this;
  }

  /**
   * Gives the order in which the clips play. It never ends for a loop; for 'pick' it is one index, a different one each
   * time.
   *
   * @returns Indices into `clips`.
   */
  *order(): Generator<number, void, undefined> {
    if (this.mode === 'pick') {
      yield this.#pick();
      return;
    }
    const random = randomOf(this.#seed);
    const all = this.clips.map((_clip, index) => index);
    let before = -1;
    do {
      const round =
        this.mode === 'shuffle'
          ? shuffled(all, random, before)
          : this.mode === 'intro-loop' && before >= 0
            ? all.slice(1)
            : all;
      for (const index of round) yield index;
      before = round.at(-1)!;
    } while (this.loop);
  }

  #pick(): number {
    const { length } = this.clips;
    const random = this.#random();
    this.#picked =
      this.#picked < 0 ? Math.floor(random * length) : (this.#picked + 1 + Math.floor(random * (length - 1))) % length;
    return this.#picked;
  }
}

/** A clip is not played twice in a row where there is another. */
function shuffled(indices: readonly number[], random: () => number, before: number): number[] {
  const order = [...indices];
  for (let last = order.length - 1; last > 0; last -= 1) swap(order, last, Math.floor(random() * (last + 1)));
  if (order[0] === before && order.length > 1) swap(order, 0, 1 + Math.floor(random() * (order.length - 1)));
  return order;
}

function swap(order: number[], a: number, b: number): void {
  const kept = order[a]!;
  order[a] = order[b]!;
  order[b] = kept;
}

/** Numbers from 0 to below 1; of one seed the same ones on every host. */
function randomOf(seed: number | null): () => number {
  if (seed === null) return Math.random;
  const numbers = new RandomNumbers(Math.floor(seed));
  return () => numbers.nextInteger() / 2 ** 32;
}
