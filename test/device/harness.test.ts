import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fitTone, toneFrequency } from '../support/analysis.js';
import { longestUnbroken } from '../support/devices.js';
import { delay, until } from '../support/processes.js';
import { JackServer } from '../support/servers/jack.js';
import { PulseServer } from '../support/servers/pulse.js';
import { sine } from '../support/signals.js';

// The sound servers of the tests are tried with other programs first: what fails after this is ours.

describe('the PulseAudio harness', () => {
  it('records bit by bit what another program plays, and sees when it is held up', async () => {
    const server = await PulseServer.start();
    onTestFinished(() => server.close());
    for (const heldUp of [false, true]) {
      const recorder = await server.record();
      const tone = sine(48000 * 2, 48000, 440, 0.5, 2);
      const player = spawn(
        'pacat',
        ['--raw', '--format=float32le', '--rate=48000', '--channels=2', '--latency-msec=50', '-d', 'ci'],
        {
          env: process.env,
          stdio: ['pipe', 'ignore', 'ignore'],
        },
      );
      player.stdin.end(Buffer.from(tone.buffer));
      if (heldUp) {
        await delay(500);
        player.kill('SIGSTOP');
        await delay(400);
        player.kill('SIGCONT');
      }
      await until('the player to end', () => player.exitCode !== null);
      await delay(200);
      const take = await recorder.finish();
      const start = take.findIndex((sample) => sample !== 0);
      const middle = take.subarray(start + 4800, start + 4800 + 72000);
      expect(middle.length).toBe(72000);
      if (heldUp) {
        expect(fitTone(middle, 48000, 440).largestResidual).toBeGreaterThan(0.01);
        continue;
      }
      const longest = longestUnbroken(take, 48000, 440);
      expect(longest.length).toBeGreaterThan(24000);
      // Whole periods: 11 of them are 1200 frames.
      const unbroken = longest.subarray(0, Math.min(72000, longest.length - (longest.length % 1200)));
      expect(toneFrequency(unbroken, 48000, 440)).toBeCloseTo(440, 4);
      expect(fitTone(unbroken, 48000, 440).largestResidual).toBeLessThan(1e-5);
    }
  });
});

describe('the JACK harness', () => {
  it('has a server with two playback ports', async () => {
    const server = await JackServer.start();
    onTestFinished(() => server.close());
    expect(server.ports()).toEqual(expect.arrayContaining(['system:playback_1', 'system:playback_2']));
  });
});
