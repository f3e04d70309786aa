import { allocateShared } from '../base/memory.js';
import { hostProvider } from './provider.js';
import { SampleData } from './sample-data.js';
import { Session } from './session.js';
import { Voice } from './voice.js';

/** Frames rendered before other work of the thread gets its turn. */
const sliceFrames = 16384;

/** The samples at another rate (8000..192000 Hz), through an engine without a device and the best resampler there is. The calling thread gets its turn in between. */
export async function resample(source: SampleData, sampleRate: number): Promise<SampleData> {
  const { channels, frames, sampleRate: sourceRate } = source.memory;
  const length = Math.round((frames * sampleRate) / sourceRate);
  const core = hostProvider().openCore('auto', { sampleRate, channels, smoothingFrames: 0, maxVoices: 1 }, false);
  const session = new Session(core, { sampleRate, channels, smoothingFrames: 0, maxVoices: 1, resampler: 'sinc-best' });
  try {
    await core.ready;
    const settings = { pitchEnabled: false, resampler: 'sinc-best', volume: 1, pan: 0, pitch: 1, looping: false, spatial: false } as const;
    Voice.create(session, settings, session.owned, session.endpoint, source).play(0, 0);
    const samples = new Float32Array(allocateShared(length * channels * Float32Array.BYTES_PER_ELEMENT));
    for (let frame = 0; frame < length; frame += sliceFrames) {
      const count = Math.min(sliceFrames, length - frame);
      core.render(samples.subarray(frame * channels, (frame + count) * channels), count);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return SampleData.fromDecoded({ samples, channels, sampleRate, frames: length });
  } finally {
    session.close();
  }
}
