// One program for every host: everything it asks for is asked for before the first frame, so that a page and a process
// hear the same at the same frames.

/** Frames of the program. */
export const programFrames = 48_000;

/** Numbers that look random and are the same everywhere. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/**
 * Plays sounds of several formats and live streams in nested groups, with starts, stops, ramps and pitches at frames of
 * the first second.
 */
export function perform(lib, engine) {
  const next = numbers(7);
  const noise = (length, amplitude) => Float32Array.from({ length }, () => amplitude * (2 * next() - 1));
  const buffers = [
    new lib.AudioBuffer(noise(20_000, 0.3), { sampleRate: 48000, channels: 2 }),
    new lib.AudioBuffer(noise(9_000, 0.3), { sampleRate: 44100, channels: 1 }),
    new lib.AudioBuffer(
      Int16Array.from({ length: 70_000 }, () => Math.floor(20_000 * (next() - 0.5))),
      { sampleRate: 22050, channels: 1 },
    ),
  ];
  const outer = new lib.SoundGroup(engine);
  const inner = new lib.SoundGroup(engine, { parent: outer });
  const at = () => Math.floor(next() * programFrames * 0.8);
  for (let count = 0; count < 24; count += 1) {
    const sound = lib.Sound.fromBuffer(engine, buffers[count % 3], {
      group: [null, outer, inner][count % 3],
      looping: count % 2 === 0,
      volume: next(),
    });
    const begin = at();
    sound.play({ atFrames: begin, fadeSeconds: count % 4 === 0 ? 0.01 : 0 });
    sound.stop({ atFrames: begin + 3000 + (at() >> 1), fadeSeconds: count % 5 === 0 ? 0.02 : 0 });
    sound.pan = 2 * next() - 1;
    sound.ramp('volume', next(), {
      seconds: 0.05,
      curve: ['linear', 'exponential', 'equal-power', 'ease-in-out'][count % 4],
      atFrames: at(),
    });
    sound.ramp('pitch', 0.5 + next(), { seconds: 0.1, atFrames: at() });
  }
  for (const [sampleRate, channels, beforeReset] of [
    [48000, 2, 0],
    [44100, 1, 7000],
    [16000, 2, 300],
  ]) {
    const stream = new lib.StreamSource(engine, { sampleRate, channels, format: 'f32' });
    const sound = lib.Sound.fromStream(engine, stream, { group: outer });
    stream.write(noise(beforeReset * channels, 0.3));
    if (beforeReset > 0) stream.reset();
    stream.write(noise(6000 * channels, 0.3));
    if (channels === 2) stream.end();
    sound.play({ atFrames: at() >> 1 });
  }
  outer.volume = 0.8;
  inner.ramp('pitch', 1.2, { seconds: 0.3, atFrames: 12_345 });
  engine.ramp('volume', 0.7, { seconds: 0.2, atFrames: 20_001 });
}
