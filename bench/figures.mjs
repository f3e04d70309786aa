// Figures of one number each: control, start-up, memory, sizes.
import { ask, complaint } from './contenders.mjs';
import { firstAudibleSample, writeToHeard } from './pulse.mjs';
import { sizes } from './sizes.mjs';
import { printTable, verdict } from './table.mjs';
import { median } from './workload.mjs';

/** Collects rows of one table: what, on which host, how much, with the figures of others beside it and a goal. */
class Sheet {
  constructor(title) {
    this.title = title;
    this.rows = [];
  }

  add(what, value, { others = '', atMost, note = '' } = {}) {
    const judged = atMost === undefined ? {} : { goal: `<= ${atMost}`, met: value <= atMost };
    this.rows.push({ what, value, others, note, ...judged });
  }

  print() {
    if (this.rows.length === 0) return;
    const cells = this.rows.map((row) => [
      row.what,
      row.value ?? '-',
      row.others,
      row.goal ? verdict(row.met, row.goal) : row.note,
    ]);
    printTable(this.title, ['', '', 'others', 'to reach'], cells);
  }
}

/**
 * Asks a contender several times; resolves with the median of every number in its answers, or null if it cannot answer.
 */
async function askRounds(who, mode, set, { rounds }, made, failures) {
  const answers = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const answer = await ask(who, mode, set, made);
      if (answer === null) return null;
      answers.push(answer);
    }
  } catch (error) {
    failures.push(`${who} ${mode}: ${complaint(error)}`);
    return null;
  }
  return Object.fromEntries(Object.keys(answers[0]).map((key) => [key, median(answers.map((answer) => answer[key]))]));
}

/** Cost of a write, a read and a start. */
export async function control(options, made, failures) {
  const sheet = new Sheet('Control');
  const one = { voices: 1 };
  const stock = await askRounds('stockGcc', 'control', one, options, made, failures);
  const peer = await askRounds('peer', 'control', one, options, made, failures);
  const stockShots = await askRounds('stockGcc', 'one-shots', {}, options, made, failures);
  for (const host of ['native', 'wasm']) {
    const answer = await askRounds(host, 'control', one, options, made, failures);
    if (answer) {
      const [ofStock, ofPeer] = [stock?.writeNanoseconds.toFixed(1), peer?.writeNanoseconds.toFixed(0)];
      const others = `stock in C ${ofStock}, node-web-audio-api ${ofPeer}`;
      sheet.add(`sound.volume = x, ns, ${host}`, answer.writeNanoseconds, { others, atMost: 60 });
      sheet.add(`the engine taking it, ns, ${host}`, answer.takenNanoseconds);
      sheet.add(`sound.cursorFrames, ns, ${host}`, answer.readNanoseconds, {
        others: `stock in C ${stock?.readNanoseconds.toFixed(1)}`,
        atMost: 30,
      });
    }
    const start = await askRounds(host, 'start-up', {}, options, made, failures);
    if (start) {
      sheet.add(`import, ms of wall clock, ${host}`, start.importMilliseconds);
      sheet.add(`first engine of a process with its first block, ms of wall clock, ${host}`, start.firstMilliseconds, {
        atMost: 5,
        others: `stock in C ${stock?.engineMilliseconds.toFixed(3)}`,
      });
      sheet.add(`the same, ms of processor time (all threads), ${host}`, start.firstSpent);
      sheet.add(`later engines, ms of wall clock, ${host}`, start.laterMilliseconds, { atMost: 5 });
    }
    const shots = await askRounds(host, 'one-shots', {}, options, made, failures);
    if (shots) {
      sheet.add(`10,000 one-shots a second, share of a core, ${host}`, shots.coreShare, {
        atMost: 0.1,
        others: `stock in C ${stockShots?.coreShare.toFixed(3)}`,
      });
      sheet.add(`blocks of ${shots.blocks} damaged by them, ${host}`, shots.damagedBlocks, { atMost: 0 });
    }
  }
  await addFirstSound(sheet, options, made, failures);
  await addRecovery(sheet, options, made, failures);
  sheet.print();
  return sheet.rows;
}

