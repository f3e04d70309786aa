import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { rms } from '../support/analysis.js';
import { recording } from '../support/files.js';
import { delay, removeFolder, repository, shortFolder, until } from '../support/processes.js';
import { PulseServer } from '../support/servers/pulse.js';
import { command, miniaudioEngine } from './support.js';

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start(['ci', 'other']);
  server.pactl('set-default-sink', 'ci');
});

afterAll(() => server.close());

/** The command in a terminal of its own: keys go in, the screen is read. */
class Terminal {
  readonly #folder = shortFolder('tm');

  constructor(columns: number, words: readonly string[], env: Record<string, string> = {}) {
    const variables = Object.entries({ ...server.env, ...env }).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    const line = [process.execPath, command, ...words].map((word) => `'${word}'`).join(' ');
    // What is printed last stays on the screen, with the exit code below.
    this.#tmux(
      'new-session',
      '-d',
      '-s',
      'test',
      '-x',
      String(columns),
      '-y',
      '12',
      '-c',
      repository,
      ...variables,
      `${line}; echo "code $?"; sleep 60`,
    );
    onTestFinished(() => {
      this.#tmux('kill-server');
      removeFolder(this.#folder);
    });
  }

  #tmux(...words: string[]): string {
    return spawnSync('tmux', ['-S', `${this.#folder}/socket`, '-f', '/dev/null', ...words], { encoding: 'utf8' })
      .stdout;
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p', '-t', 'test');
  }

  get coloredScreen(): string {
    return this.#tmux('capture-pane', '-e', '-p', '-t', 'test');
  }

  press(...keys: string[]): void {
    this.#tmux('send-keys', '-t', 'test', ...keys);
  }

  /** Waits until the screen shows something and gives the screen. */
  shows(pattern: RegExp): Promise<string> {
    return until(
      `the screen to show ${pattern}, which shows\n${this.screen}`,
      () => (pattern.test(this.screen) ? this.screen : undefined),
      50,
    );
  }
}

it('play shows a bar, a meter and keys, obeys them, and is heard', async () => {
  const recorder = await server.record('ci');
  const terminal = new Terminal(90, ['play', recording('lena.flac'), '--volume', '0.5']);
  const screen = await terminal.shows(/▶ lena\.flac ━+─+ 0:01 \/ 0:12 ▮+▯* vol -6\.0 dB/);
  expect(screen).toContain('(pulseaudio, 48000 Hz)');
  expect(screen).toContain('space pause · ←/→ seek 5 s');
  terminal.press('Space');
  const paused = await terminal.shows(/⏸ lena\.flac .* ▯{10} /);
  await delay(500);
  const time = / (0:0\d) \/ /;
  expect(time.exec(terminal.screen)?.[1]).toBe(time.exec(paused)?.[1]);
  terminal.press('Space', 'Right');
  await terminal.shows(/▶ lena\.flac .* 0:0[67] \/ 0:12/);
  terminal.press('Left');
  await terminal.shows(/ 0:0[123] \/ 0:12/);
  terminal.press('Down', 'Down');
  await terminal.shows(/vol -8\.0 dB/);
  terminal.press('m');
  await terminal.shows(/muted/);
  terminal.press('q');
  const last = await terminal.shows(/code 0/);
  // The line that was drawn over and over is gone, and the cursor is there again.
  expect(last).not.toContain('▶');
  const heard = await recorder.finish();
  expect(rms(heard)).toBeGreaterThan(0.01);
});

it('play in a narrow terminal stays on one line', async () => {
  const terminal = new Terminal(24, ['play', recording('lena.flac')]);
  const screen = await terminal.shows(/▶ .*0:01 \/ 0:12/);
  const lines = screen.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatch(/^▶.* 0:01 \/ 0:12$/);
  terminal.press('C-c');
  await terminal.shows(/code 130/);
});

it('n goes to the next file', async () => {
  const terminal = new Terminal(80, ['play', recording('lena.flac'), recording('lena.mp3')]);
  await terminal.shows(/▶ lena\.flac/);
  terminal.press('n');
  await terminal.shows(/▶ lena\.mp3/);
  terminal.press('n');
  await terminal.shows(/code 0/);
});

it('colours are there in a terminal, and not with NO_COLOR', async () => {
  const colored = new Terminal(80, ['play', '/nowhere.wav']);
  await colored.shows(/error: .*code 3/s);
  expect(colored.coloredScreen).toContain('\u001b[31merror');
  const plain = new Terminal(80, ['play', '/nowhere.wav'], { NO_COLOR: '1' });
  await plain.shows(/error: .*code 3/s);
  expect(plain.coloredScreen).not.toContain('\u001b[');
});

it('devices lists the sinks, and play finds one by a part of its name', async () => {
  const devices = JSON.parse((await miniaudioEngine(['devices', '--json'])).stdout) as {
    id: string;
    isDefault: boolean;
    backend: string;
  }[];
  expect(devices.filter(({ backend }) => backend === 'pulseaudio').map(({ id, isDefault }) => [id, isDefault])).toEqual(
    [
      ['ci', true],
      ['other', false],
    ],
  );
  expect((await miniaudioEngine(['devices'])).stdout).toMatch(/^\* {2}pulseaudio {2}ci/m);
  const recorder = await server.record('other');
  const { code, stdout } = await miniaudioEngine([
    'play',
    recording('lena.flac'),
    '--device',
    'oth',
    '--json',
    '--pitch',
    '4',
  ]);
  expect([code, JSON.parse(stdout).device.id]).toEqual([0, 'other']);
  expect(rms(await recorder.finish())).toBeGreaterThan(0.01);
  expect((await miniaudioEngine(['doctor'])).code).toBe(0);
});

it.each([
  ['where it is asked for', ['--backend', 'pipe'], {}, ''],
  [
    'where there is no addon',
    [],
    { MINIAUDIO_ENGINE_ADDON: '/nowhere/addon.node' },
    'No native addon: another program plays the sound',
  ],
])('play goes through a player program %s', async (_name, words, env, said) => {
  const recorder = await server.record('ci');
  const { code, stdout, stderr } = await miniaudioEngine(
    ['play', recording('lena.flac'), '--pitch', '4', '--json', ...words],
    { env },
  );
  expect([code, JSON.parse(stdout).device]).toEqual([0, expect.objectContaining({ name: 'pacat', backend: 'pipe' })]);
  expect(stderr).toContain(said);
  expect(rms(await recorder.finish())).toBeGreaterThan(0.01);
});
