import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { AudioError, MiniaudioEngineUnavailable, messageOf } from '../base/errors.js';
import type { DeviceInfo, HostAttempt, HostChoice, HostInfo } from '../base/types.js';
import { MemoryBytes } from '../wasm/byte-source.js';
import { decodeOgg } from '../wasm/ogg-decoder.js';
import { inspect, OggFile, oggCodecOf } from '../wasm/ogg-file.js';
import { resampled } from '../wasm/resampling.js';
import { errorOfAddon } from '../wasm/result-error.js';
import { WasmCore } from '../wasm/wasm-core.js';
import { WasmInstance, wireVersionError } from '../wasm/wasm-instance.js';
import type { Core, CoreOptions, DecodedAudio, SoundInfo } from '../wire/core.js';
import { VERSION } from '../wire/wire-layout.js';
import { type Addon, backendNumber } from './addon.js';
import { bytesOfSource } from './file-bytes.js';
import { installedOggPackages } from './installed-ogg-packages.js';
import { decodeNative, decodeNativeSync, inspectNative, NativeCore } from './native-core.js';
import { decodeInThread, decodeInThreadSync, hasDecodeThread } from './process-decoding-thread.js';
import { ThreadDevice } from './thread-device.js';
import { decodeWasmSync, fileDecoders, wasmInstance, wasmModule, wasmPath } from './wasm-module.js';

const require = createRequire(import.meta.url);

/** The environment variable that names the addon file to load instead of all others. */
const addonVariable = 'MINIAUDIO_ENGINE_ADDON';

/** `undefined`: not tried yet; null: could not be loaded. */
let addon: Addon | null | undefined;
let nativeAttempts: HostAttempt[] = [];
/** `undefined`: not tried yet; else whether the module could be compiled. */
let wasmLoaded: boolean | undefined;
let wasmAttempts: HostAttempt[] = [];
let fallbackTold = false;
let chosen: 'native' | 'wasm' | null = null;

/** Somewhere an addon may be. `find` returns its path, or null if nothing is there. */
interface Candidate {
  readonly shown: string;
  find(): string | null;
}

function candidates(): Candidate[] {
  const found: Candidate[] = [];
  const named = process.env[addonVariable];
  // An explicit choice never falls back.
  if (named !== undefined && named !== '') return [{ shown: named, find: () => (existsSync(named) ? named : null) }];
  const machine = `${process.platform}-${process.arch}`;
  // npm installs only the one that fits the C library of the machine.
  const names =
    process.platform === 'linux'
      ? [`miniaudio-engine-${machine}-gnu`, `miniaudio-engine-${machine}-musl`]
      : [`miniaudio-engine-${machine}`];
  for (const name of names) found.push({ shown: `package ${name}`, find: () => resolvePackage(name) });
  const built = fileURLToPath(new URL(`../../build/addon/${machine}/miniaudio_engine.node`, import.meta.url));
  found.push({ shown: built, find: () => (existsSync(built) ? built : null) });
  return found;
}

function resolvePackage(name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    // Usually it is just not installed, which the attempt reports.
    return null;
  }
}

function loadAddon(): Addon | null {
  if (addon !== undefined) return addon;
  nativeAttempts = [];
  addon = null;
  for (const { shown, find } of candidates()) {
    const path = find();
    if (path === null) {
      nativeAttempts.push({
        host: 'native',
        path: shown,
        code: 'ERR_FILE_NOT_FOUND',
        message: shown.startsWith('package ') ? 'not installed' : 'there is no such file',
      });
      continue;
    }
    try {
      const loaded = require(path) as Addon;
      const { wire } = loaded.versions();
      if (wire !== VERSION) throw wireVersionError(wire);
      nativeAttempts.push({ host: 'native', path, code: 'OK', message: 'loaded' });
      addon = loaded;
      chosen ??= 'native';
      return addon;
    } catch (error) {
      nativeAttempts.push({
        host: 'native',
        path,
        code: error instanceof AudioError ? error.code : 'ERR_UNAVAILABLE',
        message: messageOf(error),
      });
    }
  }
  return null;
}

function loadWasm(): boolean {
  if (wasmLoaded !== undefined) return wasmLoaded;
  try {
    wasmModule();
    wasmAttempts = [{ host: 'wasm', path: wasmPath, code: 'OK', message: 'loaded' }];
    wasmLoaded = true;
  } catch (error) {
    wasmAttempts = [
      {
        host: 'wasm',
        path: wasmPath,
        code: error instanceof AudioError ? error.code : 'ERR_UNAVAILABLE',
        message: messageOf(error),
      },
    ];
    wasmLoaded = false;
  }
  return wasmLoaded;
}

/** The error that lists what was tried, why it failed, and what to type. */
function unavailable(host: HostChoice): MiniaudioEngineUnavailable {
  const attempts = [...(host === 'wasm' ? [] : nativeAttempts), ...(host === 'native' ? [] : wasmAttempts)];
  const what =
    host === 'auto'
      ? 'Neither the native addon nor the WebAssembly module'
      : host === 'native'
        ? 'The native addon'
        : 'The WebAssembly module';
  const lines = attempts.map(
    (attempt) => `  ${attempt.host}: ${attempt.path ?? ''}: ${attempt.message} (${attempt.code})`,
  );
  const verb = host === 'auto' ? 'could be loaded' : 'could not be loaded';
  return new MiniaudioEngineUnavailable(
    `${what} ${verb}. Tried:\n${lines.join('\n')}\nBuild it with "npx miniaudio-engine build", ` +
      'or in a checkout of the project with "npm run build", then call refresh().',
  );
}

