import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rounds } from '../support/extent.js';
import { audioSide, buildProgram, effects, importsOfAudioSide } from './programs.js';

// The core in C, under the sanitizers and under a kernel that forbids system calls. Each program ends with "N passed, N
// failed".
const variants = {
  plain: ['-O2'],
  thread: ['-O1', '-fsanitize=thread'],
  'address-undefined': ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
} as const;

describe('the core in C', () => {
  test('ids and wire headers', async () => {
    const program = await buildProgram('test_ids', 'address-undefined', variants['address-undefined']);
    expect(await program()).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
  });

  test('the same bits for any cut of time, over scenes of random commands', async () => {
    const program = await buildProgram('test_cuts', 'plain', variants.plain);
    expect(await program(String(rounds(10, 36)), '8000')).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
  });

  test.each(['thread', 'address-undefined'] as const)(
    'all threads of an engine at once, under the %s sanitizer',
    async (variant) => {
      const program = await buildProgram('test_threads', variant, variants[variant]);
      expect(await program(String(rounds(4, 30)))).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
    },
  );

  test('the thread sanitizer sees a writer who tells too early', async () => {
    const program = await buildProgram('test_threads', 'thread', variants.thread);
    await expect(program('8', 'broken')).rejects.toThrow(/data race/);
  });

  test('effects sleep, wake, give their memory back, and compute as accurately as the system', async () => {
    const program = await buildProgram('test_effects', 'address-undefined', variants['address-undefined']);
    expect(await program()).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
  });

  test('the audio thread makes no system call and allocates nothing', async () => {
    const program = await buildProgram('test_audio_thread', 'plain', variants.plain);
    expect(await program()).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
  });

  test('the audio side imports nothing that waits, allocates or calls the system', async () => {
    expect(audioSide).toContain('native/engine/render.c');
    expect(effects).toContain('native/effects/delay.c');
    const allowed = new Set(['memcpy', 'memset', 'memmove', '_GLOBAL_OFFSET_TABLE_']);
    // The control side's part of an effect; test_audio_thread shows that the rest does not use it.
    const making = new Set(['malloc', 'calloc', 'free']);
    const makes = (object: string) => effects.some((file) => object.endsWith(`/${basename(file)}.o`));
    const imports = await importsOfAudioSide();
    expect(imports.size).toBeGreaterThan(10);
    for (const [object, names] of imports) {
      expect(
        names.filter((name) => !allowed.has(name) && !(makes(object) && making.has(name))),
        object,
      ).toEqual([]);
    }
  });
});
