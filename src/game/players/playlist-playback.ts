import type { Curve } from '../../base/types.js';
import { setNodeOutputVolume } from '../../engine/graph.js';
import type { RampOptions } from '../../engine/ramp-options.js';
import { expectSession } from '../../engine/session/session.js';
import { Sound } from '../../engine/sound.js';
import { SoundGroup } from '../../engine/sound-group.js';
import type { EngineBus } from '../buses/engine-bus.js';
import { connect } from '../buses/engine-effect.js';
import { expectPlayable } from '../clips/clip.js';
import type { Playback, PlaybackStart, PlaybackVariation } from './playback.js';
import type { AudioPlaylist } from './playlist.js';

/** How far ahead clips are scheduled, so that a blocked program makes no gap. */
const aheadSeconds = 2;
/** With a device, the first clip is scheduled a little ahead, so that its frame is certain. */
const leadSeconds = 0.05;
/** With a device, the clock is read again this long after a change of speed or a pause. */
const settleMilliseconds = 60;

interface Entry {
  readonly sound: Sound;
  /** Sample rate of the source, in Hz. */
  readonly rate: number;
  /** Engine frame at which it begins (Infinity while it is not scheduled), and the one at which it ends. */
  begin: number;
  end: number;
}

/**
 * A playback of a playlist. The clips lead into a group of their own, and each starts on the engine's clock at the very
 * frame at which the one before it ends. Speed and fades are set on the group, so they carry on from clip to clip.
 * Whatever changes the time that the current clip needs moves the clips after it.
 */
export class PlaylistPlayback implements Playback {
  readonly variation: PlaybackVariation;
  readonly placedSound = null;
  readonly #start: PlaybackStart;
  readonly #group: SoundGroup;
  readonly #playlist: AudioPlaylist;
  readonly #order: Iterator<number>;
  #entries: Entry[] = [];
  #next: number | undefined;
  #level: number;
  #pitch: number;
  #paused = false;
  #closed = false;
  #held = false;
  #timer: NodeJS.Timeout | null = null;
  #fadingOut = 0;

