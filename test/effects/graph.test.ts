import { expect, it } from 'vitest';
import {
  attachNode,
  chain,
  DelayEffectNode,
  detachNode,
  type EffectNode,
  type Engine,
  engineEndpoint,
  HPFEffectNode,
  LowShelfEffectNode,
  LPFEffectNode,
  type NodeLike,
  NotchEffectNode,
  PeakEffectNode,
  SoftClipEffectNode,
  type Sound,
  SoundGroup,
  setNodeOutputVolume,
} from '../../src/index.js';
import { largestStep, peak } from '../support/analysis.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { constant } from '../support/signals.js';

/** A constant that goes on for ever. */
function tone(engine: Engine, value: number, group: SoundGroup | null = null): Sound {
  return soundOf(engine, constant(4800, 1, value), { looping: true, group }).play();
}

/** An effect that multiplies a constant by a gain. */
const factor = (engine: Engine, gain: number) =>
  new LowShelfEffectNode(engine, { freq: 4000, gainDb: 20 * Math.log10(gain) });

forEachHost('the graph with effects', (host) => {
  it('leads several sources through one effect', () => {
    const engine = openEngine(host);
    const effect = factor(engine, 0.5);
    const group = new SoundGroup(engine);
    attachNode(group, 0, effect, 0);
    for (const value of [0.25, 0.125]) attachNode(tone(engine, value), 0, effect, 0);
    tone(engine, 0.5, group);
    tone(engine, 1 / 16);
    engine.readPcmFrames(4000);
    expect(renderChannel(engine, 10)[9]).toBeCloseTo(0.5 * 0.875 + 1 / 16, 5);
  });

  it('leads groups into effects into groups, with all their gains', () => {
    const engine = openEngine(host);
    const [inner, outer] = [new SoundGroup(engine), new SoundGroup(engine)];
    const [first, second] = [factor(engine, 0.5), factor(engine, 3)];
    inner.volume = 0.8;
    outer.volume = 0.25;
    attachNode(inner, 0, first, 0);
    attachNode(first, 0, outer, 0);
    attachNode(outer, 0, second, 0);
    setNodeOutputVolume(first, 0, 0.9);
    setNodeOutputVolume(second, 0, 0.7);
    tone(engine, 1, inner);
    engine.readPcmFrames(4000);
    expect(renderChannel(engine, 10)[9]).toBeCloseTo(0.8 * 0.5 * 0.9 * 0.25 * 3 * 0.7, 5);
    outer.muted = true;
    engine.readPcmFrames(2000);
    expect(peak(engine.readPcmFrames(100))).toBe(0);
    outer.muted = false;
    outer.pause();
    engine.readPcmFrames(1000);
    expect(peak(engine.readPcmFrames(100))).toBe(0);
    outer.resume();
    engine.readPcmFrames(4000);
    expect(renderChannel(engine, 10)[9]).toBeCloseTo(0.8 * 0.5 * 0.9 * 0.25 * 3 * 0.7, 5);
  });

  it('stands still in a paused group, echoes too', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const group = new SoundGroup(engine);
    const delay = new DelayEffectNode(engine, { delaySeconds: 0.1, wet: 1, dry: 0 });
    attachNode(delay, 0, group, 0);
    const sound = soundOf(engine, constant(1));
    attachNode(sound, 0, delay, 0);
    sound.play();
    engine.readPcmFrames(1000);
    group.pause();
    expect(peak(engine.readPcmFrames(100000))).toBe(0);
    group.resume();
    const out = renderChannel(engine, 5000);
    expect(out.findIndex((sample) => sample !== 0)).toBe(3800);
  });

  it('passes a group that is muted by: its effect falls asleep', () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    const filter = new LPFEffectNode(engine);
    attachNode(group, 0, filter, 0);
    tone(engine, 1, group);
    engine.readPcmFrames(2000);
    group.muted = true;
    engine.readPcmFrames(20000);
    expect(peak(engine.readPcmFrames(4096))).toBe(0);
    group.muted = false;
    engine.readPcmFrames(4000);
    expect(renderChannel(engine, 10)[9]).toBeCloseTo(1, 5);
  });

  it('refuses cycles, buses that are not there and other engines, and stays as it is', () => {
    const engine = openEngine(host);
    const other = openEngine(host);
    const [a, b, c] = [factor(engine, 0.5), factor(engine, 0.5), new SoundGroup(engine)] as const;
    attachNode(a, 0, b, 0);
    attachNode(b, 0, c, 0);
    attachNode(tone(engine, 1), 0, a, 0);
    const foreign = factor(other, 1);
    const refused: [() => void, string][] = [
      [() => attachNode(c, 0, a, 0), 'ERR_CYCLE'],
      [() => attachNode(b, 0, a, 0), 'ERR_CYCLE'],
      [() => attachNode(a, 0, a, 0), 'ERR_CYCLE'],
      [() => attachNode(a, 1, c, 0), 'ERR_NO_SUCH_BUS'],
      [() => attachNode(a, 0, c, 1), 'ERR_NO_SUCH_BUS'],
      [() => detachNode(a, 2), 'ERR_NO_SUCH_BUS'],
      [() => attachNode(a, 0, foreign, 0), 'ERR_WRONG_ENGINE'],
      [() => attachNode(foreign, 0, a, 0), 'ERR_WRONG_ENGINE'],
      [() => attachNode(engineEndpoint(engine), 0, a, 0), 'ERR_NO_SUCH_BUS'],
    ];
    for (const [call, code] of refused) expect(call).toThrow(expect.objectContaining({ code }));
    foreign.dispose();
    expect(() => attachNode(a, 0, foreign, 0)).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    engine.readPcmFrames(4000);
    expect(renderChannel(engine, 10)[9]).toBeCloseTo(0.25, 5);
  });

  it('chains effects and takes the chain out again', () => {
    const engine = openEngine(host);
    const sound = tone(engine, 1);
    const effects = [factor(engine, 0.5), factor(engine, 0.25), new SoftClipEffectNode(engine, { drive: 0.01 })];
    engine.readPcmFrames(1000);
    const undo = chain(sound, effects);
    const on = renderChannel(engine, 5000);
    undo();
    const off = renderChannel(engine, 5000);
    expect(on.at(-1)).toBeCloseTo(0.125, 5);
    expect(off.at(-1)).toBe(1);
    expect(largestStep([...on, ...off])).toBeLessThan(0.003);
    undo();
    expect(renderChannel(engine, 1000).at(-1)).toBe(1);
    expect(() => chain(sound, [effects[0] as EffectNode, effects[1] as EffectNode, effects[0] as EffectNode])).toThrow(
      expect.objectContaining({ code: 'ERR_CYCLE' }),
    );
    expect(renderChannel(engine, 2000).at(-1)).toBe(1);
  });

  it.each([2, 3, 5])('lets %d effects in a row change places without a gap or a step', (count) => {
    const engine = openEngine(host);
    const sound = tone(engine, 1);
    // Each passes its input unchanged, so that any dip is the graph's.
    const effects = Array.from({ length: count }, () => new DelayEffectNode(engine, { dry: 1, wet: 0 }));
    chain(sound, effects);
    engine.readPcmFrames(6000);
    const order = [...effects];
    const random = new Random(count);
    for (let round = 0; round < 20; round++) {
      order.sort(() => random.next() - 0.5);
      // Taken apart and put together again while it plays.
      for (const effect of order) attachNode(effect, 0, engineEndpoint(engine), 0);
      chain(sound, order);
      const out = renderChannel(engine, random.integer(100, 4000));
      expect(largestStep(out), `round ${round}`).toBeLessThan(1e-6);
      for (const sample of out) expect(Math.abs(sample - 1), `round ${round}`).toBeLessThan(1e-6);
    }
  });

  it('drops nothing when an effect in the middle is disposed', () => {
    const engine = openEngine(host);
    const [a, b, c] = [factor(engine, 0.5), factor(engine, 0.5), factor(engine, 0.5)];
    const sound = tone(engine, 1);
    chain(sound, [a, b, c]);
    engine.readPcmFrames(6000);
    b.dispose();
    const out = renderChannel(engine, 4000);
    expect(out.at(-1)).toBeCloseTo(0.25, 5);
    expect(largestStep(out)).toBeLessThan(0.003);
    expect(Math.min(...out)).toBeGreaterThan(0.12);
    a.dispose();
    c.dispose();
    expect(renderChannel(engine, 4000).at(-1)).toBe(1);
  });

  it('lets a reverberation’s or delay’s tail fade when it is taken out', () => {
    const engine = openEngine(host);
    const delay = new DelayEffectNode(engine, { delaySeconds: 0.02, decay: 0.99, wet: 1, dry: 0 });
    const sound = tone(engine, 0.1);
    attachNode(sound, 0, delay, 0);
    engine.readPcmFrames(20000);
    sound.stop();
    engine.readPcmFrames(700);
    const before = renderChannel(engine, 10)[9] as number;
    delay.dispose();
    const out = renderChannel(engine, 1500);
    expect(Math.abs((out[0] as number) - before)).toBeLessThan(0.02);
    expect(peak(out.subarray(970))).toBe(0);
    expect(peak(out.subarray(0, 400))).toBeGreaterThan(0.1);
  });

  it('follows 10,000 random edits while it renders: no gap, no step, and a model tells where all leads', () => {
    const engine = openEngine(host);
    const random = new Random(77);
    const endpoint = engineEndpoint(engine);
    /**
     * The model: what each node leads to. Every effect passes a constant, every group and sound is at 1, so all that
     * leads to the endpoint adds up.
     */
    const target = new Map<NodeLike, NodeLike | null>();
    let effects: EffectNode[] = [];
    const groups = [new SoundGroup(engine), new SoundGroup(engine), new SoundGroup(engine)];
    const sounds: Sound[] = [];
    for (const group of groups) target.set(group, endpoint);
    const addEffect = () => {
      const kinds = [
        () => new LPFEffectNode(engine, { cutoffHz: random.between(1000, 20000) }),
        () => new PeakEffectNode(engine, { gainDb: random.between(-20, 12) }),
        () => new NotchEffectNode(engine, { cutoffHz: random.between(2000, 10000) }),
        () => new DelayEffectNode(engine, { dry: 1, wet: 0 }),
      ];
      const effect = (kinds[random.integer(0, kinds.length - 1)] as () => EffectNode)();
      effects.push(effect);
      target.set(effect, endpoint);
    };
    for (let index = 0; index < 8; index++) addEffect();
    const values = [1 / 4, 1 / 16, 1 / 64];
    for (const value of values) {
      const sound = tone(engine, value);
      sounds.push(sound);
      target.set(sound, endpoint);
    }
    const leads = (from: NodeLike, to: NodeLike): boolean => {
      for (let node: NodeLike | null = from; node !== null; node = target.get(node) ?? null)
        if (node === to) return true;
      return false;
    };
    const total = values.reduce((sum, value) => sum + value, 0);
    const expected = () =>
      sounds.reduce((sum, sound, index) => sum + (leads(sound, endpoint) ? (values[index] as number) : 0), 0);
    engine.readPcmFrames(1000);
    let last = renderChannel(engine, 1)[0] as number;
    let [cycles, checked, disposals] = [0, 0, 0];
    for (let edit = 0; edit < 10000; edit++) {
      const sources: NodeLike[] = [...effects, ...groups, ...sounds];
      const source = sources[random.integer(0, sources.length - 1)] as NodeLike;
      const targets: NodeLike[] = [...effects, ...groups, endpoint, endpoint];
      const wanted = targets[random.integer(0, targets.length - 1)] as NodeLike;
      const what = random.next();
      if (what < 0.9) {
        if (leads(wanted, source)) {
          cycles += 1;
          expect(() => attachNode(source, 0, wanted, 0)).toThrow(expect.objectContaining({ code: 'ERR_CYCLE' }));
        } else {
          attachNode(source, 0, wanted, 0);
          target.set(source, wanted);
        }
      } else if (what < 0.95) {
        const effect = effects[random.integer(0, effects.length - 1)] as EffectNode;
        for (const [node, leadsTo] of target)
          if (leadsTo === effect) target.set(node, target.get(effect) as NodeLike | null);
        target.delete(effect);
        effects = effects.filter((other) => other !== effect);
        effect.dispose();
        disposals += 1;
        addEffect();
      } else if (what < 0.97) {
        (effects[random.integer(0, effects.length - 1)] as EffectNode).enabled = random.next() < 0.5;
      } else if (what < 0.98) {
        (effects[random.integer(0, effects.length - 1)] as EffectNode).reset();
      } else {
        // Settles: everything that fades has faded.
        engine.readPcmFrames(6000);
        const settled = renderChannel(engine, 600);
        for (const sample of settled) expect(Math.abs(sample - expected())).toBeLessThan(1e-4);
        last = settled.at(-1) as number;
        checked += 1;
      }
      const out = renderChannel(engine, random.integer(1, 300));
      expect(largestStep([last, ...out]), `edit ${edit}`).toBeLessThan(0.003);
      // Nothing was ever led to nowhere, so nothing may be missing; resets of filters may dip a little.
      expect(Math.min(...out), `edit ${edit}`).toBeGreaterThan(total * 0.6);
      last = out.at(-1) as number;
    }
    expect(cycles).toBeGreaterThan(500);
    expect(disposals).toBeGreaterThan(200);
    expect(checked).toBeGreaterThan(100);
  });

  it('leads to nowhere and back, cross-faded', () => {
    const engine = openEngine(host);
    const filter = new HPFEffectNode(engine, { cutoffHz: 10 });
    const group = new SoundGroup(engine);
    attachNode(filter, 0, group, 0);
    tone(engine, 1, group);
    engine.readPcmFrames(1000);
    detachNode(group, 0);
    expect(largestStep(renderChannel(engine, 1000))).toBeLessThan(0.003);
    expect(peak(engine.readPcmFrames(100))).toBe(0);
    attachNode(group, 0, engineEndpoint(engine), 0);
    const out = renderChannel(engine, 1000);
    expect(largestStep(out)).toBeLessThan(0.003);
    expect(out.at(-1)).toBe(1);
  });
});
