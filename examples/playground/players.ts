import { type AudioBackend, AudioClip, AudioPlayer } from 'miniaudio-engine';
import { button, byId, choice, h, shown, slider, toggle } from './dom.js';
import { makeCalm, makeTense } from './music.js';

const fadeCurve = 'ease-in-out';

interface Card {
  readonly name: string;
  readonly player: AudioPlayer;
  readonly bar: HTMLElement;
  readonly time: HTMLElement;
  readonly element: HTMLElement;
}

/** Players with fades, and crossfades between any two of them. `onFailure` hears what cannot be played. */
export class Players {
  readonly #backend: AudioBackend;
  readonly #onFailure: (reason: Error) => void;
  readonly #row = h('div', { className: 'cards' });
  readonly #cards: Card[] = [];
  #fadeSeconds = 2;

  constructor(backend: AudioBackend, onFailure: (reason: Error) => void) {
    this.#backend = backend;
    this.#onFailure = onFailure;
    this.#add('Calm', makeCalm(), 'Music', true);
    this.#add('Tense', makeTense(), 'Music', true);
    // An address relative to the page: the player loads it when it is to play.
    this.#add('Voice', AudioClip.fromPath('lena.mp3'), 'Voice', false);
    const fades = slider({
      label: 'Fades and crossfades take',
      minimum: 0.05,
      maximum: 8,
      value: this.#fadeSeconds,
      unit: 's',
      change: (seconds) => {
        this.#fadeSeconds = seconds;
      },
    });
    const file = h('input', {
      type: 'file',
      accept: 'audio/*,.wav,.flac,.mp3,.ogg,.opus',
      'aria-label': 'Play a file of yours',
    });
    file.onchange = async () => {
      for (const chosen of file.files ?? [])
        this.#add(chosen.name, AudioClip.fromBytes(await chosen.arrayBuffer()), 'Music', false).player.play();
      file.value = '';
    };
    byId('players').append(this.#row, h('div', { className: 'tools' }, fades, file));
  }

  /** Called for each picture. */
  look(): void {
    for (const { player, bar, time, element } of this.#cards) {
      const clip = player.stream as AudioClip;
      const total = clip.loaded ? clip.duration : Number.NaN;
      const position = player.playbackPosition;
      bar.style.transform = `scaleX(${total > 0 ? Math.min(1, position / total) : 0})`;
      time.textContent = Number.isNaN(total) ? '' : `${shown(position)} / ${shown(total, 's')}`;
      element.classList.toggle('playing', player.playing);
    }
  }

  #add(name: string, clip: AudioClip, bus: string, loop: boolean): Card {
    const player = new AudioPlayer(this.#backend, { stream: clip, bus, loop, volumeDb: -3 });
    player.on('streamOpenFailed', this.#onFailure);
    const bar = h('i');
    const time = h('output');
    const pause = button('Pause', () => (player.paused ? player.resume() : player.pause()), `Pause ${name}, or go on`);
    const buses = this.#backend.busLayout.buses.map((other) => other.name);
    const element = h(
      'div',
      { className: 'card player', role: 'group', 'aria-label': `Player ${name}` },
      h('header', {}, h('h3', { title: name }, name), time),
      h('div', { className: 'progress', 'aria-hidden': 'true' }, bar),
      h(
        'div',
        { className: 'buttons' },
        button('Play', () => player.play(), `Play ${name}`),
        pause,
        button('Stop', () => player.stop(), `Stop ${name}`),
      ),
      h(
        'div',
        { className: 'buttons' },
        button('Fade in', () => void player.fadeIn(this.#fadeSeconds, { curve: fadeCurve }), `Fade ${name} in`),
        button('Fade out', () => void player.fadeOut(this.#fadeSeconds, { curve: fadeCurve }), `Fade ${name} out`),
        button('Cross', () => this.#crossTo(player), `Crossfade from what plays to ${name}`),
      ),
      slider({
        label: 'Level',
        minimum: -60,
        maximum: 12,
        value: player.volumeDb,
        unit: 'dB',
        change: (volumeDb) => Object.assign(player, { volumeDb }),
      }),
      slider({
        label: 'Speed',
        minimum: 0.25,
        maximum: 4,
        value: 1,
        unit: '×',
        change: (pitchScale) => Object.assign(player, { pitchScale }),
      }),
      slider({ label: 'Pan', minimum: -1, maximum: 1, value: 0, change: (pan) => Object.assign(player, { pan }) }),
      h(
        'div',
        { className: 'line' },
        choice(`Bus of ${name}`, buses, bus, (chosen) => Object.assign(player, { bus: chosen })),
        toggle('Loop', `Loop ${name}`, loop, (on) => Object.assign(player, { loop: on })),
      ),
    );
    const card = { name, player, bar, time, element };
    this.#cards.push(card);
    this.#row.append(element);
    return card;
  }

  #crossTo(player: AudioPlayer): void {
    const before = this.#cards.map((card) => card.player).filter((other) => other !== player && other.playing);
    if (before.length === 0) void player.fadeIn(this.#fadeSeconds, { curve: fadeCurve });
    else for (const other of before) void other.crossfade(player, this.#fadeSeconds);
  }
}
