import { RandomNumbers } from '../../base/random.js';
import { expectBoolean, expectFinite, expectOneOf, expectOptions, outOfRange, wrongKind } from '../../base/validate.js';
import { AudioBuffer } from '../../engine/audio-buffer.js';
import { AudioClip } from '../clips/clip.js';

/**
 * In which order a playlist plays: as given, anew in a random order each round, the first once and the rest over and
 * over, or one of them, at random, each time it is played.
 */
export type PlaylistMode = 'sequence' | 'shuffle' | 'intro-loop' | 'pick';

/** How a playlist plays. */
export interface PlaylistOptions {
  /** In which order it plays, default 'sequence'. */
  mode?: PlaylistMode;
  /**
   * Whether it begins again at its end, default false; of 'intro-loop' the part behind the first clip always does, of
   * 'pick' the player's own `loop` counts.
   */
  loop?: boolean;
  /**
   * Any finite number: the same seed gives the same order of a shuffle, and the same picks. Default: a new order each
   * time.
   */
  seed?: number;
}

const modes: readonly PlaylistMode[] = ['sequence', 'shuffle', 'intro-loop', 'pick'];

/**
 * Clips that a player plays one after the other without a gap: each begins at the very frame at which the one before
 * ends. Clips of one rate and one number of channels, up to 64 MiB in all and in an order that has an end, are played
 * as one, so that there is no seam at any speed. Others are put on the engine's clock: at their own speed and the
 * engine's rate that is exact, too; at another the interpolator begins anew with each clip, and the next one may be off
 * by less than a frame.
 */
export class AudioPlaylist {
  /** The clips, in the order in which they were given. */
  readonly clips: readonly (AudioClip | AudioBuffer)[];
  /** In which order they play. */
  readonly mode: PlaylistMode;
  /** Whether it begins again at its end. */
  readonly loop: boolean;
  readonly #seed: number | null;
  /** For what is picked, from play to play. */
  readonly #random: () => number;
  #picked = -1;

  /** A playlist of at least one clip; 'intro-loop' needs two. Throws a RangeError or TypeError. */
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

  /** Loads every clip. Resolves with the playlist. Rejects as `AudioClip.load` does. */
  async load(): Promise<AudioPlaylist> {
    await Promise.all(this.clips.map((clip) => (clip instanceof AudioClip ? clip.load() : clip)));
    return this;
  }

  /**
   * The order in which the clips play, as indices into `clips`; endless for a loop. For 'pick' it is a single index,
   * a different one each time.
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
