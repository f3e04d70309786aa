// Measures this engine beside others, prints tables with ratios and writes bench/results.json.
//   node bench/run.mjs [--rounds 5] [--milliseconds 250] [--quick] [--only plain,rate,control,...]
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { root } from '../scripts/build/paths.mjs';
import { browserFigures } from './browser.mjs';
import { ask } from './contenders.mjs';
import { effectCosts } from './effects.mjs';
import { fidelity } from './fidelity.mjs';
import { control, weight } from './figures.mjs';
import { missing, prepare } from './prepare.mjs';
import { comparisons, scenes } from './scenes.mjs';
import { growth, speed, wasmOverNative } from './speed.mjs';
import { median } from './workload.mjs';

const sections = [...scenes, ...comparisons]
  .map(({ name }) => name)
  .concat('effects', 'control', 'weight', 'fidelity', 'browser');

function readOptions(words) {
  const options = { rounds: 5, milliseconds: 250, only: sections };
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--quick') Object.assign(options, { rounds: 1, milliseconds: 80 });
    else if (words[i] === '--rounds') options.rounds = Number(words[++i]);
    else if (words[i] === '--milliseconds') options.milliseconds = Number(words[++i]);
    else if (words[i] === '--only') options.only = (words[++i] ?? '').split(',');
    else
      throw new Error(
        `Unknown option "${words[i]}". Known: --rounds N, --milliseconds N, --quick, --only ${sections.join(',')}`,
      );
  }
  const unknown = options.only.filter((name) => !sections.includes(name));
  if (unknown.length > 0) throw new Error(`Unknown section "${unknown[0]}". Known: ${sections.join(', ')}`);
  if (!(options.rounds >= 1 && options.milliseconds > 0))
    throw new Error('Expected --rounds of 1 or more and --milliseconds above 0');
  options.wants = (name) => options.only.includes(name);
  return options;
}

const options = readOptions(process.argv.slice(2));
const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  loadBefore: loadavg()[0],
};
console.log(
  `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, load ${machine.loadBefore.toFixed(1)}; ` +
    `${options.rounds} rounds, medians, processor time.`,
);
console.log('48 kHz stereo out, one thread; the first row of a scene is what the others are multiples of.');

const failures = [];
const made = await prepare();
for (const sentence of missing) console.log(`Not measured, ${sentence}`);
if (made.ours === null || made.oursBase === null) failures.push('this engine in C could not be compiled');
if (!made.dist) failures.push('dist/index.js is not there, so the public API is not measured. Build it: npm run build');
options.resamplers = made.dist ? (await ask('native', 'resamplers', {}, made)).available : ['linear', 'cubic'];
const results = { machine, rounds: options.rounds, missing, speed: await speed(options, made, failures) };
results.wasmOverNative = wasmOverNative(results.speed);
results.growth = await growth(options, made, failures);
results.effects = await effectCosts(options, made, failures);
results.control = options.wants('control') ? await control(options, made, failures) : [];
results.weight = options.wants('weight') ? await weight(options, made, failures) : [];
results.fidelity = options.wants('fidelity') && made.dist ? await fidelity(made, failures) : [];
results.browser = options.wants('browser') && made.dist ? await browserFigures(options, failures) : [];
results.failures = failures;

const judged = [
  results.speed,
  results.wasmOverNative,
  results.growth,
  results.effects,
  results.control,
  results.weight,
  results.fidelity,
  results.browser,
]
  .flat()
  .filter((row) => row.goal !== undefined);
const reached = judged.filter((row) => row.met).length;
if (results.speed.length > 0 && options.rounds > 1) {
  results.spread = median(results.speed.map((row) => row.spread));
  const percent = Math.round(results.spread * 100);
  console.log(`\nBetween the rounds the same measurement differed by ${percent} % (median over all rows).`);
}
console.log(`${reached} of ${judged.length} goals reached.`);
writeFileSync(path.join(root, 'bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
