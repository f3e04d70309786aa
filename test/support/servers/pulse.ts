import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { Helper, removeFolder, run, shortFolder, until } from '../processes.js';

/**
 * A PulseAudio server of our own with null sinks, so that a real backend has a real device on a machine without sound
 * hardware. While it is there, the environment of this process names it; `close` puts the environment back.
 */
export class PulseServer {
  readonly folder = shortFolder('mp');
  readonly env: Record<string, string>;
  readonly #words: readonly string[];
  #server: Helper;
  #recorders: Recorder[] = [];
  #before: Record<string, string | undefined> = {};

  private constructor(sinks: readonly string[]) {
    this.env = {
      PULSE_SERVER: `unix:${this.folder}/native`,
      PULSE_COOKIE: `${this.folder}/cookie`,
      PULSE_RUNTIME_PATH: this.folder,
      PULSE_STATE_PATH: this.folder,
      XDG_RUNTIME_DIR: this.folder,
      PULSE_LATENCY_MSEC: '100',
    };
    const modules = [
      `module-native-protocol-unix socket=${this.folder}/native auth-anonymous=1`,
      ...sinks.map(sinkModule),
    ];
    const options = [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      '--high-priority=no',
      '--realtime=no',
    ];
    this.#words = [...options, ...modules.flatMap((module) => ['-L', module])];
    this.#server = this.#launch();
  }

  #launch(): Helper {
    return new Helper('pulseaudio', this.#words, { env: { ...process.env, ...this.env } });
  }

  static async start(sinks: readonly string[] = ['ci']): Promise<PulseServer> {
    const server = new PulseServer(sinks);
    try {
      await server.#answers();
    } catch (error) {
      await server.close();
      throw error;
    }
    for (const [name, value] of Object.entries(server.env)) {
      server.#before[name] = process.env[name];
      process.env[name] = value;
    }
    return server;
  }

  async #answers(): Promise<void> {
    await until('the PulseAudio server', () => {
      if (this.#server.ended) throw new Error(`pulseaudio ended: ${this.#server.output}`);
      return this.#ask('info');
    });
    // Not before: it begins by giving up the priority it was started with.
    this.#server.prefer();
  }

  /** Starts it again after `kill`, at the same place; resolves when it answers. */
  async startAgain(): Promise<void> {
    this.#server = this.#launch();
    await this.#answers();
  }

  #ask(...words: string[]): boolean {
    return spawnSync('pactl', words, { env: { ...process.env, ...this.env } }).status === 0;
  }

  /** Runs pactl against this server and gives what it says. */
  pactl(...words: string[]): string {
    return run(
      'env',
      ...Object.entries(this.env).map(([name, value]) => `${name}=${value}`),
      'pactl',
      ...words,
    ).toString();
  }

  get pid(): number {
    return this.#server.child.pid as number;
  }

  /** Records what a sink plays from the moment the promise is there. */
  async record(sink = 'ci', channels = 2): Promise<Recorder> {
    const recorder = new Recorder(`${this.folder}/take${this.#recorders.length}`, sink, channels, this.env);
    this.#recorders.push(recorder);
    await recorder.ready();
    return recorder;
  }

  /** Ends the server the hard way, as a crash would. */
  async kill(): Promise<void> {
    await this.#server.stop('SIGKILL');
  }

  async close(): Promise<void> {
    for (const recorder of this.#recorders) await recorder.stop();
    await this.#server.stop();
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    removeFolder(this.folder);
  }
}

function sinkModule(name: string): string {
  // Without norewinds a fresh sink can stand still for two seconds.
  const names = `sink_name=${name} sink_properties=device.description=${name}`;
  return `module-null-sink ${names} rate=48000 channels=2 format=float32le norewinds=1`;
}

/** `parec` on the monitor of a sink, writing into a file: it goes on while this process is blocked. */
export class Recorder {
  readonly #helper: Helper;
  readonly #path: string;
  readonly #file: number;
  readonly channels: number;

  constructor(path: string, sink: string, channels: number, env: Record<string, string>) {
    this.channels = channels;
    this.#path = path;
    this.#file = openSync(path, 'w');
    this.#helper = new Helper(
      'parec',
      [
        '-d',
        `${sink}.monitor`,
        '--raw',
        '--format=float32le',
        '--rate=48000',
        `--channels=${channels}`,
        '--latency-msec=10',
      ],
      {
        env: { ...process.env, ...env },
        stdio: ['ignore', this.#file, 'pipe'],
      },
    ).prefer();
  }

  async ready(): Promise<void> {
    await until('the first recorded bytes', () => {
      if (this.#helper.ended) throw new Error(`parec ended: ${this.#helper.output}`);
      return fstatSync(this.#file).size > 0;
    });
  }

  /** Ends the recording and gives one channel of it. */
  async finish(channel = 0): Promise<Float32Array> {
    await this.stop();
    return channelOfBytes(readFileSync(this.#path), channel, this.channels);
  }

  async stop(): Promise<void> {
    if (this.#helper.ended) return;
    await this.#helper.stop();
    closeSync(this.#file);
  }
}

/** One channel of raw little-endian float32 bytes. */
export function channelOfBytes(bytes: Buffer, channel: number, channels: number): Float32Array {
  const frames = Math.floor(bytes.length / 4 / channels);
  return Float32Array.from({ length: frames }, (_, frame) => bytes.readFloatLE((frame * channels + channel) * 4));
}
