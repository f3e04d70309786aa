import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioError } from '../../src/index.js';
import { installedOggPackages } from '../../src/process/installed-ogg-packages.js';
import { wasmModule } from '../../src/process/wasm-module.js';
import { MemoryBytes } from '../../src/wasm/byte-source.js';
import { type FileDecoder, FileDecoders } from '../../src/wasm/file-decoder.js';
import { decodeOgg } from '../../src/wasm/ogg-decoder.js';
import { OggFile } from '../../src/wasm/ogg-file.js';
import { rounds } from '../support/extent.js';
import { bytesOf } from '../support/files.js';
import { setAllChecksums } from '../support/ogg.js';
import { removeFolder, shortFolder } from '../support/processes.js';
import { Random } from '../support/random.js';
import { corpusOf, failurePath, stretchOf, watchForHangs } from './campaign.js';
import { damaged } from './damage.js';
import { makeSeeds } from './seeds.js';

const decoders = new FileDecoders(wasmModule, installedOggPackages);
const stretch = stretchOf(rounds(300, 10_000));
let folder: string;
let files: Uint8Array[];

beforeAll(() => {
  folder = shortFolder('fo');
  files = makeSeeds(folder).ogg.map(bytesOf);
});

afterAll(() => removeFolder(folder));

const outcome = async (work: () => Promise<Float32Array | undefined>): Promise<'decoded' | 'refused'> => {
  try {
    const samples = await work();
    if (samples?.every(Number.isFinite) === false) throw new Error('What was decoded is not finite');
    return 'decoded';
  } catch (error) {
    if (!(error instanceof AudioError) || !['ERR_DECODE', 'ERR_OUT_OF_MEMORY', 'ERR_TOO_LARGE'].includes(error.code))
      throw error;
    return 'refused';
  }
};

/** Reads a few pieces from anywhere, as a stream with seeks does. */
async function readPieces(bytes: Uint8Array, random: Random): Promise<Float32Array | undefined> {
  let decoder: FileDecoder | undefined;
  const count = 4096;
  try {
    decoder = await decoders.open(new MemoryBytes(bytes));
    const samples = new Float32Array(count * decoder.info.channels);
    for (let piece = 0; piece < 3; piece++) {
      const frame = random.next() < 0.3 ? 0 : Math.floor(random.next() * decoder.info.frames);
      await decoder.read(frame, Math.min(count, decoder.info.frames - frame), samples);
    }
    return samples;
  } finally {
    decoder?.close();
  }
}

it('damaged Ogg files with right and wrong checksums: finite sound or a code, nothing hangs', async () => {
  const watch = watchForHangs();
  const random = new Random(stretch.seed);
  const outcomes = new Set<string>();
  const tryInput = async (bytes: Uint8Array) => {
    writeFileSync(failurePath('ogg.bin'), bytes);
    watch.begin();
    outcomes.add(
      await outcome(async () => (await decodeOgg(new OggFile(new MemoryBytes(bytes)), installedOggPackages)).samples),
    );
    outcomes.add(await outcome(() => readPieces(bytes, random)));
  };
  for (const path of corpusOf('ogg')) await tryInput(bytesOf(path));
  for (let input = 0; input < stretch.inputs; input++) {
    const bytes = damaged(random, random.pick(files), random.pick(files));
    if (random.next() < 0.8) setAllChecksums(bytes);
    await tryInput(bytes);
  }
  expect([...outcomes].sort()).toEqual(['decoded', 'refused']);
  await watch.end();
});
