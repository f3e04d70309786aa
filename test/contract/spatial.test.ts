import { expect, it } from 'vitest';
import type { AttenuationModel, Engine, Sound, SoundOptions } from '../../src/index.js';
import { cents, toneFrequency } from '../support/analysis.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import {
  depth,
  directed,
  expectLevels,
  levels,
  placed,
  scaled,
  smoothStep,
  type Vector,
  wholeTurn,
} from '../support/places.js';
import { samplesOf, sine } from '../support/signals.js';

const speedOfSound = 343.3;

forEachHost('distance', (host) => {
  // Formulas of the models: d is the distance within 2..20, rolloff 1.5.
  const formulas: Record<AttenuationModel, (d: number) => number> = {
    none: () => 1,
    inverse: (d) => 2 / (2 + 1.5 * (d - 2)),
    linear: (d) => Math.max(0, 1 - (1.5 * (d - 2)) / 18),
    exponential: (d) => (d / 2) ** -1.5,
  };

  it.each(Object.keys(formulas) as AttenuationModel[])('%s falls by its formula', (model) => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, -1]);
    sound.attenuation = model;
    sound.rolloff = 1.5;
    sound.minDistance = 2;
    sound.maxDistance = 20;
    for (const distance of [1, 1.9, 2, 2.1, 5, 13.9, 14.1, 19, 20, 25, 1e6]) {
      sound.setPosition(0, 0, -distance);
      expectLevels(engine, scaled(directed(0), formulas[model](Math.min(Math.max(distance, 2), 20))));
    }
  });

  it('is bounded by minGain and maxGain', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, -10]);
    sound.minGain = 0.25;
    expectLevels(engine, scaled(directed(0), 0.25));
    sound.setPosition(0, 0, -1);
    sound.maxGain = 0.5;
    expectLevels(engine, scaled(directed(0), 0.5));
    sound.maxGain = 0.125;
    expectLevels(engine, scaled(directed(0), 0.125));
  });

  it('has the defaults that are told, and unbounded reach', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, -1e4]);
    expectLevels(engine, scaled(directed(0), 1e-4));
    expect(sound.maxDistance).toBe(Infinity);
    expect([sound.attenuation, sound.positioning, sound.pinnedListener, sound.spatial]).toEqual([
      'inverse',
      'absolute',
      null,
      true,
    ]);
    expect([
      sound.rolloff,
      sound.minDistance,
      sound.minGain,
      sound.maxGain,
      sound.dopplerFactor,
      sound.directionalAttenuationFactor,
    ]).toEqual([1, 1, 0, 1, 1, 1]);
    expect([sound.direction, sound.velocity, sound.cone]).toEqual([
      [0, 0, -1],
      [0, 0, 0],
      [wholeTurn, wholeTurn, 0],
    ]);
    sound.setPosition(1e300, -1e300, 1e300);
    expectLevels(engine, [0, 0]);
    sound.minDistance = 0;
    sound.setPosition(0, 0, 0);
    expectLevels(engine, scaled(directed(0), 1));
  });

  it('takes infinity for what has no limit', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, -10]);
    sound.maxDistance = 20;
    sound.maxDistance = Infinity;
    expect(sound.maxDistance).toBe(Infinity);
    sound.setPosition(0, 0, -1000);
    expectLevels(engine, scaled(directed(0), 1e-3));
    sound.rolloff = Infinity;
    expectLevels(engine, [0, 0]);
    sound.minDistance = Infinity;
    expect([sound.rolloff, sound.minDistance]).toEqual([Infinity, Infinity]);
    expectLevels(engine, scaled(directed(0), 1));
    expect(() => {
      sound.dopplerFactor = Infinity;
    }).toThrow('Expected a finite number of 0 or more for dopplerFactor but received Infinity');
    expect(() => {
      sound.rolloff = -1;
    }).toThrow('Expected a number of 0 or more for rolloff but received -1');
  });
});

