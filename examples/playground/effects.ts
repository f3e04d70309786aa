import {
  type AudioBus,
  type AudioBusLayout,
  type BusEffect,
  type BusEffectType,
  EQBand,
  effectFromJSON,
  effectTypes,
  type Field,
  ParametricEQ,
} from 'miniaudio-engine';
import { button, byId, choice, h, slider, toggle } from './dom.js';

const titles: Readonly<Partial<Record<BusEffectType, string>>> = {
  gain: 'Gain',
  lowpass: 'Low-pass',
  highpass: 'High-pass',
  bandpass: 'Band-pass',
  notch: 'Notch',
  delay: 'Delay',
  reverb: 'Reverb',
  softclip: 'Soft clip',
  compressor: 'Compressor',
  eq: 'Equaliser',
};
const titleOf = (type: BusEffectType): string => titles[type] ?? type[0]!.toUpperCase() + type.slice(1);
/** What can be heard, whatever the engine could do beyond. */
const highestHz = 20_000;
const sendMinimum = -60;

/** The chain of the bus that is chosen: every setting is made from the table of parameters. */
export class EffectChain {
  readonly #layout: AudioBusLayout;
  readonly #list = h('ol', { className: 'chain' });
  readonly #sends = h('div', { className: 'sends' });
  #bus: AudioBus;

  constructor(layout: AudioBusLayout) {
    this.#layout = layout;
    this.#bus = layout.master;
    const types = effectTypes().sort((one, other) => titleOf(one).localeCompare(titleOf(other)));
    const kinds = h(
      'select',
      { 'aria-label': 'Kind of effect' },
      ...types.map((type) => h('option', { value: type }, titleOf(type))),
    );
    const add = button('Add effect', () => {
      this.#bus.addEffect(effectFromJSON({ type: kinds.value }));
      this.#refresh();
      this.#list.lastElementChild?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    });
    byId('effects').append(h('div', { className: 'tools' }, kinds, add), this.#list, this.#sends);
  }

  /** Shows the chain of another bus. */
  show(bus: AudioBus): void {
    this.#bus = bus;
    byId('effects-title').textContent = `Effects of ${bus.name}`;
    this.#refresh();
  }

  #refresh(): void {
    const { effects } = this.#bus;
    this.#list.replaceChildren(...effects.map((effect, index) => this.#makeCard(effect, index, effects.length)));
    if (effects.length === 0)
      this.#list.append(h('li', { className: 'empty' }, `Nothing here yet: ${this.#bus.name} sounds as it is.`));
    this.#sends.replaceChildren(...this.#makeSends());
  }

  #makeCard(effect: BusEffect, index: number, count: number): HTMLElement {
    const title = titleOf(effect.type);
    const move = (to: number): void => {
      this.#bus.moveEffect(effect, to);
      this.#refresh();
    };
    const earlier = button('←', () => move(index - 1), `Move ${title} towards the beginning`);
    const later = button('→', () => move(index + 1), `Move ${title} towards the end`);
    earlier.disabled = index === 0;
    later.disabled = index === count - 1;
    const remove = button(
      '✕',
      () => {
        this.#bus.removeEffect(effect);
        this.#refresh();
      },
      `Remove ${title}`,
    );
    const enabled = toggle('On', `On: ${title} is heard`, effect.enabled, (on) => {
      effect.enabled = on;
    });
    const body =
      effect instanceof ParametricEQ
        ? this.#makeBands(effect)
        : effect.fields.map((field) => this.#makeField(effect, field));
    return h(
      'li',
      { className: 'card' },
      h('header', {}, h('h3', {}, title), enabled, earlier, later, remove),
      ...body,
    );
  }

  /** The properties of effects and bands have the names of their fields. */
  #makeField(owner: BusEffect | EQBand, field: Field, changed = (): void => {}): HTMLElement {
    const values = owner as unknown as Record<string, unknown>;
    const set = (value: unknown): void => {
      values[field.name] = value;
      changed();
    };
    switch (field.kind) {
      case 'number': {
        const { name, unit, minimum, maximum, meaning } = field.row;
        const top = unit === 'Hz' ? Math.min(maximum, highestHz) : maximum;
        return slider({
          label: name,
          minimum,
          maximum: top,
          value: values[name] as number,
          unit,
          hint: meaning,
          initial: field.row.default,
          change: set,
        });
      }
      case 'boolean':
        return h(
          'div',
          { className: 'line' },
          h('span', {}, field.name),
          toggle('On', `On: ${field.name}`, values[field.name] === true, set),
        );
      case 'word':
        return h(
          'div',
          { className: 'line' },
          h('span', {}, field.name),
          choice(field.name, field.words, String(values[field.name]), set),
        );
      case 'choice':
        return h(
          'div',
          { className: 'line' },
          h('span', {}, field.name),
          choice(field.name, field.numbers.map(String), String(values[field.name]), (word) => set(Number(word))),
        );
      case 'bus': {
        const none = 'its own input';
        const others = this.#layout.buses.filter((bus) => bus !== this.#bus).map(({ name }) => name);
        const now = (values[field.name] as string | null) ?? none;
        return h(
          'div',
          { className: 'line' },
          h('span', {}, field.name),
          choice(field.name, [none, ...others], now, (word) => set(word === none ? null : word)),
        );
      }
    }
  }

  #makeBands(eq: ParametricEQ): HTMLElement[] {
    const fieldsets = eq.bands.map((band, index) => {
      const fields = EQBand.fieldsOf(band.type).map((field) =>
        this.#makeField(band, field, field.name === 'type' ? () => this.#refresh() : undefined),
      );
      const remove = button(
        '✕',
        () => {
          eq.bands = eq.bands.filter((other) => other !== band);
          this.#refresh();
        },
        `Remove band ${index + 1}`,
      );
      return h('fieldset', {}, h('legend', {}, `Band ${index + 1} `, remove), ...fields);
    });
    const add = button('Add band', () => {
      eq.bands = [...eq.bands, new EQBand()];
      this.#refresh();
    });
    return [...fieldsets, add];
  }

  /** What of the bus goes to others besides. */
  #makeSends(): HTMLElement[] {
    const bus = this.#bus;
    const rows = [...bus.sends].map(([name, gainDb]) => {
      const level = slider({
        label: `Send to ${name}`,
        minimum: sendMinimum,
        maximum: 12,
        value: Math.max(sendMinimum, gainDb),
        initial: 0,
        unit: 'dB',
        change: (now) => bus.send(name, now),
      });
      const remove = button(
        '✕',
        () => {
          bus.removeSend(name);
          this.#refresh();
        },
        `Remove the send to ${name}`,
      );
      return h('div', { className: 'send' }, level, remove);
    });
    const free = this.#layout.buses
      .filter((other) => other !== bus && !bus.sends.has(other.name))
      .map(({ name }) => name);
    if (bus === this.#layout.master || free.length === 0) return rows;
    const placeholder = 'Send to another bus …';
    const add = choice('Send to another bus', [placeholder, ...free], placeholder, (name) => {
      try {
        bus.send(name, -6);
        this.#refresh();
      } catch {
        // That bus leads here already.
        add.value = placeholder;
      }
    });
    return [...rows, add];
  }
}
