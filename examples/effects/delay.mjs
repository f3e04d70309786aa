// Echoes, and what a tape does when its speed changes: the time glides, and the echoes with it.
import { attachNode, DelayEffectNode } from 'miniaudio-engine';
import { render } from './render.mjs';

render('delay', (engine, loop, play) => {
  const delay = new DelayEffectNode(engine, { delaySeconds: 0.375, decay: 0.6, wet: 0.5, dry: 0.8 });
  attachNode(loop, 0, delay, 0);
  const { sampleRate } = engine;
  void delay.ramp('delaySeconds', 0.2, { seconds: 1, atFrames: 3 * sampleRate });
  loop.stop({ atFrames: 5 * sampleRate });
  console.log(`its echoes are 60 dB down after ${(delay.tailFrames / sampleRate).toFixed(1)} s`);
  play(8);
});
