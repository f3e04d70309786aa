import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildDecoderProgram } from '../native/programs.js';
import { rounds } from '../support/extent.js';
import { removeFolder, shortFolder } from '../support/processes.js';
import { corpusOf, failurePath, stretchOf } from './campaign.js';
import { makeSeeds } from './seeds.js';

const stretch = stretchOf(rounds(1600, 30_000));
// Without assertions, as the addon is built; miniaudio's flac decoder counts on signed numbers that wrap.
const flags = ['-O1', '-DNDEBUG', '-fwrapv', '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'];

let folder: string;
let files: string[];

beforeAll(() => {
  folder = shortFolder('fz');
  files = [...corpusOf('decode'), ...makeSeeds(folder).native];
});

afterAll(() => removeFolder(folder));

it.each([
  ['as it is built', 'decoders', []],
  ['whose flac files have no checksums', 'decoders-unchecked', ['-DMA_DR_FLAC_NO_CRC']],
] as const)(
  'damaged wav, flac and mp3 files through the decoder %s: no sanitizer complains, nothing hangs, what comes is finite',
  async (_, variant, more) => {
    const program = await buildDecoderProgram('fuzz_decode', variant, [...flags, ...more]);
    const said = await program(
      String(stretch.inputs / 2),
      String(stretch.seed),
      failurePath(`${variant}.bin`),
      ...files,
    );
    const [, decoded, refused] = /^(\d+) decoded, (\d+) refused\n[1-9]\d* passed, 0 failed\n$/.exec(said) ?? [];
    expect(said).toMatch(/, 0 failed\n$/);
    // Damage that always or never shows would be no test of either.
    expect(Number(decoded)).toBeGreaterThan(stretch.inputs / 10);
    expect(Number(refused)).toBeGreaterThan(stretch.inputs / 10);
  },
);
