import { describe, expect, it } from 'vitest';
import {
  ADSR,
  type AudioBuffer,
  AudioSynth,
  BandPass,
  Exponential,
  HighPass,
  LFO,
  Linear,
  LowPass,
  Noise,
  Oscillator,
} from '../../src/index.js';
import { Random } from '../support/random.js';
import { samplesOf } from '../support/signals.js';
import { inChunks } from './support.js';

/** A scene with everything in it; what is done later is done at its time in advance. */
function everything(): AudioSynth {
  const synth = new AudioSynth();
  const modulator = synth.add(Oscillator.sine(110), {
    audible: false,
    envelope: new ADSR({ attack: 0.05, decay: 0.2, sustain: 0.3 }),
    durationSeconds: 0.7,
  });
  const bell = synth.add(Oscillator.sine(440), {
    fm: { voice: modulator, depthHz: 900 },
    gain: 0.3,
    envelope: new Exponential({ end: 0 }),
    durationSeconds: 0.9,
    pan: -0.4,
  });
  const ringer = synth.add(Oscillator.triangle(313), {
    ring: { voice: modulator, depth: 0.8 },
    gain: 0.2,
    startSeconds: 0.1037,
    durationSeconds: 0.31,
  });
  const lead = synth.add(Oscillator.square(220, { duty: 0.3 }), {
    gain: 0.2,
    filter: new LowPass({ cutoffHz: 900, q: 4 }),
    envelope: new ADSR({ curve: 'exponential', sustain: 0.5 }),
    startSeconds: Infinity,
    modulation: {
      freq: new LFO({ rateHz: 6, depth: 0.5 }),
      cutoffHz: new LFO({ rateHz: 2, depth: 12, wave: 'triangle' }),
      pan: new LFO({ rateHz: 1, wave: 'square' }),
      duty: new LFO({ depth: 0.2 }),
    },
  });
  const hiss = synth.add(Noise.pink(), {
    filter: new BandPass({ cutoffHz: 3000, q: 2 }),
    gain: 0.5,
    startSeconds: 0.2,
    durationSeconds: 0.4,
    modulation: { gain: new LFO({ rateHz: 11, wave: 'saw' }) },
  });
  const saw = synth.add(Oscillator.saw(100, { phase: 0.2 }), {
    gain: 0.1,
    filter: new HighPass({ cutoffHz: 200 }),
    modulation: { freq: new Exponential({ start: 4, end: 1, seconds: 0.3, power: 2 }) },
  });
  synth.add(Noise.brown(), { gain: 0.2, envelope: new Linear({ start: 0, end: 1, seconds: 0.5 }) });
  synth.add(Noise.white(), { gain: 0.05, startSeconds: 0.5, durationSeconds: 0 });
  for (const [on, off] of [
    [0.05, 0.2],
    [0.21, 0.5],
    [0.505, 0.6],
  ] as const) {
    synth.noteOn(lead, { atSeconds: on });
    synth.noteOff(lead, { atSeconds: off });
  }
  synth.setParam(lead, 'cutoffHz', 4000, { atSeconds: 0.3 });
  synth.setParam(lead, 'duty', 0.7, { atSeconds: 0.3001 });
  synth.setParam(bell, 'freq', 500, { atSeconds: 0.25 });
  synth.setParam(bell, 'freq', 300, { atSeconds: 0.2545 });
  synth.setParam(ringer, 'gain', 0.4, { atSeconds: 0.2 });
  synth.setParam(hiss, 'q', 9, { atSeconds: 0.4 });
  synth.setParam(saw, 'pan', 1, { atSeconds: 0.4 });
  synth.noteOff(saw, { atSeconds: 0.8 });
  synth.noteOn(saw, { atSeconds: 0.802 });
  return synth;
}

const frames = 48000;

function interleaved(buffer: AudioBuffer): Float32Array {
  const channels = Array.from({ length: buffer.channels }, (_, channel) => buffer.getChannelData(channel));
  return samplesOf(buffer.lengthFrames, buffer.channels, (frame, channel) => channels[channel]?.[frame] as number);
}

function sameBits(first: Float32Array, second: Float32Array): boolean {
  return Buffer.compare(Buffer.from(first.buffer), Buffer.from(second.buffer)) === 0;
}

