import { describe, expect, it } from 'vitest';
import {
  attachNode,
  BPFEffectNode,
  type EffectNode,
  type Engine,
  type FrequencyResponse,
  HighShelfEffectNode,
  HPFEffectNode,
  LowShelfEffectNode,
  LPFEffectNode,
  NotchEffectNode,
  PeakEffectNode,
} from '../../src/index.js';
import { soundInto } from '../support/effects.js';
import { forEachHost, openEngine, renderChannel } from '../support/hosts.js';
import { constant } from '../support/signals.js';

interface Coefficients {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number, number];
}

/** The Audio EQ Cookbook as it is written, with w0, alpha and A; the engine uses none of these forms. */
function cookbook(kind: string, frequency: number, q: number, gainDb: number, sampleRate: number): Coefficients {
  const w0 = (2 * Math.PI * frequency) / sampleRate;
  const cosine = Math.cos(w0);
  const sine = Math.sin(w0);
  const A = 10 ** (gainDb / 40);
  const shelf = kind.endsWith('Shelf');
  const alpha = shelf ? (sine / 2) * Math.sqrt((A + 1 / A) * (1 / q - 1) + 2) : sine / (2 * q);
  const root = 2 * Math.sqrt(A) * alpha;
  switch (kind) {
    case 'lowPass':
      return { b: [(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2], a: [1 + alpha, -2 * cosine, 1 - alpha] };
    case 'highPass':
      return { b: [(1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2], a: [1 + alpha, -2 * cosine, 1 - alpha] };
    case 'bandPass':
      return { b: [alpha, 0, -alpha], a: [1 + alpha, -2 * cosine, 1 - alpha] };
    case 'skirt':
      return { b: [sine / 2, 0, -sine / 2], a: [1 + alpha, -2 * cosine, 1 - alpha] };
    case 'notch':
      return { b: [1, -2 * cosine, 1], a: [1 + alpha, -2 * cosine, 1 - alpha] };
    case 'peak':
      return { b: [1 + alpha * A, -2 * cosine, 1 - alpha * A], a: [1 + alpha / A, -2 * cosine, 1 - alpha / A] };
    case 'lowShelf':
      return {
        b: [
          A * (A + 1 - (A - 1) * cosine + root),
          2 * A * (A - 1 - (A + 1) * cosine),
          A * (A + 1 - (A - 1) * cosine - root),
        ],
        a: [A + 1 + (A - 1) * cosine + root, -2 * (A - 1 + (A + 1) * cosine), A + 1 + (A - 1) * cosine - root],
      };
    default:
      return {
        b: [
          A * (A + 1 + (A - 1) * cosine + root),
          -2 * A * (A - 1 + (A + 1) * cosine),
          A * (A + 1 + (A - 1) * cosine - root),
        ],
        a: [A + 1 - (A - 1) * cosine + root, 2 * (A - 1 - (A + 1) * cosine), A + 1 - (A - 1) * cosine - root],
      };
  }
}

interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

function valueAt({ b, a }: Coefficients, angle: number): Complex {
  // About z = 1 the sums nearly cancel: 1 - cos is written as 2 sin^2.
  const polynomial = ([c0, c1, c2]: readonly [number, number, number]): Complex => ({
    real: c0 + c1 + c2 - 2 * c1 * Math.sin(angle / 2) ** 2 - 2 * c2 * Math.sin(angle) ** 2,
    imaginary: -c1 * Math.sin(angle) - c2 * Math.sin(2 * angle),
  });
  const above = polynomial(b);
  const below = polynomial(a);
  const size = below.real ** 2 + below.imaginary ** 2;
  return {
    real: (above.real * below.real + above.imaginary * below.imaginary) / size,
    imaginary: (above.imaginary * below.real - above.real * below.imaginary) / size,
  };
}

/** The spectrum of an impulse response at one angle. */
function measuredAt(response: Float32Array, angle: number): Complex {
  let real = 0;
  let imaginary = 0;
  const [turnReal, turnImaginary] = [Math.cos(angle), -Math.sin(angle)];
  let [atReal, atImaginary] = [1, 0];
  for (let n = 0; n < response.length; n++) {
    real += (response[n] as number) * atReal;
    imaginary += (response[n] as number) * atImaginary;
    [atReal, atImaginary] = [
      atReal * turnReal - atImaginary * turnImaginary,
      atReal * turnImaginary + atImaginary * turnReal,
    ];
  }
  return { real, imaginary };
}

type Filter = EffectNode & { frequencyResponse(hz: ArrayLike<number>): FrequencyResponse };
interface FilterCase {
  readonly kind: string;
  readonly make: (engine: Engine, frequency: number, q: number, gainDb: number) => Filter;
  readonly gains: readonly number[];
  readonly mostQ: number;
}
const filters: readonly FilterCase[] = [
  { kind: 'lowPass', make: (engine, cutoffHz, q) => new LPFEffectNode(engine, { cutoffHz, q }), gains: [0], mostQ: 20 },
  {
    kind: 'highPass',
    make: (engine, cutoffHz, q) => new HPFEffectNode(engine, { cutoffHz, q }),
    gains: [0],
    mostQ: 20,
  },
  {
    kind: 'bandPass',
    make: (engine, cutoffHz, q) => new BPFEffectNode(engine, { cutoffHz, q }),
    gains: [0],
    mostQ: 20,
  },
  {
    kind: 'skirt',
    make: (engine, cutoffHz, q) => new BPFEffectNode(engine, { cutoffHz, q, form: 'skirt' }),
    gains: [0],
    mostQ: 20,
  },
  { kind: 'notch', make: (engine, cutoffHz, q) => new NotchEffectNode(engine, { cutoffHz, q }), gains: [0], mostQ: 20 },
  {
    kind: 'peak',
    make: (engine, freq, q, gainDb) => new PeakEffectNode(engine, { freq, q, gainDb }),
    gains: [12, -24],
    mostQ: 20,
  },
  {
    kind: 'lowShelf',
    make: (engine, freq, q, gainDb) => new LowShelfEffectNode(engine, { freq, q, gainDb }),
    gains: [12, -24],
    mostQ: 1,
  },
  {
    kind: 'highShelf',
    make: (engine, freq, q, gainDb) => new HighShelfEffectNode(engine, { freq, q, gainDb }),
    gains: [12, -24],
    mostQ: 1,
  },
];
const cutoffs = [20, 100, 1000, 6000, 20000];
const qs = [0.1, 0.7, 1, 4, 20];
const frequencies = Array.from({ length: 40 }, (_, index) => 20 * 1000 ** (index / 39));

forEachHost('the response', (host) => {
  it.each(filters.map((filter): [string, FilterCase] => [filter.kind, filter]))(
    'of %s is the cookbook at 40 frequencies, within 0.001 dB',
    (kind, { make, gains, mostQ }) => {
      const engine = openEngine(host);
      let compared = 0;
      for (const cutoff of cutoffs) {
        for (const q of qs.filter((value) => value <= mostQ)) {
          for (const gainDb of gains) {
            const filter = make(engine, cutoff, q, gainDb);
            soundInto(filter, constant(1)).play();
            const response = renderChannel(engine, Math.min(600000, Math.ceil(filter.tailFrames * 2.5) + 64));
            const formula = cookbook(kind, cutoff, q, gainDb, 48000);
            const told = filter.frequencyResponse(frequencies);
            let most = 0;
            for (const sample of response) most = Math.max(most, Math.abs(sample));
            for (const [index, hz] of frequencies.entries()) {
              const angle = (2 * Math.PI * hz) / 48000;
              const expected = valueAt(formula, angle);
              const got = measuredAt(response, angle);
              const size = Math.hypot(expected.real, expected.imaginary);
              const where = `${kind} at ${cutoff} Hz, q ${q}, ${gainDb} dB, ${hz.toFixed(1)} Hz`;
              // 0.001 dB, and what rounding the response to float32 leaves in deep stop bands.
              expect(Math.hypot(got.real - expected.real, got.imaginary - expected.imaginary), where).toBeLessThan(
                1.1e-4 * size + 2e-6 * most,
              );
              expect(told.magnitude[index], where).toBeCloseTo(size, 7);
              // Phases are equal modulo a turn.
              if (size > 1e-6)
                expect(
                  Math.cos((told.phase[index] as number) - Math.atan2(expected.imaginary, expected.real)),
                  where,
                ).toBeGreaterThan(1 - 1e-9);
              compared += 1;
            }
            filter.dispose();
            engine.readPcmFrames(2000);
          }
        }
      }
      expect(compared).toBeGreaterThanOrEqual(40 * cutoffs.length * 3);
    },
  );

  it('at half the rate and at DC is what the formula says', () => {
    const engine = openEngine(host);
    const ends = (filter: Filter) =>
      [...filter.frequencyResponse([0, 24000]).magnitude].map((value) => Math.round(value * 1e9) / 1e9);
    expect(ends(new LPFEffectNode(engine))).toEqual([1, 0]);
    expect(ends(new HPFEffectNode(engine))).toEqual([0, 1]);
    expect(ends(new BPFEffectNode(engine))).toEqual([0, 0]);
    expect(ends(new NotchEffectNode(engine))).toEqual([1, 1]);
    expect(ends(new PeakEffectNode(engine, { gainDb: 20 }))).toEqual([1, 1]);
    expect(ends(new LowShelfEffectNode(engine, { gainDb: 20 }))).toEqual([10, 1]);
    expect(ends(new HighShelfEffectNode(engine, { gainDb: 20 }))).toEqual([1, 10]);
    expect(() => new LPFEffectNode(engine).frequencyResponse([24001])).toThrow(RangeError);
    expect(() => new LPFEffectNode(engine).frequencyResponse([Number.NaN])).toThrow('hz[0]');
    expect(() => new LPFEffectNode(engine).frequencyResponse(5 as unknown as number[])).toThrow(TypeError);
  });

  it('of a low-pass at 10 Hz is exact at DC', () => {
    const engine = openEngine(host);
    const filter = new LPFEffectNode(engine, { cutoffHz: 10 });
    soundInto(filter, constant(480000)).play();
    expect(renderChannel(engine, 480000).at(-1)).toBeCloseTo(1, 6);
  });

  it('of a low-pass does not move a constant while its cutoff moves from end to end', () => {
    const engine = openEngine(host);
    const filter = new LPFEffectNode(engine, { cutoffHz: 20000 });
    soundInto(filter, constant(200000)).play();
    engine.readPcmFrames(1000);
    void filter.ramp('cutoffHz', 10, { seconds: 0.05, curve: 'exponential' });
    const closing = renderChannel(engine, 4800);
    filter.cutoffHz = 15000;
    const opening = renderChannel(engine, 4800);
    for (const sample of [...closing, ...opening]) expect(Math.abs(sample - 1)).toBeLessThan(1e-6);
  });

  it('of several bands in a row is the product of all', () => {
    const engine = openEngine(host);
    const bands = [100, 1000, 8000].map((freq) => new PeakEffectNode(engine, { freq, gainDb: 6, q: 2 }));
    const [first, second, third] = bands as [PeakEffectNode, PeakEffectNode, PeakEffectNode];
    const sound = soundInto(first, constant(1));
    attach(first, second);
    attach(second, third);
    sound.play();
    const response = renderChannel(engine, 20000);
    for (const hz of [50, 100, 400, 1000, 3000, 8000]) {
      const expected = bands.reduce(
        (product, band) => product * (band.frequencyResponse([hz]).magnitude[0] as number),
        1,
      );
      const { real, imaginary } = measuredAt(response, (2 * Math.PI * hz) / 48000);
      expect(Math.hypot(real, imaginary)).toBeCloseTo(expected, 4);
    }
  });
});

describe('the measuring', () => {
  it('tells a filter that is 0.1 % off', () => {
    const right = valueAt(cookbook('lowPass', 1000, 0.7, 0, 48000), 0.1);
    const wrong = valueAt(cookbook('lowPass', 1001, 0.7, 0, 48000), 0.1);
    expect(Math.hypot(right.real - wrong.real, right.imaginary - wrong.imaginary)).toBeGreaterThan(1.1e-4);
  });
});

function attach(from: EffectNode, to: EffectNode): void {
  attachNode(from, 0, to, 0);
}
