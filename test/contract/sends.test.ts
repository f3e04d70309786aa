import { expect, it, vi } from 'vitest';
import { attachNode, CompressorEffectNode, Engine, LPFEffectNode, SoundGroup, setNodeSend } from '../../src/index.js';
import { decibels, largestStep } from '../support/analysis.js';
import { forEachHost, openEngine, renderChannel, soundOf, stateOf } from '../support/hosts.js';
import { constant, counting, sine } from '../support/signals.js';

const code = (expected: string) => expect.objectContaining({ code: expected });

forEachHost('sends', (host) => {
  it('add a node to another besides the one it leads to, with a gain that is ramped', () => {
    const engine = openEngine(host);
    const [dry, wet] = [new SoundGroup(engine), new SoundGroup(engine)];
    soundOf(engine, constant(100000), { group: dry }).play();
    renderChannel(engine, 100);
    setNodeSend(dry, wet, 0.5);
    const coming = renderChannel(engine, 1000);
    for (const frame of [0, 120, 240, 480, 999])
      expect(coming[frame]).toBeCloseTo(1 + 0.5 * Math.min(1, frame / 480), 6);
    wet.volume = 0.5;
    renderChannel(engine, 480);
    expect(renderChannel(engine, 1)[0]).toBeCloseTo(1.25, 6);
    dry.volume = 0.5;
    renderChannel(engine, 480);
    expect(renderChannel(engine, 1)[0]).toBeCloseTo(0.625, 6);
    setNodeSend(dry, wet, 2, { seconds: 0.1, curve: 'ease-in' });
    const rising = renderChannel(engine, 4801);
    for (const frame of [0, 1200, 2400, 4800])
      expect(rising[frame]).toBeCloseTo(0.5 + 0.25 * (0.5 + 1.5 * (frame / 4800) ** 2), 5);
    setNodeSend(dry, wet, 0);
    renderChannel(engine, 480);
    expect(renderChannel(engine, 1)[0]).toBe(0.5);
  });

  it('refuse circles, other engines, sounds and a ninth, and change nothing then', () => {
    const engine = openEngine(host);
    const other = openEngine(host);
    const groups = Array.from({ length: 10 }, () => new SoundGroup(engine));
    const [first, second] = groups as [SoundGroup, SoundGroup];
    const sound = soundOf(engine, constant(1000), { group: first });
    attachNode(second, 0, first, 0);
    expect(() => setNodeSend(first, second, 1)).toThrowError(code('ERR_CYCLE'));
    expect(() => setNodeSend(first, first, 1)).toThrowError(code('ERR_CYCLE'));
    expect(() => setNodeSend(first, new SoundGroup(other), 1)).toThrowError(code('ERR_WRONG_ENGINE'));
    expect(() => setNodeSend(sound, second, 1)).toThrowError(code('ERR_NO_SUCH_BUS'));
    expect(() => setNodeSend(engine.endpoint, second, 1)).toThrowError(code('ERR_NO_SUCH_BUS'));
    for (const group of groups.slice(2)) setNodeSend(first, group, 0);
    for (const group of groups.slice(2)) setNodeSend(first, group, 0.5);
    expect(() => setNodeSend(first, engine.endpoint, 0.5)).toThrowError(code('ERR_NODE_LIMIT'));
    // A send is a way: what leads back along it is a circle.
    expect(() => attachNode(groups[2]!, 0, first, 0)).toThrowError(code('ERR_CYCLE'));
    sound.play();
    expect(renderChannel(engine, 1)[0]).toBe(5);
    setNodeSend(first, groups[2]!, 0);
    setNodeSend(first, engine.endpoint, 0.5);
  });

  it('may make more ways than could be counted: a circle is found at once', () => {
    const engine = openEngine(host);
    const groups = Array.from({ length: 90 }, () => new SoundGroup(engine));
    for (const [index, group] of groups.slice(0, -1).entries()) {
      attachNode(group, 0, groups[index + 1]!, 0);
      if (index + 2 < groups.length) setNodeSend(group, groups[index + 2]!, 0.5);
    }
    expect(() => attachNode(groups.at(-1)!, 0, groups[0]!, 0)).toThrowError(code('ERR_CYCLE'));
    expect(() => setNodeSend(groups.at(-2)!, groups[1]!, 1)).toThrowError(code('ERR_CYCLE'));
    attachNode(groups[0]!, 0, groups.at(-1)!, 0);
  });

  it('end when either end is disposed, without a step', () => {
    const engine = openEngine(host);
    const [dry, wet, more] = [new SoundGroup(engine), new SoundGroup(engine), new SoundGroup(engine)];
    const warned = vi.fn();
    engine.on('warning', warned);
    soundOf(engine, constant(100000), { group: dry }).play();
    setNodeSend(dry, wet, 1);
    setNodeSend(dry, more, 1);
    renderChannel(engine, 1000);
    wet.dispose();
    const heard = renderChannel(engine, 1000);
    expect(largestStep(heard)).toBeLessThan(1 / 480 + 1e-3);
    expect(heard[999]).toBe(2);
    dry.dispose();
    expect(largestStep(renderChannel(engine, 1000))).toBeLessThan(2 / 480 + 1e-3);
    expect(renderChannel(engine, 10)[5]).toBe(0);
    more.dispose();
    renderChannel(engine, 1000);
    expect(warned).not.toHaveBeenCalled();
  });

  it('follow routes that are turned round, when what fades out is gone', () => {
    const engine = openEngine(host);
    const warned = vi.fn();
    engine.on('warning', warned);
    const [a, b] = [new SoundGroup(engine), new SoundGroup(engine)];
    soundOf(engine, constant(100000), { group: a }).play();
    attachNode(a, 0, b, 0);
    renderChannel(engine, 1000);
    attachNode(a, 0, engine.endpoint, 0);
    setNodeSend(b, a, 1);
    soundOf(engine, constant(100000), { group: b }).play();
    renderChannel(engine, 2000);
    expect(renderChannel(engine, 1)[0]).toBe(3);
    expect(warned).not.toHaveBeenCalled();
  });
});

