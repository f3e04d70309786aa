import { describe, expect, it } from 'vitest';
import {
  AudioBusLayout,
  BandPassFilter,
  BusEffect,
  CompressorEffect,
  DelayEffect,
  EQBand,
  effectFromJSON,
  effectTypes,
  GainEffect,
  HighPassFilter,
  LowPassFilter,
  NotchFilter,
  ParametricEQ,
  ReverbEffect,
  SoftClipEffect,
} from '../../src/index.js';
import { fitTone, largestDifference, largestStep, peak, rms } from '../support/analysis.js';
import { effectTable } from '../support/effect-table.mjs';
import { forEachHost, type HostName, renderChannel } from '../support/hosts.js';
import { noise, sine } from '../support/signals.js';
import { clipOf, constantClip, openBackend, sineClip } from './game.js';

const decibels = (gain: number): number => 20 * Math.log10(gain);

/** The gain in dB of a bus with these effects at a frequency. */
function gainAt(host: HostName, hz: number, effects: readonly BusEffect[]): number {
  const backend = openBackend(host);
  for (const effect of effects) backend.busLayout.getBus('SFX').addEffect(effect);
  backend.playAudio(clipOf(sine(48000, 48000, hz, 0.1)), { bus: 'SFX' });
  renderChannel(backend.engine, 24000);
  return decibels(fitTone(renderChannel(backend.engine, 12000), 48000, hz).amplitude / 0.1);
}

/** A default of the table, not the square root of a half. */
const butterworth = Number('0.707');

/** What was promised of each: its type, its defaults, and a value that it refuses. */
const all: [string, () => BusEffect, Record<string, unknown>, Record<string, unknown>][] = [
  ['gain', () => new GainEffect(), { volumeDb: 0 }, { volumeDb: 30 }],
  ['lowpass', () => new LowPassFilter(), { cutoffHz: 1000, q: butterworth }, { cutoffHz: 9 }],
  ['highpass', () => new HighPassFilter(), { cutoffHz: 1000, q: butterworth }, { q: 0.01 }],
  ['bandpass', () => new BandPassFilter(), { cutoffHz: 1000, q: butterworth, form: 'peak' }, { form: 'wide' }],
  ['notch', () => new NotchFilter(), { cutoffHz: 1000, q: 1 }, { q: 101 }],
  ['delay', () => new DelayEffect(), { delaySeconds: 0.25, decay: 0.4, wet: 0.5, dry: 0.5 }, { delaySeconds: 11 }],
  [
    'reverb',
    () => new ReverbEffect(),
    { roomSize: 0.5, damping: 0.5, wet: 0.3, dry: 0.7, width: 1, freeze: false },
    { freeze: 1 },
  ],
  ['softclip', () => new SoftClipEffect(), { drive: 2, outputGain: 1, oversample: 1 }, { oversample: 3 }],
  [
    'compressor',
    () => new CompressorEffect(),
    { thresholdDb: -24, ratio: 4, attackMs: 5, releaseMs: 100, kneeDb: 6, makeupDb: 0, sidechain: null },
    { sidechain: 7 },
  ],
];

const allTypes = ['gain', 'eq', ...effectTable.flatMap(({ bus }) => (bus === undefined ? [] : [bus.type]))];

it('every effect tells what can be set on it, and means it', () => {
  expect(effectTypes().sort()).toEqual([...allTypes].sort());
  expect(allTypes).toEqual(expect.arrayContaining(all.map(([type]) => type)));
  for (const type of effectTypes()) {
    const effect = effectFromJSON({ type });
    const { type: told, enabled, ...values } = effect.toJSON();
    expect([told, enabled]).toEqual([type, true]);
    if (effect instanceof ParametricEQ) continue;
    expect(effect.fields.map(({ name }) => name)).toEqual(Object.keys(values));
    for (const field of effect.fields) {
      expect(values[field.name]).toBe(
        field.kind === 'number' ? field.row.default : field.kind === 'bus' ? null : field.default,
      );
      if (field.kind !== 'number') continue;
      for (const value of [field.row.minimum, field.row.maximum])
        expect(effectFromJSON({ type, [field.name]: value }).toJSON()[field.name]).toBe(value);
      expect(() => effectFromJSON({ type, [field.name]: field.row.maximum * 1.01 + 1 })).toThrow(RangeError);
    }
  }
  expect(EQBand.fieldsOf('lowshelf').map(({ name }) => name)).toEqual(['type', 'freq', 'q', 'gainDb']);
});

