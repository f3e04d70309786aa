// The few helpers that the playground makes its page with.

type Properties = Readonly<Record<string, unknown>>;

/** An element with properties (or attributes, where there is no such property) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) Object.assign(element, { [name]: value });
    else element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** The element with an id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}"`);
  return element;
}

/** A button that does something. `label` is what is read out where the text is but a sign. */
export function button(text: string, act: () => void, label?: string): HTMLButtonElement {
  return h('button', {
    type: 'button',
    textContent: text,
    onclick: act,
    ...(label === undefined ? {} : { 'aria-label': label, title: label }),
  });
}

/** A button that is on or off. */
export function toggle(text: string, label: string, on: boolean, change: (on: boolean) => void): HTMLButtonElement {
  const element = button(
    text,
    () => {
      const now = element.getAttribute('aria-pressed') !== 'true';
      element.setAttribute('aria-pressed', String(now));
      change(now);
    },
    label,
  );
  element.setAttribute('aria-pressed', String(on));
  return element;
}

/** A choice of words. */
export function choice(
  label: string,
  words: readonly string[],
  chosen: string,
  change: (word: string) => void,
): HTMLSelectElement {
  const element = h(
    'select',
    { 'aria-label': label, onchange: () => change(element.value) },
    ...words.map((word) => h('option', { value: word }, word)),
  );
  element.value = chosen;
  return element;
}

/** What a slider shows and sets. */
export interface SliderOptions {
  readonly label: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly value: number;
  readonly unit?: string;
  readonly hint?: string;
  /** A double click goes back to it. */
  readonly initial?: number;
  change(value: number): void;
}

const steps = 1000;

/**
 * From a position 0..1 of a slider to a value and back: in octaves where the range spans many, finer near zero where it
 * is wide.
 */
function scaleOf(
  minimum: number,
  maximum: number,
): { value(position: number): number; position(value: number): number } {
  if (minimum > 0 && maximum / minimum >= 50) {
    const octaves = Math.log(maximum / minimum);
    return {
      value: (position) => minimum * Math.exp(octaves * position),
      position: (value) => Math.log(value / minimum) / octaves,
    };
  }
  const power = minimum === 0 && maximum >= 4 ? 3 : 1;
  const span = maximum - minimum;
  return {
    value: (position) => minimum + span * position ** power,
    position: (value) => ((value - minimum) / span) ** (1 / power),
  };
}

/** A number as it is read: three digits that count, and its unit. */
export function shown(value: number, unit = ''): string {
  const size = Math.abs(value);
  const thousands = unit === 'Hz' && size >= 1000;
  const number = thousands ? value / 1000 : value;
  const digits = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 || unit.startsWith('dB') ? 1 : 2;
  const suffix = thousands ? ' kHz' : unit === '' || unit === '1' || unit === 'linear' ? '' : ` ${unit}`;
  return number.toFixed(digits) + suffix;
}

/** A labelled slider. */
export function slider({
  label,
  minimum,
  maximum,
  value,
  unit,
  hint,
  initial = value,
  change,
}: SliderOptions): HTMLLabelElement {
  const scale = scaleOf(minimum, maximum);
  // Not an output: the label would be that one's.
  const reading = h('span', { className: 'reading', 'aria-hidden': 'true' });
  const input = h('input', { type: 'range', min: '0', max: String(steps), step: '1' });
  const show = (now: number): void => {
    const text = shown(now, unit);
    reading.textContent = text;
    input.setAttribute('aria-valuetext', text);
  };
  const set = (now: number): void => {
    input.value = String(Math.round(steps * scale.position(now)));
    show(now);
  };
  set(value);
  input.oninput = () => {
    const now = Math.min(maximum, Math.max(minimum, scale.value(Number(input.value) / steps)));
    show(now);
    change(now);
  };
  input.ondblclick = () => {
    set(initial);
    change(initial);
  };
  return h('label', { className: 'slider', title: hint ?? '' }, h('span', {}, label), reading, input);
}

/** A canvas as sharp as the screen; `draw` is given its size in CSS pixels. */
export class Picture {
  readonly element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(label: string) {
    this.element = h('canvas', { role: 'img', 'aria-label': label });
    this.#context = this.element.getContext('2d') as CanvasRenderingContext2D;
  }

  draw(paint: (context: CanvasRenderingContext2D, width: number, height: number) => void): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const ratio = devicePixelRatio;
    const size = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (this.element.width !== size[0] || this.element.height !== size[1])
      [this.element.width, this.element.height] = size;
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#context.clearRect(0, 0, width, height);
    paint(this.#context, width, height);
  }
}

/** A colour of style.css, which differs between light and dark. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