forEachHost('a side-chain', (host) => {
  it('takes the level from another node, of which nothing is heard', () => {
    const engine = openEngine(host);
    const compressor = new CompressorEffectNode(engine, {
      thresholdDb: -20,
      ratio: 2,
      kneeDb: 0,
      attackMs: 0,
      releaseMs: 1,
    });
    const [music, key] = [new SoundGroup(engine), new SoundGroup(engine)];
    attachNode(music, 0, compressor, 0);
    attachNode(key, 0, null, 0);
    soundOf(engine, constant(100000, 1, 0.01), { group: music }).play();
    soundOf(engine, constant(100000, 1, 0.5), { group: key }).play();
    expect(renderChannel(engine, 1000)[999]).toBeCloseTo(0.01, 6);
    compressor.sidechain = key;
    expect(compressor.sidechain).toBe(key.handle);
    renderChannel(engine, 4800);
    const expected = -(decibels(0.5) + 20) / 2;
    expect(decibels(renderChannel(engine, 1)[0]! / 0.01)).toBeCloseTo(expected, 3);
    expect(compressor.reductionDb).toBeCloseTo(-expected, 3);
    key.dispose();
    expect(compressor.sidechain).toBe(null);
    renderChannel(engine, 4800);
    expect(renderChannel(engine, 1)[0]).toBeCloseTo(0.01, 6);
  });

  it('refuses what its output comes to, other engines, and sounds', () => {
    const engine = openEngine(host);
    const compressor = new CompressorEffectNode(engine);
    const group = new SoundGroup(engine);
    attachNode(compressor, 0, group, 0);
    const set = (value: unknown) => () => Reflect.set(compressor, 'sidechain', value);
    expect(set(group)).toThrowError(code('ERR_CYCLE'));
    expect(set(compressor)).toThrowError(code('ERR_CYCLE'));
    expect(set(engine.endpoint)).toThrowError(code('ERR_NO_SUCH_BUS'));
    expect(set(soundOf(engine, constant(10)))).toThrowError(code('ERR_NO_SUCH_BUS'));
    const other = openEngine(host);
    expect(set(new SoundGroup(other))).toThrowError(code('ERR_WRONG_ENGINE'));
    expect(compressor.sidechain).toBe(null);
    const key = new LPFEffectNode(engine);
    compressor.sidechain = key;
    // The key is a way too.
    expect(() => attachNode(group, 0, key, 0)).toThrowError(code('ERR_CYCLE'));
    compressor.sidechain = null;
    attachNode(group, 0, key, 0);
  });
});

