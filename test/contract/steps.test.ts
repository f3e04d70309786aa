import { expect, it } from 'vitest';
import {
  attachNode,
  type Engine,
  engineEndpoint,
  type Sound,
  SoundGroup,
  setNodeOutputVolume,
} from '../../src/index.js';
import { largestStep, peak } from '../support/analysis.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { largestStepOfRandomChanges } from '../support/random-changes.js';
import { constant } from '../support/signals.js';

interface Scene {
  readonly engine: Engine;
  readonly sound: Sound;
  readonly group: SoundGroup;
  readonly silent: SoundGroup;
}

/** Bounds of targets.md, on a constant source at the default smoothing of 10 ms. */
const parameterBound = 0.002;
const transportBound = 0.003;

// [what, what happens to the playing sound, the largest step allowed, the level afterwards or null where it does not
// matter]
const changes: [string, (scene: Scene) => void, number, number | null][] = [
  [
    'a volume from 1 to 0.25',
    ({ sound }) => {
      sound.volume = 0.25;
    },
    parameterBound,
    0.25,
  ],
  [
    'a volume of the group',
    ({ group }) => {
      group.volume = 0.25;
    },
    parameterBound,
    0.25,
  ],
  [
    'a volume of the engine',
    ({ engine }) => {
      engine.volume = 0.25;
    },
    parameterBound,
    0.25,
  ],
  ['an output volume', ({ sound }) => setNodeOutputVolume(sound, 0, 0.25), parameterBound, 0.25],
  ['an output volume of the group', ({ group }) => setNodeOutputVolume(group, 0, 0.25), parameterBound, 0.25],
  [
    'a pan',
    ({ sound }) => {
      sound.pan = 0.75;
    },
    parameterBound,
    0.25,
  ],
  [
    'a pan of the group',
    ({ group }) => {
      group.pan = 0.75;
    },
    parameterBound,
    0.25,
  ],
  [
    'a pan law',
    ({ sound }) => {
      sound.panLaw = 'equal-power';
    },
    transportBound,
    null,
  ],
  [
    'a pitch',
    ({ sound }) => {
      sound.pitch = 1.7;
    },
    parameterBound,
    1,
  ],
  [
    'a pitch of the group',
    ({ group }) => {
      group.pitch = 0.3;
    },
    parameterBound,
    1,
  ],
  [
    'a mute',
    ({ group }) => {
      group.muted = true;
    },
    transportBound,
    0,
  ],
  ['a stop', ({ sound }) => sound.stop(), transportBound, 0],
  ['a stop at a frame', ({ sound, engine }) => sound.stop({ atFrames: engine.timeFrames + 77 }), transportBound, 0],
  ['a stop with a short fade', ({ sound }) => sound.stop({ fadeSeconds: 0.01 }), transportBound, 0],
  ['a pause', ({ sound }) => sound.pause(), transportBound, 0],
  ['a pause of the group', ({ group }) => group.pause(), transportBound, 0],
  ['a seek', ({ sound }) => sound.seek(50000), transportBound, 1],
  ['a re-route', ({ sound, engine }) => attachNode(sound, 0, engineEndpoint(engine), 0), transportBound, 1],
  ['a re-route into silence', ({ sound, silent }) => attachNode(sound, 0, silent, 0), transportBound, 0],
  ['a re-route to nowhere', ({ sound }) => attachNode(sound, 0, null, 0), transportBound, 0],
  ['a re-route of the group into silence', ({ group, silent }) => attachNode(group, 0, silent, 0), transportBound, 0],
  ['a re-route of the group to nowhere', ({ group }) => attachNode(group, 0, null, 0), transportBound, 0],
  ['a dispose', ({ sound }) => sound.dispose(), transportBound, 0],
  ['a dispose of the group', ({ group }) => group.dispose(), transportBound, 0],
  ['a range that leaves the place out', ({ sound }) => sound.setRange(0, 50), transportBound, null],
];

