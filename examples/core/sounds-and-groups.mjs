// Samples of one's own, sounds in groups, ramps, and starts that are exact to the frame.
import { AudioBuffer, Sound, SoundGroup } from 'miniaudio-engine';
import { render } from '../effects/render.mjs';

render('sounds-and-groups', (engine, loop, play) => {
  const { sampleRate } = engine;
  loop.volumeDb = -9;

  // A plucked note: an AudioBuffer is bare samples with a rate and a number of channels.
  const samples = Float32Array.from(
    { length: sampleRate },
    (_, frame) => Math.exp((-5 * frame) / sampleRate) * Math.sin((2 * Math.PI * 440 * frame) / sampleRate),
  );
  const note = new AudioBuffer(samples, { sampleRate, channels: 1 });

  // What a group is told, all of its sounds hear: here each half of an arpeggio has a side of its own.
  const both = new SoundGroup(engine, { name: 'arpeggio' });
  const [left, right] = [-0.7, 0.7].map((pan) => Object.assign(new SoundGroup(engine, { parent: both }), { pan }));
  both.volume = 0.3;

  // All of it begins at its frame of the engine's clock, in the order and at the distance asked for.
  engine.batch(() => {
    for (let step = 0; step < 24; step += 1) {
      const pitch = 2 ** ([0, 4, 7, 12][step % 4] / 12);
      engine.play(note, { group: step % 2 === 0 ? left : right, pitch, atFrames: step * 0.25 * sampleRate });
    }
  });
  void both.ramp('volume', 0.05, { seconds: 2, curve: 'ease-in-out', atFrames: 3 * sampleRate });
  void both.ramp('pitch', 2, { seconds: 1, atFrames: 5 * sampleRate });
  play(1);
  console.log(
    `a second in, the arpeggio peaks at ${both
      .meter()
      .peak.map((level) => level.toFixed(2))
      .join(' and ')}`,
  );
  play(5);

  // A sound that is kept can be put anywhere.
  const held = Sound.fromBuffer(engine, note, { looping: true, group: left });
  held.setLoopRange(4800, 9600);
  held.play({ fadeSeconds: 0.2 });
  play(1);
  held.seek(0);
  held.stop({ fadeSeconds: 0.5 });
  play(1);
});
