import { errorOfData } from '../base/error-data.js';
import { AudioError, MiniaudioEngineUnavailable } from '../base/errors.js';
import type { DeviceInfo } from '../base/types.js';
import type {
  Core,
  CoreDeviceOptions,
  CoreOptions,
  HostedDevice,
  Preparations,
  PreparedStream,
  PreparingCall,
  SampleMemory,
  StreamShape,
} from '../wire/core.js';
import { Wire } from '../wire/wire.js';
import { ContextHolder } from './audio-context.js';
import { assetAddresses, loadModule, notLoaded } from './browser/assets.js';
import { isIsolated, whyNoWorklet } from './browser/page-globals.js';
import type { Link } from './links/link.js';
import { MessageLink } from './links/message-link.js';
import { type FromWorklet, processorName, type ToWorklet } from './links/messages.js';
import { SharedLink } from './links/shared-link.js';

const answerMilliseconds = 250;

/**
 * An engine in an AudioWorklet of this page. It begins to load when its device is opened; what it is asked before then
 * waits, in order.
 */
export class WorkletCore implements Core {
  readonly kind = 'worklet';
  readonly wire: Wire;
  readonly hosted: HostedDevice;
  readonly #options: CoreOptions;
  readonly #link: Link;
  #holder: ContextHolder | null = null;
  #node: WebWorkletNode | null = null;
  #closed = false;
  /** Whether the processor was told to render. */
  #started = false;
  #failed = false;
  #jobs = new Map<number, () => void>();
  #lastJob = 0;
  #settleStart: { resolve(): void; reject(error: unknown): void } | null = null;

