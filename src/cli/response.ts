import { Engine } from '../index.js';
import { type EffectWords, effectKinds, hasResponse, makeEffect, parseEffect } from './effects.js';
import { usageFailure } from './failure.js';
import { answer, writeOutput } from './output.js';
import { plotResponse, type ResponseCurve } from './response-plot.js';

/** Options of `response`. */
interface ResponseWords {
  readonly json?: boolean;
  readonly output?: string;
  readonly rate: number;
}

const lowestHz = 20;
const pointsPerDecade = 200;

/** `response EFFECT... [-o plot.svg]`: the frequency response of one filter, or of several in a row. */
export async function runResponse(
  texts: readonly string[],
  { json = false, output, rate }: ResponseWords,
): Promise<void> {
  if (output === undefined && !json) throw usageFailure('Add -o FILE.svg for a plot, or --json for the numbers');
  const curve = responseOf(texts.map(parseEffect), rate);
  if (output !== undefined) await writeOutput(output, plotResponse(curve, `${texts.join('  ')}  (${rate} Hz)`));
  const highestDb = Math.max(...curve.magnitudeDb);
  const highestAtHz = curve.hz[curve.magnitudeDb.indexOf(highestDb)] as number;
  const text = `${output}: highest ${highestDb.toFixed(2)} dB at ${Math.round(highestAtHz)} Hz`;
  answer(json, { effects: texts, sampleRate: rate, file: output ?? null, ...curve }, text);
}

/**
 * Magnitude in dB and phase of filters in a row, at frequencies evenly spread over the logarithm. Throws a usage
 * failure for an effect that has no response.
 */
export function responseOf(effects: readonly EffectWords[], sampleRate: number): ResponseCurve {
  const highestHz = sampleRate * 0.499;
  const count = Math.ceil(Math.log10(highestHz / lowestHz) * pointsPerDecade) + 1;
  const hz = Array.from({ length: count }, (_, index) => lowestHz * (highestHz / lowestHz) ** (index / (count - 1)));
  const magnitudeDb = new Array<number>(count).fill(0);
  const phase = new Array<number>(count).fill(0);
  const engine = new Engine({ device: false, sampleRate });
  try {
    for (const words of effects) {
      const effect = makeEffect(engine, words);
      if (!hasResponse(effect))
        throw usageFailure(
          `The effect ${words.kind} has no frequency response; choose from: ${responsive(engine).join(', ')}`,
        );
      const response = effect.frequencyResponse(hz);
      for (let index = 0; index < count; index += 1) {
        magnitudeDb[index]! += 20 * Math.log10(Math.max(1e-10, response.magnitude[index] as number));
        phase[index]! += response.phase[index] as number;
      }
    }
  } finally {
    engine.dispose();
  }
  for (let index = 1; index < count; index += 1) {
    phase[index]! -= 2 * Math.PI * Math.round((phase[index]! - phase[index - 1]!) / (2 * Math.PI));
  }
  return { hz, magnitudeDb, phase };
}

function responsive(engine: Engine): string[] {
  return effectKinds.filter((kind) => hasResponse(makeEffect(engine, { kind, params: {} })));
}
