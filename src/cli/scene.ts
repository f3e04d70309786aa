import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { gainMaximum } from '../base/units.js';
import { secondsMaximum } from '../engine/ramp-options.js';
import { curveNames } from '../engine/session/curves.js';
import { AudioBuffer, type Curve, Engine, Sound, SoundGroup, type SynthPresetName, synthPresets } from '../index.js';
import { type EffectWords, makeEffect, parseEffect, routeThrough } from './effects.js';
import { CommandFailure, exitCodes } from './failure.js';
import { SceneValue, sceneFailure } from './scene-check.js';

const seedMaximum = 4294967295;
const rampRanges = { volume: [0, gainMaximum], pan: [-1, 1], pitch: [0.01, 100] } as const;
type RampedParameter = keyof typeof rampRanges;
const rampNames = Object.keys(rampRanges) as RampedParameter[];

/** A scene that was read: how an engine for it is made, and how it is put on its clock. */
export interface Scene {
  readonly sampleRate: number;
  readonly channels: number;
  /** Length in seconds; null: until nothing plays any more. */
  readonly seconds: number | null;
  /** Loads the files and schedules everything from the engine's present frame on. Gives the sounds. */
  stage(engine: Engine): Promise<Sound[]>;
}

interface Ramp {
  readonly parameter: RampedParameter;
  readonly target: number;
  readonly seconds: number;
  readonly atSeconds: number;
  readonly curve: Curve;
}

/** Reads a scene file and checks all of it. Rejects with exit code 3 and the path of what is wrong. */
export async function readScene(file: string): Promise<Scene> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CommandFailure(
      exitCodes.input,
      missing ? 'ERR_FILE_NOT_FOUND' : 'ERR_FILE_READ',
      `The file ${file} ${missing ? 'does not exist' : 'cannot be read'}`,
      cause,
    );
  }
  try {
    return parseScene(JSON.parse(text), dirname(file));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CommandFailure(exitCodes.input, 'ERR_SCENE', `${file} is not JSON: ${error.message}`, error);
    if (error instanceof CommandFailure)
      throw new CommandFailure(error.exitCode, error.code, `${file}: ${error.message}`, error);
    throw error;
  }
}

/** A scene from a parsed value; files are looked for from `folder`. */
export function parseScene(value: unknown, folder: string): Scene {
  const root = new SceneValue(value).members('sampleRate', 'channels', 'seconds', 'volume', 'groups', 'sounds');
  const groups = root.groups.entries().map(([name, group]) => groupOf(name, group));
  const names = groups.map(({ name }) => name);
  for (const [index, { parent, path }] of groups.entries()) {
    if (parent !== undefined && !names.slice(0, index).includes(parent))
      throw sceneFailure(`${path}.parent`, `there is no group "${parent}" before this one`);
  }
  const sounds = root.sounds.items().map((sound) => soundOf(sound, names, folder));
  if (sounds.length === 0) throw sceneFailure('sounds', 'a scene needs at least one sound');
  const seconds = root.seconds.number(0, secondsMaximum, null);
  const endless = sounds.find(({ looping, stopAtSeconds }) => looping && stopAtSeconds === null);
  if (seconds === null && endless !== undefined)
    throw sceneFailure('seconds', `is required because ${endless.path} loops for ever`);
  const volume = root.volume.number(0, gainMaximum, 1);
  return {
    sampleRate: root.sampleRate.integer(8000, 192000, 48000),
    channels: root.channels.integer(1, 8, 2),
    seconds,
    async stage(engine) {
      engine.volume = volume;
      const made = new Map<string, SoundGroup>();
      for (const group of groups) made.set(group.name, group.make(engine, made));
      const staged: Sound[] = [];
      for (const sound of sounds)
        staged.push(await sound.make(engine, sound.group === undefined ? null : (made.get(sound.group) ?? null)));
      return staged;
    },
  };
}

function groupOf(name: string, value: SceneValue) {
  const group = value.members('parent', 'volume', 'pan', 'pitch', 'effects', 'ramps');
  const parent = group.parent.text();
  const settings = mixOf(group);
  const effects = group.effects.items().map(effectOf);
  const ramps = group.ramps.items().map(rampOf);
  return {
    name,
    parent,
    path: value.path,
    make(engine: Engine, made: ReadonlyMap<string, SoundGroup>): SoundGroup {
      const above = parent === undefined ? null : (made.get(parent) ?? null);
      const node = new SoundGroup(engine, { name, parent: above });
      routeThrough(engine, node, effects, above ?? undefined);
      Object.assign(node, settings);
      runRamps(engine, node, ramps);
      return node;
    },
  };
}

