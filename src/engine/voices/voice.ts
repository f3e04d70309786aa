import type { AudioError } from '../../base/errors.js';
import type { Curve } from '../../base/types.js';
import { slotOf } from '../../wire/id-pool.js';
import type { Wire } from '../../wire/wire.js';
import {
  CommandOp,
  PARAM_FADE,
  PARAM_OUTPUT,
  PARAM_PAN,
  PARAM_PITCH,
  PARAM_VOLUME,
  RAMP_STOP_AT_END,
} from '../../wire/wire-layout.js';
import { curveNumbers } from '../session/curves.js';
import { Emitter } from '../session/emitter.js';
import { type GraphNode, link } from '../session/graph-node.js';
import type { Owned, Session, SessionVoice } from '../session/session.js';
import type { Source, SourceReader } from '../sources/source.js';
import { Finish, type FinishReason } from './finish.js';
import { SpatialSettings } from './spatial-settings.js';
import { Runs } from './start-counter.js';
import { Place } from './transport-state.js';
import { createVoice } from './voice-creation.js';
import type { SoundEvents, VoiceSettings } from './voice-settings.js';

const parameterNumbers = { volume: PARAM_VOLUME, pan: PARAM_PAN, pitch: PARAM_PITCH } as const;

/**
 * A sound as the engine knows it: what was asked of it, and the commands that ask. Arguments are checked by Sound.
 * It may be made before its samples are there; what is asked until then is kept and said when they come.
 */
export class Voice implements GraphNode, Owned, SessionVoice, SourceReader {
  readonly session: Session;
  readonly wire: Wire;
  readonly id: number;
  readonly slot: number;
  readonly settings: VoiceSettings;
  readonly className = 'Sound';
  readonly inputCount = 0;
  readonly outputCount = 1;
  readonly sources: Set<GraphNode> = noSources;
  readonly finish = new Finish();
  /** Where it is and whether it moves. */
  readonly place: Place;
  target: GraphNode | null = null;
  disposed = false;
  /** Set by `Engine.play`: called when the sound's first run is over. */
  disposesAtEnd = false;
  samples: Source | null = null;
  /** Held for as long as the sound lives. */
  keeper: unknown = undefined;
  /** Why there will never be samples. */
  failure: AudioError | null = null;

  // What was asked for.
  volume: number;
  pan: number;
  pitch: number;
  looping: boolean;
  equalPowerPan = false;

  readonly #owners: Set<Owned>;
  #events: Emitter<SoundEvents> | null = null;
  /** What waits for the samples; null when they are there. */
  #held: (() => void)[] | null = [];
  /** Of the parameters for which a ramp waits for the samples: what they were before it. */
  #beforeRamps: { volume?: number; pan?: number; pitch?: number } = nothingBefore;
  #spatial: SpatialSettings | null = null;
  readonly #runs = new Runs();
  #occupied = false;
  #paused = false;
  #holding = false;
  #ownsSamples = false;
  #rangeBegin = 0;
  #rangeEnd = Infinity;

  /**
   * A new sound of a session, with its samples or waiting for them. Throws ERR_SOUND_LIMIT, ERR_BUFFER_LIMIT,
   * ERR_OUT_OF_MEMORY; nothing is left then.
   */
  static create(
    session: Session,
    settings: VoiceSettings,
    owners: Set<Owned>,
    target: GraphNode,
    samples: Source | null,
  ): Voice {
    const voice = session.addVoice((id) => new Voice(session, id, settings, owners, target));
    if (samples === null) return voice;
    try {
      voice.load(samples, false);
    } catch (error) {
      voice.dispose();
      throw error;
    }
    return voice;
  }

  /** Known to the session under `id`, owned by `owners`, leading to `target`. */
  constructor(session: Session, id: number, settings: VoiceSettings, owners: Set<Owned>, target: GraphNode) {
    this.session = session;
    this.wire = session.wire;
    this.id = id;
    this.slot = slotOf(id);
    this.settings = settings;
    this.volume = settings.volume;
    this.pan = settings.pan;
    this.pitch = settings.pitch;
    this.looping = settings.looping;
    this.place = new Place(session.wire, this.slot, id);
    if (settings.spatial) this.spatial.enabled = true;
    this.#owners = owners;
    owners.add(this);
    link(this, target);
  }