forEachHost('direction', (host) => {
  it('goes round the listener with constant power', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, -3]);
    sound.rolloff = 0;
    for (let step = 0; step < 24; step++) {
      const angle = (step * Math.PI) / 12;
      sound.setPosition(3 * Math.sin(angle), 0, -3 * Math.cos(angle));
      const [left, right] = levels(engine) as [number, number];
      const [expectedLeft, expectedRight] = directed(Math.sin(angle));
      expect(left).toBeCloseTo(expectedLeft, 6);
      expect(right).toBeCloseTo(expectedRight, 6);
      expect(left ** 2 + right ** 2).toBeCloseTo(1, 6);
    }
  });

  it('counts only its part to the right of the listener, who may stand anywhere and be tilted', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [5, 1, 2]);
    sound.rolloff = 0;
    const listener = engine.listener();
    listener.setPosition(1, -1, 2);
    // Away: 4, 2, 0.
    expectLevels(engine, directed(4 / Math.hypot(4, 2)));
    listener.setDirection(1000, 0, 0);
    // Looking along +X, right is +Z.
    expectLevels(engine, directed(0));
    sound.setPosition(5, 1, 5);
    expectLevels(engine, directed(3 / Math.hypot(4, 2, 3)));
    listener.setWorldUp(0, 0, 1e-30);
    // Lying on the side: right is -Y.
    expectLevels(engine, directed(-2 / Math.hypot(4, 2, 3)));
    listener.setDirection(0, 1, 0);
    listener.setWorldUp(0, 1, 0);
    // Looking straight up: right stays +X.
    expectLevels(engine, directed(4 / Math.hypot(4, 2, 3)));
  });

  it('fades out towards the listener: neither a hole nor a jump at the origin', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, 0]);
    for (const x of [-2, -0.6, -0.5, -0.3, -0.1, -0.01, 0, 0.01, 0.1, 0.3, 0.5, 0.6, 2]) {
      sound.setPosition(x, 0, 0);
      const nearness = Math.abs(x) >= 0.5 ? 1 : smoothStep(Math.abs(x) / 0.5);
      expectLevels(engine, scaled(directed(Math.sign(x), depth * nearness), Math.min(1, 1 / Math.abs(x || 1))));
    }
    sound.directionalAttenuationFactor = 0.5;
    expectLevels(engine, scaled(directed(1, depth / 2), 0.5));
    sound.directionalAttenuationFactor = 0;
    expectLevels(engine, scaled(directed(1, 0), 0.5));
  });

  it('on one channel is none, on more goes to the neighbouring speakers with constant power', () => {
    const mono = openEngine(host, { channels: 1 });
    placed(mono, [2, 0, 0]);
    expectLevels(mono, [0.5]);
    // Left, right, centre, low frequencies, side left, side right: at -30, 30, 0, none, -90, 90 degrees.
    const engine = openEngine(host, { channels: 6 });
    const sound = placed(engine, [0, 0, -1]);
    const floor = (1 - depth) / 5;
    for (const [degrees, shares] of [
      [0, [0, 0, 1, 0, 0, 0]],
      [30, [0, 1, 0, 0, 0, 0]],
      [15, [0, 0.5, 0.5, 0, 0, 0]],
      [60, [0, 0.5, 0, 0, 0, 0.5]],
      [-90, [0, 0, 0, 0, 1, 0]],
      [180, [0, 0, 0, 0, 0.5, 0.5]],
      [-10, [smoothStepOfCosine(1 / 3), 0, 1 - smoothStepOfCosine(1 / 3), 0, 0, 0]],
    ] as const) {
      const angle = (degrees * Math.PI) / 180;
      sound.setPosition(Math.sin(angle), 0, -Math.cos(angle));
      expectLevels(
        engine,
        shares.map((share, channel) => (channel === 3 ? 0 : Math.sqrt(floor + depth * share))),
      );
    }
    // Overhead: from all sides.
    sound.setPosition(0, 1, 0);
    expectLevels(
      engine,
      [1, 1, 1, 0, 1, 1].map((share) => Math.sqrt(share / 5)),
    );
  });

  it('is heard of the mean of all channels of a source', () => {
    const engine = openEngine(host);
    const source = samplesOf(100000, 2, (_, channel) => (channel === 0 ? 0.5 : 0.25));
    const sound = soundOf(engine, source, { channels: 2, spatial: true });
    sound.setPosition(1, 0, 0);
    sound.play();
    expectLevels(engine, scaled(directed(1), 0.375));
  });

  it('multiplies with volume and pan', () => {
    const engine = openEngine(host);
    placed(engine, [1, 0, 0], { volume: 0.5, pan: 0.25 });
    expectLevels(engine, [directed(1)[0] * 0.5 * 0.75, directed(1)[1] * 0.5]);
  });
});

/** Share of a neighbour at a part `t` of the way to it. */
function smoothStepOfCosine(t: number): number {
  return 0.5 * (1 - Math.cos(Math.PI * t));
}

forEachHost('the cone', (host) => {
  it('goes over smoothly in angle between its openings', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, -1]);
    const [inner, outer] = [Math.PI / 3, Math.PI];
    sound.setCone(inner, outer, 0.25);
    for (let step = 0; step <= 12; step++) {
      const angle = (step * Math.PI) / 12;
      // The way from the source to the listener is +Z.
      sound.setDirection(0, 5 * Math.sin(angle), 5 * Math.cos(angle));
      const t = Math.min(Math.max((angle - inner / 2) / ((outer - inner) / 2), 0), 1);
      expectLevels(engine, scaled(directed(0), 1 + (0.25 - 1) * smoothStep(t)));
    }
    expect(sound.cone).toEqual([inner, outer, 0.25]);
    sound.setCone(0, 0, 0.5);
    expectLevels(engine, scaled(directed(0), 0.5));
  });
});

