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

/** How `makeBackend` chooses and makes a backend. */
export interface MakeBackendOptions {
  /** 'native', 'pipe', 'null', in a browser 'worklet', or a registered name: exactly this one, without a fallback. */
  name?: string;
  /**
   * Whether a lesser backend may be used where a better one does not work, default true unless the environment variable
   * MINIAUDIO_ENGINE_FALLBACK is '0'.
   */
  fallback?: boolean;
  /**
   * Whether the native addon is compiled first where it is missing and its sources and compiler are there, default
   * false.
   */
  autoBuild?: boolean;
  /** Hears what `autoBuild` is doing, line by line. */
  onBuildProgress?(line: string): void;
  /** The layout that is heard, default: a new one with the default buses. */
  busLayout?: AudioBusLayout;
  /** True: a call on a channel that is gone throws ERR_STALE_ID, default false. */
  strict?: boolean;
  /**
   * How the engine is made: rate, channels, smoothing and so on. Its host and device are the backend's to choose;
   * device options for 'native' and 'worklet' may be given.
   */
  engine?: Omit<EngineOptions, 'host'>;
}

/** Makes a backend, or throws or rejects with the reason why it cannot. */
export type BackendFactory = (options: MakeBackendOptions) => AudioBackend | Promise<AudioBackend>;

const factories = new Map<string, BackendFactory>();
const warnedOf = new Set<string>();

/**
 * Adds a backend, or replaces one: `makeBackend({ name })` makes it. Returns a function that removes it. Throws a
 * RangeError for an empty name.
 */
export function registerBackend(name: string, factory: BackendFactory): () => void {
  if (expectString(name, 'name') === '') throw outOfRange('a name', 'name', name);
  expectFunction(factory, 'factory');
  factories.set(name, factory);
  return () => {
    if (factories.get(name) === factory) factories.delete(name);
  };
}

/** The names that `makeBackend` knows here, best first, registered ones last. */
export function backendNames(): string[] {
  return [...new Set([...engineBackends(), ...factories.keys()])];
}

/**
 * The best backend that works here: 'native' (addon and real device), 'pipe' (WebAssembly and a player program of the
 * machine), 'null' (keeps time, plays nothing); in a browser 'worklet', 'null'. Each step down warns once in a process,
 * with the code ERR_BACKEND_FALLBACK, the reason and the remedy. Rejects with AudioBackendUnavailable, which lists all
 * reasons, where none works or no fallback is allowed, and with a RangeError or TypeError for a wrong option.
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
        throw new AudioBackendUnavailable(
          `The backend '${name}' does not work here, and no other may be used instead. Why:`,
          reasons,
          { cause: error },
        );
    }
  }
  throw new AudioBackendUnavailable('No audio backend works here. Why:', reasons);
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
    throw new AudioBackendUnavailable(`The backend '${name}' does not work here. Why:`, [failureOf(name, error)], {
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
      ? 'nothing will be heard: the backend keeps time only'
      : `the backend '${instead}' is used instead`;
  const sentence = `The audio backend '${reason.name}' does not work here (${reason.code}), so ${heard}.`;
  const lines = [sentence, `Why: ${reason.message}`, remedyOf(reason)];
  platform().warn(new AudioError('ERR_BACKEND_FALLBACK', lines.join('\n')));
}

function remedyOf({ name, code }: BackendFailure): string {
  if (name === 'worklet')
    return (
      "Remedy: load the page over https or from localhost, and serve the library's two files beside it " +
      '(docs/browser.md). To be told instead of falling back, call makeBackend({ fallback: false }).'
    );
  if (code === 'ERR_UNAVAILABLE')
    return 'Remedy: build the addon with "npx miniaudio-engine build", or call makeBackend({ autoBuild: true }).';
  if (name === 'pipe')
    return 'Remedy: install one of the programs pw-cat, pacat, aplay, ffplay or sox, and see that it can play.';
  return (
    'Remedy: see with Engine.devices() which playback devices there are. ' +
    'To be told instead of falling back, set MINIAUDIO_ENGINE_FALLBACK=0.'
  );
}
