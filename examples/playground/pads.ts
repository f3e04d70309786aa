import {
  type AudioBackend,
  type AudioBuffer,
  AudioSynth,
  LFO,
  LowPass,
  Oscillator,
  type SynthAttachment,
  type SynthPreset,
  synthPresets,
} from 'miniaudio-engine';
import { button, byId, colour, h, Picture, slider, toggle } from './dom.js';

const seeds = 2 ** 32;

/**
 * The presets of the synthesiser as pads, each with as many variations as one likes, and a voice that sounds until it
 * is switched off.
 */
export class Pads {
  readonly #backend: AudioBackend;
  #redraw: (() => void)[] = [];

  constructor(backend: AudioBackend) {
    this.#backend = backend;
    const pads = Object.values(synthPresets).map((preset, index) => this.#makePad(preset, index + 1));
    byId('synth').append(h('div', { className: 'pads' }, ...pads, this.#makeDrone()));
    const light = matchMedia('(prefers-color-scheme: light)');
    for (const target of [light, window])
      target.addEventListener(target === light ? 'change' : 'resize', () => this.draw());
  }

  /** The pictures are drawn when the pads have a size, and when that changes. */
  draw(): void {
    for (const draw of this.#redraw) draw();
  }

  #makePad(original: SynthPreset, key: number): HTMLElement {
    const picture = new Picture(`Waveform of ${original.name}`);
    const words = h('span', {}, original.name);
    let sound = original.bake();
    const play = button('', () => this.#backend.playAudio(sound, { bus: 'SFX' }), `Play ${original.name} (key ${key})`);
    play.className = 'pad';
    play.append(picture.element, words);
    const draw = (): void => picture.draw((context, width, height) => drawSound(context, width, height, sound));
    this.#redraw.push(draw);
    const change = (preset: SynthPreset, seed: string): void => {
      sound = preset.bake();
      words.textContent = `${original.name}${seed}`;
      draw();
      this.#backend.playAudio(sound, { bus: 'SFX' });
    };
    const mutate = button(
      'Mutate',
      () => {
        const seed = Math.floor(Math.random() * seeds);
        change(original.mutate(seed), ` #${seed.toString(36)}`);
      },
      `Mutate ${original.name}`,
    );
    const back = button('↺', () => change(original, ''), `${original.name} as it was`);
    addEventListener('keydown', ({ key: pressed, target, ctrlKey, metaKey, altKey }) => {
      const typing = target instanceof HTMLInputElement && target.type === 'text';
      if (pressed === String(key) && !typing && !ctrlKey && !metaKey && !altKey) play.click();
    });
    return h('div', { className: 'card' }, play, h('div', { className: 'buttons' }, mutate, back));
  }

  /** A synth that is rendered while it is heard. */
  #makeDrone(): HTMLElement {
    let synth: AudioSynth | null = null;
    let voice = 0;
    let attachment: SynthAttachment | null = null;
    const now = { freq: 82, cutoffHz: 700 };
    const set = (name: keyof typeof now) => (value: number) => {
      now[name] = value;
      synth?.setParam(voice, name, value);
    };
    const sounding = toggle('Drone', 'Drone, rendered while it is heard', false, (on) => {
      attachment?.detach();
      attachment = null;
      synth = null;
      const { engine } = this.#backend;
      if (!on || engine === null) return;
      synth = new AudioSynth({ sampleRate: engine.sampleRate });
      voice = synth.add(Oscillator.saw(now.freq), {
        gain: 0.2,
        filter: new LowPass({ cutoffHz: now.cutoffHz, q: 4 }),
        modulation: { cutoffHz: new LFO({ rateHz: 0.7, depth: 9 }), pan: new LFO({ rateHz: 0.3, depth: 0.6 }) },
      });
      attachment = synth.attachTo({ backend: this.#backend, bus: 'SFX' });
    });
    return h(
      'div',
      { className: 'card' },
      sounding,
      slider({ label: 'Pitch', minimum: 40, maximum: 640, value: now.freq, unit: 'Hz', change: set('freq') }),
      slider({ label: 'Cutoff', minimum: 80, maximum: 8000, value: now.cutoffHz, unit: 'Hz', change: set('cutoffHz') }),
    );
  }
}

function drawSound(context: CanvasRenderingContext2D, width: number, height: number, sound: AudioBuffer): void {
  const samples = sound.getChannelData(0);
  context.fillStyle = colour('accent');
  const perColumn = samples.length / width;
  for (let x = 0; x < width; x += 1) {
    let largest = 0;
    for (let frame = Math.floor(x * perColumn); frame < (x + 1) * perColumn; frame += 1)
      largest = Math.max(largest, Math.abs(samples[frame] ?? 0));
    const reach = Math.max(0.5, (largest * height) / 2);
    context.fillRect(x, height / 2 - reach, 0.8, 2 * reach);
  }
}
