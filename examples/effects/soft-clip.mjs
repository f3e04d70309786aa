// More and more drive into a soft clipper; oversampling keeps aliases away and costs a little latency.
import { attachNode, SoftClipEffectNode } from 'miniaudio-engine';
import { render } from './render.mjs';

render('soft-clip', (engine, loop, play) => {
  const clipper = new SoftClipEffectNode(engine, { drive: 1, outputGain: 0.6, oversample: 4 });
  attachNode(loop, 0, clipper, 0);
  void clipper.ramp('drive', 30, { seconds: 5, curve: 'exponential' });
  console.log(`latency: ${clipper.latencyFrames} frames`);
  play(6);
});
