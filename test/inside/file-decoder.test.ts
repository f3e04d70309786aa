import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioBuffer } from '../../src/index.js';
import { bytesOfSource } from '../../src/process/file-bytes.js';
import { installedOggPackages } from '../../src/process/installed-ogg-packages.js';
import { wasmModule } from '../../src/process/wasm-module.js';
import { FileDecoders } from '../../src/wasm/file-decoder.js';
import { largestDifference } from '../support/analysis.js';
import { removeFolder } from '../support/processes.js';
import { Random } from '../support/random.js';
import { channelOf } from '../support/signals.js';
import { makeStreamFiles, type StreamFiles, streamFormats } from '../support/stream-files.js';

const decoders = new FileDecoders(wasmModule, installedOggPackages);
const pageFrames = 4096;
let files: StreamFiles;

beforeAll(() => {
  files = makeStreamFiles();
});
afterAll(() => removeFolder(files.folder));

it.each(streamFormats)(
  '%s gives the bits of the whole file in any order: backwards, forwards, at random, in steps of all sizes',
  async (format) => {
    const whole = AudioBuffer.fromFile(files.of(format)).getChannelData(1);
    const decoder = await decoders.open(bytesOfSource(files.of(format)));
    expect([decoder.info.frames, decoder.info.channels]).toEqual([whole.length, 2]);
    const random = new Random(7);
    const last = Math.floor((decoder.info.frames - 1) / pageFrames);
    const backwards = Array.from({ length: last + 1 }, (_, index) => last - index);
    const forwards = Array.from({ length: 20 }, (_, index) => 3 * index);
    const anywhere = Array.from({ length: 40 }, () => random.integer(0, last));
    const back = Array.from({ length: 40 }, (_, index) => Math.max(0, last - index * random.integer(1, 4)));
    const samples = new Float32Array(2 * pageFrames);
    for (const page of [...backwards, ...forwards, ...anywhere, ...back]) {
      const first = page * pageFrames;
      const count = Math.min(pageFrames, decoder.info.frames - first);
      await decoder.read(first, count, samples);
      expect(
        largestDifference(channelOf(samples.subarray(0, 2 * count), 1, 2), whole.subarray(first, first + count)),
        `page ${page}`,
      ).toBe(0);
    }
    decoder.close();
  },
);
