// A low-pass that opens over four seconds: `ramp` moves any parameter exactly to the frame.
import { attachNode, LPFEffectNode } from 'miniaudio-engine';
import { render } from './render.mjs';

render('low-pass', (engine, loop, play) => {
  loop.volumeDb = -6;
  const filter = new LPFEffectNode(engine, { cutoffHz: 150, q: 4 });
  attachNode(loop, 0, filter, 0);
  void filter.ramp('cutoffHz', 12000, { seconds: 4, curve: 'exponential' });
  play(6);
});