forEachHost('doppler', (host) => {
  const ratioOf = (velocity: Vector, listenerVelocity: Vector, factor = 1): number => {
    const bounded = (speed: number) => Math.min(Math.max(speed * factor, -0.95 * speedOfSound), 0.95 * speedOfSound);
    // The source is at -Z: the way to the listener is +Z.
    return Math.min(
      Math.max((speedOfSound - bounded(listenerVelocity[2])) / (speedOfSound - bounded(velocity[2])), 0.05),
      20,
    );
  };

  const heard = (make: (sound: Sound, engine: Engine) => void, expected: number, options: SoundOptions = {}): void => {
    const engine = openEngine(host);
    const hertz = 600 / expected;
    const sound = soundOf(engine, sine(Math.ceil(200000 * expected), 192000, hertz), {
      sampleRate: 192000,
      spatial: true,
      resampler: 'cubic',
      ...options,
    });
    sound.rolloff = 0;
    sound.setPosition(0, 0, -10);
    make(sound, engine);
    sound.play();
    engine.readPcmFrames(1000);
    expect(Math.abs(cents(toneFrequency(renderChannel(engine, 48000), 48000, 600), 600))).toBeLessThan(0.01);
  };

  it.each<[string, Vector, Vector]>([
    ['a source that comes', [0, 0, 30], [0, 0, 0]],
    ['a source that goes', [0, 0, -30], [0, 0, 0]],
    ['a source that passes by', [30, 10, 0], [0, 0, 0]],
    ['a listener that comes', [0, 0, 0], [0, 0, -40]],
    ['both', [3, 0, 20], [9, 0, 60]],
    ['a source faster than sound', [0, 0, 1000], [0, 0, 0]],
    ['a listener that flees faster than sound', [0, 0, 0], [0, 0, 1e30]],
  ])('of %s is the formula', (_, velocity, listenerVelocity) => {
    heard(
      (sound, engine) => {
        sound.setVelocity(...velocity);
        engine.listener().setVelocity(...listenerVelocity);
      },
      ratioOf(velocity, listenerVelocity),
    );
  });

  it('is multiplied by its factor, and with the pitch', () => {
    heard(
      (sound) => {
        sound.setVelocity(0, 0, 30);
        sound.dopplerFactor = 2.5;
      },
      ratioOf([0, 0, 30], [0, 0, 0], 2.5) * 0.7,
      { pitch: 0.7 },
    );
    heard((sound) => {
      sound.setVelocity(0, 0, 30);
      sound.dopplerFactor = 0;
    }, 1);
  });

  it('of a relative source does not know how the listener moves', () => {
    heard(
      (sound, engine) => {
        sound.positioning = 'relative';
        sound.setVelocity(0, 0, 30);
        engine.listener().setVelocity(0, 0, 200);
        engine.listener().setPosition(0, 100, -500);
        engine.listener().setDirection(0, 1, 1);
      },
      ratioOf([0, 0, 30], [0, 0, 0]),
    );
  });

  it('is none without pitch', () => {
    heard((sound) => sound.setVelocity(0, 0, 30), 1, { pitchEnabled: false });
  });
});

forEachHost('listeners', (host) => {
  it('are heard through one at a time: the nearest, or the pinned one', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [4, 0, 0]);
    // Nobody has asked for the others yet.
    engine.listener().setPosition(1, 0, 0);
    expectLevels(engine, scaled(directed(1), 1 / 3));
    engine.listener(2).setPosition(6, 0, 0);
    expectLevels(engine, scaled(directed(-1), 1 / 2));
    engine.listener(2).enabled = false;
    expectLevels(engine, scaled(directed(1), 1 / 3));
    sound.pinnedListener = 2;
    expectLevels(engine, [0, 0]);
    engine.listener(2).enabled = true;
    engine.listener(1).setPosition(4, 0, 0);
    expectLevels(engine, scaled(directed(-1), 1 / 2));
    sound.pinnedListener = null;
    expectLevels(engine, directed(0));
    for (const index of [0, 1, 2]) engine.listener(index).enabled = false;
    expectLevels(engine, [0, 0]);
  });

  it('carry relative sounds with them', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [2, 0, 0]);
    sound.positioning = 'relative';
    engine.listener().setPosition(100, 50, 3);
    engine.listener().setDirection(0.3, -0.2, 0.9);
    expectLevels(engine, scaled(directed(1), 0.5));
  });
});
