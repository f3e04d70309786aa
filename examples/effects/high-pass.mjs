// A high-pass that thins the sound out: the drums go first.
import { attachNode, HPFEffectNode } from 'miniaudio-engine';
import { render } from './render.mjs';

render('high-pass', (engine, loop, play) => {
  const filter = new HPFEffectNode(engine, { cutoffHz: 20 });
  attachNode(loop, 0, filter, 0);
  void filter.ramp('cutoffHz', 4000, { seconds: 5, curve: 'exponential' });
  play(6);
});