  /**
   * The samples are there: the sound is made in the engine, and hears what was asked of it meanwhile. `owned` samples
   * go when the sound goes.
   */
  load(samples: Source, owned: boolean): void {
    const buffer = samples.idFor(this.session);
    samples.attach(this);
    this.samples = samples;
    this.#ownsSamples = owned;
    if (this.#rangeEnd === Infinity) this.#rangeEnd = samples.live ? Infinity : samples.frames;
    this.session.pendingSamples.after(
      buffer,
      () => this.#create(buffer),
      (error) => this.loadFailed(error),
    );
  }

  #create(buffer: number): void {
    if (this.disposed) return;
    // Where a ramp was asked for meanwhile, it begins from the value before it.
    const { volume = this.volume, pan = this.pan, pitch = this.pitch } = this.#beforeRamps;
    const ticket = createVoice(this, buffer, this.target?.id ?? 0, { volume, pan, pitch }, this.#spatial);
    const held = this.#held;
    this.#held = null;
    this.#spatial?.sendAll();
    this.place.ticket = ticket;
    for (const say of held ?? []) say();
  }

  /** The samples will never be there. */
  loadFailed(error: AudioError): void {
    if (this.disposed) return;
    this.failure = error;
    this.#held = [];
    if (this.#events?.has('error')) this.#events.emit('error', error);
    else this.session.onWarning(error);
    this.session.ramps.settleOwner(this);
    this.runOver('stopped', -1);
    this.finish.settle('stopped');
  }

  /** The samples stop coming: what is there is all there will be. */
  sourceFailed(error: AudioError): void {
    if (this.disposed || this.failure !== null) return;
    this.failure = error;
    if (this.#events?.has('error')) this.#events.emit('error', error);
    else this.session.onWarning(error);
    this.stop(0, 0);
  }

  /** The last frame there is; while the samples are on their way, any could be. */
  get frameLimit(): number {
    return this.samples?.frames ?? Number.MAX_SAFE_INTEGER;
  }

  /** The engine has heard of it. */
  get known(): boolean {
    return this.#held === null;
  }

  /** Where it is, made when first asked for. */
  get spatial(): SpatialSettings {
    this.#spatial ??= new SpatialSettings(this);
    return this.#spatial;
  }

  /** Its listeners. */
  get events(): Emitter<SoundEvents> {
    this.#events ??= new Emitter<SoundEvents>(['end', 'stop', 'error']);
    return this.#events;
  }

  // parameters
  // ----------------------------------------------------------------------------------------------------------

  /** Linear gain. */
  setVolume(volume: number): void {
    this.volume = volume;
    if (this.#held === null)
      this.wire.send(CommandOp.RAMP, this.id, 0, volume, this.session.settings.smoothingFrames, 0, PARAM_VOLUME);
    else this.#setWhenLoaded('volume', volume);
  }

  /** -1 to 1. */
  setPan(pan: number): void {
    this.pan = pan;
    if (this.#held === null)
      this.wire.send(CommandOp.RAMP, this.id, 0, pan, this.session.settings.smoothingFrames, 0, PARAM_PAN);
    else this.#setWhenLoaded('pan', pan);
  }

  /** Factor on the speed. */
  setPitch(pitch: number): void {
    this.pitch = pitch;
    if (this.#held === null)
      this.wire.send(CommandOp.RAMP, this.id, 0, pitch, this.session.settings.smoothingFrames, 0, PARAM_PITCH);
    else this.#setWhenLoaded('pitch', pitch);
  }

  /** A set takes over from a ramp that waits; without one, the value itself waits. */
  #setWhenLoaded(parameter: 'volume' | 'pan' | 'pitch', value: number): void {
    if (this.#beforeRamps[parameter] === undefined) return;
    const frames = this.session.settings.smoothingFrames;
    this.#whenLoaded(() => this.wire.send(CommandOp.RAMP, this.id, 0, value, frames, 0, parameterNumbers[parameter]));
  }

  /** Whether it starts over at its end. */
  setLooping(looping: boolean): void {
    this.looping = looping;
    if (this.#held === null && !this.samples?.live)
      this.wire.send(CommandOp.SOUND_LOOPING, this.id, 0, looping ? 1 : 0);
  }

  /** How pan becomes gains. */
  setEqualPowerPan(equalPower: boolean): void {
    this.equalPowerPan = equalPower;
    if (this.#held === null) this.wire.send(CommandOp.SOUND_PAN_LAW, this.id, 0, equalPower ? 1 : 0);
  }

  /** Moves a parameter over time; resolves when it is there. */
  ramp(
    parameter: 'volume' | 'pan' | 'pitch',
    target: number,
    frames: number,
    curve: Curve,
    atFrames: number,
  ): Promise<boolean> {
    const frame = this.session.schedule(atFrames);
    if (this.#held !== null) this.#beforeRamps = { [parameter]: this[parameter], ...this.#beforeRamps };
    this[parameter] = target;
    const number = parameterNumbers[parameter];
    const say = (token: number): number =>
      this.wire.send(CommandOp.RAMP, this.id, frame, target, frames, token, number, curveNumbers[curve]);
    return this.#ramp(frame, frames, say);
  }

  /** Moves the gain beside the volume. */
  fade(from: number, to: number, frames: number, curve: Curve): void {
    this.#whenLoaded(() =>
      this.wire.sendFloats(CommandOp.SOUND_FADE, this.id, 0, from, to, frames, 0, curveNumbers[curve]),
    );
  }

  /** Moves the gain beside the volume from where it is. */
  fadeTo(gain: number, frames: number, curve: Curve, atFrames: number): Promise<boolean> {
    const frame = this.session.schedule(atFrames);
    return this.#ramp(frame, frames, (token) =>
      this.wire.send(CommandOp.RAMP, this.id, frame, gain, frames, token, PARAM_FADE, curveNumbers[curve]),
    );
  }

  /**
   * Moves the gain beside the volume from where it is to 0, then stops; resolves true when it did, also if nothing
   * played.
   */
  fadeOut(frames: number, curve: Curve): Promise<boolean> {
    if (!this.#occupied) return Promise.resolve(true);
    if (!this.place.playing) {
      // Paused, or still waiting for its frame: nothing is heard that could fade.
      this.stop(0, 0);
      this.#whenLoaded(() => this.wire.send(CommandOp.RAMP, this.id, 0, 1, 0, 0, PARAM_FADE));
      return Promise.resolve(true);
    }
    this.#runs.stop(false);
    const say = (token: number): number =>
      this.wire.send(CommandOp.RAMP, this.id, 0, 0, frames, token, PARAM_FADE, curveNumbers[curve], RAMP_STOP_AT_END);
    return this.#ramp(0, frames, say);
  }

  #ramp(frame: number, frames: number, say: (token: number) => number): Promise<boolean> {
    if (this.#held === null) return this.session.ramp(this, frame, frames, say);
    if (this.failure !== null) return Promise.resolve(false);
    return this.session.ramps.begin(this, Infinity, (token) =>
      this.#whenLoaded(() => this.session.noteScheduled(frame, say(token))),
    );
  }

  // transport
  // -----------------------------------------------------------------------------------------------------------

  /** Starts, goes on, or starts over. Throws ERR_VOICE_LIMIT, ERR_SCHEDULE_LIMIT, or why there are no samples. */
  play(atFrames: number, fadeFrames: number): void {
    if (this.failure !== null) throw this.failure;
    const frame = this.session.schedule(atFrames);
    if (this.#runs.haltAsked) this.#over('stopped');
    if (!this.#occupied) {
      this.session.occupyVoice();
      this.#occupied = true;
      this.finish.begin();
    }
    const run = this.#runs.start(frame, this.wire.timeFrames);
    if (frame === 0) {
      this.place.askPlay(this.#rangeBegin, this.#rangeEnd);
      this.#paused = false;
    }
    this.#updateHold();
    this.#whenLoaded(() => {
      const ticket = this.session.noteScheduled(
        frame,
        this.wire.send(CommandOp.SOUND_START, this.id, frame, 0, fadeFrames, run),
      );
      if (frame === 0) this.place.ticket = ticket;
    });
  }

  /**
   * Halts at a frame, or fades out from there and halts; at once it also calls off starts that wait. Throws
   * ERR_SCHEDULE_LIMIT.
   */
  stop(atFrames: number, fadeFrames: number): void {
    const frame = this.session.schedule(atFrames);
    if (!this.#occupied) return;
    const halts = frame === 0 && (fadeFrames === 0 || !this.place.playing);
    if (frame === 0) this.#runs.stop(halts);
    if (halts) {
      this.place.askStop();
      this.#paused = false;
      this.#updateHold();
    }
    this.#whenLoaded(() => {
      const ticket = this.session.noteScheduled(
        frame,
        this.wire.send(CommandOp.SOUND_STOP, this.id, frame, 0, fadeFrames),
      );
      if (halts) this.place.ticket = ticket;
    });
  }

  /** Stands still until it is resumed. Nothing happens to a sound that does not play. */
  pause(): void {
    if (!this.#occupied) return;
    if (this.place.askPause()) this.#paused = true;
    this.#updateHold();
    this.#say(CommandOp.SOUND_PAUSE, 0);
  }

  /** Goes on. Nothing happens to a sound that is not paused. */
  resume(): void {
    if (!this.#occupied) return;
    if (this.place.askResume()) this.#paused = false;
    this.#updateHold();
    this.#say(CommandOp.SOUND_RESUME, 0);
  }

  /** Goes on from another source frame. */
  seek(frames: number): void {
    this.place.askSeek(Math.min(Math.max(frames, this.#rangeBegin), this.#rangeEnd), this.#rangeEnd);
    this.#say(CommandOp.SOUND_SEEK, frames);
  }

  /** What is played of the source, end excluded. */
  setRange(begin: number, end: number): void {
    this.place.askRange(this.#rangeBegin, begin, end);
    this.#rangeBegin = begin;
    this.#rangeEnd = end;
    this.#whenLoaded(() => {
      this.place.ticket = this.wire.sendRange(CommandOp.SOUND_RANGE, this.id, 0, begin, end);
    });
  }

  /** What is repeated while looping, end excluded. */
  setLoopRange(begin: number, end: number): void {
    this.#whenLoaded(() => this.wire.sendRange(CommandOp.SOUND_LOOP_RANGE, this.id, 0, begin, end));
  }

  /** The promise of the present run; asking for it makes the process wait for the sound. */
  get finished(): Promise<FinishReason> {
    const { promise } = this.finish;
    this.#updateHold();
    return promise;
  }

  #say(op: number, value: number): void {
    this.#whenLoaded(() => {
      this.place.ticket = this.wire.send(op, this.id, 0, value);
    });
  }

  #whenLoaded(say: () => void): void {
    if (this.#held === null) say();
    else if (this.failure === null) this.#held.push(say);
  }

  // routes
  // --------------------------------------------------------------------------------------------------------------

  /** Tells the engine where it leads. */
  sendRoute(targetId: number): void {
    // While loading, the route is said with the creation.
    if (this.#held === null) this.wire.sendPair(CommandOp.SOUND_ROUTE, this.id, 0, targetId, 0);
  }

  /** Gain of the output bus. */
  sendOutputVolume(gain: number): void {
    this.#whenLoaded(() =>
      this.wire.send(CommandOp.RAMP, this.id, 0, gain, this.session.settings.smoothingFrames, 0, PARAM_OUTPUT),
    );
  }

  // the end
  // -------------------------------------------------------------------------------------------------------------

  /** The engine told that a run is over. A run number of -1 is the last one, whatever its number. */
  runOver(result: 'ended' | 'stopped', run: number): void {
    // Where another start has been sent or waits for its frame, its own end will be told.
    if (this.#occupied && (run === -1 || this.#runs.isLast(result, run))) this.#over(result);
  }

  #over(result: 'ended' | 'stopped'): void {
    this.#occupied = false;
    this.#paused = false;
    this.#runs.over();
    this.session.vacateVoice();
    this.finish.settle(result);
    this.#updateHold();
    const event = result === 'ended' ? 'end' : 'stop';
    if (this.#events?.has(event)) this.session.afterPoll(() => this.#events?.emit(event));
    if (this.disposesAtEnd) this.session.afterPoll(() => this.dispose());
  }

  /** Fades out by itself in the engine and is gone. Idempotent. */
  dispose(): void {
    if (this.disposed) return;
    if (this.#held === null) this.wire.send(CommandOp.SOUND_DESTROY, this.id, 0, 0);
    else this.session.dropVoice(this.id);
    this.abandon();
    if (this.#ownsSamples) this.samples?.dispose();
  }

  /** Gone, without a word to the engine. */
  abandon(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#held = [];
    if (this.#occupied) {
      this.#occupied = false;
      this.session.vacateVoice();
    }
    this.finish.settle('disposed');
    this.#updateHold();
    this.session.ramps.settleOwner(this);
    this.samples?.detach(this);
    this.keeper = undefined;
    this.#owners.delete(this);
    link(this, null);
    this.#events?.clear();
  }

  /** The process waits for a sound that plays and whose end somebody waits for. */
  #updateHold(): void {
    this.samples?.heard(this.#occupied && !this.#paused);
    const wanted = this.#occupied && !this.#paused && this.finish.awaited;
    if (wanted === this.#holding) return;
    this.#holding = wanted;
    if (wanted) this.session.attention.hold();
    else this.session.attention.release();
  }
}

/** Nothing ever leads into a sound: one set serves all. */
const noSources: Set<GraphNode> = new Set();

/** Of most sounds no ramp waits. */
const nothingBefore = {};
