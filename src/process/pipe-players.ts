import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AudioError, messageOf } from '../base/errors.js';

/** A running player program. */
export interface RunningPlayer {
  /** The program's name. */
  readonly name: string;
  readonly child: ChildProcess;
  /** Descriptor of a pipe that takes samples: float32, little-endian, interleaved. Writing blocks while it is full. */
  readonly descriptor: number;
  /**
   * Closes the descriptor, when whoever writes has opened the pipe: the player ends when nobody has it open any more.
   * Idempotent.
   */
  release(): void;
}

/** The command line of a program for so many Hz and channels. */
type CommandLine = (sampleRate: number, channels: number) => string[];

interface PlayerProgram {
  readonly name: string;
  /** Versions differ in what they understand: the newest first. */
  readonly commandLines: readonly CommandLine[];
  /** It opens its device only when it has sound. If it cannot, it prints this and goes on without one. */
  readonly silence?: RegExp;
}

/**
 * Milliseconds of sound that players are asked to keep ahead: a busy machine lets a program wait for as long as that.
 */
const latencyMilliseconds = 120;
/** A player that has not given up after this many milliseconds plays. */
const settleMilliseconds = 250;
/** The same for a player whose output has to be read. */
const listenMilliseconds = 1000;
/** Bytes of silence that make such a player open its device. */
const openingBytes = 16384;

const layouts = ['mono', 'stereo', '2.1', 'quad', '5.0', '5.1', '6.1', '7.1'];

const pipewire: CommandLine = (rate, channels) => [
  '--playback',
  `--rate=${rate}`,
  `--channels=${channels}`,
  '--format=f32',
  `--latency=${latencyMilliseconds}ms`,
  '-',
];
const ffplay: CommandLine = (rate) => [
  ...['-nodisp', '-autoexit', '-loglevel', 'error', '-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0'],
  ...['-f', 'f32le', '-ar', String(rate)],
];

// Best first. Each reads bare samples from its input.
const programs: readonly PlayerProgram[] = [
  // From 1.4 on a header is looked for without --raw; the versions before do not know the word.
  { name: 'pw-cat', commandLines: [(rate, channels) => ['--raw', ...pipewire(rate, channels)], pipewire] },
  {
    name: 'pacat',
    commandLines: [
      (rate, channels) => [
        '--playback',
        '--raw',
        '--format=float32le',
        `--rate=${rate}`,
        `--channels=${channels}`,
        `--latency-msec=${latencyMilliseconds}`,
        '--client-name=miniaudio-engine',
      ],
    ],
  },
  {
    name: 'aplay',
    commandLines: [
      (rate, channels) => [
        '-q',
        '-t',
        'raw',
        '-f',
        'FLOAT_LE',
        '-r',
        `${rate}`,
        '-c',
        `${channels}`,
        `--buffer-time=${latencyMilliseconds * 1000}`,
        '-',
      ],
    ],
  },
  {
    // It always reads a second ahead, and asks its device for 40 ms: heard late, and not without gaps on a busy
    // machine.
    name: 'ffplay',
    silence: /audio open failed/,
    commandLines: [
      (rate, channels) => [...ffplay(rate, channels), '-ch_layout', layouts[channels - 1]!, '-i', '-'],
      (rate, channels) => [...ffplay(rate, channels), '-ac', String(channels), '-i', '-'],
    ],
  },
  // The player that sox brings with it. More than its usual buffer would make it take more at a time, and be heard
  // later.
  {
    name: 'play',
    commandLines: [
      (rate, channels) => [
        '-q',
        '-t',
        'raw',
        '-e',
        'floating-point',
        '-b',
        '32',
        '-L',
        '-r',
        String(rate),
        '-c',
        String(channels),
        '-',
      ],
    ],
  },
];

/** The names of the programs that can play, best first. */
const playerNames = programs.map(({ name }) => name);

/**
 * Starts the first player program that is there and keeps running. `wanted` asks for one of them. Rejects ERR_NO_DEVICE
 * with what became of each, ERR_UNSUPPORTED_HOST where there are no named pipes.
 */
export async function startPlayer(
  sampleRate: number,
  channels: number,
  wanted: string | undefined,
): Promise<RunningPlayer> {
  if (process.platform === 'win32')
    throw new AudioError(
      'ERR_UNSUPPORTED_HOST',
      'Sound is piped into a player program only where there are named pipes of Unix',
    );
  const chosen = programs.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length === 0)
    throw new AudioError('ERR_NO_DEVICE', `'${wanted}' is none of the player programs ${playerNames.join(', ')}`);
  const failures: string[] = [];
  for (const { name, commandLines, silence } of chosen) {
    let failure = '';
    for (const words of commandLines) {
      const result = await attempt(name, words(sampleRate, channels), silence);
      if (typeof result !== 'string') return result;
      failure = result;
      if (result === notInstalled) break;
    }
    failures.push(`${name}: ${failure}`);
  }
  throw new AudioError('ERR_NO_DEVICE', `No player program takes sound. ${failures.join('; ')}`);
}

const notInstalled = 'not installed';

/** The running player, or why it failed. */
async function attempt(
  name: string,
  words: readonly string[],
  silence: RegExp | undefined,
): Promise<RunningPlayer | string> {
  const { reader, writer } = openPipe();
  if (silence !== undefined) writeSync(writer, Buffer.alloc(openingBytes));
  const child = spawn(name, words, { stdio: [reader, 'ignore', 'pipe'] });
  closeSync(reader);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(0, 4000);
    if (silence?.test(said)) child.kill('SIGKILL');
  });
  const failure = await new Promise<string | null>((resolve) => {
    const settled = setTimeout(() => resolve(null), silence === undefined ? settleMilliseconds : listenMilliseconds);
    const fail = (reason: string): void => {
      clearTimeout(settled);
      resolve(reason);
    };
    child.once('error', (error: NodeJS.ErrnoException) => fail(error.code === 'ENOENT' ? notInstalled : error.message));
    child.once('close', (code, signal) => fail(said.trim().split('\n', 1)[0] || `it ended with ${code ?? signal}`));
  });
  if (failure !== null) {
    closeSync(writer);
    return failure;
  }
  // Neither the player nor its output keeps the process alive.
  child.unref();
  (child.stderr as unknown as { unref?(): void }).unref?.();
  let released = false;
  const release = (): void => {
    if (!released) closeSync(writer);
    released = true;
  };
  return { name, child, descriptor: writer, release };
}

/**
 * A pipe of the kernel, which holds 64 KiB: a child's usual input is a socket that would hold half a second of sound.
 */
function openPipe(): { reader: number; writer: number } {
  const folder = mkdtempSync(join(tmpdir(), 'miniaudio-engine-'));
  try {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '600', path]);
    // Opened for both first, as opening for one end waits for the other; a writer that is its own reader would never
    // hear that the player is gone.
    const both = openSync(path, constants.O_RDWR);
    const reader = openSync(path, constants.O_RDONLY);
    const writer = openSync(path, constants.O_WRONLY);
    closeSync(both);
    return { reader, writer };
  } catch (cause) {
    throw new AudioError('ERR_NO_DEVICE', `No pipe could be made: ${messageOf(cause)}`, { cause });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
