// The addon and the WebAssembly module, from the C under native/.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileUnits, hashOf, isFresh, replaceFile, runCompiler } from './compile.mjs';
import { BuildError } from './errors.mjs';
import { buildFolder, dependencyFile, root, shown } from './paths.mjs';
import { addonTarget, hostTarget, miniaudioSha256, toolVersions, warnings, wasmTarget } from './targets.mjs';

/** The one file that holds miniaudio's code. */
const upstream = 'native/base/upstream.c';

/** The folder of miniaudio.h, after its content was checked. */
function miniaudioFolder() {
  const file = dependencyFile('@audio/speaker', 'native/miniaudio.h');
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (hash !== miniaudioSha256)
    throw new BuildError(`${shown(file)} is not miniaudio 0.11.25: its sha256 is ${hash}, expected ${miniaudioSha256}`);
  return dirname(file);
}

function listSources(folders) {
  const sources = folders.flatMap((folder) => {
    const path = join(root, folder);
    if (!existsSync(path)) return [];
    const names = readdirSync(path).filter((name) => name.endsWith('.c'));
    return names.sort().map((name) => `${folder}/${name}`);
  });
  const hostFolder = folders.at(-1);
  if (!sources.some((source) => source.startsWith(`${hostFolder}/`)))
    throw new BuildError(`${hostFolder} holds no C file.`);
  // miniaudio takes longer than all others together: begun first, it ends no later than they do.
  return [...sources.filter((source) => source === upstream), ...sources.filter((source) => source !== upstream)];
}

function listUnits(target, objectFolder) {
  return listSources(target.sourceFolders).flatMap((source) => {
    const isUpstream = source === upstream;
    // miniaudio's flac decoder counts on signed numbers that wrap.
    const flags = [...target.compile, ...(isUpstream ? ['-w', '-fwrapv', ...target.upstream] : warnings)];
    const stem = join(objectFolder, source.slice('native/'.length, -'.c'.length).replaceAll('/', '-'));
    if (source !== 'native/kernels/kernels.c')
      return [{ source: join(root, source), object: `${stem}.o`, flags: [...flags, '-DMAE_KERNEL_SUFFIX=base'] }];
    return target.kernels.map((variant) => ({
      source: join(root, source),
      object: `${stem}-${variant.suffix}.o`,
      flags: [...flags, ...variant.flags, `-DMAE_KERNEL_SUFFIX=${variant.suffix}`],
    }));
  });
}

async function compileAndLink(target, { objectFolder, output, includeFolders, extraInputs = [] }, options) {
  const units = listUnits(target, objectFolder);
  const { objects, keys } = await compileUnits(
    units,
    { compiler: target.compiler, target: target.target, includeFolders },
    options,
  );
  const key = hashOf([toolVersions.zig, target.target, target.link, keys]);
  if (isFresh(output, key)) return { file: shown(output), fresh: true };
  const inputs = [...objects, ...extraInputs].map(shown);
  await replaceFile(output, key, async (path) => {
    const said = await runCompiler(
      target.compiler,
      [...(target.compiler === 'zig' ? ['cc'] : []), ...target.target, ...inputs, ...target.link, '-o', path],
      options,
    );
    if (said.trim() !== '') console.log(said.trim());
  });
  return { file: shown(output), fresh: false };
}

/** Windows resolves Node-API's functions through an import library that names node.exe. */
async function windowsImportLibrary(headers, objectFolder, processor, options) {
  const definition = join(headers, '..', 'def', 'node_api.def');
  const output = join(objectFolder, 'node_api.lib');
  const key = hashOf([toolVersions.zig, processor, readFileSync(definition, 'utf8')]);
  if (!isFresh(output, key)) {
    const machine = processor === 'aarch64' ? 'arm64' : 'i386:x86-64';
    await replaceFile(output, key, (path) =>
      runCompiler('zig', ['dlltool', '-d', definition, '-D', 'node.exe', '-m', machine, '-l', path], options),
    );
  }
  return output;
}

/** Builds the Node-API addon for the host or for `target`. */
export async function buildAddon({ target: name = hostTarget(), debug, verbose }) {
  const target = addonTarget(name, debug);
  const kind = debug ? 'addon-debug' : 'addon';
  const headers = dirname(dependencyFile('node-api-headers', 'include/node_api.h'));
  const objectFolder = join(buildFolder, 'objects', kind, name);
  const extraInputs =
    target.system === 'windows'
      ? [await windowsImportLibrary(headers, objectFolder, name.split('-')[0], { verbose })]
      : [];
  const output = join(buildFolder, kind, target.folder, 'miniaudio_engine.node');
  const includeFolders = [join(root, 'native/include'), join(root, 'native'), headers, miniaudioFolder()];
  return compileAndLink(target, { objectFolder, output, includeFolders, extraInputs }, { verbose });
}

/** Builds dist/miniaudio_engine.wasm. */
export async function buildWasm({ verbose }) {
  const target = wasmTarget();
  const objectFolder = join(buildFolder, 'objects', 'wasm');
  const output = join(root, 'dist/miniaudio_engine.wasm');
  return compileAndLink(
    target,
    { objectFolder, output, includeFolders: [join(root, 'native/include'), join(root, 'native'), miniaudioFolder()] },
    { verbose },
  );
}
