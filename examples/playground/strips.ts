import type { AudioBus, AudioBusLayout } from 'miniaudio-engine';
import { button, byId, choice, h, shown, toggle } from './dom.js';

const faderMinimum = -60;
const faderMaximum = 12;
const blendSeconds = 1.5;
const fallDbPerSecond = 90;

/** The buses as strips, with level, mute, solo, route and meters. One of them is chosen: `onChoose` hears which. */
export class Strips {
  readonly #layout: AudioBusLayout;
  readonly #onChoose: (bus: AudioBus) => void;
  readonly #row = h('div', { className: 'strips' });
  #meters: { bus: AudioBus; bars: HTMLElement[]; levels: number[] }[] = [];
  #chosen = 'Music';
  #lookedAt = 0;

  constructor(layout: AudioBusLayout, onChoose: (bus: AudioBus) => void) {
    this.#layout = layout;
    this.#onChoose = onChoose;
    byId('mixer').append(this.#row, this.#makeTools());
    this.refresh();
  }

  /** Draws everything anew: after a blend, and when a bus has come or gone. */
  refresh(): void {
    if (!this.#layout.hasBus(this.#chosen)) this.#chosen = 'Master';
    this.#meters = [];
    this.#row.replaceChildren(...this.#layout.buses.map((bus) => this.#makeStrip(bus)));
    this.#onChoose(this.#layout.getBus(this.#chosen));
  }

  /** Called for each picture, with milliseconds: the meters rise at once and fall slowly. */
  look(now: number): void {
    const fall = 10 ** ((-fallDbPerSecond * (now - this.#lookedAt)) / 1000 / 20);
    this.#lookedAt = now;
    for (const { bus, bars, levels } of this.#meters) {
      const { peak } = bus.meter();
      for (const [channel, bar] of bars.entries()) {
        const level = Math.max(peak[channel] ?? 0, (levels[channel] as number) * fall);
        levels[channel] = level;
        const place = Math.max(0, 1 + (20 * Math.log10(Math.max(level, 1e-6))) / -faderMinimum);
        bar.style.clipPath = `inset(${100 * Math.max(0, 1 - place)}% 0 0)`;
        bar.classList.toggle('over', level > 1);
      }
    }
  }

  #makeStrip(bus: AudioBus): HTMLElement {
    const bars = [h('i'), h('i')];
    this.#meters.push({ bus, bars, levels: [0, 0] });
    const reading = h('output', {}, shown(bus.volumeDb, 'dB'));
    const fader = h('input', {
      type: 'range',
      className: 'fader',
      min: String(faderMinimum),
      max: String(faderMaximum),
      step: '0.5',
    });
    fader.setAttribute('aria-label', `Volume of ${bus.name}`);
    const show = (): void => {
      const text = bus.volumeDb <= -80 ? 'off' : shown(bus.volumeDb, 'dB');
      reading.textContent = text;
      fader.setAttribute('aria-valuetext', text);
    };
    const set = (volumeDb: number): void => {
      bus.volumeDb = volumeDb <= faderMinimum ? -80 : volumeDb;
      show();
    };
    fader.value = String(bus.volumeDb);
    fader.oninput = () => set(Number(fader.value));
    fader.ondblclick = () => {
      fader.value = '0';
      set(0);
    };
    show();
    const name = h(
      'button',
      {
        type: 'button',
        className: 'name',
        'aria-pressed': String(bus.name === this.#chosen),
        title: `Effects of ${bus.name}`,
      },
      bus.name,
    );
    name.onclick = () => {
      this.#chosen = bus.name;
      for (const other of this.#row.querySelectorAll('.name'))
        other.setAttribute('aria-pressed', String(other === name));
      this.#onChoose(bus);
    };
    const mute = toggle('M', `Mute ${bus.name}`, bus.mute, (on) => {
      bus.mute = on;
    });
    const solo = toggle('S', `Solo ${bus.name}`, bus.solo, (on) => {
      bus.solo = on;
    });
    mute.classList.add('mute');
    solo.classList.add('solo');
    return h(
      'div',
      { className: 'strip', role: 'group', 'aria-label': `Bus ${bus.name}` },
      name,
      h('div', { className: 'level' }, fader, h('div', { className: 'meter', 'aria-hidden': 'true' }, ...bars)),
      reading,
      h('div', { className: 'pair' }, mute, solo),
      this.#makeRoute(bus),
    );
  }

  #makeRoute(bus: AudioBus): HTMLElement {
    if (bus.sendTo === null) return h('span', { className: 'route' }, 'out');
    const others = this.#layout.buses.filter((other) => other !== bus).map(({ name }) => name);
    const route = choice(`${bus.name} leads to`, others, bus.sendTo, (name) => {
      try {
        bus.sendTo = name;
      } catch {
        // It would lead back to itself.
        route.value = bus.sendTo ?? 'Master';
      }
    });
    route.className = 'route';
    return route;
  }

  /** Two states of all levels and effects to go to and fro between, and a new bus. */
  #makeTools(): HTMLElement {
    const kept = { A: this.#layout.snapshot(), B: this.#layout.snapshot() };
    const tools = (['A', 'B'] as const).flatMap((name) => [
      button(`Keep ${name}`, () => {
        kept[name] = this.#layout.snapshot();
      }),
      button(`Blend to ${name}`, async () => {
        await this.#layout.blendTo(kept[name], blendSeconds);
        this.refresh();
      }),
    ]);
    const added = h('input', {
      type: 'text',
      placeholder: 'Name of a new bus',
      'aria-label': 'Name of a new bus',
      maxLength: 12,
      required: true,
    });
    const form = h('form', {}, added, h('button', { type: 'submit' }, 'Add bus'));
    form.onsubmit = (event) => {
      event.preventDefault();
      const name = added.value.trim();
      if (name === '' || this.#layout.hasBus(name)) return;
      this.#layout.addBus(name);
      this.#chosen = name;
      added.value = '';
      this.refresh();
    };
    return h('div', { className: 'tools' }, ...tools, form);
  }
}
