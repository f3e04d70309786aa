import { expect, it } from 'vitest';
import { buildProgram } from '../native/programs.js';
import { rounds } from '../support/extent.js';
import { corpusOf, failurePath, stretchOf } from './campaign.js';

const stretch = stretchOf(rounds(20_000, 500_000));

it('records of every kind in the wire: no sanitizer complains, nothing hangs, what is rendered is finite', async () => {
  const program = await buildProgram('fuzz_wire', 'address-undefined', [
    '-O1',
    '-fsanitize=address,undefined',
    '-fno-sanitize-recover=undefined',
  ]);
  const said = await program(
    String(stretch.inputs),
    String(stretch.seed),
    failurePath('wire.bin'),
    ...corpusOf('wire'),
  );
  expect(said).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
});
