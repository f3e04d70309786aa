import { disposedError, ForgottenWatch } from '../base/disposal.js';
import { AudioError } from '../base/errors.js';
import { parameters } from '../base/parameters.js';
import type { DeviceInfo, DeviceOptions, Meter } from '../base/types.js';
import {
  expectFunction,
  expectInteger,
  expectOneOf,
  expectOptions,
  expectParameter,
  wrongKind,
} from '../base/validate.js';
import type { AudioBuffer } from './audio-buffer.js';
import { Decibels } from './decibels.js';
import { type EngineOptions, expectDeviceOptions, expectEngineOptions } from './engine-options.js';
import { type Listener, ListenerState } from './listener.js';
import { EndpointControl } from './nodes/endpoint-control.js';
import { playOnce } from './play-once.js';
import { expectFrame, expectRamp, expectSeconds, type Rampable, type RampOptions } from './ramp-options.js';
import { DeviceRunner, type DeviceSettings, type EngineState } from './session/device-runner.js';
import { Emitter } from './session/emitter.js';
import type { NodeHandle } from './session/graph-node.js';
import { platform } from './session/platform.js';
import { Poller } from './session/poller.js';
import { registerEngine, Session } from './session/session.js';
import { expectPosition } from './session/vectors.js';
import type { Sound } from './sound.js';
import type { PlayOptions } from './sound-options.js';

/** What an engine tells. */
export interface EngineEvents {
  /** The device does not play any more. */
  'device-lost'(reason: AudioError): void;
  /** Another device plays now, or the lost one again. */
  'device-changed'(device: DeviceInfo): void;
  /** The state changed. */
  state(state: EngineState): void;
  /** Something went wrong that no call could throw. Without a listener it becomes a warning of the process. */
  warning(warning: AudioError): void;
}

/** What an engine does and how hard it works. */
export interface EngineStats {
  /** Frames rendered since it was made. */
  framesRendered: number;
  /** Sounds that exist, whether they play or not. */
  sounds: number;
  /** Sounds mixed in the last block. Paused sounds, and tails that fade out after a stop, are not counted. */
  voices: number;
  /** The same as `voices`. */
  activeVoices: number;
  /** Time to render over time rendered, smoothed, 0..1. */
  renderLoad: number;
  /** Blocks of the device that took longer to render than they last. */
  underruns: number;
  /** Times a stream ran empty while it was played. */
  streamUnderruns: number;
  /** Commands that the engine has not taken yet. */
  pendingCommands: number;
}

const listenerCount = 4;
const framesMaximum = 2 ** 24;
const events: readonly (keyof EngineEvents)[] = ['device-lost', 'device-changed', 'state', 'warning'];
const forgotten = new ForgottenWatch('an Engine with a device', (warning) => platform().warn(warning));

/**
 * An audio engine: a clock, a mix, and a device that plays it or a caller that pulls it. It owns its groups and sounds.
 */
export class Engine implements Disposable, Rampable<'volume'> {
  /**
   * Resolves with the engine when it renders; rejects with the reason why it cannot, for example ERR_NO_DEVICE. Not
   * looking at it is allowed: the event `warning` tells the reason too.
   */
  readonly ready: Promise<Engine>;

  readonly #session: Session;
  readonly #runner: DeviceRunner | null;
  readonly #poller: Poller | null;
  readonly #emitter: Emitter<EngineEvents>;
  readonly #endpoint: EndpointControl;
  readonly #decibels = new Decibels();
  readonly #listeners: (Listener | undefined)[] = [];
  /** Of an engine that is pulled and whose host has to be loaded first. */
  readonly #loading: LoadingState | null = null;

