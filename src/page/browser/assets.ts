import { AudioError, messageOf } from '../../base/errors.js';
import { expectWireVersion, WasmInstance } from '../../wasm/wasm-instance.js';

/** Addresses of the files that a page loads besides the library. */
interface AssetAddresses {
  /** miniaudio_engine.wasm */
  readonly module: string;
  /** miniaudio_engine_worklet.js: the worklet, and the workers that decode. */
  readonly worklet: string;
  /** miniaudio_engine_ogg.js: the decoders of Ogg, loaded when such a file is met. */
  readonly ogg: string;
}

let addresses: AssetAddresses | null = null;
let loading: Promise<WebAssembly.Module> | null = null;
let loaded: WebAssembly.Module | null = null;
/** Why it could not be loaded the last time. */
let failure: AudioError | null = null;

/** Called once by the index file, which lies beside the files. */
export function setAssetAddresses(found: AssetAddresses): void {
  addresses = found;
}

/** Where the files lie. */
export function assetAddresses(): AssetAddresses {
  if (addresses === null) throw new Error('src/page was imported without an index file that says where its files are');
  return addresses;
}

/** The compiled module if it is there already. */
export function moduleIfLoaded(): WebAssembly.Module | null {
  return loaded;
}

/** Why the module could not be loaded the last time; null if that did not happen. */
export function moduleFailure(): AudioError | null {
  return failure;
}

/**
 * Loads and compiles the module, once for the page; after a failure the next call tries again. Rejects ERR_NETWORK,
 * ERR_UNAVAILABLE, ERR_WIRE.
 */
export function loadModule(): Promise<WebAssembly.Module> {
  loading ??= compile(assetAddresses().module).then(
    (module) => {
      expectWireVersion(new WasmInstance(module));
      failure = null;
      loaded = module;
      return module;
    },
    (error: AudioError) => {
      failure = error;
      loading = null;
      throw error;
    },
  );
  return loading;
}

async function compile(address: string): Promise<WebAssembly.Module> {
  const response = await request(address);
  try {
    // Compiling while loading needs a server that knows the type of .wasm.
    const canStream = response.headers.get('content-type')?.split(';', 1)[0]?.trim() === 'application/wasm';
    return canStream
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    const policy = /unsafe-eval|Content Security Policy/i.test(String(cause))
      ? "; the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'"
      : '';
    throw new AudioError('ERR_UNAVAILABLE', `${address} could not be compiled: ${messageOf(cause)}${policy}`, {
      cause,
    });
  }
}

async function request(address: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new AudioError('ERR_NETWORK', `${address} could not be loaded: ${messageOf(cause)}`, { cause });
  }
  if (!response.ok)
    throw new AudioError(
      'ERR_NETWORK',
      `${address} answered with HTTP status ${response.status}: it has to lie beside the library's script`,
    );
  return response;
}

/** The error of a script that could not be loaded. */
export function notLoaded(address: string, cause: unknown): AudioError {
  return new AudioError(
    'ERR_NETWORK',
    `${address} could not be loaded: ${messageOf(cause)} It has to lie beside the library's script`,
    { cause },
  );
}
