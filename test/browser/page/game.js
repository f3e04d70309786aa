// A game's sound on every host: everything is asked for before the first frame, so that a page and a process hear the
// same at the same frames.

/** Frames of the program. */
export const gameFrames = 96_000;

/**
 * Players with fades and a crossfade, places, a playlist, a synth's sound, on buses with effects, sends, ducking, mute,
 * solo and a blend.
 */
export function performGame(lib, backend) {
  const layout = new lib.AudioBusLayout();
  layout.addBus('Room', { volumeDb: -6 }).addEffect(new lib.ReverbEffect({ wet: 1, dry: 0 }));
  layout.addBus('Steps', { sendTo: 'SFX' }).addEffect(new lib.BandPassFilter({ cutoffHz: 700, q: 2 }));
  backend.syncBusLayout(layout);
  const bus = (name) => layout.getBus(name);
  bus('Music').addEffect(new lib.CompressorEffect({ sidechain: 'Voice', thresholdDb: -40, ratio: 8 }));
  bus('Music').addEffect(
    new lib.ParametricEQ({
      bands: [new lib.EQBand({ type: 'lowshelf', freq: 200, gainDb: 6 }), new lib.EQBand({ freq: 2000, gainDb: -4 })],
    }),
  );
  bus('SFX').addEffect(new lib.DelayEffect({ delaySeconds: 0.1 }));
  bus('Master').addEffect(new lib.SoftClipEffect({ drive: 1.5 }));
  bus('Voice').send('Room', -3);
  bus('UI').mute = true;

  const tone = (hz, seconds) => lib.AudioClip.tone(hz, { seconds, amplitude: 0.25 });
  const calm = new lib.AudioPlayer(backend, { stream: tone(220, 3), bus: 'Music', loop: true });
  const tense = new lib.AudioPlayer(backend, {
    stream: new lib.AudioPlaylist([tone(330, 0.3), tone(392, 0.3)], { loop: true }),
    bus: 'Music',
  });
  calm.play();
  calm.crossfade(tense, 1.2);
  const voice = new lib.AudioPlayer(backend, { stream: tone(180, 1), bus: 'Voice', pitchScale: 1.3 });
  voice.fadeIn(0.2, { curve: 'ease-in-out' });
  const fly = new lib.AudioPlayer3D(backend, {
    stream: tone(500, 2),
    panning: 'engine',
    position: [3, 0, -2],
    loop: true,
  });
  fly.play();
  fly.fadeOut(1.5);
  const enemy = new lib.AudioPlayer2D(backend, {
    stream: tone(90, 1),
    position: [300, 40],
    maxDistance: 900,
    dopplerScale: 1,
  });
  enemy.setVelocity(-60, 0);
  enemy.play();
  const coin = lib.synthPresets.coin.mutate(5).bake();
  for (const pan of [-0.8, 0.8]) backend.playAudio(coin, { bus: 'Steps', pan, pitch: 1 + pan / 10 });
  backend.playAudio(coin, { bus: 'UI' });

  const now = layout.snapshot();
  bus('Music').volumeDb = -20;
  bus('Steps').effects[0].cutoffHz = 3000;
  const later = layout.snapshot();
  layout.blendTo(now, 0);
  layout.blendTo(later, 1);
}
