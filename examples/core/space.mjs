// A sound that circles the listener, passes close by with doppler, and calls through a cone; then a second listener
// hears it.
import { Sound } from 'miniaudio-engine';
import { makeLoop, render } from '../effects/render.mjs';

render('space', (engine, loop, play) => {
  loop.stop();
  const sound = Sound.fromBuffer(engine, makeLoop(), { looping: true, spatial: true });
  const ears = engine.listener();
  ears.setPosition(0, 0, 0);
  ears.setDirection(0, 0, -1);
  sound.minDistance = 2;
  sound.play();

  // Round the listener, 3 units away. Every change moves over the smoothing time: a hundred a second are no steps.
  for (let step = 0; step < 300; step += 1) {
    const angle = (2 * Math.PI * step) / 150;
    sound.setPosition(3 * Math.sin(angle), 0, -3 * Math.cos(angle));
    play(0.01);
  }

  // Past the listener at 40 units a second: the velocity is heard as doppler.
  sound.setVelocity(40, 0, 0);
  for (let step = 0; step < 200; step += 1) {
    sound.setPosition(-40 + 0.4 * step, 0, -1.5);
    play(0.01);
  }

  // It stands still and looks away: outside the cone it is quiet.
  sound.setVelocity(0, 0, 0);
  sound.setPosition(0, 0, -4);
  sound.setCone(Math.PI / 3, Math.PI, 0.1);
  sound.setDirection(0, 0, -1);
  play(1);

  // A listener on its other side is in the cone; of several the nearest one hears.
  const other = engine.listener(1);
  other.setPosition(0, 0, -6);
  other.setDirection(0, 0, 1);
  console.log(`listeners at ${ears.position.join(' ')} and ${other.position.join(' ')}`);
  play(2);
});
