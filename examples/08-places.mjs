// Places: a fly that circles the listener in space, and a shore in a plane that one walks along.
import { AudioClip, AudioListener2D, AudioListener3D, AudioPlayer2D, AudioPlayer3D } from 'miniaudio-engine';
import { run } from './run.mjs';

await run(async (backend, wait) => {
  const ears = new AudioListener3D(backend);
  ears.makeCurrent();
  const fly = new AudioPlayer3D(backend, {
    stream: AudioClip.tone(190, { seconds: 1, fadeSeconds: 0 }),
    loop: true,
    maxDistance: 40,
    panning: 'engine',
    dopplerScale: 1,
  });
  fly.play();
  const speed = 2 * Math.PI * 5;
  for (let tick = 0; tick < 180; tick += 1) {
    const angle = (2 * Math.PI * tick) / 90;
    fly.setPosition(5 * Math.sin(angle), 0, -5 * Math.cos(angle));
    fly.setVelocity((speed / 1.5) * Math.cos(angle), 0, (speed / 1.5) * Math.sin(angle));
    await wait(1 / 60);
  }
  fly.stop();

  const walker = new AudioListener2D(backend);
  walker.makeCurrent();
  const shore = new AudioPlayer2D(backend, {
    stream: AudioClip.tone(440, { seconds: 1, fadeSeconds: 0 }),
    loop: true,
    maxDistance: 800,
    position: [400, 0],
  });
  shore.play();
  for (let x = 0; x <= 800; x += 10) {
    walker.setPosition(x, 40);
    await wait(1 / 40);
  }
});
