// Play a file: a clip, a player, and waiting for its end.
import { AudioClip, AudioPlayer } from 'miniaudio-engine';
import { recording, run } from './run.mjs';

await run(async (backend, wait) => {
  const clip = await AudioClip.load(recording);
  console.log(`${clip.container}, ${clip.duration.toFixed(1)} s, ${clip.channels} channel, ${clip.sampleRate} Hz`);
  const player = new AudioPlayer(backend, { stream: clip, volumeDb: -3 });
  player.on('finished', () => console.log('It is over.'));
  player.play(8);
  while (player.playing) await wait(0.1);
});
