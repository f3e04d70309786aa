import { breaksOf } from '../support/devices.js';
import { Helper } from '../support/processes.js';

/**
 * Listens to the left channel of a sink for as long as one likes, and counts where its tone breaks; nothing is kept.
 */
export class ToneListener {
  readonly #helper: Helper;
  readonly #hz: number;
  #rest = Buffer.alloc(0);
  #tail = new Float32Array(0);
  #frames = 0;
  #breaks: string[] = [];
  #began = false;

  constructor(sink: string, hz: number) {
    this.#hz = hz;
    const format = [
      '--raw',
      '--format=float32le',
      '--rate=48000',
      '--channels=1',
      '--channel-map=front-left',
      '--no-remix',
    ];
    this.#helper = new Helper('parec', ['-d', `${sink}.monitor`, ...format, '--latency-msec=100']).prefer();
    this.#helper.child.stdout?.on('data', (bytes: Buffer) => this.#hear(bytes));
  }

  /** Seconds that were heard, and where the tone broke. */
  async finish(): Promise<{ seconds: number; breaks: readonly string[] }> {
    await this.#helper.stop();
    return { seconds: this.#frames / 48000, breaks: this.#breaks };
  }

  #hear(bytes: Buffer): void {
    const all = Buffer.concat([this.#rest, bytes]);
    const count = all.length >> 2;
    this.#rest = all.subarray(count * 4);
    const samples = Float32Array.from({ length: count }, (_, index) => all.readFloatLE(index * 4));
    const first = this.#began ? 0 : samples.findIndex((sample) => sample !== 0);
    if (first < 0) return;
    // The tone begins where it begins: the first frames are no break.
    const whole = Float32Array.from([...this.#tail, ...samples.subarray(this.#began ? 0 : first)]);
    this.#began = true;
    for (const { frame, silent } of breaksOf(whole, 48000, this.#hz))
      this.#breaks.push(`${((this.#frames + frame) / 48000).toFixed(2)} s: ${silent} silent frames`);
    this.#frames += samples.length;
    this.#tail = whole.slice(-2);
  }
}
