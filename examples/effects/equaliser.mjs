// An equaliser of three bands in a row: low shelf, bell, high shelf, behind a group.
import {
  attachNode,
  chain,
  HighShelfEffectNode,
  LowShelfEffectNode,
  PeakEffectNode,
  SoundGroup,
} from 'miniaudio-engine';
import { render } from './render.mjs';

render('equaliser', (engine, loop, play) => {
  const music = new SoundGroup(engine);
  attachNode(loop, 0, music, 0);
  const low = new LowShelfEffectNode(engine, { freq: 120, gainDb: 6 });
  const middle = new PeakEffectNode(engine, { freq: 800, q: 1.2, gainDb: -9 });
  const high = new HighShelfEffectNode(engine, { freq: 6000, gainDb: 4 });
  chain(music, [low, middle, high]);
  // What the three do together, by their formulas.
  const hz = [50, 800, 10000];
  const together = [low, middle, high].map((band) => band.frequencyResponse(hz).magnitude);
  for (const [index, frequency] of hz.entries()) {
    const level = together.reduce((sum, magnitude) => sum + 20 * Math.log10(magnitude[index]), 0);
    console.log(`${frequency} Hz: ${level.toFixed(1)} dB`);
  }
  play(6);
});
