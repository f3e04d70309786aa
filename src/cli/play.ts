import { basename } from 'node:path';
import type { AudioError } from '../base/errors.js';
import type { DeviceBackend } from '../base/types.js';
import { decibelsFromGain, gainFromDecibels } from '../base/units.js';
import { Engine, type EngineOptions, isAvailable, Sound, SoundGroup } from '../index.js';
import { chooseDevice } from './devices.js';
import { type EffectWords, routeThrough } from './effects.js';
import { type ExitCode, exitCodes } from './failure.js';
import { type KeyCommand, keyHelp, listenToKeys } from './keys.js';
import { answer, isAddress } from './output.js';
import { openScreen, type Screen } from './screen.js';

/** Options of `play`. */
export interface PlayWords {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly loop?: boolean;
  readonly pitch: number;
  readonly volume: number;
  readonly effect: readonly EffectWords[];
  readonly device?: string;
  readonly backend?: DeviceBackend;
}

const tickMs = 100;
const seekSeconds = 5;
const volumeStepDb = 1;
const fadeSeconds = 0.05;
/** What the device has taken is heard before it is closed. */
const drainMs = 200;
/** A level that the arrows leave silence by. */
const softestDb = -60;

/** `play FILE...`: plays the files one after another. Returns 130 when a signal interrupted it. */
export async function runPlay(files: readonly string[], words: PlayWords): Promise<ExitCode> {
  const { volume, json = false, quiet = false } = words;
  const screen = openScreen(quiet);
  const engine = await openEngine(words, screen);
  try {
    engine.volume = volume;
    const player = new Player(engine, screen, words);
    const outcome = await player.playAll(files);
    if (json) answer(json, { device: engine.device, files: outcome.files, underruns: engine.stats.underruns }, '');
    return outcome.interrupted ? exitCodes.interrupted : exitCodes.ok;
  } finally {
    engine.dispose();
  }
}

/**
 * The engine on its device; where there is no addon, and nobody asked for a device, in WebAssembly through a player
 * program. Rejects with the reason.
 */
async function openEngine({ backend, device }: PlayWords, screen: Screen): Promise<Engine> {
  const piped = (id?: string): EngineOptions => ({
    host: 'wasm',
    device: { backend: 'pipe', ...(id === undefined ? {} : { id }) },
  });
  if (backend === 'pipe') return ready(piped(device));
  const native: EngineOptions = { host: 'native', device: await chooseDevice(device, backend) };
  if (isAvailable() || device !== undefined || backend !== undefined) return ready(native);
  try {
    const engine = await ready(piped());
    screen.note('No native addon: another program plays the sound (run "miniaudio-engine doctor" for details)');
    return engine;
  } catch {
    // The reason that counts is why there is no addon.
    return ready(native);
  }
}