  /**
   * Makes an engine at once; its device opens in the background. Throws MiniaudioEngineUnavailable where no engine can
   * be loaded.
   */
  constructor(options?: EngineOptions) {
    const { host, settings, device } = expectEngineOptions(options);
    const session = new Session(platform().openCore(host, settings, device !== null), settings);
    this.#session = session;
    this.#emitter = new Emitter<EngineEvents>(events);
    this.#endpoint = new EndpointControl(session);
    registerEngine(this, session);
    warnThrough(session, this.#emitter);
    const driven = device === null ? null : driveByDevice(session, device, this.#emitter);
    this.#runner = driven?.runner ?? null;
    this.#poller = driven?.poller ?? null;
    if (driven !== null) forgotten.watch(this);
    else if (session.core.ready !== undefined)
      this.#loading = new LoadingState(session, session.core.ready, this.#emitter);
    this.ready = (driven === null ? (session.core.ready ?? Promise.resolve()) : driven.runner.start()).then(() => this);
    this.ready.catch((reason: AudioError) => {
      if (!session.closed) session.onWarning(reason);
    });
  }

  /** The playback devices of every backend that works here. */
  static devices(): Promise<DeviceInfo[]> {
    return platform().listDevices();
  }

  /**
   * 'starting' until the device runs; 'running' from the first for an engine without a device; 'device-lost' while a
   * lost device is waited for; in a browser 'suspended' until a person has touched the page, and whenever the browser
   * suspends sound; 'stopped'; 'closed' after `dispose()`.
   */
  get state(): EngineState {
    if (this.#session.closed) return 'closed';
    return this.#runner?.state ?? this.#loading?.state ?? 'running';
  }

  /** Frames rendered for each second of sound, in Hz. */
  get sampleRate(): number {
    return this.#live().settings.sampleRate;
  }

  /** Number of channels of the mix. */
  get channels(): number {
    return this.#live().settings.channels;
  }

  /** Where the engine runs. */
  get host(): 'native' | 'wasm' | 'worklet' {
    return this.#live().core.kind;
  }

  /** The device that plays; null without one, before it is open, and while it is lost. */
  get device(): DeviceInfo | null {
    this.#live();
    return this.#runner?.device ?? null;
  }

  /**
   * Moves the running engine to another device; sounds go on. If that device cannot be opened it goes back to the old
   * one. Rejects ERR_NO_DEVICE, ERR_DEVICE, ERR_UNSUPPORTED_HOST, and ERR_WRONG_STATE without a device.
   */
  async useDevice(options: DeviceOptions): Promise<void> {
    this.#live();
    if (options === undefined) throw wrongKind('an object', 'options', options);
    const settings = expectDeviceOptions(options, 'options');
    await this.#withDevice().use(settings);
  }

  /**
   * Starts the device again after `stop()`, or tries again to open it. In a browser, called in the handler of a
   * person's gesture, it ends the state 'suspended'. Does nothing without a device. Rejects as `ready` does.
   */
  async start(): Promise<void> {
    this.#live();
    this.#runner?.wake();
    await this.#runner?.start();
  }

  /** Stops the device: the clock stands still until `start()`. Does nothing without a device. */
  async stop(): Promise<void> {
    this.#live();
    await this.#runner?.stop();
  }

  /** Linear gain of the whole mix, 0..16, default 1, ramped. */
  get volume(): number {
    this.#live();
    return this.#endpoint.volume;
  }
  set volume(volume: number) {
    this.#live();
    this.#endpoint.setVolume(expectParameter(volume, parameters.engine.volume));
  }

  /** The volume in dB, -Infinity..24.08, default 0. */
  get volumeDb(): number {
    this.#live();
    return this.#decibels.fromGain(this.#endpoint.volume);
  }
  set volumeDb(volumeDb: number) {
    this.#live();
    this.#endpoint.setVolume(this.#decibels.toGain(volumeDb));
  }

  /**
   * Moves the volume over time. Resolves true when it is there, false when a later change took over or the engine was
   * disposed. Throws ERR_SCHEDULE_LIMIT.
   */
  ramp(parameter: 'volume', target: number, options: RampOptions): Promise<boolean> {
    const session = this.#live();
    expectOneOf(parameter, 'parameter', ['volume']);
    expectParameter(target, { ...parameters.engine.volume, name: 'target' });
    const { frames, curve, atFrames } = expectRamp(options, session);
    return this.#endpoint.ramp(target, frames, curve, atFrames);
  }

  /** The clock: frames rendered since the engine was made, also with nothing attached. */
  get timeFrames(): number {
    return this.#live().wire.timeFrames;
  }

  /** The clock in seconds. */
  get timeSeconds(): number {
    const session = this.#live();
    return session.wire.timeFrames / session.settings.sampleRate;
  }

  /**
   * Everything that `work` asks of sounds, groups and effects acts at the same frame, however the device cuts time.
   * Returns what `work` returns. Up to 16,384 commands fit; a promise is not waited for.
   */
  batch<T>(work: () => T): T {
    const { wire } = this.#live();
    expectFunction(work, 'work');
    wire.beginBatch();
    try {
      return work();
    } finally {
      wire.endBatch();
    }
  }

  /**
   * Pulls the next frames of the mix, interleaved, always the full count (0..16,777,216). Throws ERR_WRONG_STATE for an
   * engine with a device, and in a page ERR_NOT_READY before `ready`.
   */
  readPcmFrames(frameCount: number): Float32Array {
    const session = this.#pulled();
    expectInteger(frameCount, 'frameCount', 0, framesMaximum);
    const target = new Float32Array(frameCount * session.settings.channels);
    session.streamedFiles.render(target, frameCount);
    session.poll();
    return target;
  }

  /**
   * Pulls as many frames as fit into the target, allocating nothing; returns how many. Throws ERR_WRONG_STATE for an
   * engine with a device, and in a page ERR_NOT_READY before `ready`.
   */
  readPcmFramesInto(target: Float32Array): number {
    const session = this.#pulled();
    if (!(target instanceof Float32Array)) throw wrongKind('a Float32Array', 'target', target);
    const frames = Math.floor(target.length / session.settings.channels);
    session.streamedFiles.render(target, frames);
    session.poll();
    return frames;
  }

  /**
   * One of the listeners of spatial sound, 0..3, default 0. Listeners 1 to 3 hear from their first call on. Always the
   * same object for the same index.
   */
  listener(index = 0): Listener {
    const session = this.#live();
    expectInteger(index, 'index', 0, listenerCount - 1);
    this.#listeners[index] ??= new ListenerState(session, index);
    return this.#listeners[index];
  }

  /** The node that the engine is heard through, for wiring with `attachNode`. */
  get endpoint(): NodeHandle {
    return this.#live().endpoint.handle;
  }

  /**
   * Fire and forget: starts a sound that disposes itself at its end, or when it is stopped. Throws ERR_VOICE_LIMIT,
   * ERR_SCHEDULE_LIMIT.
   */
  play(source: AudioBuffer, options?: PlayOptions): Sound {
    const session = this.#live();
    const given = expectOptions(options, 'options');
    const frame = given.atFrames === undefined ? 0 : expectFrame(given.atFrames, 'atFrames');
    const fadeFrames =
      given.fadeInSeconds === undefined ? 0 : session.framesOf(expectSeconds(given.fadeInSeconds, 'fadeInSeconds'));
    const position = given.position === undefined ? null : expectPosition(given.position, 'position');
    return playOnce(this, source, given, frame, fadeFrames, position);
  }

  /** Peak and RMS of each channel of the mix since the last call. */
  meter(): Meter {
    this.#live();
    return this.#endpoint.meter.read();
  }

  /** What the engine does, and how hard it works. */
  get stats(): EngineStats {
    const { wire } = this.#live();
    const { sounds, voices, renderLoad, underruns, streamUnderruns, pendingCommands } = wire;
    return {
      framesRendered: wire.timeFrames,
      sounds,
      voices,
      activeVoices: voices,
      renderLoad,
      underruns,
      streamUnderruns,
      pendingCommands,
    };
  }

  /** Hears of something; returns the listener's removal. */
  on<K extends keyof EngineEvents>(event: K, listener: EngineEvents[K]): () => void {
    this.#live();
    return this.#emitter.on(event, listener);
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /**
   * Stops the device and closes the engine with all its sounds and groups, which settles their promises. Idempotent.
   */
  dispose(): void {
    if (this.#session.closed) return;
    forgotten.forget(this);
    this.#poller?.stop();
    try {
      this.#session.close();
    } finally {
      if (this.#runner === null) this.#emitter.emit('state', 'closed');
      else this.#runner.close();
    }
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#session.closed;
  }

  #live(): Session {
    if (this.#session.closed) throw disposedError('Engine');
    return this.#session;
  }

  #pulled(): Session {
    const session = this.#live();
    if (this.#runner !== null)
      throw new AudioError(
        'ERR_WRONG_STATE',
        'This engine was made with a device, which pulls its frames: only one made with device: false can be pulled',
      );
    if (this.#loading !== null && this.#loading.state !== 'running')
      throw new AudioError(
        'ERR_NOT_READY',
        'The engine is not loaded yet: it can be pulled when its promise ready has resolved',
      );
    return session;
  }

  #withDevice(): DeviceRunner {
    if (this.#runner === null)
      throw new AudioError('ERR_WRONG_STATE', 'This engine was made with device: false and cannot move to a device');
    return this.#runner;
  }
}

/** What an engine that is pulled is doing while its host is loaded. */
class LoadingState {
  state: EngineState = 'starting';

  /** Changes when the promise settles, and says so. */
  constructor(session: Session, ready: Promise<void>, emitter: Emitter<EngineEvents>) {
    const change = (state: EngineState): void => {
      if (session.closed) return;
      this.state = state;
      emitter.emit('state', state);
    };
    ready.then(
      () => change('running'),
      () => change('stopped'),
    );
  }
}

// The two functions below stand outside the class so that what they make, which lives as long as sounds play, holds no
// engine: a lost one can be collected.

function warnThrough(session: Session, emitter: Emitter<EngineEvents>): void {
  session.onWarning = (warning) => {
    if (emitter.has('warning')) emitter.emit('warning', warning);
    else platform().warn(warning);
  };
}

function driveByDevice(
  session: Session,
  settings: DeviceSettings,
  emitter: Emitter<EngineEvents>,
): { runner: DeviceRunner; poller: Poller } {
  const runner = new DeviceRunner(session, settings, {
    stateChanged: (state) => {
      poller.mayHold = state !== 'stopped';
      emitter.emit('state', state);
    },
    deviceLost: (reason) => emitter.emit('device-lost', reason),
    deviceChanged: (device) => emitter.emit('device-changed', device),
  });
  const tick = (): void => {
    runner.tick();
    session.poll();
  };
  const poller = new Poller(tick, () => session.busy || runner.urgent);
  session.attention = poller;
  return { runner, poller };
}
