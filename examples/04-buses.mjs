// Buses: a tree of mixing channels with levels, mute, solo and meters. The layout is data; every change of it is heard
// at once.
import { AudioBusLayout, AudioClip, AudioPlayer } from 'miniaudio-engine';
import { run } from './run.mjs';

await run(async (backend, wait) => {
  const layout = new AudioBusLayout();
  layout.addBus('Drums', { sendTo: 'Music', volumeDb: -3 });
  layout.addBus('Bass', { sendTo: 'Music' });
  backend.syncBusLayout(layout);

  const beat = new AudioPlayer(backend, {
    stream: AudioClip.tone(90, { seconds: 0.25, amplitude: 0.6, fadeSeconds: 0.1 }),
    bus: 'Drums',
    loop: true,
  });
  const bass = new AudioPlayer(backend, {
    stream: AudioClip.tone(110, { seconds: 2, amplitude: 0.3 }),
    bus: 'Bass',
    loop: true,
  });
  beat.play();
  bass.play();
  await wait(1.5);
  layout.getBus('Drums').solo = true;
  await wait(1);
  layout.getBus('Drums').solo = false;
  layout.getBus('Music').volumeDb = -12;
  await wait(1);
  const musicPeak = Math.max(...layout.getBus('Music').meter().peak);
  console.log(`Bass arrives at ${layout.getBus('Bass').effectiveVolumeDb} dB; Music peaks at ${musicPeak.toFixed(2)}`);
  layout.getBus('Bass').mute = true;
  await wait(1);
  console.log(JSON.stringify(layout.toJSON().buses.map(({ name, sendTo, volumeDb }) => [name, sendTo, volumeDb])));
});