/** What the cookbook says of a peaking band at its centre is its gain; of a shelf far out, its gain. */
forEachHost('ParametricEQ', (host) => {
  it('lets every band be heard', () => {
    const make = (): ParametricEQ =>
      new ParametricEQ({
        bands: [
          new EQBand({ type: 'lowshelf', freq: 100, gainDb: -9 }),
          new EQBand({ type: 'peaking', freq: 1000, q: 2, gainDb: 8 }),
          new EQBand({ type: 'highshelf', freq: 8000, gainDb: -12 }),
        ],
      });
    expect(gainAt(host, 20, [make()])).toBeCloseTo(-9, 0);
    expect(gainAt(host, 1000, [make()])).toBeCloseTo(8, 1);
    expect(gainAt(host, 20000, [make()])).toBeCloseTo(-12, 0);
    expect(gainAt(host, 1000, [new ParametricEQ()])).toBeCloseTo(0, 3);
  });

  it('changes its bands live, in place and as a list', () => {
    const backend = openBackend(host);
    const bus = backend.busLayout.getBus('SFX');
    const eq = bus.addEffect(new ParametricEQ());
    backend.playAudio(sineClip(20, 1000, 0.1), { bus: 'SFX' });
    const level = (): number => {
      const heard = renderChannel(backend.engine, 12000);
      expect(largestStep(heard)).toBeLessThan(0.1);
      return decibels(fitTone(heard.subarray(9600), 48000, 1000).amplitude / 0.1);
    };
    expect(level()).toBeCloseTo(0, 2);
    eq.bands[1]!.gainDb = 6;
    expect(level()).toBeCloseTo(6, 1);
    eq.bands[1]!.freq = 15000;
    expect(level()).toBeCloseTo(0, 1);
    eq.bands[0]!.setParams({ type: 'peaking', freq: 1000, gainDb: -6, q: 3 });
    expect(level()).toBeCloseTo(-6, 1);
    eq.bands = [new EQBand({ gainDb: 3 }), new EQBand({ gainDb: 4 }), new EQBand(), new EQBand()];
    expect(level()).toBeCloseTo(7, 1);
    eq.setParams({ enabled: false });
    expect(level()).toBeCloseTo(0, 2);
    eq.setParams({ enabled: true, bands: [new EQBand({ gainDb: -2 })] });
    expect(level()).toBeCloseTo(-2, 1);
    eq.bands = [];
    eq.enabled = true;
    expect(level()).toBeCloseTo(0, 2);
  });
});

