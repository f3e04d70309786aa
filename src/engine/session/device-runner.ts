import { AudioError } from '../../base/errors.js';
import type { DeviceInfo } from '../../base/types.js';
import type { CoreDeviceOptions } from '../../wire/core.js';
import type { Session } from './session.js';
import { SilentClock } from './silent-clock.js';

/** What an engine is doing. */
export type EngineState = 'starting' | 'running' | 'suspended' | 'device-lost' | 'stopped' | 'closed';

/** How a device is opened, and what happens when it is lost. */
export interface DeviceSettings extends CoreDeviceOptions {
  readonly recover: boolean;
}

/** Receives what happens to the device. */
export interface DeviceListener {
  stateChanged(state: EngineState): void;
  deviceLost(reason: AudioError): void;
  deviceChanged(device: DeviceInfo): void;
}

/**
 * A device is lost if it has not called back for this long, or for this many of its periods if they are long. Polling
 * adds less than half a second.
 */
const lostMilliseconds = 370;
const lostPeriods = 4;
/**
 * One look at the heartbeat counts for no more than this, so that a thread that was blocked does not mistake its own
 * absence for the device's.
 */
const lookMilliseconds = 150;
/** How often a lost device is looked for on its own sound system, which is cheap, */
const retryMilliseconds = 40;
/** and how often on all sound systems. After `eagerMilliseconds` only the latter. */
const wholeRetryMilliseconds = 250;
const eagerMilliseconds = 60_000;

/**
 * The device of one engine: opened, started, stopped, replaced, watched, and reopened when lost, with silence meanwhile
 * so that time goes on. Requests are carried out one after the other.
 */
export class DeviceRunner {
  device: DeviceInfo | null = null;
  state: EngineState = 'starting';

  readonly #session: Session;
  readonly #listener: DeviceListener;
  readonly #silence: SilentClock;
  #settings: DeviceSettings;
  #last: Promise<unknown> = Promise.resolve();
  #open = false;
  /** Grows whenever something makes a running recovery pointless. */
  #intent = 0;
  #heartbeat = 0;
  #quietMilliseconds = 0;
  #lookedAt = 0;

  /** Nothing is opened yet. */
  constructor(session: Session, settings: DeviceSettings, listener: DeviceListener) {
    this.#session = session;
    this.#settings = settings;
    this.#listener = listener;
    this.#silence = new SilentClock(session);
    const { hosted } = session.core;
    if (hosted !== undefined) hosted.onChange = (failure) => this.#hostChanged(hosted.state, failure);
  }

  /**
   * Opens the device if it is not open, and starts it. Rejects ERR_NO_DEVICE, ERR_DEVICE, ERR_UNSUPPORTED_HOST,
   * ERR_DISPOSED.
   */
  start(): Promise<void> {
    this.#intent += 1;
    return this.#inTurn(async () => {
      if (this.state === 'running') return;
      try {
        if (this.#open) await this.#session.core.startDevice();
        else await this.#openAndStart(this.#settings);
      } catch (error) {
        if (!this.#session.closed) this.#setState('stopped');
        throw error;
      }
      this.#setRunning();
    });
  }

