// A game loop of 60 ticks a second with all of it: music, steps of a hero who walks past a waterfall, an enemy, a voice
// that ducks the rest, and a pause.
import {
  AudioBusLayout,
  AudioClip,
  AudioListener2D,
  AudioPlayer,
  AudioPlayer2D,
  AudioPlaylist,
  CompressorEffect,
  GainEffect,
  LowPassFilter,
  SoftClipEffect,
} from 'miniaudio-engine';
import { recording, run } from './run.mjs';

const note = (hz, seconds, amplitude = 0.2) => AudioClip.tone(hz, { seconds, amplitude, fadeSeconds: 0.03 });

function makeLayout() {
  const layout = new AudioBusLayout();
  layout.addBus('World', { sendTo: 'SFX' });
  layout.addBus('Enemies', { sendTo: 'World', volumeDb: -2 });
  layout.getBus('Music').volumeDb = -6;
  layout
    .getBus('Music')
    .addEffect(new CompressorEffect({ sidechain: 'Voice', thresholdDb: -35, ratio: 8, releaseMs: 300 }));
  layout.getBus('Enemies').addEffect(new SoftClipEffect({ drive: 4, outputGain: 0.5 }));
  layout.getBus('SFX').addEffect(new LowPassFilter({ cutoffHz: 18000 }));
  layout.master.addEffect(new GainEffect({ volumeDb: -1 }));
  return layout;
}

await run(async (backend, wait) => {
  const layout = makeLayout();
  backend.syncBusLayout(layout);
  const music = new AudioPlayer(backend, {
    stream: new AudioPlaylist([note(131, 0.8), note(165, 0.4), note(196, 0.4), note(165, 0.4)], { mode: 'intro-loop' }),
    bus: 'Music',
  });
  const step = new AudioPlayer(backend, {
    stream: note(120, 0.1, 0.4),
    bus: 'SFX',
    maxPolyphony: 2,
    pitchRange: [0.9, 1.1],
    random: () => (tick % 7) / 7,
  });
  const waterfall = new AudioPlayer2D(backend, {
    stream: note(523, 1),
    bus: 'World',
    loop: true,
    position: [500, 0],
    maxDistance: 600,
  });
  const enemy = new AudioPlayer2D(backend, {
    stream: note(92, 0.5, 0.4),
    bus: 'Enemies',
    loop: true,
    maxDistance: 700,
    dopplerScale: 1,
  });
  const voice = new AudioPlayer(backend, { stream: await AudioClip.load(recording), bus: 'Voice' });
  const hero = new AudioListener2D(backend);
  hero.makeCurrent();

  let tick = 0;
  music.fadeIn(0.5);
  waterfall.play();
  for (; tick < 480; tick += 1) {
    hero.setPosition(2 * tick, 0);
    if (tick % 24 === 0) step.play();
    if (tick === 120) enemy.play();
    if (tick >= 120 && tick < 300) {
      enemy.setPosition(900 - 4 * (tick - 120), 100);
      enemy.setVelocity(-240, 0);
    }
    if (tick === 200) voice.play(1);
    if (tick === 300) enemy.fadeOut(0.5);
    if (tick === 330) backend.playAudio(note(1047, 0.15), { bus: 'UI' });
    if (tick === 380) voice.fadeOut(0.3);
    // The menu opens: the world stands still, its bus is muffled.
    if (tick === 400) {
      waterfall.pause();
      layout.getBus('SFX').effects[0].cutoffHz = 500;
    }
    if (tick === 440) {
      waterfall.resume();
      layout.getBus('SFX').effects[0].cutoffHz = 18000;
    }
    await wait(1 / 60);
  }
  await Promise.all([music.fadeOut(0.5), waterfall.fadeOut(0.5), wait(0.7)]);
});
