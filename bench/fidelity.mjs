// Fidelity: every row of the project's targets, ours beside stock's.
import { centsFrom, largestStep, sinad } from './analysis.mjs';
import { ask, askSamples, complaint } from './contenders.mjs';
import { printTable, verdict } from './table.mjs';
import { OUTPUT_RATE } from './workload.mjs';

/**
 * Goals in dB at each frequency: at least so much for the signal over the rest, at most so far off for the pass band.
 */
const sinadGoals = {
  linear: { 1000: 62, 5000: 33.9, 10000: 20 },
  cubic: { 1000: 105, 5000: 54, 10000: 30 },
  sinc: { 1000: 90, 5000: 90, 10000: 88, 15000: 84 },
  'sinc-best': { 1000: 118, 5000: 112, 10000: 105 },
};
const bandGoals = { sinc: { 15000: 0.15, 18000: 2 }, 'sinc-best': { 20000: 0.05 } };
const stepGoals = { volume: 0.002 };
const otherStepGoal = 0.003;
/** Just below a thousandth: what miniaudio's quantised pitch gets most wrong. */
const awkwardPitch = 1.00099;

async function stockFigures(made) {
  if (made.stockGcc === null) return {};
  const from = 4700;
  const figures = {
    volume: largestStep(await askSamples('stockGcc', 'step-volume', {}, made), from),
    stop: largestStep(await askSamples('stockGcc', 'step-stop', {}, made), from),
    cents: centsFrom(
      await askSamples('stockGcc', 'sine', { hertz: 1000, pitch: awkwardPitch }, made),
      1000 * awkwardPitch,
      OUTPUT_RATE,
    ),
  };
  for (const hertz of Object.keys(sinadGoals.linear)) {
    figures[hertz] = sinad(
      await askSamples('stockGcc', 'sine', { hertz, sourceRate: 44100 }, made),
      Number(hertz),
      OUTPUT_RATE,
    );
  }
  return figures;
}

/** Rows of one host: what, ours, stock's, and at most (or at least) how much. */
function hostRows(host, figures, stock) {
  const rows = [];
  const atMost = (what, value, goal, others = '') =>
    rows.push({ what: `${what}, ${host}`, value, others, goal: `<= ${goal}`, met: value <= goal });
  const atLeast = (what, value, goal, others = '') =>
    rows.push({ what: `${what}, ${host}`, value, others, goal: `>= ${goal}`, met: value >= goal });
  // JSON has no NaN: what is null there is not met.
  for (const [action, step] of Object.entries(figures.steps))
    atMost(`largest step, ${action}`, step ?? Number.NaN, stepGoals[action] ?? otherStepGoal, stock[action]);
  atMost('largest step, listener turning 0.3 rad a block', figures.turningStep ?? Number.NaN, 0.0005);
  for (const [resampler, goals] of Object.entries(sinadGoals))
    for (const [hertz, goal] of Object.entries(goals))
      atLeast(
        `SINAD 44.1 to 48 kHz, ${resampler}, ${hertz} Hz, dB`,
        figures.sinad[resampler][hertz],
        goal,
        resampler === 'linear' ? stock[hertz] : '',
      );
  for (const [resampler, goals] of Object.entries(bandGoals))
    for (const [hertz, goal] of Object.entries(goals))
      atMost(`pass band of ${resampler} at ${hertz} Hz, dB off`, figures.band[resampler][hertz], goal);
  atMost('alias of 15 kHz at pitch 2, sinc-best, dB', figures.alias, -80);
  atMost(`pitch error at ${awkwardPitch}, cents`, figures.cents, 0.001, Math.abs(stock.cents));
  atMost('biquads against the formula, 20 Hz to 20 kHz, dB off', figures.biquadError, 0.001);
  atMost('start at a frame, plain and pitched, frames off', figures.framesOff, 0);
  atMost('step at the seam of a loop beyond its own, plain and pitched', figures.seam, 1e-4);
  atMost('different results for blocks of 1, 64, 127, 480, 4096, random', new Set(figures.hashes).size - 1, 0);
  return rows;
}

/** Measures and prints; resolves with rows. That a page gives the same bits too is tested in test/browser. */
export async function fidelity(made, failures) {
  const rows = [];
  try {
    const stock = await stockFigures(made);
    const native = await ask('nativeFidelity', 'figures', {}, made);
    const wasm = await ask('wasmFidelity', 'figures', {}, made);
    rows.push(...hostRows('native', native, stock), ...hostRows('wasm', wasm, stock));
    const apart = native.hashes[0] === wasm.hashes[0] ? 0 : 1;
    rows.push({
      what: 'different results of native and wasm',
      value: apart,
      others: '',
      goal: '<= 0',
      met: apart === 0,
    });
  } catch (error) {
    failures.push(`fidelity: ${complaint(error)}`);
  }
  if (rows.length > 0)
    printTable(
      'Fidelity',
      ['', 'ours', 'stock', 'to reach'],
      rows.map((row) => [row.what, row.value, row.others ?? '', verdict(row.met, row.goal)]),
    );
  return rows;
}