function soundOf(value: SceneValue, groups: readonly string[], folder: string) {
  const sound = value.members(
    ...([
      'file',
      'preset',
      'seed',
      'atSeconds',
      'volume',
      'pan',
      'pitch',
      'looping',
      'group',
      'position',
      'fadeInSeconds',
      'stopAtSeconds',
      'fadeOutSeconds',
      'ramps',
    ] as const),
  );
  const file = sound.file.text();
  const preset = sound.preset.word(Object.keys(synthPresets) as SynthPresetName[]);
  if ((file === undefined) === (preset === undefined))
    throw sceneFailure(value.path, 'needs either a file or a preset');
  const seed = sound.seed.integer(0, seedMaximum, null);
  if (seed !== null && preset === undefined) throw sceneFailure(sound.seed.path, 'is only for presets');
  const group = sound.group.text();
  if (group !== undefined && !groups.includes(group))
    throw sceneFailure(sound.group.path, `there is no group "${group}"`);
  const looping = sound.looping.boolean(false);
  const atSeconds = sound.atSeconds.number(0, secondsMaximum, 0);
  const stopAtSeconds = sound.stopAtSeconds.number(atSeconds, secondsMaximum, null);
  const fadeInSeconds = sound.fadeInSeconds.number(0, secondsMaximum, 0);
  const fadeOutSeconds = sound.fadeOutSeconds.number(0, secondsMaximum, 0);
  const position = sound.position.items().map((item) => item.number(-1e6, 1e6, 0));
  if (!sound.position.missing && position.length !== 3)
    throw sceneFailure(sound.position.path, 'expected three numbers: x, y, z');
  const settings = mixOf(sound);
  const ramps = sound.ramps.items().map(rampOf);
  return {
    group,
    looping,
    stopAtSeconds,
    path: value.path,
    async make(engine: Engine, node: SoundGroup | null): Promise<Sound> {
      const buffer = await bufferOf(file === undefined ? undefined : resolve(folder, file), preset, seed, engine);
      const made = Sound.fromBuffer(engine, buffer, { group: node, looping, ...settings });
      if (position.length === 3) {
        made.spatial = true;
        made.setPosition(...(position as [number, number, number]));
      }
      const frame = (seconds: number): number => engine.timeFrames + Math.round(seconds * engine.sampleRate);
      made.play({ atFrames: frame(atSeconds), fadeSeconds: fadeInSeconds });
      if (stopAtSeconds !== null) made.stop({ atFrames: frame(stopAtSeconds), fadeSeconds: fadeOutSeconds });
      runRamps(engine, made, ramps);
      return made;
    },
  };
}

async function bufferOf(
  file: string | undefined,
  preset: SynthPresetName | undefined,
  seed: number | null,
  engine: Engine,
): Promise<AudioBuffer> {
  if (file !== undefined) return AudioBuffer.load(file);
  const chosen = synthPresets[preset as SynthPresetName];
  return (seed === null ? chosen : chosen.mutate(seed)).bake({ sampleRate: engine.sampleRate });
}

function mixOf({ volume, pan, pitch }: Record<RampedParameter, SceneValue>): {
  volume: number;
  pan: number;
  pitch: number;
} {
  return { volume: volume.number(0, gainMaximum, 1), pan: pan.number(-1, 1, 0), pitch: pitch.number(0.01, 100, 1) };
}

/** An effect as the command line writes it; its values are tried out at once, so that the message names the path. */
function effectOf(value: SceneValue): EffectWords {
  const text = value.text() ?? '';
  const engine = new Engine({ device: false });
  try {
    const words = parseEffect(text);
    makeEffect(engine, words);
    return words;
  } catch (error) {
    throw sceneFailure(value.path, (error as Error).message);
  } finally {
    engine.dispose();
  }
}

function rampOf(value: SceneValue): Ramp {
  const ramp = value.members('parameter', 'target', 'seconds', 'atSeconds', 'curve');
  const parameter = ramp.parameter.word(rampNames);
  if (parameter === undefined) throw sceneFailure(ramp.parameter.path, `is required: one of ${rampNames.join(', ')}`);
  const [minimum, maximum] = rampRanges[parameter];
  const target = ramp.target.number(minimum, maximum, undefined);
  if (target === undefined) throw sceneFailure(ramp.target.path, 'is required: the value to reach');
  return {
    parameter,
    target,
    seconds: ramp.seconds.number(0, secondsMaximum, 0),
    atSeconds: ramp.atSeconds.number(0, secondsMaximum, 0),
    curve: ramp.curve.word(curveNames) ?? 'linear',
  };
}

function runRamps(engine: Engine, owner: Sound | SoundGroup, ramps: readonly Ramp[]): void {
  for (const { parameter, target, seconds, atSeconds, curve } of ramps) {
    void owner.ramp(parameter, target, {
      seconds,
      curve,
      atFrames: engine.timeFrames + Math.round(atSeconds * engine.sampleRate),
    });
  }
}
