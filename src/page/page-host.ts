import { AudioError, MiniaudioEngineUnavailable } from '../base/errors.js';
import type { DeviceInfo, HostAttempt, HostChoice, HostInfo } from '../base/types.js';
import { MemoryBytes } from '../wasm/byte-source.js';
import { ModuleDecoders } from '../wasm/module-decoders.js';
import { inspect } from '../wasm/ogg-file.js';
import { WasmInstance } from '../wasm/wasm-instance.js';
import type { Core, CoreOptions, SoundInfo } from '../wire/core.js';
import { VERSION } from '../wire/wire-layout.js';
import { listOutputs } from './audio-context.js';
import { assetAddresses, loadModule, moduleFailure, moduleIfLoaded } from './browser/assets.js';
import { isIsolated, page, whyNoWorklet } from './browser/page-globals.js';
import { noFiles } from './browser/unsupported.js';
import { packageVersion } from './browser/version.js';
import { PageCore } from './page-core.js';
import { WorkletCore } from './worklet-core.js';

let chosen: 'worklet' | 'wasm' | null = null;

/** Prints an error that no call can throw any more. */
export function warn(warning: AudioError): void {
  console.warn(`${warning.name}: ${warning.message} (${warning.code})`);
}

/**
 * Makes an engine: in an AudioWorklet for a device, on the page's own thread to be pulled, or with the host 'wasm' and
 * the device 'null' to keep time. Commands wait until it is loaded. Throws MiniaudioEngineUnavailable for the native
 * host and in browsers without what it takes.
 */
export function openCore(host: HostChoice, options: CoreOptions, forDevice: boolean): Core {
  if (host === 'native')
    throw new MiniaudioEngineUnavailable('There is no native host in a browser: leave the option host out');
  if (typeof WebAssembly !== 'object') throw new MiniaudioEngineUnavailable('This browser has no WebAssembly');
  if (forDevice && host === 'auto') {
    chosen = 'worklet';
    // Begins at once, so that the module loads while the program makes its sounds. Opening the device
    // reports a failure.
    loadModule().catch(() => {});
    return new WorkletCore(options, warn);
  }
  chosen ??= 'wasm';
  return new PageCore(moduleIfLoaded(), options, warn);
}

/** True if an engine with a device can run in this page. */
export function isAvailable(): boolean {
  return whyNoWorklet() === null;
}

/** Loads the module again if that failed before. Returns whether an engine with a device can run in this page. */
export function refresh(): boolean {
  if (moduleFailure() !== null) loadModule().catch(() => {});
  return isAvailable();
}

/**
 * What was tried, what is in use (null before the first engine), whether the page is isolated, and the versions of
 * everything.
 */
export function hostInfo(): HostInfo {
  const module = moduleIfLoaded();
  const versions: Record<string, string> = { package: packageVersion, wire: String(VERSION) };
  if (module !== null) {
    const instance = new WasmInstance(module);
    versions['wasm'] = `wire ${instance.call('wire_version')}`;
    versions['miniaudio'] = instance.text(instance.call('upstream_version'));
  }
  return {
    chosen,
    attempts: attempts(),
    versions,
    formats: decodableFormats(),
    crossOriginIsolated: isIsolated(),
  };
}

/** Formats that a page decodes. */
export function decodableFormats(): string[] {
  return ['wav', 'flac', 'mp3', 'ogg', 'opus'];
}

function attempts(): HostAttempt[] {
  const made: HostAttempt[] = [];
  const why = whyNoWorklet();
  if (why !== null) made.push({ host: 'worklet', code: 'ERR_UNSUPPORTED_HOST', message: why });
  const path = assetAddresses().module;
  const failure = moduleFailure();
  if (failure !== null) made.push({ host: 'wasm', path, code: failure.code, message: failure.message });
  else if (moduleIfLoaded() !== null) made.push({ host: 'wasm', path, code: 'OK', message: 'loaded' });
  return made;
}

/**
 * The outputs that the browser lets the page see; their names only when the person has allowed the page to use a
 * microphone. Rejects ERR_UNSUPPORTED_HOST, naming why.
 */
export async function listDevices(): Promise<DeviceInfo[]> {
  if (page.AudioContext?.prototype.setSinkId === undefined) {
    throw new AudioError(
      'ERR_UNSUPPORTED_HOST',
      'This browser has no AudioContext.setSinkId: it plays through the default output only',
    );
  }
  const outputs = await listOutputs();
  return outputs.map(({ deviceId, label }) => {
    const isDefault = deviceId === 'default' || deviceId === '';
    return {
      id: isDefault ? '' : deviceId,
      name: label || 'An output without a name',
      isDefault,
      backend: 'webaudio',
      sampleRate: 0,
      channels: 0,
    };
  });
}

/** What tells how long files are, on the page's own thread: it only reads headers. */
const decoders = new ModuleDecoders(() => {
  const module = moduleIfLoaded();
  if (module !== null) return module;
  // The next call may be luckier. A failure is reported by whatever waits for the module.
  loadModule().catch(() => {});
  throw new AudioError('ERR_NOT_READY', "The engine's module is not loaded yet: await the clip's load() first");
});

/** What the bytes of a file hold, without decoding them. Throws ERR_DECODE, ERR_NOT_READY, and for a path. */
export function inspectBytes(source: string | URL | Uint8Array): SoundInfo {
  if (!(source instanceof Uint8Array)) return noFiles();
  return inspect(new MemoryBytes(source), (bytes) => decoders.inspect(bytes));
}
