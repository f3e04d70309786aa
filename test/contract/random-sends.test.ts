import { expect, it } from 'vitest';
import {
  attachNode,
  type EffectNode,
  type Engine,
  LPFEffectNode,
  type NodeHandle,
  SoundGroup,
  setNodeSend,
} from '../../src/index.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { constant } from '../support/signals.js';

type Mixer = SoundGroup | EffectNode;
type Place = Mixer | NodeHandle;
interface Ways {
  to: Place;
  readonly sends: Map<Place, number>;
}

/** What routes and sends should make of a constant: every way adds the product of its gains. */
class Model {
  readonly ways = new Map<Place, Ways>();

  gainFrom(place: Place): number {
    const ways = this.ways.get(place);
    if (ways === undefined) return 1;
    return [...ways.sends].reduce((sum, [target, gain]) => sum + gain * this.gainFrom(target), this.gainFrom(ways.to));
  }

  leads(from: Place, to: Place): boolean {
    const ways = this.ways.get(from);
    return from === to || (ways !== undefined && [ways.to, ...ways.sends.keys()].some((next) => this.leads(next, to)));
  }

  remove(place: Mixer): void {
    const { to } = this.ways.get(place)!;
    this.ways.delete(place);
    for (const ways of this.ways.values()) {
      if (ways.to === place) ways.to = to;
      ways.sends.delete(place);
    }
  }
}

forEachHost('random routes and sends', (host) => {
  it.each([17, 21, 23])('of scene %d add up as a model says', (seed) => {
    const engine: Engine = openEngine(host);
    const random = new Random(seed);
    const model = new Model();
    const mixers: Mixer[] = [];
    const warnings: string[] = [];
    engine.on('warning', ({ message }) => warnings.push(message));
    const add = (): void => {
      mixers.push(
        random.next() < 0.4
          ? new LPFEffectNode(engine, { cutoffHz: random.between(5000, 15000) })
          : new SoundGroup(engine),
      );
      model.ways.set(mixers.at(-1)!, { to: engine.endpoint, sends: new Map() });
    };
    for (let index = 0; index < 7; index++) add();
    const sound = soundOf(engine, constant(480000), { looping: true }).play();
    let start = random.pick(mixers);
    const lead = (mixer: Mixer): void => {
      attachNode(sound, 0, mixer, 0);
      start = mixer;
    };
    lead(start);
    let [circles, checked] = [0, 0];
    for (let step = 0; step < 2500; step++) {
      const mixer = random.pick(mixers);
      const ways = model.ways.get(mixer)!;
      const target: Place = random.next() < 0.25 ? engine.endpoint : random.pick(mixers);
      const gain = random.pick([0, 0.25, 0.5, 1]);
      const what = random.next();
      if (what < 0.7) {
        const isRoute = what < 0.35;
        // A send that ends slowly is a way for longer than the smoothing time: what comes the other way has to wait for
        // it.
        const fade = random.next() < 0.4 ? { seconds: random.between(0, 0.15) } : {};
        const connect = (): void =>
          isRoute ? attachNode(mixer, 0, target, 0) : setNodeSend(mixer, target, gain, fade);
        const isKnown = !isRoute && (ways.sends.has(target) || gain === 0);
        if (!isKnown && model.leads(target, mixer)) {
          expect(connect).toThrow(expect.objectContaining({ code: 'ERR_CYCLE' }));
          circles += 1;
          continue;
        }
        connect();
        if (isRoute) ways.to = target;
        else if (gain === 0) ways.sends.delete(target);
        else ways.sends.set(target, gain);
      } else if (what < 0.78) {
        mixers.splice(mixers.indexOf(mixer), 1);
        model.remove(mixer);
        mixer.dispose();
        add();
        if (start === mixer) lead(random.pick(mixers));
      } else if (what < 0.86) lead(mixer);
      else if (what < 0.9) {
        engine.readPcmFrames(30000);
        const expected = model.gainFrom(start);
        expect(Math.abs(renderChannel(engine, 10)[9]! - expected), `step ${step}`).toBeLessThan(
          1e-4 * Math.max(1, expected),
        );
        checked += 1;
      }
      engine.readPcmFrames(random.integer(1, 300));
    }
    expect(warnings).toEqual([]);
    expect([circles > 200, checked > 50]).toEqual([true, true]);
  });
});
