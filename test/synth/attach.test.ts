import { expect, it, onTestFinished } from 'vitest';
import {
  ADSR,
  AudioPlayer,
  AudioSynth,
  type Engine,
  EngineBackend,
  LFO,
  LowPass,
  Noise,
  Oscillator,
  SoundGroup,
} from '../../src/index.js';
import { largestStep, peak, rms } from '../support/analysis.js';
import { blockThread, coded } from '../support/devices.js';
import { forEachHost, openEngine } from '../support/hosts.js';
import { delay, runProgram, until } from '../support/processes.js';
import { channelOf } from '../support/signals.js';

function scene(): AudioSynth {
  const synth = new AudioSynth();
  const lead = synth.add(Oscillator.saw(220), {
    gain: 0.3,
    filter: new LowPass({ cutoffHz: 900, q: 3 }),
    envelope: new ADSR(),
    modulation: { cutoffHz: new LFO({ rateHz: 3, depth: 12 }), pan: new LFO({ rateHz: 1, depth: 0.5 }) },
  });
  synth.add(Noise.pink({ seed: 4 }), { gain: 0.2 });
  for (let note = 1; note < 20; note++) {
    synth.noteOff(lead, { atSeconds: note / 5 - 0.03 });
    synth.noteOn(lead, { atSeconds: note / 5 });
    synth.setParam(lead, 'freq', 220 + 20 * note, { atSeconds: note / 5 });
  }
  return synth;
}

/**
 * Pulls frames at most as fast as a device would, so many times a second: a machine that is late makes it slower, not
 * greedier.
 */
async function pull(engine: Engine, seconds: number, ticksPerSecond: number): Promise<Float32Array> {
  const frames = Math.round(seconds * engine.sampleRate);
  const atOnce = Math.round(engine.sampleRate / ticksPerSecond);
  const samples = new Float32Array(frames * engine.channels);
  for (let done = 0; done < frames; done += atOnce) {
    await delay(1000 / ticksPerSecond);
    samples.set(engine.readPcmFrames(Math.min(atOnce, frames - done)), done * engine.channels);
  }
  return samples;
}

