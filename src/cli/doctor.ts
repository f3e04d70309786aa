import type { DeviceInfo, HostInfo } from '../base/types.js';
import { Engine, hostInfo, isAvailable } from '../index.js';
import { colorsOf } from './colors.js';
import { type ExitCode, exitCodes } from './failure.js';
import { answer } from './output.js';

/** What the doctor found. */
interface Diagnosis {
  readonly host: HostInfo;
  readonly runtime: string;
  readonly platform: string;
  readonly devices: DeviceInfo[];
  readonly problems: { problem: string; remedy: string }[];
}

/**
 * `doctor`: tells what works here, what is missing and how to fix it. Returns 0, or the code of the worst problem.
 */
export async function runDoctor({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const native = isAvailable();
  const renders = tryToRender();
  const devices = native ? await Engine.devices() : [];
  const host = hostInfo();
  const problems: Diagnosis['problems'] = [];
  if (renders !== null)
    problems.push({ problem: `No sound can be rendered: ${renders}`, remedy: 'npm install miniaudio-engine' });
  if (!native) {
    const reason = host.attempts.find(({ host: tried, code }) => tried === 'native' && code !== 'ERR_FILE_NOT_FOUND');
    const why = reason === undefined ? 'there is none for this platform' : reason.message;
    problems.push({
      problem:
        `The native addon could not be loaded (${why}): without it, sound can only be played through another ` +
        'program: pw-cat, pacat, aplay, ffplay or sox',
      remedy: 'npx miniaudio-engine build',
    });
  } else if (devices.length === 0) {
    problems.push({ problem: 'No playback device was found', remedy: deviceRemedy() });
  }
  const diagnosis: Diagnosis = {
    host,
    runtime: runtimeName(),
    platform: `${process.platform}-${process.arch}`,
    devices,
    problems,
  };
  answer(json, diagnosis, describe(diagnosis));
  if (renders !== null) return exitCodes.engine;
  return devices.length === 0 ? exitCodes.device : exitCodes.ok;
}

function tryToRender(): string | null {
  try {
    const engine = new Engine({ device: false, host: isAvailable() ? 'native' : 'wasm' });
    engine.readPcmFrames(64);
    engine.dispose();
    return null;
  } catch (error) {
    return (error as Error).message.split('\n', 1)[0] as string;
  }
}

/** Bun and Deno tell the version of Node that they stand for, too. */
function runtimeName(): string {
  const { bun, deno, node } = process.versions;
  return bun !== undefined ? `bun ${bun}` : deno !== undefined ? `deno ${deno}` : `node ${node}`;
}

function deviceRemedy(): string {
  if (process.platform !== 'linux') return 'connect a playback device, or enable one in the system settings';
  return 'pactl info (is PulseAudio or PipeWire running?), or aplay -l (is there an ALSA device?)';
}

function describeDevice({ name, backend, isDefault }: DeviceInfo): string {
  return `${name} (${backend}${isDefault ? ', default' : ''})`;
}

function describe({ host, runtime, platform, devices, problems }: Diagnosis): string {
  const { bold, dim, green, red } = colorsOf(process.stdout);
  const mark = (fine: boolean): string => (fine ? green('ok') : red('--'));
  const loaded = host.attempts.some(({ code }) => code === 'OK');
  const { package: version, wire: _, ...versions } = host.versions;
  const lines = [
    `${bold(`miniaudio-engine ${version}`)} on ${runtime}, ${platform}`,
    '',
    ...host.attempts.map(({ host: name, path, code, message }) => {
      const attemptMark = code !== 'OK' && loaded ? dim('- ') : mark(code === 'OK');
      return `${attemptMark} ${name}: ${message}${path === undefined ? '' : ` ${dim(path)}`}`;
    }),
    `${mark(devices.length > 0)} devices: ${devices.length === 0 ? 'none' : devices.map(describeDevice).join('; ')}`,
    `${mark(host.formats.length > 0)} formats: ${host.formats.join(', ')}`,
    dim(
      Object.entries(versions)
        .map(([name, text]) => `${name} ${text}`)
        .join(', '),
    ),
    '',
    ...(problems.length === 0
      ? [green('Everything works.')]
      : problems.map(({ problem, remedy }) => `${red(problem)}.\n  Try: ${bold(remedy)}`)),
  ];
  return lines.join('\n');
}
