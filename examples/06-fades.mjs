// Fades and crossfades: exact to the frame, from wherever the gain is at the moment.
import { AudioClip, AudioPlayer } from 'miniaudio-engine';
import { run } from './run.mjs';

await run(async (backend, wait) => {
  const calm = new AudioPlayer(backend, {
    stream: AudioClip.tone(220, { seconds: 2, fadeSeconds: 0 }),
    bus: 'Music',
    loop: true,
  });
  const tense = new AudioPlayer(backend, {
    stream: AudioClip.tone(311, { seconds: 2, fadeSeconds: 0 }),
    bus: 'Music',
    loop: true,
  });
  const faded = calm.fadeIn(1, { curve: 'ease-in-out' });
  await wait(1.2);
  console.log('faded in:', await faded);
  const crossed = calm.crossfade(tense, 1.5);
  await wait(0.75);
  // Half way back again: the first fade is taken over.
  const back = tense.crossfade(calm, 0.75);
  await wait(1);
  console.log('first crossfade went to its end:', await crossed, '- second:', await back);
  void calm.fadeTo(0.3, 0.3);
  await wait(0.5);
  await Promise.all([calm.fadeOut(0.8, { curve: 'exponential' }), wait(1)]);
});