describe('effects as data', () => {
  it.each(all)('%s: defaults, any subset, all or nothing, and back from JSON', (type, make, defaults, bad) => {
    const effect = make();
    expect(effect).toBeInstanceOf(BusEffect);
    expect(effect.toJSON()).toEqual({ type, enabled: true, ...defaults });
    const name = Object.keys(bad)[0]!;
    const before = JSON.stringify(effect);
    expect(() => Reflect.set(effect, name, bad[name])).toThrowError(name);
    const numbers = Object.entries(defaults).filter(([, value]) => typeof value === 'number');
    const [first, value] = numbers[0]! as [string, number];
    const changed = { [first]: value === 0 ? 0.5 : value * 0.9 };
    const { setParams } = effect as unknown as { setParams(params: object): void };
    expect(() => setParams.call(effect, { ...changed, ...bad })).toThrowError(name);
    expect(JSON.stringify(effect)).toBe(before);
    setParams.call(effect, changed);
    expect(effect.toJSON()[first]).toBe(changed[first]);
    const layout = new AudioBusLayout();
    layout.master.addEffect(effect);
    expect(AudioBusLayout.fromJSON(JSON.stringify(layout)).master.effects[0]!.toJSON()).toEqual(effect.toJSON());
    setParams.call(effect, { ...changed, enabled: false });
    expect(effect.enabled).toBe(false);
    expect(AudioBusLayout.fromJSON(layout.toJSON()).master.effects[0]!.enabled).toBe(false);
  });

  it('an equaliser comes back with its bands, and says where one is wrong', () => {
    const layout = new AudioBusLayout();
    layout.master.addEffect(
      new ParametricEQ({ bands: [new EQBand({ type: 'highshelf', gainDb: 3 }), new EQBand({ freq: 50, q: 9 })] }),
    );
    const json = layout.toJSON();
    expect(json.buses[0]!.effects![0]).toEqual({
      type: 'eq',
      enabled: true,
      bands: [
        { type: 'highshelf', freq: 8000, q: 1, gainDb: 3 },
        { type: 'peaking', freq: 50, q: 9, gainDb: 0 },
      ],
    });
    expect(AudioBusLayout.fromJSON(json).toJSON()).toEqual(json);
    const damaged = structuredClone(json) as unknown as {
      buses: { effects: { bands: Record<string, unknown>[] }[] }[];
    };
    damaged.buses[0]!.effects[0]!.bands[1]!['q'] = 101;
    expect(() => AudioBusLayout.fromJSON('no layout')).toThrowError(
      "Expected the JSON text of a layout for json but received 'no layout'",
    );
    expect(() => AudioBusLayout.fromJSON(damaged as never)).toThrowError('buses[0].effects[0].bands[1].q');
    damaged.buses[0]!.effects[0]!.bands[1] = { kind: 'x' };
    expect(() => AudioBusLayout.fromJSON(damaged as never)).toThrowError('buses[0].effects[0].bands[1]');
    expect(() => new EQBand({ type: 'lowshelf', q: 2 })).toThrowError(RangeError);
    expect(() => new EQBand({ type: 'wide' as never })).toThrowError(RangeError);
    expect(() => new ParametricEQ({ bands: [{}] as never })).toThrowError(TypeError);
  });
});

