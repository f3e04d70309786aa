import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests that measure time, use a sound server or start other programs run one file after the other, when everything
// else is over.
const serial = [
  ...['browser', 'cli', 'device', 'lifetime', 'package', 'soak'].map((folder) => `test/${folder}/**/*.test.ts`),
  'test/synth/attach.test.ts',
];

// The contract runs once more with the debug build of the addon, which traps allocation and locks on the audio thread.
const debugAddon = join(
  fileURLToPath(new URL('.', import.meta.url)),
  'build',
  'addon-debug',
  `${process.platform}-${process.arch}`,
  'miniaudio_engine.node',
);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--expose-gc'],
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'parallel',
          include: ['test/**/*.test.ts'],
          exclude: serial,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'debug',
          include: ['test/contract/**/*.test.ts', 'test/effects/**/*.test.ts'],
          env: { MINIAUDIO_ENGINE_ADDON: debugAddon },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'serial',
          include: serial,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
