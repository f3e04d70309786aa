// What test/browser/page/page.js puts into the page. Functions given to `page.evaluate` run there and see these.
declare const lib: typeof import('../../src/index.js');
declare function tone(hz?: number, seconds?: number, amplitude?: number): import('../../src/index.js').AudioBuffer;
declare function openRecorder(
  seconds?: number,
  channels?: number,
): Promise<{
  context: WebAudioContext;
  recorder: WebAudioNode;
  /**
   * What came in; quanta that did not follow the one before; how much later one came, against its own time, than
   * another.
   */
  stop(): Promise<{ samples: Float32Array; jumps: number; latenessMilliseconds: number }>;
  blockWorklet(milliseconds: number): void;
}>;
declare function packed(samples: Float32Array): string;
declare function load<T>(address: string): Promise<T>;
declare function playMuch(engine: import('../../src/index.js').Engine): import('../../src/index.js').StreamSource;
declare function wait(milliseconds: number): Promise<void>;
declare function block(milliseconds: number): void;
declare function codeOf(run: () => unknown): Promise<string>;
declare function digest(samples: Float32Array): Promise<string>;
declare const perform: typeof import('./page/program.js').perform;
declare const digitSamples: typeof import('./page/digits.js').digitSamples;
declare const window: Record<string, unknown>;
declare const document: {
  readonly baseURI: string;
  body: { append(node: unknown): void; dataset: Record<string, string> };
} & EventTarget;
declare const OfflineAudioContext: {
  new (options: {
    numberOfChannels: number;
    length: number;
    sampleRate: number;
  }): WebAudioContext & {
    startRendering(): Promise<{ getChannelData(channel: number): Float32Array; readonly length: number }>;
  };
};
