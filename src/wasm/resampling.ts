import { allocateShared } from '../base/memory.js';
import { type Core, type CoreOptions, type DecodedAudio, SampleFormat } from '../wire/core.js';
import { IdPool } from '../wire/id-pool.js';
import {
  CommandOp,
  CREATE_RESAMPLER_SHIFT,
  ENDPOINT_ID,
  KIND_BUFFER,
  KIND_SOUND,
  RESAMPLER_SINC_BEST,
} from '../wire/wire-layout.js';

/** Frames rendered before other work of the thread gets a turn. */
const sliceFrames = 16384;

/**
 * Decoded sound at another rate (8000..192000 Hz), through an engine without a device and the best resampler there is;
 * as it is where no rate is given. Throws ERR_OUT_OF_MEMORY.
 */
export async function resampled(
  audio: DecodedAudio,
  sampleRate: number | undefined,
  open: (options: CoreOptions) => Core,
): Promise<DecodedAudio> {
  if (sampleRate === undefined || sampleRate === audio.sampleRate) return audio;
  const { channels } = audio;
  const frames = Math.round((audio.frames * sampleRate) / audio.sampleRate);
  const samples = new Float32Array(allocateShared(frames * channels * Float32Array.BYTES_PER_ELEMENT));
  const core = open({ sampleRate, channels, smoothingFrames: 0, maxVoices: 1 });
  try {
    play(core, audio);
    for (let frame = 0; frame < frames; frame += sliceFrames) {
      const count = Math.min(sliceFrames, frames - frame);
      core.render(samples.subarray(frame * channels, (frame + count) * channels), count);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } finally {
    core.close();
  }
  return { ...audio, samples, sampleRate, frames };
}

/** The one sound of an engine. */
function play(core: Core, audio: DecodedAudio): void {
  const sound = new IdPool(KIND_SOUND, 1).take();
  const buffer = new IdPool(KIND_BUFFER, 1).take();
  core.prepare('prepare_sounds', 1);
  core.prepare('prepare_resampler', RESAMPLER_SINC_BEST);
  core.prepareBuffer(buffer, { ...audio, format: SampleFormat.f32, trusted: true });
  core.wire.sendPair(
    CommandOp.SOUND_CREATE,
    sound,
    0,
    buffer,
    ENDPOINT_ID,
    RESAMPLER_SINC_BEST << CREATE_RESAMPLER_SHIFT,
  );
  core.wire.send(CommandOp.SOUND_START, sound, 0, 0);
}
