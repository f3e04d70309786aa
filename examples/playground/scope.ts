import { byId, colour, h, Picture } from './dom.js';

const lowestHz = 30;
const highestHz = 20_000;
const quietestDb = -100;
const marksHz = [100, 1000, 10_000];

/** What the engine puts out, as a waveform and as a spectrum. */
export class Scope {
  /** The node that the engine plays into. */
  readonly input: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #levels: Float32Array<ArrayBuffer>;
  readonly #wave = new Picture('Waveform of the output');
  readonly #spectrum = new Picture('Spectrum of the output');

  constructor(context: AudioContext) {
    this.input = new AnalyserNode(context, {
      fftSize: 8192,
      smoothingTimeConstant: 0.75,
      minDecibels: quietestDb,
      maxDecibels: 0,
    });
    this.input.connect(context.destination);
    this.#samples = new Float32Array(this.input.fftSize);
    this.#levels = new Float32Array(this.input.frequencyBinCount);
    byId('output').append(h('div', { className: 'scopes' }, this.#wave.element, this.#spectrum.element));
  }

  /** Called for each picture. */
  look(): void {
    this.input.getFloatTimeDomainData(this.#samples);
    this.input.getFloatFrequencyData(this.#levels);
    this.#wave.draw((context, width, height) => this.#drawWave(context, width, height));
    this.#spectrum.draw((context, width, height) => this.#drawSpectrum(context, width, height));
  }

  #drawWave(context: CanvasRenderingContext2D, width: number, height: number): void {
    const samples = this.#samples;
    const length = samples.length / 4;
    // It stands still if it begins where the wave rises through zero.
    let begin = 1;
    while (begin < length && !((samples[begin - 1] as number) < 0 && (samples[begin] as number) >= 0)) begin += 1;
    context.strokeStyle = colour('line');
    context.beginPath();
    context.moveTo(0, height / 2);
    context.lineTo(width, height / 2);
    context.stroke();
    context.strokeStyle = colour('accent');
    context.lineWidth = 1.5;
    context.beginPath();
    for (let x = 0; x <= width; x += 1) {
      const value = samples[Math.min(samples.length - 1, begin + Math.floor((x / width) * (length - 1)))] as number;
      context.lineTo(x, height / 2 - Math.max(-1, Math.min(1, value)) * (height / 2 - 4));
    }
    context.stroke();
  }

  /** The level at a position between two bins of the spectrum, in dB. */
  #levelAt(position: number): number {
    const bin = Math.floor(position);
    const [here = quietestDb, next = quietestDb] = [this.#levels[bin], this.#levels[bin + 1]];
    return Math.max(quietestDb, here + (next - here) * (position - bin));
  }

  #drawSpectrum(context: CanvasRenderingContext2D, width: number, height: number): void {
    const octaves = Math.log(highestHz / lowestHz);
    const hzPerBin = this.input.context.sampleRate / this.input.fftSize;
    context.font = '11px system-ui, sans-serif';
    for (const hz of marksHz) {
      const x = (Math.log(hz / lowestHz) / octaves) * width;
      context.fillStyle = colour('line');
      context.fillRect(x, 0, 1, height);
      context.fillStyle = colour('quiet');
      context.fillText(hz >= 1000 ? `${hz / 1000}k` : String(hz), x + 4, 12);
    }
    const gradient = context.createLinearGradient(0, 0, 0, height);
    gradient.addColorStop(0, colour('hot'));
    gradient.addColorStop(0.5, colour('accent'));
    gradient.addColorStop(1, colour('accent'));
    context.fillStyle = gradient;
    for (let x = 0; x < width; x += 3) {
      const from = (lowestHz * Math.exp((octaves * x) / width)) / hzPerBin;
      const to = (lowestHz * Math.exp((octaves * (x + 3)) / width)) / hzPerBin;
      let loudest = this.#levelAt((from + to) / 2);
      for (let bin = Math.ceil(from); bin < to; bin += 1) loudest = Math.max(loudest, this.#levels[bin] ?? quietestDb);
      const part = 1 - loudest / quietestDb;
      if (part > 0) context.fillRect(x, height * (1 - part), 2, height * part);
    }
  }
}
