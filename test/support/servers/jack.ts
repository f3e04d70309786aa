import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { atOnceMs, Helper, removeFolder, shortFolder, until } from '../processes.js';
import { readWav } from '../wav.js';

/** A JACK server with the dummy driver. While it is there, the environment of this process names it. */
export class JackServer {
  readonly folder = shortFolder('mj');
  readonly env: Record<string, string>;
  #server: Helper;
  #before: Record<string, string | undefined> = {};

  private constructor() {
    const name = `t${process.pid}`;
    this.env = { JACK_DEFAULT_SERVER: name, JACK_NO_START_SERVER: '1', JACK_NO_AUDIO_RESERVATION: '1' };
    this.#server = new Helper(
      'jackd',
      ['--no-realtime', '-n', name, '-d', 'dummy', '-r', '48000', '-p', '1024', '-C', '2', '-P', '2'],
      {
        env: { ...process.env, ...this.env },
      },
    );
    this.#server.child.stdout?.resume();
  }

  static async start(): Promise<JackServer> {
    const server = new JackServer();
    try {
      await until(
        'the JACK server',
        () => {
          if (server.#server.ended) throw new Error(`jackd ended: ${server.#server.output}`);
          return server.ports().some((port) => port.startsWith('system:playback'));
        },
        50,
      );
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

  ports(): string[] {
    const answer = spawnSync('jack_lsp', [], { env: { ...process.env, ...this.env }, timeout: atOnceMs });
    return answer.status === 0 ? answer.stdout.toString().trim().split('\n') : [];
  }

  /** Records what one of our output ports gives for a number of seconds. */
  async record(port: string, seconds: number): Promise<Float32Array> {
    const path = `${this.folder}/take.wav`;
    const recorder = new Helper('jack_rec', ['-f', path, '-d', String(seconds), '-b', '32', port], {
      env: { ...process.env, ...this.env },
    });
    recorder.child.stdout?.resume();
    await until('the recording', () => recorder.ended, 50);
    if (!existsSync(path)) throw new Error(`jack_rec wrote nothing: ${recorder.output}`);
    return readWav(readFileSync(path)).samples;
  }

  async close(): Promise<void> {
    await this.#server.stop();
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    removeFolder(this.folder);
  }
}