forEachHost('an attached synth', (host) => {
  it.each([10, 60, 1000])('is heard as it was written, sample for sample, at %d ticks a second', async (ticks) => {
    const engine = openEngine(host);
    const attachment = scene().attachTo(engine, { chunkSeconds: 0.1 });
    const heard = await pull(engine, 2, ticks);
    expect(attachment.underruns).toBe(0);
    const baked = scene().bake({ seconds: 2 });
    for (const channel of [0, 1]) expect(channelOf(heard, channel, 2)).toEqual(baked.getChannelData(channel));
    expect(await attachment.ready).toBe(true);
    attachment.detach();
    expect(await attachment.ready).toBe(true);
  });

  it('goes on from where it was rendered, through the group it is attached to', async () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    group.volume = 0.5;
    const synth = scene();
    synth.renderChunk(4321);
    synth.attachTo({ engine, group });
    expect(synth.positionFrames).toBeGreaterThanOrEqual(4321);
    const heard = engine.readPcmFrames(2000);
    const baked = scene().bake({ seconds: 1 }).getChannelData(0);
    expect(channelOf(heard, 0, 2)).toEqual(baked.subarray(4321, 6321).map((value) => value * 0.5));
  });

  it('is heard on the bus of a player of the game layer', () => {
    const backend = new EngineBackend(openEngine(host));
    const player = new AudioPlayer(backend, { bus: 'Music' });
    const attachment = scene().attachTo(player);
    const baked = scene().bake({ seconds: 1 }).getChannelData(0);
    expect(channelOf(backend.engine.readPcmFrames(1000), 0, 2)).toEqual(baked.subarray(0, 1000));
    backend.busLayout.getBus('Music').mute = true;
    backend.engine.readPcmFrames(1000);
    expect(peak(backend.engine.readPcmFrames(1000))).toBe(0);
    expect(attachment.sound.playing).toBe(true);
  });

  it('takes what is done to it while it is heard, without a click', async () => {
    const engine = openEngine(host);
    const synth = new AudioSynth({ channels: 1 });
    const tone = synth.add(Oscillator.sine(0, { phase: 0.25 }), { gain: 0.25 });
    synth.attachTo(engine);
    let heard = await pull(engine, 0.3, 60);
    expect(largestStep(channelOf(heard, 0, 2).subarray(1))).toBe(0);
    synth.setParam(tone, 'gain', 0.5);
    const second = synth.add(Oscillator.sine(0, { phase: 0.25 }), { gain: 0.25, envelope: new ADSR({ attack: 0.02 }) });
    heard = await pull(engine, 0.5, 60);
    const levels = channelOf(heard, 0, 2);
    expect(levels[0]).toBe(0.25);
    expect(levels.at(-1)).toBeCloseTo(0.75, 6);
    expect(largestStep(levels)).toBeLessThan(0.25 / 480 + 0.25 / 960 + 1e-6);
    synth.noteOff(second);
    synth.remove(tone);
    heard = await pull(engine, 0.5, 60);
    expect(peak(heard.subarray(-2000))).toBe(0);
    expect(largestStep(channelOf(heard, 0, 2))).toBeLessThan(0.5 / 240 + 0.25 / 2400 + 1e-6);
  });

  it('fades out when it is detached, and can be rendered and attached again', async () => {
    const engine = openEngine(host);
    const synth = new AudioSynth({ channels: 1 });
    synth.add(Oscillator.sine(0, { phase: 0.25 }), { gain: 0.5 });
    const attachment = synth.attachTo(engine);
    expect(() => synth.attachTo(engine)).toThrow(coded('ERR_BUSY'));
    expect(() => synth.renderChunk(1)).toThrow(coded('ERR_BUSY'));
    expect(() => synth.rewind()).toThrow(coded('ERR_BUSY'));
    engine.readPcmFrames(1000);
    attachment.detach();
    attachment.dispose();
    expect(attachment.disposed).toBe(true);
    const tail = channelOf(engine.readPcmFrames(4800), 0, 2);
    expect(largestStep(tail)).toBeLessThan(0.002);
    expect(peak(tail.subarray(2400))).toBe(0);
    expect(synth.renderChunk(2)).toEqual(new Float32Array([0.5, 0.5]));
    await until('the sound to be disposed', () => attachment.sound.disposed);
    synth.attachTo(engine);
    expect(rms(engine.readPcmFrames(100))).toBeCloseTo(0.5, 6);
  });

  it('ends with its engine, or with its sound', async () => {
    const engine = openEngine(host);
    const synth = scene();
    const first = synth.attachTo(engine);
    first.sound.dispose();
    await until('the attachment to end with its sound', () => first.disposed);
    const second = synth.attachTo(engine);
    engine.dispose();
    await until('the attachment to end with its engine', () => second.disposed);
    expect(synth.renderChunk(10)).toHaveLength(20);
    expect(() => synth.attachTo(engine)).toThrow(coded('ERR_DISPOSED'));
  });

  it('says what it cannot be attached to', () => {
    const engine = openEngine(host);
    for (const target of [null, 5, {}, { engine: 5 }])
      expect(() => scene().attachTo(target as never)).toThrow(TypeError);
    expect(() => scene().attachTo({ engine, group: 5 as never })).toThrow(TypeError);
    expect(() => scene().attachTo(engine, { chunkSeconds: 0 })).toThrow(RangeError);
    expect(() => scene().attachTo(engine, 5 as never)).toThrow(TypeError);
  });
});

it('a device that plays an attached synth hears no gap while the program is blocked for a second', async () => {
  const engine = openEngine('native');
  const synth = scene();
  const attachment = synth.attachTo(engine, { chunkSeconds: 0.05 });
  onTestFinished(() => attachment.detach());
  expect(await attachment.ready).toBe(true);
  // From here on this thread only blocks and pulls, and no timer of it runs.
  const heard: Float32Array[] = [];
  for (let tick = 0; tick < 50; tick++) {
    blockThread(20);
    heard.push(engine.readPcmFrames(960));
  }
  expect(attachment.underruns).toBe(0);
  const baked = scene().bake({ seconds: 1 }).getChannelData(1);
  expect(Float32Array.from(heard.flatMap((block) => [...channelOf(block, 1, 2)]))).toEqual(baked);
});

it('a program ends while a synth is attached to an engine without a device', async () => {
  const { code, stderr } = await runProgram(`
    import { AudioSynth, Engine, Oscillator } from 'miniaudio-engine';
    const engine = new Engine({ device: false });
    const synth = new AudioSynth();
    synth.add(Oscillator.sine(440));
    synth.attachTo(engine);
    engine.readPcmFrames(1000);
  `);
  expect([code, stderr]).toEqual([0, '']);
});
