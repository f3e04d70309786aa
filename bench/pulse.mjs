// From `new Engine()` to the first audible sample, on a PulseAudio null sink of our own whose monitor is recorded.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ask } from './contenders.mjs';
import { median } from './workload.mjs';

const rate = 48000;
const frameBytes = 8;
const audible = 0.01;

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/**
 * A server with one null sink, in a folder of its own or where another one was killed. A socket path may be 107 bytes
 * long, so the folder is short.
 */
export async function startServer(folder = mkdtempSync(path.join(tmpdir(), 'mae-'))) {
  rmSync(path.join(folder, 'native'), { force: true });
  const environment = {
    PULSE_SERVER: `unix:${folder}/native`,
    PULSE_COOKIE: `${folder}/cookie`,
    PULSE_RUNTIME_PATH: folder,
    PULSE_STATE_PATH: folder,
    XDG_RUNTIME_DIR: folder,
  };
  const words = [
    '-n',
    '--daemonize=no',
    '--use-pid-file=no',
    '--exit-idle-time=-1',
    '--high-priority=no',
    '--realtime=no',
  ];
  words.push('-L', `module-native-protocol-unix socket=${folder}/native auth-anonymous=1`);
  words.push('-L', `module-null-sink sink_name=bench rate=${rate} channels=2 format=float32le norewinds=1`);
  // setpriv: the server goes with us, however we end.
  const server = spawn('setpriv', ['--pdeathsig', 'TERM', 'pulseaudio', ...words], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  for (let tries = 0; !existsSync(path.join(folder, 'native')); tries++) {
    if (tries === 250) throw new Error('pulseaudio did not start within 5 s');
    await wait(20);
  }
  return { folder, environment, server };
}

/**
 * Records the sink's monitor; `startedAt` tells the wall clock of its first frame, by when the others came: the middle
 * one, as some come late and the sink renders ahead at times.
 */
function record(environment) {
  const words = [
    '-d',
    'bench.monitor',
    '--raw',
    '--format=float32le',
    `--rate=${rate}`,
    '--channels=2',
    '--latency-msec=5',
  ];
  const recorder = spawn('parec', words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const chunks = [];
  const starts = [];
  const state = { recorder, chunks, bytes: 0, startedAt: () => median(starts) };
  state.running = new Promise((done, fail) => {
    recorder.on('error', fail);
    recorder.on('close', () => fail(new Error('parec ended before it recorded anything')));
    recorder.stdout.on('data', (chunk) => {
      chunks.push(chunk);
      state.bytes += chunk.length;
      starts.push(performance.timeOrigin + performance.now() - (state.bytes / frameBytes / rate) * 1000);
      done();
    });
  });
  return state;
}

/** Runs `measure(environment)` beside a server of its own; its answer, or a sentence why there is no figure. */
async function withServer(measure) {
  const tools = ['pulseaudio', 'parec', 'setpriv'].filter(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined,
  );
  if (tools.length > 0) return { reason: `not installed: ${tools.join(', ')}` };
  const { folder, environment, server } = await startServer();
  try {
    return await measure(environment);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds, the recorder's own few included; or a sentence why there is no figure. */
export function firstAudibleSample(who, made) {
  return withServer(async (environment) => {
    const state = record(environment);
    await state.running;
    await wait(200);
    const { startedAt, backend } = await ask(who, 'first-sound', {}, made, environment);
    await wait(100);
    state.recorder.kill();
    const bytes = Buffer.concat(state.chunks);
    const samples = new Float32Array(
      new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % frameBytes))).buffer,
    );
    const recordedFrom = state.startedAt();
    const from = Math.max(0, Math.floor(((startedAt - recordedFrom) / 1000) * rate));
    const first = samples.findIndex((sample, index) => index >= from * 2 && Math.abs(sample) > audible);
    if (first < 0) return { reason: `nothing was heard (backend ${backend})` };
    return { milliseconds: recordedFrom + (first / 2 / rate) * 1000 - startedAt };
  });
}

/**
 * Periods from a call to the first frame of its sound in what the device is given; or a sentence why there is no
 * figure.
 */
export function writeToHeard(made) {
  return withServer((environment) => ask('native', 'write-to-heard', {}, made, environment));
}
