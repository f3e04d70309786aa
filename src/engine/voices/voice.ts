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
import { SpatialSettings } from './spatial-settings.js';
import { createVoice } from './voice-creation.js';
import type { SoundEvents, VoiceSettings } from './voice-settings.js';
import { type TransportOwner, VoiceTransport } from './voice-transport.js';

const parameterNumbers = { volume: PARAM_VOLUME, pan: PARAM_PAN, pitch: PARAM_PITCH } as const;

/**
 * A sound as the engine knows it: the values that were set, and the commands that set them. Arguments are checked by
 * Sound. It may be made before its samples are there; commands are then kept and sent when the samples come.
 */
export class Voice implements GraphNode, Owned, SessionVoice, SourceReader, TransportOwner {
  readonly session: Session;
  readonly wire: Wire;
  readonly id: number;
  readonly slot: number;
  readonly settings: VoiceSettings;
  readonly className = 'Sound';
  readonly inputCount = 0;
  readonly outputCount = 1;
  readonly sources: Set<GraphNode> = noSources;
  readonly transport: VoiceTransport;
  target: GraphNode | null = null;
  disposed = false;
  /** Set by `Engine.play`: the sound disposes itself when its first play is over. */
  disposesAtEnd = false;
  samples: Source | null = null;
  /** Held for as long as the sound lives. */
  keeper: unknown = undefined;
  /** Why there will never be samples. */
  failure: AudioError | null = null;

  volume: number;
  pan: number;
  pitch: number;
  looping: boolean;
  equalPowerPan = false;