  /** Nothing is loaded yet. `warn` receives errors that no call can throw any more. */
  constructor(options: CoreOptions, warn: (error: AudioError) => void) {
    this.#options = options;
    this.wire = Wire.withoutEngine();
    this.#link = isIsolated()
      ? new SharedLink(this.wire, options, warn)
      : new MessageLink(this.wire, options, warn, () => !this.rendering);
    this.wire.onFull = () => this.drain();
    this.hosted = {
      state: 'stopped',
      onChange: null,
      wake: () => this.#holder?.wake(),
      move: (device) => this.#move(device),
    };
    Object.defineProperty(this.hosted, 'state', { get: () => this.#state });
  }

  get rendering(): boolean {
    return this.#started && this.#holder?.running === true;
  }

  get #state(): 'running' | 'suspended' | 'stopped' {
    if (!this.#started || this.#failed || this.#holder === null || this.#holder.over) return 'stopped';
    return this.#holder.running ? 'running' : 'suspended';
  }

  prepare<Call extends PreparingCall>(call: Call, ...numbers: Preparations[Call]): void {
    this.#link.prepare(call, ...numbers);
  }

  prepareBuffer(id: number, memory: SampleMemory): Promise<void> | void {
    return this.#link.prepareBuffer(id, memory);
  }

  prepareStream(id: number, shape: StreamShape): PreparedStream {
    return this.#link.prepareStream(id, shape);
  }

  releaseBuffer(id: number): void {
    this.#link.releaseBuffer(id);
  }

  render(): void {
    throw new AudioError('ERR_BUSY', 'The browser pulls the frames of an engine in an AudioWorklet');
  }

  drain(): void {
    if (!this.rendering && !this.#closed) this.#link.drain();
  }

  async openDevice(device: CoreDeviceOptions): Promise<DeviceInfo> {
    const why = whyNoWorklet();
    if (why !== null) throw new MiniaudioEngineUnavailable(`No engine with a device can run in this page: ${why}`);
    // A processor is started only once: its engine outlives stops and moves.
    const holder = this.#holder ?? new ContextHolder(device, this.#options, () => this.hosted.onChange?.());
    this.#holder = holder;
    try {
      await holder.setOutput(device);
      if (this.#node === null) await this.#load(holder);
      this.#expectOpen();
      return await holder.describe();
    } catch (error) {
      if (this.#node === null) {
        holder.close();
        this.#holder = null;
      }
      throw this.#closed ? disposed() : error;
    }
  }

  async #load(holder: ContextHolder): Promise<void> {
    const { context } = holder;
    const [module] = await Promise.all([loadModule(), addWorklet(context)]);
    this.#expectOpen();
    const start = this.#link.begin(module);
    const node = new AudioWorkletNode(context, processorName, {
      numberOfInputs: 0,
      numberOfOutputs: 1,
      outputChannelCount: [this.#options.channels],
      processorOptions: start,
    });
    const say = (message: ToWorklet, transfer?: Transferable[]): void => node.port.postMessage(message, transfer);
    node.port.onmessage = ({ data }) => this.#hear(data as FromWorklet);
    node.onprocessorerror = () => this.#fail();
    await new Promise<void>((resolve, reject) => {
      this.#settleStart = { resolve, reject };
    });
    this.#expectOpen(() => {
      letGo(node, () => {});
      say({ type: 'close' });
    });
    this.#node = node;
    node.connect(holder.destination);
    this.#link.connect(say);
  }

  async startDevice(): Promise<void> {
    const { holder, node } = this.#expectDevice();
    // What was asked for before begins together, at the first frame.
    await this.#link.arrived();
    this.#expectOpen();
    const told = this.#tellToRender(node, true);
    this.#started = true;
    await holder.run();
    await answered(told);
    if (this.#failed) throw failed();
  }

  async stopDevice(): Promise<void> {
    const { holder, node } = this.#expectDevice();
    await answered(this.#tellToRender(node, false));
    this.#started = false;
    await holder.rest();
  }

  async closeDevice(): Promise<void> {
    if (this.#node !== null && !this.#closed) await this.stopDevice();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#started = false;
    this.wire.close();
    this.#settleStart?.reject(disposed());
    for (const resolve of this.#jobs.values()) resolve();
    this.#jobs.clear();
    this.#node?.disconnect();
    const [node, holder] = [this.#node, this.#holder];
    this.#node = null;
    this.#holder = null;
    if (node === null) holder?.close();
    else letGo(node, () => holder?.close());
    this.#link.close();
  }

  async #move(device: CoreDeviceOptions): Promise<DeviceInfo> {
    const { holder, node } = this.#expectDevice();
    if (device.context !== undefined && device.context !== holder.context) {
      throw new AudioError(
        'ERR_UNSUPPORTED_HOST',
        'An engine stays in the AudioContext it was made in: make another engine for another context',
      );
    }
    const destination = device.destination as WebAudioNode | undefined;
    if (destination !== undefined && destination.context !== holder.context) {
      throw new AudioError('ERR_INVALID_ARGUMENT', 'The destination is a node of another AudioContext');
    }
    if (destination === undefined) await holder.setOutput(device);
    this.#expectOpen();
    if (destination !== undefined && destination !== holder.destination) {
      node.disconnect();
      node.connect(destination);
      holder.destination = destination;
    }
    return holder.describe();
  }

  #hear(message: FromWorklet): void {
    switch (message.type) {
      case 'ready':
        this.#settleStart?.resolve();
        break;
      case 'failed':
        this.#settleStart?.reject(errorOfData(message.failure));
        break;
      case 'rendering':
        this.#jobs.get(message.job)?.();
        this.#jobs.delete(message.job);
        break;
      default:
        this.#link.hear(message);
    }
  }

  #tellToRender(node: WebWorkletNode, on: boolean): Promise<void> {
    this.#lastJob += 1;
    const job = this.#lastJob;
    const told = new Promise<void>((resolve) => this.#jobs.set(job, resolve));
    node.port.postMessage({ type: 'render', on, job } satisfies ToWorklet);
    return told;
  }

  /** The browser has taken the processor out of the graph: it threw. */
  #fail(): void {
    if (this.#failed || this.#closed) return;
    this.#failed = true;
    this.#settleStart?.reject(failed());
    this.hosted.onChange?.(failed());
  }

  #expectOpen(otherwise?: () => void): void {
    if (!this.#closed) return;
    otherwise?.();
    throw disposed();
  }

  #expectDevice(): { holder: ContextHolder; node: WebWorkletNode } {
    this.#expectOpen();
    if (this.#holder === null || this.#node === null)
      throw new AudioError('ERR_WRONG_STATE', 'The engine has no open device');
    return { holder: this.#holder, node: this.#node };
  }
}

/**
 * An answer of the worklet. In some browsers a worklet gets no messages while its context is suspended: then nothing
 * depends on the answer.
 */
function answered(answer: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, answerMilliseconds);
    answer.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Waits for the worklet to let go, so that the browser cannot end it before; then the node no longer refers to the
 * engine.
 */
function letGo(node: WebWorkletNode, afterwards: () => void): void {
  const closed = new Promise<void>((resolve) => {
    node.port.onmessage = ({ data }) => {
      if ((data as FromWorklet).type === 'closed') resolve();
    };
  });
  node.onprocessorerror = null;
  answered(closed).then(() => {
    node.port.onmessage = null;
    node.port.close();
    afterwards();
  });
}

/** Contexts into which the worklet's script was loaded. */
const worklets = new WeakMap<WebAudioContext, Promise<void>>();

function addWorklet(context: WebAudioContext): Promise<void> {
  let loading = worklets.get(context);
  if (loading === undefined) {
    const address = assetAddresses().worklet;
    loading = context.audioWorklet!.addModule(address).catch((cause: unknown) => {
      worklets.delete(context);
      throw notLoaded(address, cause);
    });
    worklets.set(context, loading);
  }
  return loading;
}

function disposed(): AudioError {
  return new AudioError('ERR_DISPOSED', 'The engine was disposed before its device call was over');
}

function failed(): AudioError {
  return new AudioError(
    'ERR_DEVICE_LOST',
    'The engine failed inside its AudioWorklet, and the browser has taken it out',
  );
}
