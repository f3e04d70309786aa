// A room that rings on after the sound, then is held still and let go again.
import { attachNode, FreeverbEffectNode } from 'miniaudio-engine';
import { render } from './render.mjs';

render('freeverb', (engine, loop, play) => {
  const room = new FreeverbEffectNode(engine, { roomSize: 0.8, damping: 0.3, wet: 0.4, dry: 0.6 });
  attachNode(loop, 0, room, 0);
  play(2);
  loop.stop();
  room.freeze = true;
  play(2);
  room.freeze = false;
  play(4);
  console.log(`it rings for ${(room.tailFrames / engine.sampleRate).toFixed(1)} s`);
});