describe('chunks', () => {
  const reference = interleaved(everything().bake({ seconds: 1 }));

  it('the scene sounds', () => {
    let changes = 0;
    for (let frame = 1; frame < frames; frame++) if (reference[frame * 2] !== reference[frame * 2 - 2]) changes += 1;
    expect(changes).toBeGreaterThan(40000);
    expect(reference.every((value) => Number.isFinite(value))).toBe(true);
  });

  it.each([[[1]], [[127]], [[128]], [[129]], [[480]], [[4096]], [[1, 1000, 7, 128, 333]], [[frames]]])(
    'of %j frames are the bits of one bake',
    (sizes) => {
      expect(sameBits(inChunks(everything(), frames, sizes), reference)).toBe(true);
    },
  );

  it('of random sizes, with changes made between them, are the bits of a later bake', () => {
    const random = new Random(4);
    for (let round = 0; round < 5; round++) {
      const synth = everything();
      const played: Float32Array[] = [];
      let done = 0;
      while (done < frames) {
        const count = Math.min(frames - done, random.integer(1, 3000));
        played.push(synth.renderChunk(count));
        done += count;
        const voice = random.integer(1, 8);
        const what = random.integer(0, 4);
        if (what === 0) synth.noteOn(voice);
        else if (what === 1) synth.noteOff(voice, { atSeconds: random.between(0, 1.2) });
        else if (what === 2) synth.setParam(voice, 'gain', random.between(0, 1));
        else if (what === 3) synth.setParam(voice, 'pan', random.between(-1, 1), { atSeconds: random.between(0, 1.2) });
        else synth.add(Oscillator.sine(random.between(50, 5000)), { durationSeconds: 0.1, gain: 0.1 });
      }
      const together = new Float32Array(frames * 2);
      let at = 0;
      for (const chunk of played) {
        together.set(chunk, at);
        at += chunk.length;
      }
      expect(sameBits(together, interleaved(synth.bake({ seconds: 1 })))).toBe(true);
      synth.rewind();
      expect(sameBits(inChunks(synth, frames, [977]), together)).toBe(true);
    }
  });

  it('the digest of the scene is the same on every machine', async () => {
    const digest = await crypto.subtle.digest('SHA-256', reference);
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(hex).toBe('83010c189ce3d015a03d4d1b765eafe9dd7c3f88ffb52f124fa1eaf98f2d61af');
  });
});

describe('bake', () => {
  it('has its length, rate and channels', () => {
    const synth = new AudioSynth();
    synth.add(Oscillator.sine(1000), { pan: 0.5, durationSeconds: 0.1 });
    expect(synth.durationSeconds).toBeCloseTo(0.105, 12);
    const buffer = synth.bake();
    expect([buffer.sampleRate, buffer.channels, buffer.lengthFrames]).toEqual([48000, 2, 5040]);
    const other = synth.bake({ seconds: 0.25, sampleRate: 44100, channels: 3 });
    expect([other.sampleRate, other.channels, other.lengthFrames]).toEqual([44100, 3, 11025]);
    const [left, right, third] = [0, 1, 2].map((channel) => other.getChannelData(channel)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expect(left[100]).toBeCloseTo(0.5 * (right[100] as number), 6);
    expect(right[100]).toBeCloseTo(Math.sin((2 * Math.PI * 1000 * 100) / 44100), 6);
    expect(third.every((value) => value === 0)).toBe(true);
    const mono = synth.bake({ channels: 1 });
    expect(mono.getChannelData(0)[37]).toBe(buffer.getChannelData(1)[37]);
  });

  it('does not move what is rendered piece by piece', () => {
    const synth = everything();
    const first = synth.renderChunk(1000);
    synth.bake({ seconds: 0.5 });
    const again = everything();
    expect(again.renderChunk(1000)).toEqual(first);
    expect(synth.renderChunk(777)).toEqual(again.renderChunk(777));
    expect(synth.positionFrames).toBe(1777);
  });

  it('of a note without an end needs a length', () => {
    const synth = new AudioSynth();
    const voice = synth.add(Oscillator.sine(1000));
    expect(synth.durationSeconds).toBe(Infinity);
    expect(() => synth.bake()).toThrow(RangeError);
    synth.noteOff(voice, { atSeconds: 2 });
    expect(synth.bake().durationSeconds).toBeCloseTo(2.005, 9);
    expect(new AudioSynth().bake().lengthFrames).toBe(0);
  });
});

describe('a long performance', () => {
  it('keeps the last of what it was told, in bounded memory', () => {
    const synth = new AudioSynth({ channels: 1 });
    const voice = synth.add(Oscillator.sine(100));
    for (let change = 0; change < 140000; change++) {
      synth.setParam(voice, 'freq', 100 + (change % 1000));
      synth.renderChunk(1);
    }
    const live = synth.renderChunk(2000);
    expect(live.some((value) => value > 0.9)).toBe(true);
    for (let change = 0; change < 65536; change++) {
      try {
        synth.setParam(voice, 'gain', 0.5, { atSeconds: 100 });
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_SCHEDULE_LIMIT' });
        return;
      }
    }
    expect.unreachable();
  });
});
