import { Command, CommanderError, Option } from 'commander';
import { hostInfo } from '../index.js';
import { runBuild } from './build.js';
import { runDevices } from './devices.js';
import { runDoctor } from './doctor.js';
import { collectEffects } from './effects.js';
import { type ExitCode, exitCodes } from './failure.js';
import { runInfo } from './info.js';
import { backends, gainFrom, integerFrom, numberFrom } from './options.js';
import { report } from './output.js';
import { runPlay } from './play.js';
import { runRender } from './render.js';
import { runResponse } from './response.js';
import { runSynth } from './synth.js';

const exitCodeHelp = `
Exit codes:
  0    done
  1    an internal error; please report it
  2    the command line is wrong
  3    an input file is missing, unreadable or damaged
  4    there is no playback device, or it could not be opened
  5    the engine could not be loaded, or the addon could not be built
  6    a file could not be written
  130  ended by Ctrl-C or SIGTERM`;

const jsonOption = (): Option => new Option('--json', 'print one JSON value on standard output, even for an error');
const formatOption = (): Option =>
  new Option('--format <format>', 'sample format of the WAV file').choices(['s16', 's24', 'f32']).default('s16');
const pitchOption = (): Option =>
  new Option('--pitch <factor>', 'speed and pitch; 2 is an octave up').argParser(numberFrom(0.01, 100)).default(1);
const effectOption = (): Option =>
  new Option('--effect <effect>', 'an effect such as reverb:wet=0.4,roomSize=0.8; repeat for several in a row')
    .argParser(collectEffects)
    .default([], 'none');
const volumeOption = (): Option =>
  new Option('--volume <gain>', 'gain, or a level such as -6dB').argParser(gainFrom).default(1);

/** Runs a command line and returns the exit code. Never rejects. */
export async function runCommand(words: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = new Command('miniaudio-engine')
    .description('Plays, renders and synthesises sound, and checks what works on this machine.')
    .version(hostInfo().versions['package'] ?? '')
    .addHelpText('after', exitCodeHelp)
    .exitOverride();
  addCommands(program, (code) => {
    exitCode = code;
  });
  const json = words.includes('--json');
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what is wrong, or has printed the help that was asked for.
    if (error instanceof CommanderError) return endOf(error, json);
    return report(error, json);
  }
}

function endOf({ exitCode, message }: CommanderError, json: boolean): ExitCode {
  if (exitCode === 0) return exitCodes.ok;
  const error = { code: 'ERR_USAGE', message: message.replace(/^error: /, ''), exitCode: exitCodes.usage };
  if (json) process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
  return exitCodes.usage;
}

function addCommands(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('play')
    .description('play files one after another; on a terminal with progress, meter and keys')
    .argument('<file...>', 'files or URLs')
    .option('--loop', 'start again at the end')
    .addOption(pitchOption())
    .addOption(volumeOption())
    .addOption(effectOption())
    .option('--device <name>', 'id of a playback device, or part of its name')
    .addOption(new Option('--backend <name>', 'sound system').choices(backends))
    .option('--quiet', 'show nothing')
    .addOption(jsonOption())
    .action(async (files, options) => end(await runPlay(files, options)));
  program
    .command('render')
    .description('render a scene or a file to a WAV file, faster than real time')
    .argument('<input>', 'a scene (.json) or a sound file')
    .requiredOption('-o, --output <file>', 'the WAV file to write')
    .addOption(
      new Option('--seconds <length>', 'length; default: until the sound has died away').argParser(
        numberFrom(0, 20000),
      ),
    )
    .addOption(
      new Option('--rate <hz>', "sample rate; default: the scene's, or 48000").argParser(integerFrom(8000, 192000)),
    )
    .addOption(new Option('--channels <count>', "channels; default: the scene's, or 2").argParser(integerFrom(1, 8)))
    .addOption(formatOption())
    .option('--loop', 'start the file again at its end')
    .addOption(pitchOption())
    .addOption(volumeOption())
    .addOption(effectOption())
    .option('--quiet', 'show no progress')
    .addOption(jsonOption())
    .action((input, options) => runRender(input, options));
  program
    .command('devices')
    .description('list the playback devices')
    .addOption(jsonOption())
    .action((options) => runDevices(options));
  program
    .command('doctor')
    .description('check what works on this machine, what is missing and how to fix it')
    .addOption(jsonOption())
    .action(async (options) => end(await runDoctor(options)));
  program
    .command('build')
    .description('compile the native addon with zig from npm')
    .option('--target <name>', 'zig target, such as aarch64-linux-gnu; default: this machine')
    .option('--verbose', "print the compiler's commands")
    .addOption(jsonOption())
    .action((options) => runBuild(options));
  program
    .command('synth')
    .description('write a preset of the synthesiser to a WAV file')
    .argument('[preset]', 'coin, jump, hit, explosion, laser, power-up or blip')
    .option('-o, --output <file>', 'the WAV file to write')
    .addOption(
      new Option('--seed <integer>', 'make a variation; the same seed gives the same sound').argParser(
        integerFrom(0, 4294967295),
      ),
    )
    .addOption(new Option('--rate <hz>', 'sample rate').argParser(integerFrom(8000, 192000)).default(48000))
    .addOption(new Option('--channels <count>', 'channels').argParser(integerFrom(1, 8)).default(1))
    .addOption(formatOption())
    .option('--list', 'list the presets')
    .addOption(jsonOption())
    .action((preset, options) => runSynth(preset, options));
  program
    .command('info')
    .description('show format, length and levels of files')
    .argument('<file...>', 'files or URLs')
    .addOption(jsonOption())
    .action((files, options) => runInfo(files, options));
  program
    .command('response')
    .description('plot the frequency response of a filter, or of several in a row')
    .argument('<effect...>', 'such as lpf:cutoffHz=500,q=2')
    .option('-o, --output <file>', 'the SVG file to write')
    .addOption(new Option('--rate <hz>', 'sample rate').argParser(integerFrom(8000, 192000)).default(48000))
    .addOption(jsonOption())
    .action((effects, options) => runResponse(effects, options));
}