/** Warns once of the fallback: an engine in WebAssembly sounds the same, but has no device. */
function warnOfFallback(): void {
  if (fallbackTold) return;
  fallbackTold = true;
  process.emitWarning(
    `${unavailable('native').message}\n` +
      'WebAssembly is used instead: it renders the same samples, but has no audio device.',
    {
      type: 'MiniaudioEngineFallback',
      code: 'ERR_UNAVAILABLE',
    },
  );
}

/**
 * Makes an engine on a host. `'auto'` takes the native addon and falls back to WebAssembly with one process warning; an
 * explicit host never falls back. Throws MiniaudioEngineUnavailable when there is none, and an AudioError when the
 * engine itself cannot be made.
 */
export function openCore(host: HostChoice, options: CoreOptions): Core {
  if (host !== 'wasm') {
    const loaded = loadAddon();
    if (loaded !== null) return new NativeCore(loaded, options);
    if (host === 'native') throw unavailable(host);
  }
  if (!loadWasm()) throw unavailable(host);
  if (host === 'auto') warnOfFallback();
  chosen ??= 'wasm';
  const core = new WasmCore(wasmInstance(), options);
  core.attachDevice((engine) => new ThreadDevice(engine));
  return core;
}

/** True if the native addon is loaded; tries once. */
export function isAvailable(): boolean {
  return loadAddon() !== null;
}

/** Tries again what could not be loaded, for example after a build. Returns whether the native addon is loaded now. */
export function refresh(): boolean {
  if (addon === null) addon = undefined;
  if (wasmLoaded === false) wasmLoaded = undefined;
  const loaded = loadAddon() !== null;
  if (loaded) chosen = 'native';
  return loaded;
}

/**
 * What was tried, what was chosen (null before anything was loaded), why each better choice failed, and the versions of
 * everything.
 */
export function hostInfo(): HostInfo {
  const versions: Record<string, string> = {
    package: (require('../../package.json') as { version: string }).version,
    wire: String(VERSION),
  };
  if (addon) {
    const { wire, miniaudio } = addon.versions();
    versions['addon'] = `wire ${wire}`;
    versions['miniaudio'] = miniaudio;
  }
  if (wasmLoaded) {
    const instance = new WasmInstance(wasmModule());
    versions['wasm'] = `wire ${instance.call('wire_version')}`;
    versions['miniaudio'] ??= instance.text(instance.call('upstream_version'));
  }
  const attempts = [...nativeAttempts, ...wasmAttempts].map((attempt) => ({ ...attempt }));
  return { chosen, attempts, versions, formats: decodableFormats() };
}

/** wav, flac and mp3 are in the engine; the others are there if their packages are. */
export function decodableFormats(): string[] {
  const formats =
    nativeAttempts.some(({ code }) => code === 'OK') || wasmLoaded || existsSync(wasmPath)
      ? ['wav', 'flac', 'mp3']
      : [];
  if (resolvePackage('@wasm-audio-decoders/ogg-vorbis') !== null) formats.push('ogg');
  if (resolvePackage('opus-decoder') !== null) formats.push('opus');
  return formats;
}

/** Playback devices of every real backend; none without the native addon. Rejects ERR_DEVICE, ERR_OUT_OF_MEMORY. */
export async function listDevices(): Promise<DeviceInfo[]> {
  const loaded = loadAddon();
  if (loaded === null) return [];
  try {
    return await loaded.listDevices(backendNumber(undefined));
  } catch (error) {
    throw errorOfAddon(error);
  }
}

/**
 * Decodes off the calling thread; a rate to resample to costs the calling thread time, in slices. The bytes are the
 * decoder's until the promise settles: hand over a copy nobody else writes to or detaches. Rejects ERR_DECODE,
 * ERR_UNAVAILABLE.
 */
export async function decodeBytes(bytes: Uint8Array, sampleRate?: number): Promise<DecodedAudio> {
  return resampled(await decodeAsItIs(bytes), sampleRate, (options) => openCore('auto', options));
}

async function decodeAsItIs(bytes: Uint8Array): Promise<DecodedAudio> {
  const source = new MemoryBytes(bytes);
  const codec = oggCodecOf(source);
  const threaded = hasDecodeThread();
  if (codec === 'vorbis' || codec === 'opus')
    return threaded ? decodeInThread(bytes) : decodeOgg(new OggFile(source), installedOggPackages);
  const loaded = loadAddon();
  if (loaded !== null) return decodeNative(loaded, bytes);
  if (!loadWasm()) throw unavailable('auto');
  return threaded ? decodeInThread(bytes) : decodeWasmSync(bytes);
}

/** Decodes at once. Throws ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY, ERR_UNAVAILABLE. */
export function decodeBytesSync(bytes: Uint8Array): DecodedAudio {
  const codec = oggCodecOf(new MemoryBytes(bytes));
  if (codec === 'vorbis' || codec === 'opus') {
    if (hasDecodeThread()) return decodeInThreadSync(bytes);
    throw new AudioError(
      'ERR_UNSUPPORTED_HOST',
      'Ogg cannot be decoded at once here, because the file of the decoding thread is not there: ' +
        'decode and load can do it',
    );
  }
  const loaded = loadAddon();
  if (loaded !== null) return decodeNativeSync(loaded, bytes);
  if (loadWasm()) return decodeWasmSync(bytes);
  throw unavailable('auto');
}

/**
 * What a file or its bytes hold, from as little of them as tells it. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ,
 * ERR_DECODE, ERR_UNAVAILABLE.
 */
export function inspectSource(source: string | URL | Uint8Array): SoundInfo {
  const opened = bytesOfSource(source);
  try {
    return inspect(opened, (bytes) => {
      const loaded = loadAddon();
      if (loaded !== null) return inspectNative(loaded, bytes);
      if (loadWasm()) return fileDecoders.inspect(bytes);
      throw unavailable('auto');
    });
  } finally {
    opened.close();
  }
}
