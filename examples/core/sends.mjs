// One reverberation for several groups: each sends as much as it likes to it, besides being heard itself.
import { attachNode, FreeverbEffectNode, Sound, SoundGroup, setNodeSend } from 'miniaudio-engine';
import { makeLoop, render } from '../effects/render.mjs';

render('sends', (engine, loop, play) => {
  const room = new FreeverbEffectNode(engine, { wet: 1, dry: 0, roomSize: 0.85 });
  const [near, far] = [new SoundGroup(engine), new SoundGroup(engine)];
  near.volume = 0.7;
  attachNode(loop, 0, near, 0);
  const high = Sound.fromBuffer(engine, makeLoop(), { looping: true, pitch: 2, group: far, volume: 0.5 });
  high.play();
  setNodeSend(near, room, 0.04);
  play(2);
  setNodeSend(far, room, 0.3, { seconds: 1 });
  play(2);
  // The dry sound goes, the room goes on.
  void far.ramp('volume', 0, { seconds: 0.5 });
  loop.stop({ fadeSeconds: 0.5 });
  play(3);
  console.log(`the room is 60 dB down after ${(room.tailFrames / engine.sampleRate).toFixed(1)} s`);
});