  /** Stops the device; the clock stands still. */
  stop(): Promise<void> {
    this.#intent += 1;
    return this.#inTurn(async () => {
      this.#silence.stop();
      if (this.#open) await this.#session.core.stopDevice();
      this.#session.expectOpen('Engine');
      this.#setState('stopped');
    });
  }

  /**
   * Moves to another device; if that one cannot be opened, back to the old one. Time goes on in silence in between.
   * Rejects as `start` does.
   */
  use(settings: DeviceSettings): Promise<void> {
    this.#intent += 1;
    return this.#inTurn(async () => {
      const { hosted } = this.#session.core;
      if (hosted !== undefined && this.#open) {
        this.device = await hosted.move(settings);
        this.#listener.deviceChanged(this.device);
        return;
      }
      const former = this.#settings;
      const formerDevice = this.device;
      await this.#close();
      if (this.state === 'running' || this.state === 'device-lost') this.#silence.start();
      try {
        await this.#openAndStart(settings);
        this.#settings = settings;
      } catch (error) {
        this.#session.expectOpen('Engine');
        if (formerDevice === null || !(await this.#reopen(former))) {
          this.#silence.stop();
          this.#setState('stopped');
        }
        throw error;
      }
      this.#setRunning();
      this.#listener.deviceChanged(this.device!);
    });
  }

  /** Called within what may be a user gesture: a browser only allows sound then. */
  wake(): void {
    if (this.state !== 'stopped') this.#session.core.hosted?.wake();
  }

  /** The host suspended its device, let it run again, or lost it. */
  #hostChanged(state: 'running' | 'suspended' | 'stopped', failure?: AudioError): void {
    if (failure !== undefined) this.#listener.deviceLost(failure);
    if (this.state === 'running' || this.state === 'suspended') this.#setState(state);
  }

  /** Checks the heartbeat, and lets time go on where no device runs. Called by the poller. */
  tick(): void {
    if (this.#session.core.hosted !== undefined) return;
    const now = performance.now();
    const passed = Math.min(now - this.#lookedAt, lookMilliseconds);
    this.#lookedAt = now;
    this.#silence.tick(now);
    if (this.state !== 'running' || this.#session.core.silent) return;
    const { heartbeat } = this.#session.wire;
    if (heartbeat !== this.#heartbeat) {
      this.#heartbeat = heartbeat;
      this.#quietMilliseconds = 0;
      return;
    }
    this.#quietMilliseconds += passed;
    const { core, settings } = this.#session;
    const periodMilliseconds = ((this.#settings.periodFrames ?? 0) * 1000) / settings.sampleRate;
    if (
      this.#quietMilliseconds >=
      Math.max(lostMilliseconds, lostPeriods * periodMilliseconds, core.heartbeatTimeoutMilliseconds ?? 0)
    )
      this.#lose();
  }

  /** True while the device should be looked at often. */
  get urgent(): boolean {
    return this.#silence.running || this.#quietMilliseconds > 0;
  }

  /** The engine is closing. */
  close(): void {
    this.#intent += 1;
    this.#silence.stop();
    this.#setState('closed');
  }

  #lose(): void {
    const former = this.device;
    const name = former?.name ?? 'The playback device';
    const reason = new AudioError(
      'ERR_DEVICE_LOST',
      `${name} does not play any more: it gave no sign for ${Math.round(this.#quietMilliseconds)} ms`,
    );
    const { recover } = this.#settings;
    const intent = ++this.#intent;
    this.#setState('device-lost');
    if (recover) this.#silence.start(this.#quietMilliseconds);
    this.#listener.deviceLost(reason);
    const work = this.#inTurn(async () => {
      await this.#close();
      if (recover) await this.#recover(intent, former?.backend);
      else if (intent === this.#intent) this.#setState('stopped');
    });
    // If the engine is closed meanwhile, it does not matter that its device could not be reopened.
    work.catch(() => {});
  }

  /** Tries again until something is open; `backend` is where the device was. */
  async #recover(intent: number, backend: DeviceInfo['backend'] | undefined): Promise<void> {
    const begun = performance.now();
    let triedAll = -Infinity;
    while (intent === this.#intent && !this.#session.closed) {
      const now = performance.now();
      const tryAll = now - triedAll >= wholeRetryMilliseconds;
      if (tryAll) triedAll = now;
      if (await this.#reopen(tryAll || backend === undefined ? this.#settings : { ...this.#settings, backend })) {
        this.#listener.deviceChanged(this.device!);
        return;
      }
      await new Promise<void>((resolve) => {
        setTimeout(resolve, now - begun < eagerMilliseconds ? retryMilliseconds : wholeRetryMilliseconds).unref?.();
      });
    }
  }

  /**
   * True if it is open and runs again. Why it does not is not reported: the engine has said that the device is lost.
   */
  async #reopen(settings: DeviceSettings): Promise<boolean> {
    try {
      await this.#openAndStart(settings);
    } catch {
      return false;
    }
    this.#setRunning();
    return true;
  }

  async #openAndStart(settings: DeviceSettings): Promise<void> {
    const { core } = this.#session;
    const device = await core.openDevice(settings);
    this.#session.expectOpen('Engine');
    this.#open = true;
    try {
      await core.startDevice();
    } catch (error) {
      await this.#close();
      throw error;
    }
    this.#session.expectOpen('Engine');
    this.device = device;
  }

  async #close(): Promise<void> {
    this.device = null;
    if (!this.#open) return;
    this.#open = false;
    await this.#session.core.closeDevice();
  }

  #setRunning(): void {
    this.#silence.stop();
    if (this.#session.core.silent) this.#silence.start();
    this.#heartbeat = this.#session.wire.heartbeat;
    this.#quietMilliseconds = 0;
    this.#setState(this.#session.core.hosted?.state ?? 'running');
  }

  #setState(state: EngineState): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.#listener.stateChanged(state);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      this.#session.expectOpen('Engine');
      return work();
    });
    this.#last = result.catch(() => {});
    return result;
  }
}
