import { expect, it } from 'vitest';
import { rounds } from '../support/extent.js';
import { hosts } from '../support/hosts.js';
import { delay } from '../support/processes.js';
import { Random } from '../support/random.js';
import { stretchOf, watchForHangs } from './campaign.js';
import { RandomCalls } from './random-calls.js';

const stretch = stretchOf(rounds(10_000, 500_000));
/** Calls before everything is closed and begun anew. */
const callsOfAWorld = 2500;

it.each(hosts)(
  'random calls of everything with whatever comes (%s): a value, or an error in words; what is heard is finite',
  async (host) => {
    const watch = watchForHangs();
    let energy = 0;
    for (let done = 0; done < stretch.inputs; done += callsOfAWorld) {
      const random = new Random(stretch.seed * 1_000_003 + done);
      const world = new RandomCalls(host, random);
      for (let call = 0; call < callsOfAWorld; call++) {
        watch.begin();
        world.call();
        if (call % 20 !== 0) continue;
        const heard = world.engine.readPcmFrames(random.integer(0, 500));
        for (const sample of heard) energy += sample * sample;
        expect(energy, `world ${done}, call ${call}`).toBeLessThan(Infinity);
        expect(world.wrong, `world ${done}, call ${call}`).toEqual([]);
        if (call % 500 === 0) await delay(1);
      }
      world.close();
      await delay(0);
      expect(world.wrong, `world ${done}`).toEqual([]);
    }
    expect(energy).toBeGreaterThan(1);
    await watch.end();
  },
);