  /** Starts at `fromSeconds` of the first clip. Throws what `AudioClip.buffer` throws, and ERR_VOICE_LIMIT. */
  constructor(playlist: AudioPlaylist, start: PlaybackStart, fromSeconds: number) {
    this.variation = start.variation;
    this.#start = start;
    this.#playlist = playlist;
    this.#order = playlist.order();
    this.#level = start.level;
    this.#pitch = start.pitch;
    const { engine, bus } = start;
    this.#group = new SoundGroup(engine, { name: 'playlist' });
    connect(this.#group, bus.input);
    setNodeOutputVolume(this.#group, 0, start.level);
    this.#group.pan = start.pan;
    this.#group.pitch = start.pitch;
    if (start.silent) this.#group.volume = 0;
    bus.addUser();
    this.#next = this.#take();
    try {
      this.#add(engine.timeFrames + (this.#driven ? Math.round(leadSeconds * engine.sampleRate) : 0), fromSeconds);
      this.#fill();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  get playing(): boolean {
    return !this.#closed && !this.#paused;
  }

  get paused(): boolean {
    return !this.#closed && this.#paused;
  }

  get position(): number {
    const sound = this.#entries[0]?.sound;
    return sound === undefined || sound.disposed ? 0 : sound.cursorSeconds;
  }

  setLevel(gain: number): void {
    if (this.#level === gain) return;
    this.#level = gain;
    setNodeOutputVolume(this.#group, 0, gain);
  }

  setPan(pan: number): void {
    if (this.#group.pan !== pan) this.#group.pan = pan;
  }

  setPitch(pitch: number): void {
    if (this.#pitch === pitch) return;
    const before = this.#pitch;
    this.#pitch = pitch;
    this.#group.pitch = pitch;
    if (!this.#paused) this.#retime(before);
  }

  setLooping(): void {
    // The playlist itself decides whether it starts over.
  }

  moveTo(bus: EngineBus): void {
    connect(this.#group, bus.input);
  }

  pause(): void {
    if (this.#paused || this.#closed) return;
    this.#paused = true;
    const { timeFrames } = this.#start.engine;
    for (const entry of this.#entries) {
      if (entry.begin > timeFrames) {
        entry.sound.stop();
        entry.begin = Infinity;
      } else entry.sound.pause();
    }
  }

  resume(): void {
    if (!this.#paused || this.#closed) return;
    this.#paused = false;
    for (const { sound } of this.#entries) if (sound.paused) sound.resume();
    this.#retime(this.#pitch);
  }

  fadeTo(gain: number, options: RampOptions): Promise<boolean> {
    this.#fadingOut += 1;
    return this.#group.ramp('volume', gain, options);
  }

  async fadeOut(seconds: number, curve: Curve): Promise<boolean> {
    this.#fadingOut += 1;
    const fade = this.#fadingOut;
    const reached = await this.#group.ramp('volume', 0, { seconds, curve });
    if (!reached || fade !== this.#fadingOut || this.#closed) return false;
    this.#over('stopped');
    return true;
  }

  keepProcessAlive(): void {
    this.#held = true;
    for (const { sound } of this.#entries) void sound.finished;
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#entries = [];
    this.#group.dispose();
    this.#start.bus.removeUser();
  }

  /** With a device the clock moves while this thread works; without one it stands still until somebody pulls. */
  get #driven(): boolean {
    return this.#start.engine.state !== 'running' || this.#start.engine.device !== null;
  }

  #take(): number | undefined {
    const { done, value } = this.#order.next();
    return done === true ? undefined : value;
  }

  /** Schedules the next clip. */
  #add(begin: number, fromSeconds: number): void {
    const buffer = expectPlayable(this.#playlist.clips[this.#next!], 'clip');
    this.#next = this.#take();
    const { engine } = this.#start;
    const sound = Sound.fromBuffer(engine, buffer, { group: this.#group });
    if (fromSeconds > 0) sound.seekSeconds(Math.min(fromSeconds, buffer.durationSeconds));
    const rate = buffer.sampleRate;
    const entry: Entry = {
      sound,
      rate,
      begin,
      end: begin + this.#framesFor(sound.lengthFrames - sound.cursorFrames, rate),
    };
    this.#entries.push(entry);
    sound.play({ atFrames: begin });
    if (this.#held) void sound.finished;
    sound.on('end', () => this.#ended(entry));
  }

  /** How many engine frames it takes to play so many frames of a source of this rate, at the current speed. */
  #framesFor(frames: number, rate: number): number {
    return Math.ceil((frames * this.#start.engine.sampleRate) / (rate * this.#pitch) - 1e-6);
  }

  /** Schedules clips until one waits after the current one, and the clock is far enough behind. */
  #fill(): void {
    const { engine } = this.#start;
    while (
      this.#next !== undefined &&
      (this.#entries.length < 2 || this.#entries.at(-1)!.end < engine.timeFrames + aheadSeconds * engine.sampleRate)
    ) {
      // A playlist of nothing but empty clips would go on for ever.
      if (this.#entries.length >= 64) return;
      this.#add(this.#entries.at(-1)!.end, 0);
    }
  }

  #ended(entry: Entry): void {
    if (this.#closed) return;
    this.#entries = this.#entries.filter((other) => other !== entry);
    entry.sound.dispose();
    if (this.#entries.length === 0 && this.#next === undefined) {
      this.#over('ended');
      return;
    }
    if (this.#paused) return;
    if (this.#entries.length === 0) this.#add(this.#start.engine.timeFrames, 0);
    this.#fill();
  }

  #over(reason: 'ended' | 'stopped'): void {
    this.dispose();
    this.#start.over(reason);
  }

  /**
   * The current clip will take another time than was thought: moves the clips after it. `before` is the speed from
   * which the current change of speed began.
   */
  #retime(before: number): void {
    this.#move(before);
    if (!this.#driven) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#closed && !this.#paused) this.#move(this.#pitch);
    }, settleMilliseconds);
    this.#timer.unref?.();
  }

  #move(before: number): void {
    const { timeFrames } = this.#start.engine;
    const started = this.#entries.filter(({ begin }) => begin <= timeFrames).length;
    const present = this.#entries[Math.max(started - 1, 0)];
    if (present === undefined) return;
    if (started === 0 && present.begin === Infinity) {
      present.begin = timeFrames;
      present.sound.play();
    }
    let end = this.#endOf(present, before);
    present.end = end;
    for (const entry of this.#entries.slice(this.#entries.indexOf(present) + 1)) {
      entry.sound.stop();
      entry.sound.play({ atFrames: end });
      entry.begin = end;
      entry.end = end + this.#framesFor(entry.sound.lengthFrames - entry.sound.cursorFrames, entry.rate);
      end = entry.end;
    }
    this.#fill();
  }

  /**
   * The frame at which the current clip will end, while the speed moves evenly from `before` over the smoothing time.
   */
  #endOf({ sound, rate, begin }: Entry, before: number): number {
    const { engine } = this.#start;
    const { time, cursor } = this.#readClock(sound);
    const step = rate / engine.sampleRate;
    const moving = before === this.#pitch || begin > time ? 0 : expectSession(engine).settings.smoothingFrames;
    const consumed = step * (moving * before + ((this.#pitch - before) * Math.max(0, moving - 1)) / 2);
    const left = sound.lengthFrames - cursor - consumed;
    // If the clip ends before the speed has settled, the slower speed gives a bound that is off by the smoothing time
    // at most.
    if (left <= 0)
      return Math.max(time, begin) + Math.ceil((sound.lengthFrames - cursor) / (step * Math.min(before, this.#pitch)));
    return Math.max(time, begin) + moving + Math.ceil(left / (step * this.#pitch) - 1e-6);
  }

  /** The clock and the cursor, both of the same block. */
  #readClock(sound: Sound): { time: number; cursor: number } {
    const { engine } = this.#start;
    for (;;) {
      const time = engine.timeFrames;
      const cursor = sound.cursorFrames;
      if (engine.timeFrames === time) return { time, cursor };
    }
  }
}
