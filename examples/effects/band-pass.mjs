// A telephone: two band-passes in a row, put in with `chain` and taken out again by what it returns.
import { BPFEffectNode, chain } from 'miniaudio-engine';
import { render } from './render.mjs';

render('band-pass', (engine, loop, play) => {
  const telephone = [1, 2].map(() => new BPFEffectNode(engine, { cutoffHz: 1200, q: 1.5 }));
  const takeOut = chain(loop, telephone);
  play(3);
  takeOut();
  play(3);
});
