import { AudioError } from '../base/errors.js';
import { expectInstance, expectNumber, expectOptions, wrongKind } from '../base/validate.js';
import { Engine } from '../engine/engine.js';
import { Deferred } from '../engine/session/deferred.js';
import { platform, type TaskThread } from '../engine/session/platform.js';
import { Sound } from '../engine/sound.js';
import { SoundGroup } from '../engine/sound-group.js';
import type { LentRing } from '../engine/sources/port-ring.js';
import { ringOf, StreamSource } from '../engine/stream-source.js';
import type { FeedMessage, FeedStart } from './feeder.js';

/**
 * Where a synth can be heard: an engine, a group, any object of an engine, or a player of the game layer. A synth that
 * is attached to a player is heard on the player's bus, with its own level.
 */
export type SynthTarget = Engine | SoundGroup | SynthPlace | SynthPlayer;

/** Any object that belongs to an engine. */
export interface SynthPlace {
  /** The engine in which it is heard. */
  readonly engine: Engine;
  /**
   * The group it is heard through; null for the engine itself.
   *
   * @defaultValue `null`
   */
  readonly group?: SoundGroup | null;
}

/** The parts of a player of the game layer that a synth needs. */
export interface SynthPlayer {
  /** The backend that the player plays on. */
  readonly backend: {
    /** The engine in which it is heard. */
    readonly engine: Engine | null;
  };
  /** The name of the bus on which it is heard. */
  readonly bus: string;
}

/** The method of a backend, in a layer above, that gives the input of a player's bus. */
export const busInput = Symbol('busInput');

/** Options of {@link AudioSynth.attachTo}. */
export interface AttachOptions {
  /**
   * Length of the pieces that are rendered, in seconds, 0.005..10. Three pieces are kept ahead, and at least 0.1 s, in
   * a page 0.25 s. A change is heard after that time.
   *
   * @defaultValue `0.05`
   */
  chunkSeconds?: number;
}

/** What an attachment asks of its synth. */
export interface AttachedScene {
  readonly sampleRate: number;
  readonly channels: number;
  /** Frames rendered so far. */
  readonly positionFrames: number;
  /** The next frames, interleaved. */
  render(frames: number): Float32Array;
  /** All voices as they are, as plain data. */
  voices(): FeedStart['voices'];
  /** It is fed no more. */
  detached(): void;
}

/** A message without the time, which the attachment knows. */
type Change = FeedMessage extends infer M ? (M extends FeedMessage ? Omit<M, 'atFrames'> : never) : never;

const chunkSecondsDefault = 0.05;
const chunksAhead = 3;
const shortestAheadSeconds = 0.1;
/** A page's thread and its worker share the processor with all that a browser does. */
const shortestAheadInPageSeconds = 0.25;
/** A browser begins with a leap: it makes up for the time in which its audio thread started. */
const leapSeconds = 0.5;
const detachFadeSeconds = 0.02;

let make: (target: unknown, options: AttachOptions | undefined, scene: AttachedScene) => SynthAttachment;
let tell: (attachment: SynthAttachment, change: Change) => boolean;
let rendered: (attachment: SynthAttachment) => number;

const constructorKey = Symbol('SynthAttachment');

/**
 * A synth that is heard while it is rendered. A thread of its own renders it, so a busy program leaves no gaps. Until
 * the thread has started, and where there can be none, a timer of the program renders instead.
 * {@link AudioSynth.attachTo} makes one.
 *
 * @example
 * ```ts
 * import { AudioSynth, Engine, Oscillator } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: { backend: 'null' } });
 * await engine.ready;
 * const synth = new AudioSynth();
 * const voice = synth.add(Oscillator.sine(220), { gain: 0.2 });
 * const attachment = synth.attachTo(engine);
 * console.log(await attachment.ready); // true: a thread renders
 * attachment.sound.volumeDb = -6;
 * synth.setParam(voice, 'freq', 330);
 * attachment.detach();
 * engine.dispose();
 * ```
 */
export class SynthAttachment implements Disposable {
  /**
   * The sound that is heard, with its volume, pan and group. Pausing it also pauses the synth's time; disposing it
   * detaches the synth.
   */
  readonly sound: Sound;
  /**
   * Resolves true when a thread renders, so that a blocked program leaves no gap; false where there can be no thread,
   * or when the synth was detached before.
   */
  readonly ready: Promise<boolean>;

