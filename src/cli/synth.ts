import { type AudioBuffer, type SynthPresetName, synthPresets, type WavFormat } from '../index.js';
import { usageFailure } from './failure.js';
import { answer, decibels, writeOutput } from './output.js';

/** Options of `synth`. */
export interface SynthWords {
  readonly json?: boolean;
  readonly list?: boolean;
  readonly output?: string;
  readonly seed?: number;
  readonly rate: number;
  readonly channels: number;
  readonly format: WavFormat;
}

/** `synth PRESET -o FILE`: a preset, or a variation of it, as a WAV file. */
export async function runSynth(
  name: string | undefined,
  { json = false, list = false, output, seed, rate, channels, format }: SynthWords,
): Promise<void> {
  const names = Object.keys(synthPresets) as SynthPresetName[];
  if (list) {
    answer(json, names, names.join('\n'));
    return;
  }
  const known = names.find((preset) => preset === name);
  if (known === undefined)
    throw usageFailure(
      `${name === undefined ? 'No preset was given' : `Unknown preset "${name}"`}; known presets: ${names.join(', ')}`,
    );
  if (output === undefined) throw usageFailure('No output file was given: add -o FILE.wav');
  const preset = seed === undefined ? synthPresets[known] : synthPresets[known].mutate(seed);
  const buffer: AudioBuffer = preset.bake({ sampleRate: rate, channels });
  await writeOutput(output, buffer.toWav(format));
  const peak = Math.max(
    ...Array.from({ length: channels }, (_, channel) =>
      buffer.getChannelData(channel).reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    ),
  );
  const seconds = buffer.durationSeconds;
  answer(
    json,
    { preset: known, seed: seed ?? null, file: output, seconds, sampleRate: rate, channels, peak },
    `${output}: ${known}, ${seconds.toFixed(3)} s, peak ${decibels(peak)}`,
  );
}