forEachHost('a batch', (host) => {
  it('lets everything in it act at the same frame', () => {
    const engine = openEngine(host);
    const [first, second] = [soundOf(engine, counting(1000)), soundOf(engine, counting(1000))];
    const made = engine.batch(() => {
      first.play();
      second.play();
      return 'made';
    });
    expect(made).toBe('made');
    expect(renderChannel(engine, 1)[0]).toBe(2 / 65536);
  });

  it('is not seen before its end, also when it throws or holds another', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(1000));
    expect(() =>
      engine.batch(() => {
        engine.batch(() => sound.play());
        expect(renderChannel(engine, 1)[0]).toBe(0);
        throw new Error('given up');
      }),
    ).toThrowError('given up');
    expect(renderChannel(engine, 1)[0]).toBe(1);
  });

  it('of more commands than fit loses none', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const sound = soundOf(engine, constant(1000));
    sound.play();
    engine.batch(() => {
      for (let count = 0; count < 40000; count += 1) sound.pan = count % 2;
      sound.pan = 0;
      sound.volume = 0.25;
    });
    expect(renderChannel(engine, 2)[1]).toBe(0.25);
  });
});

forEachHost('fadeTo', (host) => {
  it('goes on from where the gain is, takes over from a fade-out that would have stopped it, and is told', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(100000));
    sound.play();
    const out = sound.fadeOut(0.1, 'ease-out');
    const falling = renderChannel(engine, 2400);
    expect(falling[1200]).toBeCloseTo(1 - (1 - 0.75 ** 2), 5);
    const back = sound.fadeTo(1, { seconds: 0.1 });
    const rising = renderChannel(engine, 9600);
    expect(rising[0]).toBeCloseTo(0.25, 3);
    expect(rising[4800]).toBe(1);
    expect(rising[9599]).toBe(1);
    expect(await out).toBe(false);
    expect(await back).toBe(true);
    expect(sound.playing).toBe(true);
    const later = sound.fadeTo(0, { seconds: 0.01, atFrames: engine.timeFrames + 1000 });
    expect(renderChannel(engine, 1001)[1000]).toBe(1);
    expect(await stateOf(later)).toBe('pending');
    expect(renderChannel(engine, 480)[479]).toBe(0);
    expect(await later).toBe(true);
  });

  it('a tone under a fade that turns back is without a step', () => {
    const engine = new Engine({ host, device: false });
    const sound = soundOf(engine, sine(48000, 48000, 200, 0.5));
    sound.play();
    void sound.fadeOut(0.05);
    const parts = [renderChannel(engine, 1200)];
    void sound.fadeTo(0.8, { seconds: 0.02 });
    parts.push(renderChannel(engine, 2000));
    expect(largestStep(Float32Array.from(parts.flatMap((part) => [...part])))).toBeLessThan(
      0.5 * 2 * Math.sin((Math.PI * 200) / 48000) + 0.5 / 960 + 1e-4,
    );
    engine.dispose();
  });
});
