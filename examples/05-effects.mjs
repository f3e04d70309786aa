// Effects of a bus: added, changed and taken out while a voice goes through them.
import {
  AudioClip,
  AudioPlayer,
  DelayEffect,
  EQBand,
  LowPassFilter,
  ParametricEQ,
  ReverbEffect,
} from 'miniaudio-engine';
import { recording, run } from './run.mjs';

await run(async (backend, wait) => {
  const bus = backend.busLayout.getBus('Voice');
  new AudioPlayer(backend, { stream: await AudioClip.load(recording), bus: 'Voice' }).play();
  await wait(1.5);
  const muffled = bus.addEffect(new LowPassFilter({ cutoffHz: 600, q: 1 }));
  await wait(1.5);
  muffled.cutoffHz = 6000;
  const echo = bus.addEffect(new DelayEffect({ delaySeconds: 0.22, decay: 0.5, wet: 0.4, dry: 0.9 }));
  await wait(1.5);
  bus.removeEffect(echo);
  bus.addEffect(new ReverbEffect({ roomSize: 0.8, wet: 0.35, dry: 0.7 }));
  await wait(1.5);
  bus.addEffect(
    new ParametricEQ({
      bands: [new EQBand({ type: 'lowshelf', freq: 200, gainDb: -12 }), new EQBand({ freq: 2500, q: 1, gainDb: 6 })],
    }),
    0,
  );
  await wait(2);
  for (const effect of bus.effects) effect.enabled = false;
  await wait(1);
});
