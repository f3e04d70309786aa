import { AudioError, isError } from '../../base/errors.js';
import { expectBoolean, expectFunction, expectOptions, expectString, outOfRange } from '../../base/validate.js';
import { Engine } from '../../engine/engine.js';
import type { EngineOptions } from '../../engine/engine-options.js';
import { platform } from '../../engine/session/platform.js';
import type { AudioBusLayout } from '../buses/bus-layout.js';
import type { AudioBackend } from './audio-backend.js';
import { AudioBackendUnavailable, type BackendFailure } from './backend-unavailable.js';
import { EngineBackend } from './engine-backend.js';
import { engineBackends, engineChoice } from './engine-choices.js';

/** Options of {@link makeBackend}. */
export interface MakeBackendOptions {
  /**
   * The only backend to try: 'native', 'pipe', 'null', in a browser 'worklet', or a registered name.
   *
   * @defaultValue the best one that works
   */
  name?: string;
  /**
   * Whether a lesser backend may replace one that does not work.
   *
   * @defaultValue `true`, unless the environment variable MINIAUDIO_ENGINE_FALLBACK is '0'
   */
  fallback?: boolean;
  /**
   * Whether to compile the native addon first if it is missing. This needs its sources and the compiler.
   *
   * @defaultValue `false`
   */
  autoBuild?: boolean;
  /**
   * Receives the progress of `autoBuild`.
   *
   * @param line - One line of text.
   */
  onBuildProgress?(line: string): void;
  /**
   * The layout to use.
   *
   * @defaultValue a new one with the default buses
   */
  busLayout?: AudioBusLayout;
  /**
   * Whether calls for a channel that has ended throw `ERR_STALE_ID` instead of doing nothing.
   *
   * @defaultValue `false`
   */
  strict?: boolean;
  /**
   * Options of the engine: rate, channels, smoothing and so on. The backend chooses the host; `device` counts for
   * 'native' and 'worklet' only.
   *
   * @defaultValue those of {@link Engine}
   */
  engine?: Omit<EngineOptions, 'host'>;
}

/**
 * Makes a backend, or throws or rejects when it cannot.
 *
 * @param options - The options given to {@link makeBackend}.
 * @returns The backend.
 */
export type BackendFactory = (options: MakeBackendOptions) => AudioBackend | Promise<AudioBackend>;

const factories = new Map<string, BackendFactory>();
const warnedOf = new Set<string>();

/**
 * Registers a backend, so that `makeBackend({ name })` can make it. It replaces one of the same name.
 *
 * @param name - The name, not empty.
 * @param factory - Makes the backend.
 * @returns A function that removes it again.
 * @throws RangeError `ERR_OUT_OF_RANGE` for an empty name; TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
 * @example
 * ```ts
 * import { AudioClip, Engine, EngineBackend, makeBackend, registerBackend } from 'miniaudio-engine';
 *
 * const unregister = registerBackend('offline', ({ busLayout }) => {
 *   const engine = new Engine({ device: false });
 *   return new EngineBackend(engine, { name: 'offline', ...(busLayout && { busLayout }) });
 * });
 * const backend = await makeBackend({ name: 'offline' });
 * backend.playAudio(AudioClip.tone(440));
 * console.log(backend.engine?.readPcmFrames(480).length);
 * backend.shutdown();
 * unregister();
 * ```
 */
export function registerBackend(name: string, factory: BackendFactory): () => void {
  if (expectString(name, 'name') === '') throw outOfRange('a name', 'name', name);
  expectFunction(factory, 'factory');
  factories.set(name, factory);
  return () => {
    if (factories.get(name) === factory) factories.delete(name);
  };
}

/**
 * Lists the backends that {@link makeBackend} knows on this platform.
 *
 * @returns The names, best first, registered ones last.
 */
export function backendNames(): string[] {
  return [...new Set([...engineBackends(), ...factories.keys()])];
}

/**
 * Makes the best backend that works here.
 *
 * In Node, Bun and Deno these are 'native' (the addon and a real device), then 'pipe' (WebAssembly and a player program
 * of the machine), then 'null' (keeps time, plays nothing). In a browser they are 'worklet', then 'null'. Each fallback
 * emits one warning per process, with the code `ERR_BACKEND_FALLBACK`, the reason and the remedy.
 *
 * @param options - Which backend to use and how to make it.
 * @returns The backend, which is ready to play.
 * @throws {@link AudioBackendUnavailable} `ERR_BACKEND_UNAVAILABLE`, with all reasons, when no backend works or no
 *   fallback is allowed.
 * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, makeBackend } from 'miniaudio-engine';
 *
 * // A game leaves the name out and gets the best backend; 'null' makes no sound.
 * const backend = await makeBackend({ name: 'null' });
 * const player = new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.2 }) });
 * player.play();
 * console.log(await player.finished);
 * backend.shutdown();
 * ```
 */
