#!/usr/bin/env node
// How fast the synthesiser renders: seconds of 48 kHz stereo for each second of processor time, the median of fifteen
// bakes of ten seconds. Processor time, not the clock on the wall: other programs on the machine are not to change the
// figure. Run after a build: node bench/synth.mjs
import { ADSR, AudioSynth, LFO, LowPass, Noise, Oscillator } from 'miniaudio-engine';

const bakedSeconds = 10;
const runs = 15;

const filter = new LowPass({ cutoffHz: 800, q: 3 });

/** Scenes, and what is to be reached where there is a target. */
const scenes = {
  sine: { target: 500, add: (synth) => synth.add(Oscillator.sine(440)) },
  saw: { add: (synth) => synth.add(Oscillator.saw(440)) },
  square: { add: (synth) => synth.add(Oscillator.square(440)) },
  'saw through a low-pass': {
    target: 100,
    add: (synth) => synth.add(Oscillator.saw(110), { filter, envelope: new ADSR() }),
  },
  'the same, its cutoff moved by an LFO': {
    target: 100,
    add: (synth) => synth.add(Oscillator.saw(110), { filter, modulation: { cutoffHz: new LFO({ depth: 12 }) } }),
  },
  'white noise': { add: (synth) => synth.add(Noise.white()) },
  'pink noise': { add: (synth) => synth.add(Noise.pink()) },
  'FM of two sines': {
    add: (synth) => {
      const modulator = synth.add(Oscillator.sine(100), { audible: false });
      synth.add(Oscillator.sine(500), { fm: { voice: modulator, depthHz: 300 } });
    },
  },
};

function speedOf(add) {
  const speeds = Array.from({ length: runs }, () => {
    const synth = new AudioSynth();
    add(synth);
    const before = process.cpuUsage();
    synth.bake({ seconds: bakedSeconds });
    const { user, system } = process.cpuUsage(before);
    return (bakedSeconds * 1e6) / (user + system);
  });
  return speeds.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

for (const [name, { target, add }] of Object.entries(scenes)) {
  const speed = speedOf(add);
  const verdict = target === undefined ? '' : `  to reach: ${target}${speed >= target ? '' : '  MISSED'}`;
  console.log(`${name.padEnd(38)} ${speed.toFixed(0).padStart(6)} x${verdict}`);
  if (target !== undefined && speed < target) process.exitCode = 1;
}
