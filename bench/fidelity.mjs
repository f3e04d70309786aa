// Fidelity: steps, SINAD and exactness of pitch, ours beside stock's.
import { centsFrom, largestStep, sinad } from './analysis.mjs';
import { ask, askSamples, complaint } from './contenders.mjs';
import { printTable, verdict } from './table.mjs';
import { OUTPUT_RATE } from './workload.mjs';

/** Goals in dB at each frequency; a resampler that the engine does not have is left out. */
const sinadGoals = {
  linear: { 1000: 62, 5000: 33.9, 10000: 20 },
  cubic: { 1000: 105, 5000: 54, 10000: 30 },
  sinc: { 1000: 90, 5000: 90, 10000: 88, 15000: 84 },
  'sinc-best': { 1000: 118, 5000: 112, 10000: 105 },
};
const stepGoals = { volume: 0.002 };
const otherStepGoal = 0.003;
const centsGoal = 0.001;
/** Just below a thousandth: what miniaudio's quantised pitch gets most wrong. */
const awkwardPitch = 1.00099;

async function stockFigures(made) {
  if (made.stockGcc === null) return {};
  const from = 4700;
  const figures = {
    volume: largestStep(await askSamples('stockGcc', 'step-volume', {}, made), from),
    stop: largestStep(await askSamples('stockGcc', 'step-stop', {}, made), from),
    cents: centsFrom(await askSamples('stockGcc', 'sine', { hertz: 1000, pitch: awkwardPitch }, made), 1000 * awkwardPitch, OUTPUT_RATE),
  };
  for (const hertz of Object.keys(sinadGoals.linear)) {
    figures[hertz] = sinad(await askSamples('stockGcc', 'sine', { hertz, sourceRate: 44100 }, made), Number(hertz), OUTPUT_RATE);
  }
  return figures;
}

async function hostRows(host, resamplers, stock, made) {
  const rows = [];
  const add = (what, value, others, goal, met) => rows.push({ what: `${what}, ${host}`, value, others, goal, met });
  const steps = await ask(host, 'steps', {}, made);
  for (const [action, step] of Object.entries(steps)) {
    const goal = stepGoals[action] ?? otherStepGoal;
    add(`largest step at ${action}`, step, stock[action] ?? '', `<= ${goal}`, step !== null && step <= goal);
  }
  const sine = async (set) => Float32Array.from(await ask(host, 'sine', set, made));
  for (const resampler of resamplers) {
    const goals = sinadGoals[resampler];
    for (const [hertz, goal] of Object.entries(goals)) {
      const value = sinad(await sine({ hertz, sourceRate: 44100, resampler }), Number(hertz), OUTPUT_RATE);
      add(`SINAD 44.1 to 48 kHz, ${resampler}, ${hertz} Hz, dB`, value, resampler === 'linear' ? stock[hertz] : '', `>= ${goal}`, value >= goal);
    }
  }
  const cents = Math.abs(centsFrom(await sine({ hertz: 1000, pitch: awkwardPitch, resampler: 'cubic' }), 1000 * awkwardPitch, OUTPUT_RATE));
  add(`pitch error at ${awkwardPitch}, cents`, cents, Math.abs(stock.cents), `<= ${centsGoal}`, cents <= centsGoal);
  return rows;
}

/** Measures and prints; resolves with rows. */
export async function fidelity({ resamplers }, made, failures) {
  const rows = [];
  try {
    const stock = await stockFigures(made);
    for (const host of ['native', 'wasm']) rows.push(...(await hostRows(host, resamplers, stock, made)));
  } catch (error) {
    failures.push(`fidelity: ${complaint(error)}`);
  }
  if (rows.length > 0)
    printTable(
      'Fidelity',
      ['', 'ours', 'stock', 'to reach'],
      rows.map((row) => [row.what, row.value, row.others, verdict(row.met, row.goal)]),
    );
  return rows;
}
