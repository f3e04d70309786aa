// What the playground plays, made by the synthesiser while the page loads.
import { ADSR, AudioClip, AudioSynth, LFO, LowPass, Noise, Oscillator } from 'miniaudio-engine';

const beatSeconds = 0.5;

/** Chords that come and go, four bars of them. */
export function makeCalm(): AudioClip {
  const synth = new AudioSynth();
  const chords = [
    [220, 261.63, 329.63],
    [174.61, 220, 261.63],
    [196, 246.94, 293.66],
    [164.81, 196, 246.94],
  ];
  for (const [bar, chord] of chords.entries()) {
    for (const [voice, hz] of chord.entries()) {
      synth.add(Oscillator.saw(hz), {
        gain: 0.09,
        pan: (voice - 1) * 0.7,
        startSeconds: 4 * bar * beatSeconds,
        durationSeconds: 4 * beatSeconds - 0.25,
        envelope: new ADSR({ attack: 0.25, decay: 0.5, sustain: 0.7, release: 0.25 }),
        filter: new LowPass({ cutoffHz: 1400, q: 0.8 }),
        modulation: { cutoffHz: new LFO({ rateHz: 0.5, depth: 5 }) },
      });
    }
  }
  return new AudioClip(synth.bake({ seconds: 16 * beatSeconds }));
}

/** A bass line with a beat, as long as the chords. */
export function makeTense(): AudioClip {
  const synth = new AudioSynth();
  const envelope = new ADSR({ attack: 0.004, decay: 0.12, sustain: 0.3, release: 0.05 });
  const line = [55, 55, 82.41, 55, 65.41, 55, 98, 82.41];
  for (let step = 0; step < 32; step += 1) {
    const startSeconds = (step * beatSeconds) / 2;
    const hz = line[step % line.length] as number;
    synth.add(Oscillator.square(hz, { duty: 0.35 }), {
      gain: 0.2,
      startSeconds,
      durationSeconds: 0.16,
      envelope,
      filter: new LowPass({ cutoffHz: 900, q: 2 }),
    });
    synth.add(Noise.white({ seed: step + 1 }), {
      gain: step % 4 === 2 ? 0.16 : 0.05,
      pan: step % 2 === 0 ? 0.2 : -0.2,
      startSeconds,
      durationSeconds: 0.03,
      envelope,
    });
    if (step % 4 === 0) synth.add(Oscillator.sine(52), { gain: 0.5, startSeconds, durationSeconds: 0.14, envelope });
  }
  return new AudioClip(synth.bake({ seconds: 16 * beatSeconds }));
}

/** Something that hums and can be told from where it comes: rotors, for the map. */
export function makeRotor(): AudioClip {
  const synth = new AudioSynth({ channels: 1 });
  synth.add(Oscillator.saw(92), {
    gain: 0.25,
    filter: new LowPass({ cutoffHz: 2400, q: 0.8 }),
    modulation: { gain: new LFO({ rateHz: 12, depth: 0.8 }) },
  });
  synth.add(Noise.pink({ seed: 3 }), { gain: 0.5, modulation: { gain: new LFO({ rateHz: 12, depth: 0.9 }) } });
  return new AudioClip(synth.bake({ seconds: 2 }));
}
