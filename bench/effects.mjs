// What each effect costs: one stereo voice through 16 of it in a row, less the same voice through none, beside stock
// miniaudio's node or node-web-audio-api's nearest.
import { ask, complaint } from './contenders.mjs';
import { printTable, verdict } from './table.mjs';
import { median, OUTPUT_RATE } from './workload.mjs';

const inRow = 16;
const nanosecondsPerFrame = 1e9 / OUTPUT_RATE;
/** A filter in stock miniaudio and ours must give the same loudness; these have no parameter that the others lack. */
const sameResponse = ['lowPass', 'highPass', 'notch', 'peak'];
const loudnessTolerance = 0.01;

const effects = [
  ['lowPass', 'low-pass', 1],
  ['highPass', 'high-pass', 2],
  ['bandPass', 'band-pass', 3],
  ['notch', 'notch', 4],
  ['peak', 'peak', 5],
  ['lowShelf', 'low shelf', 6],
  ['highShelf', 'high shelf', 7],
  ['delay', 'delay', 8],
  ['softClip', 'soft clip'],
  ['softClip2', 'soft clip, oversampling 2'],
  ['softClip4', 'soft clip, oversampling 4'],
  ['compressor', 'compressor'],
  ['freeverb', 'reverberation (theirs: a convolver)'],
];

const contenders = [
  { who: 'stockEffectsGcc', label: 'stock, gcc -O3' },
  { who: 'peerEffects', label: 'node-web-audio-api' },
  { who: 'nativeEffects', label: 'ours, native' },
  { who: 'wasmEffects', label: 'ours, wasm' },
];

/** Measures and prints the effects; resolves with rows. Ours is to be ahead of the faster of the others. */
export async function effectCosts(options, made, failures) {
  if (!options.wants('effects')) return [];
  const jobs = effects.flatMap(([effect, title, stockNumber]) =>
    contenders
      .filter(({ who }) => stockNumber !== undefined || who !== 'stockEffectsGcc')
      .map((contender) => ({ effect, title, stockNumber, ...contender, costs: [] })),
  );
  for (let round = 0; round < options.rounds; round++) {
    for (const job of round % 2 === 0 ? jobs : [...jobs].reverse()) {
      if (job.failure !== undefined) continue;
      const set = {
        effect: job.who === 'stockEffectsGcc' ? job.stockNumber : job.effect,
        milliseconds: options.milliseconds,
      };
      try {
        const many = await ask(job.who, 'render', { ...set, count: inRow }, made);
        const none = await ask(job.who, 'render', { ...set, count: 0 }, made);
        if (many === null || none === null) continue;
        if (!(many.rms > 0)) throw new Error('it was silent');
        job.rms = many.rms;
        job.costs.push((many.nanosecondsPerFrame - none.nanosecondsPerFrame) / inRow);
      } catch (error) {
        job.failure = complaint(error);
        failures.push(`${job.title}, ${job.label}: ${job.failure}`);
      }
    }
  }
  return report(jobs, failures);
}

function report(jobs, failures) {
  const rows = [];
  const results = [];
  for (const [effect, title] of effects) {
    const group = jobs.filter((job) => job.effect === effect && job.costs.length > 0);
    const others = group
      .filter(({ who }) => who === 'stockEffectsGcc' || who === 'peerEffects')
      .map(({ costs }) => median(costs));
    const stock = group.find(({ who }) => who === 'stockEffectsGcc');
    for (const job of group) {
      const cost = median(job.costs);
      const realTime = nanosecondsPerFrame / cost;
      const judged =
        job.who === 'nativeEffects' && others.length > 0
          ? { goal: '> 1 time the best other', met: Math.min(...others) > cost }
          : {};
      if (
        job.who === 'nativeEffects' &&
        stock !== undefined &&
        sameResponse.includes(effect) &&
        !(Math.abs(job.rms / stock.rms - 1) < loudnessTolerance)
      )
        failures.push(`${title}: loudness ${job.rms}, stock ${stock.rms}: they did not do the same work`);
      const multiple = others.length > 0 ? Math.min(...others) / cost : undefined;
      rows.push([
        `${title}, ${job.label}`,
        realTime,
        cost,
        multiple ?? '-',
        judged.goal === undefined ? '' : verdict(judged.met, judged.goal),
      ]);
      results.push({ effect, contender: job.label, realTime, nanosecondsPerFrame: cost, multiple, ...judged });
    }
  }
  printTable('Effects, stereo, 480-frame blocks', ['', 'x real time', 'ns a frame', 'x best other', 'to reach'], rows);
  return results;
}
