// Ducking: the music steps back while somebody speaks, by a compressor that listens to the voice. And a snapshot: going
// under water.
import { AudioClip, AudioPlayer, CompressorEffect, LowPassFilter, ReverbEffect } from 'miniaudio-engine';
import { recording, run } from './run.mjs';

await run(async (backend, wait) => {
  const layout = backend.busLayout;
  layout
    .getBus('Music')
    .addEffect(new CompressorEffect({ sidechain: 'Voice', thresholdDb: -40, ratio: 6, attackMs: 20, releaseMs: 400 }));
  const lowPass = layout.getBus('Music').addEffect(new LowPassFilter({ cutoffHz: 16000 }));
  // A room that the voice is sent to, beside its direct way.
  layout.addBus('Room', { volumeDb: -6 }).addEffect(new ReverbEffect({ wet: 1, dry: 0, roomSize: 0.7 }));
  layout.getBus('Voice').send('Room', -3);
  const dry = layout.snapshot();
  lowPass.cutoffHz = 400;
  layout.getBus('Voice').volumeDb = -9;
  const underWater = layout.snapshot();
  await layout.blendTo(dry, 0);

  const music = new AudioPlayer(backend, {
    stream: AudioClip.tone(196, { seconds: 2, amplitude: 0.3, fadeSeconds: 0 }),
    bus: 'Music',
    loop: true,
  });
  const voice = new AudioPlayer(backend, { stream: await AudioClip.load(recording), bus: 'Voice' });
  music.play();
  await wait(1);
  voice.play();
  await wait(3);
  void layout.blendTo(underWater, 1.5);
  await wait(2.5);
  void layout.blendTo(dry, 1);
  await wait(1.5);
  voice.stop();
  await wait(1.5);
});