async function ready(options: EngineOptions): Promise<Engine> {
  const engine = new Engine(options);
  // Whoever waits for `ready` hears the reason; a lost device is told on the screen.
  engine.on('warning', () => {});
  try {
    await engine.ready;
    return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

type FileOutcome = { file: string; seconds: number; playedSeconds: number; outcome: 'ended' | 'stopped' };

/** Plays the files of `play`: what the keys change, and what is shown. */
class Player {
  readonly #engine: Engine;
  readonly #screen: Screen;
  readonly #group: SoundGroup;
  readonly #words: PlayWords;
  #sound: Sound | null = null;
  #name = '';
  #length = Number.NaN;
  #paused = false;
  #muted = false;
  #volume: number;
  #over = false;
  #interrupted = false;
  #failure: AudioError | undefined;

  constructor(engine: Engine, screen: Screen, words: PlayWords) {
    this.#engine = engine;
    this.#screen = screen;
    this.#words = words;
    this.#volume = words.volume;
    this.#group = new SoundGroup(engine);
    routeThrough(engine, this.#group, words.effect);
  }

  async playAll(files: readonly string[]): Promise<{ files: FileOutcome[]; interrupted: boolean }> {
    const { device } = this.#engine;
    this.#screen.note(`Device: ${device?.name} (${device?.backend}, ${this.#engine.sampleRate} Hz)`);
    if (process.stdin.isTTY === true) this.#screen.note(keyHelp);
    const removeKeys = listenToKeys((command) => this.#obey(command));
    const removeLost = this.#engine.on('device-lost', (reason) => this.#screen.note(reason.message));
    const interrupt = (): void => this.#obey('interrupt');
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const timer = setInterval(() => this.#show(), tickMs);
    const outcomes: FileOutcome[] = [];
    try {
      for (const file of files) {
        if (this.#over) break;
        outcomes.push(await this.#play(file));
      }
      // What was stopped has been heard fading already.
      await new Promise((resolve) => setTimeout(resolve, drainMs));
      return { files: outcomes, interrupted: this.#interrupted };
    } finally {
      clearInterval(timer);
      removeKeys();
      removeLost();
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      this.#screen.close();
    }
  }

  async #play(file: string): Promise<FileOutcome> {
    const { loop = false, pitch } = this.#words;
    const options = { group: this.#group, looping: loop, pitch };
    // A file is decoded as it plays: an hour of it begins at once and needs no more memory than a second.
    const sound = isAddress(file)
      ? await Sound.load(this.#engine, file, options)
      : Sound.fromFile(this.#engine, file, { ...options, stream: true });
    sound.on('error', (reason) => {
      this.#failure = reason;
    });
    this.#sound = sound;
    this.#name = basename(file);
    this.#length = sound.lengthSeconds;
    this.#paused = false;
    if (!this.#over) sound.play();
    this.#show();
    const reason = this.#over ? 'stopped' : await sound.finished;
    const outcome: FileOutcome = {
      file,
      seconds: this.#length,
      playedSeconds: sound.cursorSeconds,
      outcome: reason === 'ended' ? 'ended' : 'stopped',
    };
    this.#show();
    this.#sound = null;
    sound.dispose();
    if (this.#failure !== undefined) throw this.#failure;
    return outcome;
  }

  #obey(command: KeyCommand): void {
    const sound = this.#sound;
    if (command === 'quit' || command === 'interrupt') {
      this.#over = true;
      this.#interrupted ||= command === 'interrupt';
      this.#stop();
    } else if (command === 'louder' || command === 'softer') {
      const level =
        Math.max(softestDb, decibelsFromGain(this.#volume)) + (command === 'louder' ? volumeStepDb : -volumeStepDb);
      this.#volume = level <= softestDb ? 0 : gainFromDecibels(level);
      this.#muted = false;
      this.#engine.volume = this.#volume;
    } else if (command === 'mute') {
      this.#muted = !this.#muted;
      this.#engine.volume = this.#muted ? 0 : this.#volume;
    } else if (sound !== null && command === 'pause') {
      this.#paused = !this.#paused;
      if (this.#paused) sound.pause();
      else sound.resume();
    } else if (sound !== null && (command === 'back' || command === 'forward')) {
      const wanted = sound.cursorSeconds + (command === 'forward' ? seekSeconds : -seekSeconds);
      if (wanted >= this.#length) this.#stop();
      else sound.seekSeconds(Math.max(0, wanted));
    } else if (command === 'next') this.#stop();
    this.#show();
  }

  #stop(): void {
    this.#sound?.stop({ fadeSeconds: this.#paused ? 0 : fadeSeconds });
  }

  #show(): void {
    if (this.#sound === null) return;
    const { peak } = this.#engine.meter();
    this.#screen.show({
      name: this.#name,
      paused: this.#paused,
      muted: this.#muted,
      position: this.#sound.cursorSeconds,
      length: this.#length,
      peak: Math.max(...peak),
      volume: this.#volume,
    });
  }
}
