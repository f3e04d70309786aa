// Volume, pan and speed of what plays: each change is heard at once and never clicks.
import { AudioClip, AudioPlayer } from 'miniaudio-engine';
import { run } from './run.mjs';

await run(async (backend, wait) => {
  const player = new AudioPlayer(backend, { stream: AudioClip.tone(330, { seconds: 1 }), loop: true });
  player.play();
  await wait(1);
  player.volumeDb = -12;
  await wait(0.5);
  player.volumeDb = 0;
  for (const pan of [-1, -0.5, 0, 0.5, 1, 0]) {
    player.pan = pan;
    await wait(0.25);
  }
  for (const semitones of [0, 2, 4, 5, 7, 12]) {
    player.pitchScale = 2 ** (semitones / 12);
    await wait(0.25);
  }
  await Promise.all([player.fadeOut(0.5), wait(0.6)]);
});