/** Median of several starts; or { reason } where it cannot be measured. */
async function medianFirstSound(who, { rounds }, made) {
  const found = [];
  for (let round = 0; round < rounds; round++) {
    const { milliseconds, reason } = await firstAudibleSample(who, made);
    if (reason !== undefined) return { reason };
    found.push(milliseconds);
  }
  return { milliseconds: median(found) };
}

async function addFirstSound(sheet, options, made, failures) {
  const what = 'new Engine() to the first audible sample, PulseAudio null sink, ms of wall clock';
  try {
    const stock = made.stockGcc === null ? {} : await medianFirstSound('stockGcc', options, made);
    const ours = made.dist ? await medianFirstSound('native', options, made) : { reason: 'not built' };
    const others = stock.milliseconds === undefined ? '' : `stock in C ${stock.milliseconds.toFixed(1)}`;
    if (ours.reason !== undefined) sheet.add(what, null, { others, note: `not measured: ${ours.reason}` });
    else sheet.add(what, ours.milliseconds, { others, atMost: 20 });
    const heard = made.dist ? await writeToHeard(made) : { reason: 'not built' };
    const row = 'play() to its first frame in what the device is given, the longest of 40, periods';
    if (heard.reason !== undefined) sheet.add(row, null, { note: `not measured: ${heard.reason}` });
    else sheet.add(row, heard.periods, { atMost: 1 });
  } catch (error) {
    failures.push(`first audible sample: ${complaint(error)}`);
  }
}

/** What a person waits for when a device is lost. */
async function addRecovery(sheet, options, made, failures) {
  const answer = await askRounds('recovery', '', {}, options, made, failures);
  if (answer === null) return;
  sheet.add('server killed to the event device-lost, ms', answer.lostMilliseconds, { atMost: 500 });
  sheet.add('server back to the event device-changed, ms', answer.backMilliseconds, { atMost: 100 });
  sheet.add('dispose() after that, ms', answer.disposeMilliseconds, { atMost: 300 });
  sheet.add('server frozen to the event device-lost, ms', answer.frozenLostMilliseconds, { atMost: 500 });
  sheet.add('dispose() beside the frozen server, ms', answer.frozenDisposeMilliseconds, { atMost: 300 });
}

/** Sizes of what is shipped, and memory of what is made. */
export async function weight(options, made, failures) {
  const sheet = new Sheet('Size and memory');
  const { addon, wasmGzipped, wholeGzipped, coreGzipped, browserGzipped, workletGzipped } = await sizes();
  sheet.add('addon, stripped, KB', addon, { atMost: 700 });
  sheet.add('wasm, gzipped, KB', wasmGzipped, { atMost: 135 });
  sheet.add('bundle of a program with Engine, Sound, SoundGroup, AudioBuffer, gzipped, KB', coreGzipped, {
    atMost: 40,
  });
  sheet.add('the same for a page, gzipped, KB', browserGzipped, { atMost: 40 });
  sheet.add('bundle of everything, gzipped, KB', wholeGzipped);
  sheet.add('worklet and decoder, gzipped, KB', workletGzipped);
  const bytes = await askRounds('ours', 'bytes', {}, { rounds: 1 }, made, failures);
  if (bytes) sheet.add('a voice in C, bytes', bytes.soundBytes, { atMost: 1024 });
  for (const host of ['native', 'wasm']) {
    const answer = await askRounds(host, 'memory', {}, options, made, failures);
    if (!answer) continue;
    sheet.add(`a sound with its TypeScript object, bytes resident, ${host}`, answer.soundBytes);
    sheet.add(`an engine without voices, MB resident, ${host}`, answer.engineBytes / (1024 * 1024), { atMost: 4 });
  }
  sheet.print();
  return sheet.rows;
}
