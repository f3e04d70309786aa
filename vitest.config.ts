import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests that mostly wait: for devices, for sound that plays in its own time, for other programs. They run when those
// that compute are over, three side by side, since one of them alone leaves a processor idle.
const waiting = [
  ...['browser', 'device', 'lifetime', 'soak'].map((folder) => `test/${folder}/**/*.test.ts`),
  'test/cli/terminal.test.ts',
  'test/synth/attach.test.ts',
];

// The debug build of the addon traps allocation and locks on the audio thread. With it the contract, the effects and
// the scenes run once more, on the native host.
const debugged = ['contract', 'effects', 'scenes'].map((folder) => `test/${folder}/**/*.test.ts`);
const debugAddon = join(
  fileURLToPath(new URL('.', import.meta.url)),
  'build',
  'addon-debug',
  `${process.platform}-${process.arch}`,
  'miniaudio_engine.node',
);

// No test is over before its time on a machine that is busy with other things: this ends only what hangs.
const hangMs = 600_000;

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: hangMs,
    hookTimeout: hangMs,
    execArgv: ['--expose-gc'],
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'computing',
          include: ['test/**/*.test.ts'],
          exclude: waiting,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'debug',
          include: debugged,
          env: { MINIAUDIO_ENGINE_ADDON: debugAddon, TEST_HOSTS: 'native' },
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: waiting,
          setupFiles: ['test/support/prefer.ts'],
          // What plays and records in real time also shows where the machine itself stood still. A fault of ours fails
          // each time; the report names what was tried again.
          retry: 2,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