  readonly #owners: Set<Owned>;
  #events: Emitter<SoundEvents> | null = null;
  /** Commands that wait for the samples; null when the samples are there. */
  #held: (() => void)[] | null = [];
  /** Values before the ramps that wait for the samples. */
  #beforeRamps: { volume?: number; pan?: number; pitch?: number } = nothingBefore;
  #spatial: SpatialSettings | null = null;
  #ownsSamples = false;

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
    this.transport = new VoiceTransport(this);
    if (settings.spatial) this.spatial.enabled = true;
    this.#owners = owners;
    owners.add(this);
    link(this, target);
  }

  /**
   * The samples are there: the sound is made in the engine and gets the commands that waited. `owned` samples
   * are disposed with the sound.
   */
  load(samples: Source, owned: boolean): void {
    const buffer = samples.idFor(this.session);
    samples.attach(this);
    this.samples = samples;
    this.#ownsSamples = owned;
    this.transport.setSamples(samples);
    this.session.pendingSamples.after(
      buffer,
      () => this.#create(buffer),
      (error) => this.loadFailed(error),
    );
  }

  #create(buffer: number): void {
    if (this.disposed) return;
    // A ramp that was asked for meanwhile begins from the value before it.
    const { volume = this.volume, pan = this.pan, pitch = this.pitch } = this.#beforeRamps;
    const ticket = createVoice(this, buffer, this.target?.id ?? 0, { volume, pan, pitch }, this.#spatial);
    const held = this.#held;
    this.#held = null;
    this.#spatial?.sendAll();
    this.transport.state.ticket = ticket;
    for (const send of held ?? []) send();
  }

  /** The samples will never be there. */
  loadFailed(error: AudioError): void {
    if (this.disposed) return;
    this.failure = error;
    this.#held = [];
    if (this.#events?.has('error')) this.#events.emit('error', error);
    else this.session.onWarning(error);
    this.session.ramps.settleOwner(this);
    this.transport.fail();
  }

  /** The samples stop coming: what is there is all there will be. */
  sourceFailed(error: AudioError): void {
    if (this.disposed || this.failure !== null) return;
    this.failure = error;
    if (this.#events?.has('error')) this.#events.emit('error', error);
    else this.session.onWarning(error);
    this.transport.stop(0, 0);
  }

  /** The last frame there is; while the samples are on their way, any could be. */
  get frameLimit(): number {
    return this.samples?.frames ?? Number.MAX_SAFE_INTEGER;
  }

  /** It exists in the engine. */
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
    this.whenLoaded(() => this.wire.send(CommandOp.RAMP, this.id, 0, value, frames, 0, parameterNumbers[parameter]));
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
    const send = (token: number): number =>
      this.wire.send(CommandOp.RAMP, this.id, frame, target, frames, token, number, curveNumbers[curve]);
    return this.#ramp(frame, frames, send);
  }

  /** Moves the fade gain, which multiplies the volume. */
  fade(from: number, to: number, frames: number, curve: Curve): void {
    this.whenLoaded(() =>
      this.wire.sendFloats(CommandOp.SOUND_FADE, this.id, 0, from, to, frames, 0, curveNumbers[curve]),
    );
  }

  /** Moves the fade gain from where it is. */
  fadeTo(gain: number, frames: number, curve: Curve, atFrames: number): Promise<boolean> {
    const frame = this.session.schedule(atFrames);
    return this.#ramp(frame, frames, (token) =>
      this.wire.send(CommandOp.RAMP, this.id, frame, gain, frames, token, PARAM_FADE, curveNumbers[curve]),
    );
  }

  /**
   * Moves the fade gain from where it is to 0, then stops. Resolves true when it did, also if nothing played.
   */
  fadeOut(frames: number, curve: Curve): Promise<boolean> {
    if (!this.transport.occupied) return Promise.resolve(true);
    if (!this.transport.state.playing) {
      // Paused, or still waiting for its frame: nothing is heard that could fade.
      this.transport.stop(0, 0);
      this.whenLoaded(() => this.wire.send(CommandOp.RAMP, this.id, 0, 1, 0, 0, PARAM_FADE));
      return Promise.resolve(true);
    }
    this.transport.noteFadeOut();
    const send = (token: number): number =>
      this.wire.send(CommandOp.RAMP, this.id, 0, 0, frames, token, PARAM_FADE, curveNumbers[curve], RAMP_STOP_AT_END);
    return this.#ramp(0, frames, send);
  }

  #ramp(frame: number, frames: number, send: (token: number) => number): Promise<boolean> {
    if (this.#held === null) return this.session.ramp(this, frame, frames, send);
    if (this.failure !== null) return Promise.resolve(false);
    return this.session.ramps.begin(this, Infinity, (token) =>
      this.whenLoaded(() => this.session.noteScheduled(frame, send(token))),
    );
  }

  /** Sends a command at once, or when the samples are there. */
  whenLoaded(send: () => void): void {
    if (this.#held === null) send();
    else if (this.failure === null) this.#held.push(send);
  }

  /** Tells the engine where it leads. */
  sendRoute(targetId: number): void {
    // While loading, the route is sent with the creation.
    if (this.#held === null) this.wire.sendPair(CommandOp.SOUND_ROUTE, this.id, 0, targetId, 0);
  }

  /** Gain of the output bus. */
  sendOutputVolume(gain: number): void {
    this.whenLoaded(() =>
      this.wire.send(CommandOp.RAMP, this.id, 0, gain, this.session.settings.smoothingFrames, 0, PARAM_OUTPUT),
    );
  }

  playOver(result: 'ended' | 'stopped', start: number): void {
    this.transport.playOver(result, start);
  }

  atRest(result: 'ended' | 'stopped'): void {
    const event = result === 'ended' ? 'end' : 'stop';
    if (this.#events?.has(event)) this.session.afterPoll(() => this.#events?.emit(event));
    if (this.disposesAtEnd) this.session.afterPoll(() => this.dispose());
  }

  /** Removes the sound, which fades out by itself in the engine. Idempotent. */
  dispose(): void {
    if (this.disposed) return;
    if (this.#held === null) this.wire.send(CommandOp.SOUND_DESTROY, this.id, 0, 0);
    else this.session.dropVoice(this.id);
    this.abandon();
    if (this.#ownsSamples) this.samples?.dispose();
  }

  /** Gone, without a command to the engine. */
  abandon(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#held = [];
    this.transport.abandon();
    this.session.ramps.settleOwner(this);
    this.samples?.detach(this);
    this.keeper = undefined;
    this.#owners.delete(this);
    link(this, null);
    this.#events?.clear();
  }
}

/** Nothing ever leads into a sound: one set serves all. */
const noSources: Set<GraphNode> = new Set();

/** Shared by all sounds of which no ramp waits. */
const nothingBefore = {};
