import { type AudioBackend, AudioListener3D, AudioPlayer3D } from 'miniaudio-engine';
import { byId, h, shown, toggle } from './dom.js';
import { makeRotor } from './music.js';

const svg = 'http://www.w3.org/2000/svg';
/** Metres from the listener to the edge. */
const reach = 20;
const keyStep = 1;
const orbitSeconds = 5;

function make(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** A place that can be dragged around the listener, seen from above: ahead is up. */
export class SpaceMap {
  readonly #player: AudioPlayer3D;
  readonly #dot: SVGElement;
  readonly #reading = h('output');
  #place = { x: 6, z: -8 };
  #circling = false;
  #lookedAt = 0;
  #seen = this.#place;

  constructor(backend: AudioBackend) {
    new AudioListener3D(backend).makeCurrent();
    this.#player = new AudioPlayer3D(backend, {
      stream: makeRotor(),
      loop: true,
      panning: 'engine',
      maxDistance: 60,
      dopplerScale: 1,
      bus: 'SFX',
    });
    const picture = make('svg', { viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}`, class: 'map' });
    for (const radius of [5, 10, 15, 20]) picture.append(make('circle', { r: radius, class: 'ring' }));
    picture.append(make('path', { d: 'M0 -1.6 L1.1 1.2 L0 0.6 L-1.1 1.2 Z', class: 'listener' }));
    this.#dot = make('circle', {
      r: 1.1,
      class: 'source',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'place of the sound',
    });
    picture.append(this.#dot);
    picture.addEventListener('pointerdown', (event) => {
      picture.setPointerCapture((event as PointerEvent).pointerId);
      this.#drag(picture, event as PointerEvent);
      (this.#dot as SVGElement & HTMLOrSVGElement).focus({ preventScroll: true });
    });
    picture.addEventListener('pointermove', (event) => {
      if (picture.hasPointerCapture((event as PointerEvent).pointerId)) this.#drag(picture, event as PointerEvent);
    });
    this.#dot.addEventListener('keydown', (event) => this.#step(event as KeyboardEvent));
    const playing = toggle('Rotor', 'Rotor sounds', false, (on) =>
      on ? void this.#player.fadeIn(0.3) : void this.#player.fadeOut(0.3),
    );
    const circling = toggle('Circle', 'Circle around the listener', false, (on) => {
      this.#circling = on;
    });
    const doppler = toggle('Doppler', 'Doppler: the pitch follows the speed', true, (on) => {
      this.#player.dopplerScale = on ? 1 : 0;
    });
    byId('space').append(
      picture as unknown as Node,
      h('div', { className: 'tools' }, playing, circling, doppler, this.#reading),
      h('p', { className: 'hint' }, 'Drag the dot, or move it with the arrow keys.'),
    );
    this.#show();
  }

  /** Called for each picture, with milliseconds: moves what circles, and tells the player how fast the dot moves. */
  look(now: number): void {
    const seconds = Math.min(0.1, (now - this.#lookedAt) / 1000);
    this.#lookedAt = now;
    if (seconds <= 0) return;
    if (this.#circling) {
      const { x, z } = this.#place;
      const radius = Math.max(1, Math.hypot(x, z));
      const angle = Math.atan2(x, -z) + (2 * Math.PI * seconds) / orbitSeconds;
      this.#moveTo(radius * Math.sin(angle), -radius * Math.cos(angle));
    }
    const { x, z } = this.#place;
    this.#player.setVelocity((x - this.#seen.x) / seconds, 0, (z - this.#seen.z) / seconds);
    this.#seen = this.#place;
  }

  #drag(picture: SVGElement, { clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = picture.getBoundingClientRect();
    this.#moveTo(((clientX - left) / width - 0.5) * 2 * reach, ((clientY - top) / height - 0.5) * 2 * reach);
  }

  #step(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#moveTo(this.#place.x + step[0] * keyStep, this.#place.z + step[1] * keyStep);
  }

  #moveTo(x: number, z: number): void {
    const bound = (value: number): number => Math.min(reach, Math.max(-reach, value));
    this.#place = { x: bound(x), z: bound(z) };
    this.#show();
  }

  #show(): void {
    const { x, z } = this.#place;
    this.#player.setPosition(x, 0, z);
    this.#dot.setAttribute('cx', String(x));
    this.#dot.setAttribute('cy', String(z));
    const sideways = `${shown(Math.abs(x))} m ${x < 0 ? 'left' : 'right'}`;
    const words = `${sideways}, ${shown(Math.abs(z))} m ${z < 0 ? 'ahead' : 'behind'}`;
    this.#dot.setAttribute('aria-label', words);
    this.#reading.textContent = words;
  }
}
