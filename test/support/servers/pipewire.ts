import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Helper, removeFolder, run, shortFolder, until } from '../processes.js';
import { channelOf } from '../signals.js';
import { readWav } from '../wav.js';

/** What makes one sink that plays into nothing. */
const sink = `context.objects = [ { factory = adapter args = {
  factory.name = support.null-audio-sink
  node.name = ci
  media.class = Audio/Sink
  object.linger = true
  audio.position = "FL,FR"
} } ]
`;

/**
 * A PipeWire server of our own with a null sink, and the session manager without which nothing is led to it. While it
 * is there, the environment of this process names it.
 */
export class PipeWireServer {
  readonly #folder = shortFolder('mw');
  readonly #before = process.env['XDG_RUNTIME_DIR'];
  readonly #env: NodeJS.ProcessEnv;
  readonly #server: Helper;
  #manager: Helper | undefined;

  private constructor() {
    const drops = `${this.#folder}/pipewire/pipewire.conf.d`;
    mkdirSync(drops, { recursive: true });
    writeFileSync(`${drops}/sink.conf`, sink);
    this.#env = {
      ...process.env,
      XDG_RUNTIME_DIR: this.#folder,
      XDG_CONFIG_HOME: this.#folder,
      XDG_STATE_HOME: this.#folder,
    };
    process.env['XDG_RUNTIME_DIR'] = this.#folder;
    this.#server = new Helper('pipewire', [], { env: this.#env });
  }

  static async start(): Promise<PipeWireServer> {
    const server = new PipeWireServer();
    await until('the PipeWire server', () => server.#says('pw-cli', 'ls').includes('node.name = "ci"'));
    server.#manager = new Helper('dbus-run-session', ['--', 'wireplumber'], { env: server.#env });
    await until('the session manager', () => /\* +\d+\. ci/.test(server.#says('wpctl', 'status')));
    return server;
  }

  #says(program: string, ...words: string[]): string {
    return run('sh', '-c', `XDG_RUNTIME_DIR=${this.#folder} ${[program, ...words].join(' ')} 2>&1 || true`).toString();
  }

  /** Records what the sink plays until the returned function is called, which gives one channel of it. */
  async record(): Promise<() => Promise<Float32Array>> {
    const file = `${this.#folder}/take.wav`;
    const recorder = new Helper(
      'pw-record',
      ['-P', 'stream.capture.sink=true', '--target', 'ci', '--rate=48000', '--channels=2', '--format=f32', file],
      {
        env: this.#env,
      },
    );
    await until('the recorder', () => this.#says('pw-link', '-l').includes('pw-record'));
    return async () => {
      await recorder.stop('SIGINT');
      return channelOf(readWav(readFileSync(file)).samples, 0, 2);
    };
  }

  async close(): Promise<void> {
    // The session manager ends with its server, and the bus with that.
    await this.#server.stop();
    await this.#manager?.stop();
    if (this.#before === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = this.#before;
    removeFolder(this.#folder);
  }
}