  readonly #scene: AttachedScene;
  readonly #stream: StreamSource;
  #thread: TaskThread | null = null;
  readonly #chunkFrames: number;
  /** Frames of the ring that are filled only at the beginning. */
  readonly #spareFrames: number;
  readonly #becameReady: (threaded: boolean) => void;
  /** The program feeds it itself: until the thread is there, or for ever. */
  #timer: ReturnType<typeof setInterval> | null;
  #renderedFrames = 0;
  #writtenFrames = 0;
  #detached = false;

  static {
    make = (target, options, scene) => new SynthAttachment(constructorKey, target, options, scene);
    tell = (attachment, change) => attachment.#tell(change);
    rendered = (attachment) => attachment.#rendered();
  }

  private constructor(key: symbol, target: unknown, options: AttachOptions | undefined, scene: AttachedScene) {
    if (key !== constructorKey) throw new TypeError('Call AudioSynth.attachTo to make a SynthAttachment');
    const { engine, group } = expectTarget(target);
    const { chunkSeconds: given } = expectOptions(options, 'options');
    const chunkSeconds = given === undefined ? chunkSecondsDefault : expectNumber(given, 'chunkSeconds', 0.005, 10);
    const { sampleRate, channels } = scene;
    const chunkFrames = Math.round(chunkSeconds * sampleRate);
    const leastFrames = Math.ceil(
      (platform().hasAudioContexts ? shortestAheadInPageSeconds : shortestAheadSeconds) * sampleRate,
    );
    const aheadFrames = Math.max(chunksAhead, Math.ceil(leastFrames / chunkFrames)) * chunkFrames;
    const leapFrames = platform().hasAudioContexts && engine.timeFrames === 0 ? Math.ceil(leapSeconds * sampleRate) : 0;
    const sizeFrames = Math.max(aheadFrames, leapFrames);
    this.#scene = scene;
    this.#spareFrames = sizeFrames - aheadFrames;
    // Half a frame more, so that no rounding makes the ring a frame too small for its chunks.
    this.#stream = new StreamSource(engine, {
      sampleRate,
      channels,
      format: 'f32',
      bufferSeconds: (sizeFrames + 0.5) / sampleRate,
    });
    try {
      this.sound = Sound.fromStream(engine, this.#stream, { group });
    } catch (error) {
      this.#stream.dispose();
      throw error;
    }
    this.#chunkFrames = chunkFrames;
    const deferred = new Deferred<boolean>();
    this.ready = deferred.promise;
    this.#becameReady = (threaded) => deferred.resolve(threaded);
    // What is there from the first frame on, before the thread has started.
    this.#fill(0);
    this.#timer = setInterval(() => this.#fill(), (chunkSeconds * 1000) / 2);
    (this.#timer as { unref?(): void }).unref?.();
    ringOf(this.#stream).lend((ring) => this.#startThread(engine, ring));
    this.sound.play();
    void this.sound.finished.then((reason) => {
      if (reason === 'disposed') this.detach();
    });
  }

  /** How often the stream ran empty while it played: 0 unless the machine was too busy. */
  get underruns(): number {
    return this.#detached ? 0 : this.#stream.underruns;
  }

  /**
   * Fades out in 20 ms and ends the thread. The synth's `renderChunk` then starts from the beginning. Disposing the
   * engine detaches too. Calling it again does nothing.
   */
  detach(): void {
    if (this.#detached) return;
    this.#detached = true;
    this.#thread?.stop();
    this.#stopTimer();
    this.#becameReady(false);
    this.#scene.detached();
    const { sound } = this;
    if (sound.disposed) {
      this.#stream.dispose();
      return;
    }
    // What is buffered is longer than the fade.
    sound.stop({ fadeSeconds: detachFadeSeconds });
    void sound.finished.then(() => {
      sound.dispose();
      this.#stream.dispose();
    });
  }

  /** The same as {@link SynthAttachment.detach}. */
  dispose(): void {
    this.detach();
  }

  /** The same as {@link SynthAttachment.detach}, for `using`. */
  [Symbol.dispose](): void {
    this.detach();
  }

  /** True after `detach`, and after the sound or the engine was disposed. */
  get disposed(): boolean {
    return this.#detached;
  }

  #failed(cause: Error): void {
    this.detach();
    platform().warn(
      new AudioError('ERR_INTERNAL', `The thread that renders an AudioSynth failed: ${cause.message}`, { cause }),
    );
  }

  #startThread(engine: Engine, ring: LentRing | null): void {
    if (this.#detached) return;
    const { sampleRate, channels, positionFrames } = this.#scene;
    const start =
      ring &&
      ({
        ring,
        sampleRate,
        channels,
        chunkFrames: this.#chunkFrames,
        spareFrames: this.#spareFrames,
        positionFrames,
        voices: this.#scene.voices(),
      } satisfies FeedStart);
    this.#thread = start && platform().startTask('feed', start, start.ring.kind === 'port' ? [start.ring.port] : []);
    if (this.#thread === null) {
      this.#becameReady(false);
      return;
    }
    // While the engine starts, the program is the quicker one to fill up after a leap.
    this.#thread.onMessage = () =>
      void engine.ready.then(
        () => this.#handOver(),
        () => this.#becameReady(false),
      );
    this.#thread.onFailure = (cause) => this.#failed(cause);
  }

  /** The thread has come: from here on it renders. */
  async #handOver(): Promise<void> {
    if (this.#detached) return;
    const ring = ringOf(this.#stream);
    this.#fill();
    this.#renderedFrames = this.#scene.positionFrames;
    this.#writtenFrames = ring.writtenFrames;
    this.#stopTimer();
    // What the thread writes must not overtake what was written here.
    await ring.settled();
    if (this.#detached) return;
    const { writtenFrames, filledFrames } = ring;
    this.#thread?.post({
      kind: 'feed',
      atFrames: this.#renderedFrames,
      writtenFrames,
      filledFrames,
    } satisfies FeedMessage);
    this.#becameReady(true);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Tells the thread; returns whether the synth has to do it itself too, as it is the one that renders now. */
  #tell(change: Change): boolean {
    this.#thread?.post({ ...change, atFrames: this.#rendered() });
    return this.#timer !== null;
  }

  #fill(spareFrames = this.#spareFrames): void {
    const stream = this.#stream;
    if (stream.disposed) {
      this.detach();
      return;
    }
    while (stream.availableWriteFrames - spareFrames >= this.#chunkFrames)
      stream.write(this.#scene.render(this.#chunkFrames));
  }

  #rendered(): number {
    if (this.#timer !== null) return this.#scene.positionFrames;
    const written = ringOf(this.#stream).writtenFrames;
    this.#renderedFrames += (written - this.#writtenFrames) >>> 0;
    this.#writtenFrames = written;
    return this.#renderedFrames;
  }
}

/** What may be a SynthPlayer. */
interface PlayerLike {
  readonly backend?: { readonly engine?: unknown; [busInput]?(bus: unknown): SoundGroup };
  readonly bus?: unknown;
}

function expectTarget(target: unknown): { engine: Engine; group: SoundGroup | null } {
  if (target instanceof Engine) return { engine: target, group: null };
  if (target instanceof SoundGroup) return { engine: target.engine, group: target };
  const given = (typeof target === 'object' && target !== null ? target : {}) as PlayerLike & {
    engine?: unknown;
    group?: unknown;
  };
  const group = given.backend?.[busInput]?.(given.bus) ?? given.group;
  const engine = given.backend?.engine ?? given.engine;
  if (!(engine instanceof Engine)) throw wrongKind('an Engine, a SoundGroup or a player', 'target', target);
  return {
    engine,
    group: group === undefined || group === null ? null : expectInstance(group, 'target.group', SoundGroup),
  };
}

/** Makes a synth heard. Throws TypeError, RangeError, and what making a stream and its sound throws. */
export function attachScene(
  target: unknown,
  options: AttachOptions | undefined,
  scene: AttachedScene,
): SynthAttachment {
  return make(target, options, scene);
}

/**
 * Tells the thread what is done to the scene; returns whether the synth has to do it itself too, as it is the one that
 * renders now.
 */
export function tellAttachment(attachment: SynthAttachment, change: Change): boolean {
  return tell(attachment, change);
}

/** Frames that the feeding side has rendered, with those before it began. */
export function renderedFrames(attachment: SynthAttachment): number {
  return rendered(attachment);
}
