import { expect } from 'vitest';
import { type ProgramResult, runProgram } from './processes.js';

/** What the programs of the lifetime tests begin with: an engine on a device and a tone to play. */
const prelude = `
  import { AudioBuffer, Engine, Sound, SoundGroup } from 'miniaudio-engine';
  const tone = (seconds) =>
    new AudioBuffer(
      Float32Array.from({ length: Math.round(48000 * seconds) }, (_, n) => 0.1 * Math.sin(n / 17)),
      { sampleRate: 48000, channels: 1 },
    );
  const open = async (device = { backend: 'null' }) => {
    const engine = new Engine({ device });
    await engine.ready;
    return engine;
  };
`;

/** Runs the prelude and a program; the result of a crash, an abort or a hang never looks like an ordinary end. */
export function runWithEngine(program: string, options: Parameters<typeof runProgram>[1] = {}): Promise<ProgramResult> {
  return runProgram(prelude + program, options);
}

/** Asserts an ordinary end with that exit code, without a word on the error output. */
export function expectCleanEnd(result: ProgramResult, code = 0): void {
  expect({ code: result.code, signal: result.signal, stderr: result.stderr }).toEqual({
    code,
    signal: null,
    stderr: '',
  });
}

/**
 * The C library gives freed memory back at once instead of keeping it for each thread: what is still there then is held
 * by somebody.
 */
export const promptMalloc = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' };
