import { AudioError } from '../base/errors.js';
import { VERSION } from '../wire/wire-layout.js';

/** Pages of 64 KiB that a new memory has. The module asks for at least 64; an engine with its wire fits into these. */
const initialPages = 96;
/** 1 GiB, as the module was linked. */
const maximumPages = 16384;
/** What a second instance on a memory needs of its own. */
const stackBytes = 65536;
const stackAlignment = 16;

/**
 * WASI's "bad file descriptor": there are no files in here. It also tells the C library's start that no folders are
 * open.
 */
const badFileDescriptor = 8;

/** The error of an engine whose wire has another version than this library's: it says which side is older. */
export function wireVersionError(version: number): AudioError {
  const older =
    version < VERSION
      ? 'the compiled engine is older than the TypeScript library'
      : 'the TypeScript library is older than the compiled engine';
  return new AudioError('ERR_WIRE', `Its wire has version ${version}, this library's has ${VERSION}: ${older}`);
}

/** Throws an AudioError unless the module speaks this library's wire. */
export function expectWireVersion(instance: WasmInstance): void {
  const version = instance.call('wire_version');
  if (version !== VERSION) throw wireVersionError(version);
}

/**
 * What a second thread needs to run the same module on the same memory: made by the first one, whose allocator is the
 * only one.
 */
export interface SharedInstance {
  readonly memory: WebAssembly.Memory;
  /** The upper end of a stack of its own. */
  readonly stackTop: number;
  /** Its thread-local variables. */
  readonly threadMemory: number;
}

/** One instance of the module: with a memory of its own, or as a second thread on another one's. */
export class WasmInstance {
  readonly #memory: WebAssembly.Memory;
  readonly #exports: WebAssembly.Exports;

  /**
   * Instantiates at once. On another instance's memory it must never allocate: the allocator has no lock. `readFile` is
   * how its decoders read files: bytes from an offset of the file with that handle to a pointer; it returns how many.
   */
  constructor(
    module: WebAssembly.Module,
    shared?: SharedInstance,
    readFile: (handle: number, offset: number, pointer: number, size: number) => number = () => 0,
  ) {
    this.#memory = shared?.memory ?? makeMemory();
    const noFiles = () => badFileDescriptor;
    const instance = new WebAssembly.Instance(module, {
      env: { memory: this.#memory, read_file: readFile },
      // What the C library refers to and never needs here: its files.
      wasi_snapshot_preview1: {
        fd_close: noFiles,
        fd_fdstat_get: noFiles,
        fd_fdstat_set_flags: noFiles,
        fd_prestat_get: noFiles,
        fd_prestat_dir_name: noFiles,
        fd_read: noFiles,
        fd_seek: noFiles,
        fd_write: noFiles,
        path_open: noFiles,
        proc_exit: (code: number) => {
          throw new AudioError('ERR_INTERNAL', `The WebAssembly engine ended itself with status ${code}`);
        },
      },
    });
    this.#exports = instance.exports;
    if (shared === undefined) {
      this.call('_initialize');
      return;
    }
    this.#exports['__stack_pointer'].value = shared.stackTop;
    this.call('__wasm_init_tls', shared.threadMemory);
  }

  /** Room for one more thread on this memory. Throws ERR_OUT_OF_MEMORY. */
  share(): SharedInstance {
    const stack = this.allocate(stackBytes);
    const stackTop = (stack + stackBytes) & -stackAlignment;
    const align = Math.max(Number(this.#exports['__tls_align'].value), stackAlignment);
    const threadMemory = Math.ceil(this.allocate(Number(this.#exports['__tls_size'].value) + align) / align) * align;
    return { memory: this.#memory, stackTop, threadMemory };
  }

  /**
   * The memory as it is now. It may grow; a view taken earlier shows only the part that existed then. It never
   * moves.
   */
  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  /** Bytes the memory has now. */
  get byteLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Calls an exported function of native/wasm/exports.c. Pointers and sizes come back as u32. */
  call(name: string, ...numbers: number[]): number {
    return this.#exports[name](...numbers) >>> 0;
  }

  /** The exported function itself, for a caller that calls it often. */
  function(name: string): (...numbers: number[]) => number {
    return this.#exports[name];
  }

  /** Memory inside the module. Throws ERR_OUT_OF_MEMORY. */
  allocate(bytes: number): number {
    const pointer = bytes < maximumPages * 65536 ? this.call('allocate', bytes) : 0;
    if (pointer === 0)
      throw new AudioError(
        'ERR_OUT_OF_MEMORY',
        `The WebAssembly engine has no room for ${bytes} bytes more; it may have 1 GiB in all`,
      );
    return pointer;
  }

  /** Frees memory. */
  release(pointer: number): void {
    this.call('release', pointer);
  }

  /** The text at a pointer, up to its end mark. */
  text(pointer: number): string {
    const bytes = new Uint8Array(this.buffer);
    let text = '';
    for (let at = pointer; bytes[at] !== 0; at += 1) text += String.fromCharCode(bytes[at]!);
    return text;
  }
}

function makeMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });
  } catch (cause) {
    // Browsers reserve addresses for each memory, of which they have enough for about a hundred.
    throw new AudioError(
      'ERR_OUT_OF_MEMORY',
      'This runtime has no room for the memory of one more WebAssembly engine: dispose of engines that are not needed',
      { cause },
    );
  }
}