export async function makeBackend(options?: MakeBackendOptions): Promise<AudioBackend> {
  const given = expectOptions(options, 'options') as MakeBackendOptions;
  const fallback =
    given.fallback === undefined
      ? platform().environment('MINIAUDIO_ENGINE_FALLBACK') !== '0'
      : expectBoolean(given.fallback, 'fallback');
  if (given.autoBuild !== undefined && expectBoolean(given.autoBuild, 'autoBuild')) await buildFirst(given);
  if (given.name !== undefined) return makeNamed(expectString(given.name, 'name'), given);
  const reasons: BackendFailure[] = [];
  for (const name of engineBackends()) {
    try {
      const backend = await make(name, given);
      for (const reason of reasons) warnOfFallback(reason, name);
      return backend;
    } catch (error) {
      if (error instanceof RangeError || error instanceof TypeError) throw error;
      reasons.push(failureOf(name, error));
      if (!fallback)
        throw new AudioBackendUnavailable(`The backend '${name}' does not work here, and fallback is off:`, reasons, {
          cause: error,
        });
    }
  }
  throw new AudioBackendUnavailable('No audio backend works here:', reasons);
}

async function makeNamed(name: string, options: MakeBackendOptions): Promise<AudioBackend> {
  if (!backendNames().includes(name))
    throw outOfRange(
      `one of ${backendNames()
        .map((other) => `'${other}'`)
        .join(', ')}`,
      'name',
      name,
    );
  try {
    return await make(name, options);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw error;
    throw new AudioBackendUnavailable(`The backend '${name}' does not work here:`, [failureOf(name, error)], {
      cause: error,
    });
  }
}

async function make(name: string, options: MakeBackendOptions): Promise<AudioBackend> {
  const factory = factories.get(name);
  if (factory !== undefined) return factory(options);
  const chosen = engineChoice(name);
  const { device, ...wanted } = expectOptions(options.engine, 'engine');
  const deviceOptions = (name === 'native' || name === 'worklet') && device !== undefined ? { device } : {};
  const engine = new Engine({ ...wanted, ...chosen, ...deviceOptions });
  // The caller reports once why it does not start, as an error or a warning.
  const unlisten = engine.on('warning', () => {});
  try {
    await engine.ready;
    const { busLayout, strict } = options;
    return new EngineBackend(engine, {
      name,
      ...(busLayout === undefined ? {} : { busLayout }),
      ...(strict === undefined ? {} : { strict }),
    });
  } catch (error) {
    engine.dispose();
    throw error;
  } finally {
    unlisten();
  }
}

async function buildFirst(options: MakeBackendOptions): Promise<void> {
  const game = platform();
  if (game.refresh() || game.build === undefined) return;
  const { onBuildProgress } = options;
  if (onBuildProgress !== undefined) expectFunction(onBuildProgress, 'onBuildProgress');
  try {
    await game.build((line) => onBuildProgress?.(line));
  } catch (error) {
    // A failed build is one more reason to fall back. The attempt to load the addon reports that it is missing; the
    // compiler's words are only known here.
    onBuildProgress?.(isError(error) ? error.message : String(error));
  }
  game.refresh();
}

function failureOf(name: string, error: unknown): BackendFailure {
  return {
    name,
    code: error instanceof AudioError ? error.code : 'ERR_INTERNAL',
    message: isError(error) ? error.message : String(error),
  };
}

/** Warns of each step down, once in a process. */
function warnOfFallback(reason: BackendFailure, instead: string): void {
  if (warnedOf.has(reason.name)) return;
  warnedOf.add(reason.name);
  const heard =
    instead === 'null'
      ? 'nothing will be heard: the backend only keeps time'
      : `the backend '${instead}' is used instead`;
  const sentence = `The audio backend '${reason.name}' does not work here (${reason.code}), so ${heard}.`;
  const lines = [sentence, `Why: ${reason.message}`, remedyOf(reason)];
  platform().warn(new AudioError('ERR_BACKEND_FALLBACK', lines.join('\n')));
}

function remedyOf({ name, code }: BackendFailure): string {
  if (name === 'worklet')
    return (
      "Remedy: load the page over https or from localhost, and serve the library's two files beside it " +
      '(docs/browser.md). To get an error instead, call makeBackend({ fallback: false }).'
    );
  if (code === 'ERR_UNAVAILABLE')
    return 'Remedy: build the addon with "npx miniaudio-engine build", or call makeBackend({ autoBuild: true }).';
  if (name === 'pipe')
    return 'Remedy: install one of the programs pw-cat, pacat, aplay, ffplay or sox, and check that it can play.';
  return (
    'Remedy: list the playback devices with Engine.devices(). ' +
    'To get an error instead, set MINIAUDIO_ENGINE_FALLBACK=0.'
  );
}
