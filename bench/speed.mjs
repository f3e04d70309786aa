// Speed: every contender in turn, several rounds of it, so that a slow moment of the machine meets all of them alike.
import { ask, complaint } from './contenders.mjs';
import { comparisons, scenes } from './scenes.mjs';
import { printTable, verdict } from './table.mjs';
import { expectedLoudness, median, OUTPUT_RATE, readScene } from './workload.mjs';

const nanosecondsPerFrame = 1e9 / OUTPUT_RATE;
/**
 * A contender whose loudness is further from the formula than this did other work; linear interpolation stays well
 * within.
 */
const loudnessTolerance = 0.001;

async function measure(job, milliseconds, made, failures) {
  const set = { ...job.set, milliseconds };
  try {
    const answer = await ask(job.who, 'render', set, made);
    if (answer === null) return;
    const expected = expectedLoudness({ ...readScene([]), ...job.set }, job.gain);
    if (!(Math.abs(answer.rms / expected - 1) <= loudnessTolerance))
      throw new Error(`loudness ${answer.rms} instead of ${expected}: it did not do the same work`);
    job.samples.push(answer.nanosecondsPerFrame);
  } catch (error) {
    job.failure = complaint(error);
    failures.push(`${job.label}: ${job.failure}`);
  }
}

async function measureAll(jobs, { rounds, milliseconds }, made, failures) {
  for (let round = 0; round < rounds; round++) {
    // The order turns round, so that nobody always comes after the same neighbour.
    const turned = round % 2 === 0 ? jobs : [...jobs].reverse();
    for (const job of turned) if (job.failure === undefined) await measure(job, milliseconds, made, failures);
  }
  for (const job of jobs) {
    if (job.samples.length === 0) continue;
    job.cost = median(job.samples);
    job.spread = job.samples.length > 1 ? (Math.max(...job.samples) - Math.min(...job.samples)) / job.cost : null;
  }
}

function judge(goal, multiple, perVoice) {
  if (goal?.multiple !== undefined) return { text: `>= ${goal.multiple} times`, met: multiple >= goal.multiple };
  if (goal?.nanoseconds !== undefined) return { text: `<= ${goal.nanoseconds} ns`, met: perVoice <= goal.nanoseconds };
  return null;
}

function reportScene(entry, jobs) {
  const first = jobs[0].cost;
  const rows = [];
  const results = [];
  for (const job of jobs) {
    if (job.cost === undefined) {
      rows.push([job.label, '-', '-', '-', '', job.failure ?? 'not made here']);
      continue;
    }
    const perVoice = job.cost / entry.scene.voices;
    const realTime = nanosecondsPerFrame / job.cost;
    const multiple = first / job.cost;
    const judged = judge(job.goal, multiple, perVoice);
    rows.push([
      job.label,
      realTime,
      perVoice,
      multiple,
      job.spread === null ? '' : `${Math.round(job.spread * 100)} %`,
      judged ? verdict(judged.met, judged.text) : '',
    ]);
    results.push({
      scene: entry.name,
      contender: job.label,
      realTime,
      nanosecondsPerVoiceFrame: perVoice,
      multiple,
      spread: job.spread,
      goal: judged?.text,
      met: judged?.met,
    });
  }
  printTable(entry.title, ['', 'x real time', 'ns voice*frame', 'x first row', 'spread', 'to reach'], rows);
  return results;
}

/** Measures and prints the scenes; resolves with rows. */
export async function speed(options, made, failures) {
  const results = [];
  for (const entry of scenes.filter(({ name }) => options.wants(name))) {
    const able = entry.contenders.filter(
      ({ set }) => set.resampler === undefined || options.resamplers.includes(set.resampler),
    );
    const jobs = able.map((contender) => ({ ...contender, set: { ...entry.scene, ...contender.set }, samples: [] }));
    await measureAll(jobs, options, made, failures);
    results.push(...reportScene(entry, jobs));
  }
  return results;
}

/** wasm over native for every scene measured, against the engine in C that has SSE2 only, as wasm has. */
export function wasmOverNative(results) {
  const goal = 0.7;
  const pairs = results.filter(({ contender }) => contender.startsWith('ours, wasm'));
  const rows = [];
  for (const wasm of pairs) {
    const find = (prefix) =>
      results.find(
        ({ scene, contender }) => scene === wasm.scene && contender === wasm.contender.replace('ours, wasm', prefix),
      );
    const widest = find('ours, native');
    const base = find('ours in C without AVX2');
    if (widest === undefined || base === undefined) continue;
    const ratio = wasm.realTime / base.realTime;
    rows.push({
      scene: wasm.scene,
      contender: wasm.contender,
      overBase: ratio,
      overNative: wasm.realTime / widest.realTime,
      goal: `>= ${goal}`,
      met: ratio >= goal,
    });
  }
  if (rows.length > 0) {
    const cells = rows.map((row) => [
      `${row.scene}, ${row.contender}`,
      row.overBase,
      row.overNative,
      verdict(row.met, row.goal),
    ]);
    printTable('wasm over native', ['', 'over SSE2', 'over AVX2', 'to reach'], cells);
  }
  return rows;
}

/**
 * Measures and prints how cost grows with the number of sounds; resolves with rows. Stock stands beside it: some of the
 * growth is the machine's caches.
 */
export async function growth(options, made, failures) {
  const entries = comparisons.filter(({ name }) => options.wants(name));
  const contenders = [
    { who: 'native', label: 'ours, native', judged: true },
    { who: 'wasm', label: 'ours, wasm', judged: true },
    { who: 'stockGcc', label: 'stock, gcc -O3', set: { pitchEnabled: 0 } },
  ];
  const rows = [];
  for (const entry of entries) {
    const jobs = contenders.map((contender) => {
      return [entry.first, entry.second].map((set) => ({
        who: contender.who,
        label: `${contender.label}, ${entry.name}`,
        set: { ...set, ...contender.set },
        samples: [],
      }));
    });
    await measureAll(jobs.flat(), options, made, failures);
    contenders.forEach((contender, index) => {
      const [first, second] = jobs[index];
      if (first.cost === undefined || second.cost === undefined) return;
      // Pairs of one round: they were measured side by side.
      const ratio = median(second.samples.map((sample, round) => sample / first.samples[round]));
      const judged = contender.judged ? { goal: `<= ${entry.atMost}`, met: ratio <= entry.atMost } : {};
      rows.push({ name: entry.name, contender: contender.label, title: entry.title, ratio, ...judged });
    });
  }
  const cells = rows.map((row) => [
    `${row.title}, ${row.contender}`,
    row.ratio,
    row.goal ? verdict(row.met, row.goal) : '',
  ]);
  if (rows.length > 0) printTable('Growth of cost, times', ['', 'times', 'to reach'], cells);
  return rows;
}
