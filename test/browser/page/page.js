import * as lib from '../dist/miniaudio_engine_browser.js';
import { digitSamples } from './digits.js';
import { perform } from './program.js';

/** A second of a tone, or more. */
function tone(hz = 440, seconds = 1, amplitude = 0.5) {
  return new lib.AudioBuffer(
    Float32Array.from(
      { length: Math.round(48000 * seconds) },
      (_, frame) => amplitude * Math.sin((2 * Math.PI * hz * frame) / 48000),
    ),
    { sampleRate: 48000, channels: 1 },
  );
}

/** An AudioContext of the page's own with a recorder in it; what is connected to `recorder` is kept. */
async function openRecorder(seconds = 8, channels = 1) {
  const context = new AudioContext({ sampleRate: 48000 });
  await context.audioWorklet.addModule('./recorder.js');
  const recorder = new AudioWorkletNode(context, 'recorder', {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    channelCount: channels,
    channelCountMode: 'explicit',
    channelInterpretation: 'discrete',
    processorOptions: { frames: 48000 * seconds, channels },
  });
  recorder.connect(context.destination);
  const stop = () =>
    new Promise((resolve) => {
      recorder.port.onmessage = ({ data }) => resolve(data);
      recorder.port.postMessage({});
    });
  const blockWorklet = (blockMilliseconds) => recorder.port.postMessage({ blockMilliseconds });
  return { context, recorder, stop, blockWorklet };
}

/** Samples as text, to come through to the test unchanged. */
function packed(samples) {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

/** Plays a buffer and a stream of 8 MB each; gives the stream. */
function playMuch(engine) {
  const samples = new Float32Array(2_000_000).fill(0.1);
  lib.Sound.fromBuffer(engine, new lib.AudioBuffer(samples, { sampleRate: 48000, channels: 1 })).play();
  const source = new lib.StreamSource(engine, { sampleRate: 48000, channels: 1, format: 'f32', bufferSeconds: 20 });
  source.write(samples.subarray(0, 900_000));
  lib.Sound.fromStream(engine, source).play();
  return source;
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Keeps the page's thread from everything else. */
function block(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** The code of what is thrown or rejected. */
async function codeOf(run) {
  try {
    await run();
    return 'nothing was thrown';
  } catch (error) {
    return error.code ?? String(error);
  }
}

/** One line for all bits. */
async function digest(samples) {
  const hash = await crypto.subtle.digest(
    'SHA-256',
    new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
  );
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Another module of the server's. */
const load = (address) => import(address);

Object.assign(window, {
  load,
  lib,
  tone,
  openRecorder,
  packed,
  wait,
  block,
  codeOf,
  digest,
  perform,
  playMuch,
  digitSamples,
});
