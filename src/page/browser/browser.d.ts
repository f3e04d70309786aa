// The part of the browser's interfaces that src/page uses. TypeScript's DOM library would also bring globals named
// AudioBuffer and AudioListener.

declare namespace WebAssembly {
  function compile(bytes: ArrayBufferView | ArrayBufferLike): Promise<Module>;
  function compileStreaming(response: Response): Promise<Module>;
}

interface WebAudioNode {
  readonly context: WebAudioContext;
  connect(destination: WebAudioNode): WebAudioNode;
  disconnect(): void;
}
interface WebAudioDestination extends WebAudioNode {
  readonly maxChannelCount: number;
  channelCount: number;
}
interface WebAudioContext extends EventTarget {
  readonly state: 'suspended' | 'running' | 'closed' | 'interrupted';
  readonly sampleRate: number;
  readonly destination: WebAudioDestination;
  readonly audioWorklet: { addModule(url: string): Promise<void> } | undefined;
  readonly sinkId?: string | { readonly type: string };
  resume(): Promise<void>;
  suspend(): Promise<void>;
  close(): Promise<void>;
  setSinkId?(id: string | { type: 'none' }): Promise<void>;
}
declare const AudioContext: {
  new (options: { sampleRate: number; latencyHint: 'interactive' | number }): WebAudioContext;
  readonly prototype: WebAudioContext;
};

/** What a message hands over. */
type Transferable = ArrayBufferLike | WebMessagePort;
interface WebMessagePort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  close(): void;
}
interface WebMessageChannel {
  readonly port1: WebMessagePort;
  readonly port2: WebMessagePort;
}
interface WebWorkletNode extends WebAudioNode {
  readonly port: WebMessagePort;
  onprocessorerror: ((event: unknown) => void) | null;
}
declare const AudioWorkletNode: {
  new (
    context: WebAudioContext,
    name: string,
    options: {
      numberOfInputs: number;
      numberOfOutputs: number;
      outputChannelCount: number[];
      processorOptions: unknown;
    },
  ): WebWorkletNode;
};

// Within a worklet.
declare class AudioWorkletProcessor {
  readonly port: WebMessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: never }) => AudioWorkletProcessor,
): void;

/** A page's worker, from outside. */
interface WebWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
  onmessageerror: (() => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  terminate(): void;
}
interface MediaDevice {
  readonly kind: string;
  readonly deviceId: string;
  readonly label: string;
}
interface Page {
  readonly document?: { readonly baseURI: string } & EventTarget;
  readonly location?: { readonly href: string };
  readonly crossOriginIsolated?: boolean;
  readonly isSecureContext?: boolean;
  readonly navigator?: { readonly mediaDevices?: { enumerateDevices(): Promise<MediaDevice[]> } };
  readonly AudioContext?: typeof AudioContext;
  readonly AudioWorkletNode?: typeof AudioWorkletNode;
  readonly Worker?: new (url: string | URL, options: { name: string }) => WebWorker;
}
