// A stream of the platform, here the raw bytes of a response, is piped into a sound: chunks may be cut anywhere, and
// backpressure keeps memory small.
import { AudioBuffer, Sound, StreamSource } from 'miniaudio-engine';
import { recording, run } from '../run.mjs';

await run(async ({ engine }, wait) => {
  // A server would send these bytes: bare 16 bit samples, without a header.
  const { sampleRate, channels, ...voice } = samplesOf(AudioBuffer.fromFile(recording));
  const response = new Response(voice.bytes);
  const stream = new StreamSource(engine, { sampleRate, channels, bufferSeconds: 1 });
  const sound = Sound.fromStream(engine, stream);
  const piped = response.body.pipeTo(stream.writable());
  await wait(0.2);
  sound.play();
  while (!sound.atEnd) await wait(0.1);
  await piped;
  console.log(`${(sound.cursorFrames / sampleRate).toFixed(1)} s heard.`);
});

/** The first five seconds of a buffer as bytes. */
function samplesOf(buffer) {
  const { sampleRate, channels } = buffer;
  const floats = buffer.getChannelData(0).subarray(0, 5 * sampleRate);
  return { sampleRate, channels, bytes: new Uint8Array(Int16Array.from(floats, (sample) => sample * 32767).buffer) };
}