forEachHost('effects of a bus', (host) => {
  it('each does what it says', () => {
    expect(gainAt(host, 1000, [new LowPassFilter({ cutoffHz: 1000, q: 2 })])).toBeCloseTo(decibels(2), 1);
    expect(gainAt(host, 100, [new HighPassFilter({ cutoffHz: 1000 })])).toBeCloseTo(-40, 0);
    expect(gainAt(host, 2000, [new BandPassFilter({ cutoffHz: 2000, q: 4 })])).toBeCloseTo(0, 1);
    expect(gainAt(host, 2000, [new BandPassFilter({ cutoffHz: 2000, q: 4, form: 'skirt' })])).toBeCloseTo(
      decibels(4),
      1,
    );
    expect(gainAt(host, 2000, [new NotchFilter({ cutoffHz: 2000, q: 4 })])).toBeLessThan(-40);
    expect(gainAt(host, 1000, [new SoftClipEffect({ drive: 0.01, outputGain: 2 })])).toBeCloseTo(decibels(2), 1);
    expect(
      gainAt(host, 1000, [
        new CompressorEffect({ thresholdDb: -40, ratio: 2, kneeDb: 0, attackMs: 1, releaseMs: 1000 }),
      ]),
    ).toBeCloseTo(-10, 0);
    expect(gainAt(host, 100, [new DelayEffect({ wet: 0, dry: 0.5 })])).toBeCloseTo(decibels(0.5), 2);
    expect(gainAt(host, 100, [new ReverbEffect({ wet: 0, dry: 2 })])).toBeCloseTo(decibels(2), 2);
  });

  it('what can only be set at construction is a new node only where it differs: the state stays', () => {
    const backend = openBackend(host);
    const bus = backend.busLayout.getBus('SFX');
    const filter = bus.addEffect(new BandPassFilter({ cutoffHz: 100, q: 100 }));
    backend.playAudio(clipOf(noise(4800, 1, 9)), { bus: 'SFX' });
    renderChannel(backend.engine, 6000);
    filter.setParams({ form: 'peak', q: 100 });
    expect(rms(renderChannel(backend.engine, 4800))).toBeGreaterThan(1e-4);
    filter.form = 'skirt';
    renderChannel(backend.engine, 960);
    expect(rms(renderChannel(backend.engine, 4800))).toBe(0);
  });

  it('are in their place: a gain before a clipper is not one behind it', () => {
    const clipped = (before: boolean): number => {
      const effects = [new GainEffect({ volumeDb: 20 }), new SoftClipEffect({ drive: 2 })];
      return gainAt(host, 500, before ? effects : effects.reverse());
    };
    expect(clipped(false) - clipped(true)).toBeGreaterThan(3);
  });

  it('under a tone: every change stays below the bound of a step, and the reverb rings on', () => {
    const backend = openBackend(host);
    const bus = backend.busLayout.getBus('SFX');
    const [a, b, c] = [
      new LowPassFilter({ cutoffHz: 3000 }),
      new ReverbEffect({ wet: 0.3, dry: 0.7 }),
      new DelayEffect({ wet: 0.2, dry: 0.8 }),
    ];
    backend.playAudio(sineClip(30, 440, 0.25), { bus: 'SFX' });
    const changes: [string, () => unknown][] = [
      ['a reverb comes', () => bus.addEffect(b)],
      ['a filter comes in front', () => bus.addEffect(a, 0)],
      ['a delay comes between', () => bus.addEffect(c, 1)],
      ['order', () => bus.moveEffect(c, 0)],
      ['order again', () => bus.moveEffect(b, 0)],
      ['a parameter', () => a.setParams({ cutoffHz: 800, q: 2 })],
      ['wet and dry', () => b.setParams({ wet: 0.6, dry: 0.4 })],
      ['off', () => (c.enabled = false)],
      ['on', () => (c.enabled = true)],
      ['the filter goes', () => bus.removeEffect(a)],
      ['the reverb goes', () => bus.removeEffect(b)],
      ['the delay goes', () => bus.removeEffect(c)],
    ];
    renderChannel(backend.engine, 4800);
    for (const [name, change] of changes) {
      change();
      const heard = renderChannel(backend.engine, 9600);
      const loudest = peak(heard);
      expect(largestStep(heard), name).toBeLessThan(loudest * (2 * Math.sin((Math.PI * 440) / 48000) + 1 / 480));
      expect(rms(heard), name).toBeGreaterThan(0.05);
    }
  });

  it('a reverb keeps its tail while others come, go and move, and when it goes itself', () => {
    const tail = (change: (backend: ReturnType<typeof openBackend>, reverb: ReverbEffect) => void): Float32Array => {
      const backend = openBackend(host);
      const bus = backend.busLayout.getBus('SFX');
      const reverb = bus.addEffect(new ReverbEffect({ wet: 1, dry: 0, roomSize: 0.9 }));
      bus.addEffect(new GainEffect());
      backend.playAudio(clipOf(noise(2400, 1, 3)), { bus: 'SFX' });
      renderChannel(backend.engine, 4800);
      change(backend, reverb);
      return renderChannel(backend.engine, 9600);
    };
    const plain = tail(() => {});
    expect(rms(plain)).toBeGreaterThan(0.01);
    expect(
      largestDifference(
        tail((backend) => void backend.busLayout.getBus('SFX').addEffect(new GainEffect(), 0)),
        plain,
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        tail((backend) => void backend.busLayout.getBus('SFX').addEffect(new GainEffect())),
        plain,
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        tail((backend, reverb) => backend.busLayout.getBus('SFX').moveEffect(reverb, 1)),
        plain,
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        tail((backend, reverb) => void backend.busLayout.getBus('SFX').removeEffect(reverb)),
        plain,
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        tail((backend) => backend.busLayout.removeBus('SFX')),
        plain,
      ),
    ).toBeLessThan(1e-6);
    const half = tail((_backend, reverb) => {
      reverb.wet = 0.5;
    });
    expect(largestDifference(half.subarray(480), plain.map((sample) => sample / 2).subarray(480))).toBeLessThan(1e-6);
  });

  it('ducking: the music steps back for the voice by what the curve says, and comes back', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    const compressor = layout.getBus('Music').addEffect(
      new CompressorEffect({
        sidechain: 'Voice',
        thresholdDb: -30,
        ratio: 4,
        kneeDb: 0,
        attackMs: 10,
        releaseMs: 100,
      }),
    );
    layout.getBus('Voice').volumeDb = -6;
    backend.playAudio(sineClip(10, 440, 0.2), { bus: 'Music' });
    const music = (): number => decibels(fitTone(renderChannel(backend.engine, 4800), 48000, 440).amplitude / 0.2);
    renderChannel(backend.engine, 4800);
    expect(music()).toBeCloseTo(0, 2);
    // A voice of -6 dBFS through a bus of -6 dB: 18 dB above the threshold, of which a quarter is left.
    const voice = backend.playAudio(constantClip(480000, 0.5), { bus: 'Voice' });
    renderChannel(backend.engine, 9600);
    expect(music()).toBeCloseTo(-0.75 * (decibels(0.5) - 6 + 30), 1);
    layout.getBus('Voice').volumeDb = -18;
    renderChannel(backend.engine, 48000);
    expect(music()).toBeCloseTo(-0.75 * (decibels(0.5) - 18 + 30), 1);
    compressor.sidechain = null;
    renderChannel(backend.engine, 48000);
    // By its own level: a detector with a fast release follows the half waves, and so takes away a little less than for
    // their peak.
    const own = music();
    expect(own).toBeGreaterThan(-0.75 * (decibels(0.2) + 30));
    expect(own).toBeLessThan(-0.75 * (decibels(0.2) + 30) + 2);
    compressor.sidechain = 'Voice';
    backend.stopAudio(voice);
    renderChannel(backend.engine, 96000);
    expect(music()).toBeCloseTo(0, 1);
    // A bus that goes, one that is not there yet, one that would be a circle.
    layout.removeBus('Voice');
    renderChannel(backend.engine, 48000);
    layout.addBus('Late');
    compressor.sidechain = 'Late';
    backend.playAudio(constantClip(100000, 0.5), { bus: 'Late' });
    renderChannel(backend.engine, 48000);
    expect(music()).toBeCloseTo(-0.75 * (decibels(0.5) + 30), 0);
    layout.getBus('Music').sendTo = 'Late';
    renderChannel(backend.engine, 48000);
    expect(layout.getBus('Music').sendTo).toBe('Late');
    expect(Number.isFinite(peak(renderChannel(backend.engine, 1000)))).toBe(true);
  });

  it('a limiter on Master, as docs/game.md has it, lets nothing louder through and leaves what is softer alone', () => {
    const backend = openBackend(host);
    backend.busLayout.master.addEffect(new CompressorEffect({ thresholdDb: -3, ratio: 100, attackMs: 0, kneeDb: 0 }));
    backend.playAudio(sineClip(1, 440, 4));
    const loud = peak(renderChannel(backend.engine, 48000));
    expect(decibels(loud)).toBeGreaterThan(-3);
    expect(decibels(loud)).toBeLessThan(-2.8);
    renderChannel(backend.engine, 48000);
    backend.playAudio(sineClip(1, 440, 0.3));
    expect(peak(renderChannel(backend.engine, 48000))).toBeCloseTo(0.3, 3);
  });

  it('a snapshot moves their parameters evenly', async () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    const eq = layout.master.addEffect(new ParametricEQ({ bands: [new EQBand({ freq: 1000, gainDb: 12 })] }));
    const filter = layout.master.addEffect(new LowPassFilter({ cutoffHz: 500 }));
    const dark = layout.snapshot();
    eq.bands[0]!.gainDb = 0;
    filter.cutoffHz = 10000;
    backend.playAudio(sineClip(10, 1000, 0.1));
    renderChannel(backend.engine, 4800);
    const reached = layout.blendTo(dark, 2);
    expect([filter.cutoffHz, eq.bands[0]!.gainDb]).toEqual([500, 12]);
    const heard = renderChannel(backend.engine, 96000);
    expect(await reached).toBe(true);
    const at = (frame: number): number =>
      decibels(fitTone(heard.subarray(frame, frame + 960), 48000, 1000).amplitude / 0.1);
    expect(at(0)).toBeCloseTo(0, 0);
    expect(at(48000)).toBeCloseTo(6, 0);
    expect(largestStep(heard)).toBeLessThan(0.06);
  });

  it('capabilities name every kind', () => {
    const capabilities = openBackend(host).listCapabilities();
    for (const type of allTypes) expect(capabilities.has(`effect.${type}`), type).toBe(true);
    expect(capabilities.has('effect.wow')).toBe(false);
  });
});
