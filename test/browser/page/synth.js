// What the synthesiser gives, for every host to be compared.

/** A scene in which every kind of source, envelope, filter and modulation is heard. */
function makeScene(lib) {
  const synth = new lib.AudioSynth();
  const lead = synth.add(lib.Oscillator.saw(220), {
    gain: 0.3,
    filter: new lib.LowPass({ cutoffHz: 900, q: 3 }),
    envelope: new lib.ADSR(),
    modulation: { cutoffHz: new lib.LFO({ rateHz: 3, depth: 12 }), pan: new lib.LFO({ rateHz: 1, depth: 0.5 }) },
  });
  const hidden = synth.add(lib.Oscillator.triangle(50), { audible: false });
  synth.add(lib.Oscillator.square(110, { duty: 0.3 }), {
    gain: 0.2,
    fm: { voice: hidden, depthHz: 40 },
    filter: new lib.BandPass({ cutoffHz: 700, q: 2 }),
  });
  synth.add(lib.Oscillator.sine(440), {
    gain: 0.2,
    ring: { voice: hidden, depth: 0.5 },
    envelope: new lib.Linear({ start: 1, end: 0 }),
    durationSeconds: 1.5,
  });
  synth.add(lib.Noise.pink({ seed: 4 }), { gain: 0.1, filter: new lib.HighPass({ cutoffHz: 2000 }) });
  synth.add(lib.Noise.brown({ seed: 5 }), {
    gain: 0.1,
    envelope: new lib.Exponential({ start: 1, end: 0, power: 3 }),
    durationSeconds: 1,
  });
  for (let note = 1; note < 10; note += 1) {
    synth.noteOff(lead, { atSeconds: note / 5 - 0.03 });
    synth.noteOn(lead, { atSeconds: note / 5 });
    synth.setParam(lead, 'freq', 220 + 20 * note, { atSeconds: note / 5 });
  }
  return synth;
}

/** Samples by name: each preset, a variation of each, and the left side of the scene. */
export function bakeAll(lib) {
  const baked = { scene: makeScene(lib).bake({ seconds: 2 }).getChannelData(0) };
  for (const [name, preset] of Object.entries(lib.synthPresets)) {
    baked[name] = preset.bake().getChannelData(0);
    baked[`${name} 7`] = preset.mutate(7).bake().getChannelData(0);
  }
  return baked;
}