forEachHost('steps', (host) => {
  const scene = (): Scene => {
    const engine = openEngine(host);
    const silent = new SoundGroup(engine);
    silent.volume = 0;
    const outer = new SoundGroup(engine);
    const group = new SoundGroup(engine, { parent: outer });
    const sound = soundOf(engine, constant(100000), { group, looping: true });
    sound.play();
    return { engine, sound, group, silent };
  };

  it.each(changes)('of %s stay small', (_, change, bound, level) => {
    const playing = scene();
    // The attack is as it is; what follows is measured from a frame that is no multiple of anything.
    playing.engine.readPcmFrames(1013);
    const before = renderChannel(playing.engine, 100);
    expect(before.every((sample) => sample === 1)).toBe(true);
    change(playing);
    const after = renderChannel(playing.engine, 3000);
    expect(largestStep([...before, ...after])).toBeLessThanOrEqual(bound);
    if (level !== null) expect(after[2999]).toBeCloseTo(level, 6);
    expect(peak(after)).toBeLessThanOrEqual(Math.SQRT2 + 1e-6);
  });

  it('of a resume stay small', () => {
    for (const owner of ['sound', 'group'] as const) {
      const playing = scene();
      playing.engine.readPcmFrames(1013);
      playing[owner].pause();
      playing.engine.readPcmFrames(1000);
      playing[owner].resume();
      const after = renderChannel(playing.engine, 2000);
      expect(largestStep([0, ...after])).toBeLessThanOrEqual(transportBound);
      expect(after[1999]).toBe(1);
    }
  });

  it('of an unmute stay small', () => {
    const playing = scene();
    playing.group.muted = true;
    playing.engine.readPcmFrames(1013);
    playing.group.muted = false;
    const after = renderChannel(playing.engine, 2000);
    expect(largestStep([0, ...after])).toBeLessThanOrEqual(transportBound);
    expect(after[1999]).toBe(1);
  });

  it('of a play after a stop stay small, also before the tail is over', () => {
    for (const wait of [0, 1, 100, 479, 480, 1000]) {
      const playing = scene();
      playing.engine.readPcmFrames(1013);
      playing.sound.stop();
      const tail = renderChannel(playing.engine, wait);
      playing.sound.play();
      const after = renderChannel(playing.engine, 2000);
      expect(largestStep([1, ...tail, ...after])).toBeLessThanOrEqual(transportBound);
      expect(after[1999]).toBe(1);
    }
  });

  it('of a group that is led into a paused group, and out of it again, stay small', () => {
    const { engine, group, silent } = scene();
    const paused = new SoundGroup(engine);
    paused.pause();
    engine.readPcmFrames(1013);
    attachNode(group, 0, paused, 0);
    const into = renderChannel(engine, 1000);
    attachNode(group, 0, engineEndpoint(engine), 0);
    const out = renderChannel(engine, 1000);
    expect(largestStep([1, ...into, ...out])).toBeLessThanOrEqual(transportBound);
    expect([into[999], out[999]]).toEqual([0, 1]);
    expect(silent.volume).toBe(0);
  });

  it('of what is asked of a sound before its first frame are its attack alone', () => {
    const unheard: [string, (playing: Scene) => void, number][] = [
      ['a pan law', ({ sound }) => void Reflect.set(sound, 'panLaw', 'equal-power'), Math.SQRT1_2],
      ['a route', ({ sound, engine }) => attachNode(sound, 0, engineEndpoint(engine), 0), 1],
      ['a volume', ({ sound }) => void Reflect.set(sound, 'volume', 0.5), 0.5],
      ['a fade', ({ sound }) => sound.fade(0.5, 0.5, 1), 0.5],
      ['a stop', ({ sound }) => sound.stop(), 0],
      ['a pause', ({ sound }) => sound.pause(), 0],
      ['a dispose', ({ sound }) => sound.dispose(), 0],
    ];
    for (const [what, change, level] of unheard) {
      const playing = scene();
      change(playing);
      const out = renderChannel(playing.engine, 1000);
      expect(
        out.every((sample) => Math.abs(sample - level) < 1e-6),
        `${what}: ${out.slice(0, 4)}`,
      ).toBe(true);
    }
  });

  it('of a loop set behind the place that is playing stay small, plain and pitched', () => {
    for (const resampler of ['linear', 'cubic', 'sinc', 'sinc-best'] as const) {
      for (const pitch of [1, 1.3, 0.4]) {
        const engine = openEngine(host);
        const sound = soundOf(engine, constant(20000), { looping: true, pitch, resampler });
        sound.play();
        engine.readPcmFrames(10000);
        sound.setLoopRange(0, 3000);
        const out = renderChannel(engine, 60000);
        expect(largestStep(out), `${resampler} at ${pitch}`).toBeLessThanOrEqual(transportBound);
        expect(sound.cursorFrames).toBeLessThan(3000);
      }
    }
  });

  it('of hundreds of random changes stay small', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const worst = largestStepOfRandomChanges(host, seed);
      // Several cross-fades and ramps lie over each other; what is not smoothed at all is at least ten times as large.
      expect(worst, `seed ${seed}`).toBeLessThan(0.02);
    }
  });

  it('of many changes one after the other stay small', () => {
    const playing = scene();
    playing.engine.readPcmFrames(1013);
    const out: number[] = [1];
    for (let change = 0; change < 200; change++) {
      if (change % 3 === 0) playing.sound.seek((change * 7919) % 100000);
      else if (change % 3 === 1) playing.sound.volume = 0.5 + (change % 5) / 10;
      else playing.group.volume = 1 - (change % 7) / 20;
      out.push(...renderChannel(playing.engine, 61));
    }
    // Up to eight cross-fades and two ramps lie over each other here: each alone stays within its bound.
    expect(largestStep(out)).toBeLessThanOrEqual(0.01);
  });

  it('are whole where smoothing is off', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const sound = soundOf(engine, constant(1000));
    sound.play();
    engine.readPcmFrames(10);
    sound.volume = 0.25;
    expect(renderChannel(engine, 10).every((sample) => sample === 0.25)).toBe(true);
    sound.stop();
    expect(renderChannel(engine, 10).every((sample) => sample === 0)).toBe(true);
  });

  it('are as long as the smoothing asked for', () => {
    const engine = openEngine(host, { smoothingMs: 100 });
    const sound = soundOf(engine, constant(20000));
    sound.play();
    engine.readPcmFrames(10);
    sound.volume = 0;
    const out = renderChannel(engine, 5000);
    for (let frame = 0; frame < 5000; frame++) expect(out[frame]).toBeCloseTo(Math.max(0, 1 - frame / 4800), 6);
  });
});
