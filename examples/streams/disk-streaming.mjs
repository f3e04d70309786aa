// A long file is decoded while it plays, on a thread of the engine: a second or two of it is in memory, however long it
// is. Seeks, loops and pitch work as for a sound in memory.
import { Sound } from 'miniaudio-engine';
import { run } from '../run.mjs';

const file = new URL('lena.ogg', import.meta.resolve('audio-lena'));

await run(async ({ engine }, wait) => {
  // `load` waits for the first pages; `fromFile` does not, and begins to sound when they are there.
  const sound = await Sound.load(engine, file, { stream: true });
  sound.on('error', (error) => console.log(`The file went away: ${error.code}`));
  console.log(`${sound.lengthSeconds.toFixed(2)} s of Ogg Vorbis`);
  sound.play();
  await wait(1.5);
  sound.seekSeconds(6);
  await wait(1);
  const begin = sound.cursorFrames;
  sound.setLoopRange(begin, begin + 22050);
  sound.looping = true;
  await wait(1.5);
  sound.pitch = 0.8;
  await wait(1);
  sound.stop({ fadeSeconds: 0.5 });
  await wait(0.6);
  console.log(`${engine.stats.streamUnderruns} underruns`);
});
