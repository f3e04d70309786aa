import { expect, it } from 'vitest';
import type { Sound } from '../../src/index.js';
import { forEachHost, openEngine, soundOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { counting } from '../support/signals.js';

const length = 1000;

/** A sound without smoothing at its own speed, frame by frame, as the documentation of Sound says. */
class Model {
  cursor = 0;
  range: [number, number] = [0, length];
  loopRange: [number, number] = [0, length];
  looping = false;
  playing = false;
  paused = false;
  atEnd = false;

  seek(frames: number): void {
    this.cursor = Math.min(Math.max(frames, this.range[0]), this.range[1]);
    this.atEnd = !this.playing && this.cursor >= this.range[1];
  }

  setRange(begin: number, end: number): void {
    const isFresh = this.cursor === this.range[0] && !this.playing && !this.paused;
    this.range = [begin, end];
    if (this.atEnd) this.cursor = end;
    else if (isFresh || this.cursor < begin || this.cursor >= end) this.cursor = begin;
  }

  play(): void {
    if (!this.playing && this.cursor >= this.range[1]) this.cursor = this.range[0];
    if (!this.playing) this.atEnd = false;
    this.playing = true;
    this.paused = false;
  }

  stop(): void {
    this.playing = this.paused = false;
  }

  pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.playing = true;
    this.paused = this.atEnd = false;
  }

  /** What is read while it plays: the loop where it has one within the range, else the range. */
  get #loop(): [number, number] {
    const begin = Math.max(this.loopRange[0], this.range[0]);
    const end = Math.min(this.loopRange[1], this.range[1]);
    return end > begin ? [begin, end] : this.range;
  }

  render(source: Float32Array, frames: number): Float32Array {
    const out = new Float32Array(frames);
    const [loopBegin, loopEnd] = this.#loop;
    const goOn = (): void => {
      if (this.looping) this.cursor = loopBegin;
      else {
        this.playing = false;
        this.atEnd = true;
      }
    };
    for (let frame = 0; frame < frames && this.playing; frame++) {
      if (this.cursor >= this.range[1]) goOn();
      if (!this.playing) break;
      const stop = this.looping && this.cursor < loopEnd ? loopEnd : this.range[1];
      out[frame] = source[this.cursor]!;
      this.cursor += 1;
      if (this.cursor >= stop) goOn();
    }
    return out;
  }
}

forEachHost('random orders to a sound', (host) => {
  it.each([1, 2, 3, 4])('of scene %d do what a model does, and its answers are the model’s at once', (seed) => {
    const engine = openEngine(host, { smoothingMs: 0, channels: 1 });
    const source = counting(length);
    const sound = soundOf(engine, source);
    const model = new Model();
    const random = new Random(seed);
    const orders: string[] = [];
    const say = (order: string, act: () => void): void => {
      orders.push(order);
      act();
    };
    const stretch = (longest: number): [number, number] => {
      const begin = random.integer(0, length - 1);
      return [begin, random.integer(begin + 1, Math.min(length, begin + longest))];
    };
    let ends = 0;
    for (let step = 0; step < 3000; step++) {
      const choice = random.integer(0, 9);
      const frames = random.integer(0, length);
      const [begin, end] = stretch(choice === 2 ? 50 : length);
      if (choice === 0) say(`seek ${frames}`, () => [sound, model].forEach((one) => void one.seek(frames)));
      else if (choice === 1)
        say(`range ${begin} ${end}`, () => [sound, model].forEach((one) => void one.setRange(begin, end)));
      else if (choice === 2) {
        say(`loop ${begin} ${end}`, () => sound.setLoopRange(begin, end));
        model.loopRange = [begin, end];
      } else if (choice === 3) model.looping = sound.looping = frames % 2 === 0;
      else if (choice < 6) say('play', () => [sound, model].forEach((one) => void one.play()));
      else if (choice < 9) {
        const order = (['stop', 'pause', 'resume'] as const)[choice - 6]!;
        say(order, () => [sound, model].forEach((one) => void one[order]()));
      }
      const told = () => orders.slice(-10).join(', ');
      const answers = ({ cursorFrames, playing, paused, atEnd }: Sound) => [cursorFrames, playing, paused, atEnd];
      const expectAnswers = () =>
        expect(answers(sound), told()).toEqual([model.cursor, model.playing, model.paused, model.atEnd]);
      expectAnswers();
      const count = random.integer(0, 3) === 0 ? 0 : random.integer(1, 200);
      orders.push(`${count} frames`);
      const expected = model.render(source, count);
      expect(engine.readPcmFrames(count), told()).toEqual(expected);
      expectAnswers();
      if (model.atEnd) ends += 1;
    }
    expect(ends).toBeGreaterThan(100);
  });
});
