import { AudioError, messageOf } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import type { CoreDeviceOptions, CoreOptions } from '../wire/core.js';
import { page } from './browser/page-globals.js';

/** Events by which a user gesture allows a page to make sound. */
const gestures = ['pointerdown', 'pointerup', 'mousedown', 'touchend', 'keydown', 'click'] as const;
/** A context that is allowed to run does so within this time; one that is not stays suspended without an error. */
const resumeMilliseconds = 250;

/** The AudioContext an engine plays in: its own, or the program's, which it neither stops nor closes. */
export class ContextHolder {
  readonly context: WebAudioContext;
  /** What the engine's node is connected to. */
  destination: WebAudioNode;
  readonly #own: boolean;
  readonly #onChange: () => void;
  #wanted = false;
  #listening = false;
  #closed = false;

  /**
   * Makes a context, or takes the program's. `onChange` is called when its state changes. Throws ERR_UNSUPPORTED_HOST,
   * ERR_DEVICE.
   */
  constructor(device: CoreDeviceOptions, options: CoreOptions, onChange: () => void) {
    const given = (device.context ?? (device.destination as WebAudioNode | undefined)?.context) as
      | WebAudioContext
      | undefined;
    this.#own = given === undefined;
    this.#onChange = onChange;
    this.context = given ?? makeContext(device, options);
    if (this.context.audioWorklet === undefined) throw unsupported('the AudioContext has no AudioWorklet');
    expectRate(this.context, options.sampleRate);
    this.destination = (device.destination as WebAudioNode | undefined) ?? this.context.destination;
    if (this.destination.context !== this.context)
      throw new AudioError('ERR_INVALID_ARGUMENT', 'The destination is a node of another AudioContext');
    if (this.#own)
      this.context.destination.channelCount = Math.min(options.channels, this.context.destination.maxChannelCount);
    this.context.addEventListener('statechange', this.#heard);
  }

  /** True while the context renders. */
  get running(): boolean {
    return this.context.state === 'running';
  }

  /** True once the context will never render again: it was closed, or its offline rendering is over. */
  get over(): boolean {
    return this.context.state === 'closed';
  }

  /** True for a context that renders when its program says so, as fast as it can. */
  get offline(): boolean {
    return 'startRendering' in this.context;
  }

  /** Asks the browser for sound, now and at every gesture until it runs. */
  wake(): void {
    if (!this.#wanted || this.#closed || this.running || this.over || this.offline) return;
    // Refused without a gesture; the state shows the outcome.
    this.context.resume().catch(() => {});
  }

  /**
   * From now on the context should run. Resolves when it does or when it is clear that it has to wait for a
   * gesture.
   */
  async run(): Promise<void> {
    this.#wanted = true;
    this.#listen(!this.running && !this.offline);
    this.wake();
    // An offline context waits for its program, not for a gesture.
    if (this.running || this.over || this.offline) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.context.removeEventListener('statechange', done);
        resolve();
      };
      const timer = setTimeout(done, resumeMilliseconds);
      this.context.addEventListener('statechange', done);
    });
  }

  /** From now on it need not run. A context of the program's goes on running. */
  async rest(): Promise<void> {
    this.#wanted = false;
    this.#listen(false);
    if (this.#own && !this.over) await this.context.suspend();
  }

  /** Plays through another output of the machine. Rejects ERR_UNSUPPORTED_HOST, ERR_NO_DEVICE, ERR_DEVICE. */
  async setOutput(device: CoreDeviceOptions): Promise<void> {
    const { id, backend } = device;
    if (backend !== undefined && backend !== 'webaudio' && backend !== 'null')
      throw unsupported(`a browser has no backend "${backend}"`);
    const wanted = backend === 'null' ? ({ type: 'none' } as const) : (id ?? '');
    const now = this.context.sinkId ?? '';
    if (wanted === now) return;
    if (!this.#own) throw unsupported("the output of the program's own AudioContext is the program's to choose");
    if (this.context.setSinkId === undefined)
      throw unsupported('this browser has no AudioContext.setSinkId: it plays through the default output only');
    try {
      await this.context.setSinkId(wanted);
    } catch (cause) {
      const missing = (cause as Error).name === 'NotFoundError';
      throw new AudioError(
        missing ? 'ERR_NO_DEVICE' : 'ERR_DEVICE',
        `The output "${id ?? ''}" cannot be used: ${messageOf(cause)}`,
        { cause },
      );
    }
  }

  /** The output that is in use. */
  async describe(): Promise<DeviceInfo> {
    const { sinkId } = this.context;
    const sampleRate = this.context.sampleRate;
    const channels = this.context.destination.channelCount;
    if (typeof sinkId === 'object')
      return { id: '', name: 'No output', isDefault: false, backend: 'null', sampleRate, channels };
    const id = sinkId ?? '';
    const name = id === '' ? undefined : (await listOutputs()).find((output) => output.deviceId === id)?.label;
    return {
      id,
      name: name || (id === '' ? "The browser's default output" : 'An output without a name'),
      isDefault: id === '',
      backend: 'webaudio',
      sampleRate,
      channels,
    };
  }

  /** Lets go of the context, and closes it if it is the engine's own. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listen(false);
    this.context.removeEventListener('statechange', this.#heard);
    // It does not matter if the browser has closed the context already.
    if (this.#own) this.context.close().catch(() => {});
  }

  readonly #heard = (): void => {
    // A suspension by the browser (a call, a device that is away) ends by itself or with a gesture.
    this.#listen(this.#wanted && !this.running && !this.over && !this.offline);
    this.#onChange();
  };

  readonly #touched = (): void => this.wake();

  #listen(wanted: boolean): void {
    if (wanted === this.#listening || page.document === undefined) return;
    this.#listening = wanted;
    for (const gesture of gestures) {
      if (wanted)
        page.document.addEventListener(gesture, this.#touched, {
          capture: true,
          passive: true,
        } as AddEventListenerOptions);
      else page.document.removeEventListener(gesture, this.#touched, { capture: true });
    }
  }
}

interface AddEventListenerOptions {
  readonly capture: boolean;
}

function makeContext(device: CoreDeviceOptions, options: CoreOptions): WebAudioContext {
  const { sampleRate } = options;
  try {
    return new AudioContext({
      sampleRate,
      latencyHint: device.periodFrames === undefined ? 'interactive' : device.periodFrames / sampleRate,
    });
  } catch (cause) {
    throw new AudioError('ERR_DEVICE', `The browser makes no AudioContext at ${sampleRate} Hz: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function expectRate(context: WebAudioContext, sampleRate: number): void {
  if (context.sampleRate === sampleRate) return;
  throw new AudioError(
    'ERR_DEVICE',
    `The AudioContext runs at ${context.sampleRate} Hz and the engine at ${sampleRate} Hz: ` +
      `leave the option sampleRate out, or make it ${context.sampleRate}`,
  );
}

function unsupported(why: string): AudioError {
  return new AudioError('ERR_UNSUPPORTED_HOST', `This host cannot do that: ${why}`);
}

/** The outputs that the browser lets the page see. Rejects ERR_UNSUPPORTED_HOST, ERR_DEVICE. */
export async function listOutputs(): Promise<MediaDevice[]> {
  const media = page.navigator?.mediaDevices;
  if (media === undefined)
    throw unsupported('the browser lists devices only for pages loaded over https (or from localhost)');
  try {
    return (await media.enumerateDevices()).filter((device) => device.kind === 'audiooutput');
  } catch (cause) {
    throw new AudioError('ERR_DEVICE', `The browser does not list its outputs: ${messageOf(cause)}`, { cause });
  }
}
