// A compressor that works hard, and what it says about it.
import { attachNode, CompressorEffectNode } from 'miniaudio-engine';
import { render } from './render.mjs';

render('compressor', (engine, loop, play) => {
  const compressor = new CompressorEffectNode(engine, {
    thresholdDb: -30,
    ratio: 8,
    attackMs: 2,
    releaseMs: 150,
    makeupDb: 9,
  });
  attachNode(loop, 0, compressor, 0);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    play(0.4);
    console.log(`takes away ${compressor.reductionDb.toFixed(1)} dB`);
  }
});
