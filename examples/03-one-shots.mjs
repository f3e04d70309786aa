// Many short sounds without an object for each: channels, with polyphony, and a player that varies its sound.
import { AudioClip, AudioPlayer } from 'miniaudio-engine';
import { run } from './run.mjs';

await run(async (backend, wait) => {
  const blip = AudioClip.tone(880, { seconds: 0.12, amplitude: 0.2 });
  for (let step = 0; step < 12; step += 1) {
    const id = backend.playAudio(blip, { bus: 'UI', pitch: 1 + step / 12, pan: (step - 6) / 6, volumeDb: -6 });
    await wait(0.1);
    if (step === 5) backend.stopAudio(id);
  }
  // Footsteps: each a little different, two at a time at most. The numbers come from a fixed list, so that every run is
  // the same.
  const numbers = [0.1, 0.8, 0.4, 0.9, 0.2, 0.6, 0.3, 0.7];
  let next = 0;
  const steps = new AudioPlayer(backend, {
    stream: AudioClip.tone(140, { seconds: 0.15, amplitude: 0.5 }),
    bus: 'SFX',
    maxPolyphony: 2,
    pitchRange: [0.85, 1.2],
    volumeRangeDb: [-6, 0],
    random: () => numbers[next++ % numbers.length],
  });
  for (let step = 0; step < 8; step += 1) {
    steps.play();
    await wait(0.3);
  }
});
