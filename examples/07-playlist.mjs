// A playlist without gaps: an intro once, then a loop, and a shuffle of jingles.
import { AudioClip, AudioPlayer, AudioPlaylist } from 'miniaudio-engine';
import { run } from './run.mjs';

const note = (semitones, seconds) => AudioClip.tone(262 * 2 ** (semitones / 12), { seconds, amplitude: 0.25 });

await run(async (backend, wait) => {
  const music = new AudioPlayer(backend, {
    stream: new AudioPlaylist([note(0, 0.5), note(4, 0.25), note(7, 0.25), note(12, 0.25), note(7, 0.25)], {
      mode: 'intro-loop',
    }),
    bus: 'Music',
  });
  music.play();
  await wait(3);
  music.pitchModulate(1.5);
  await wait(1);
  music.stop();
  const jingles = new AudioPlayer(backend, {
    stream: new AudioPlaylist([note(0, 0.2), note(3, 0.2), note(7, 0.2), note(10, 0.2)], {
      mode: 'shuffle',
      loop: true,
      seed: 7,
    }),
    bus: 'UI',
  });
  jingles.play();
  await wait(2);
  await Promise.all([jingles.fadeOut(0.5), wait(0.6)]);
});
