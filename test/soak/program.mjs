// Random operations on engines for a long time: on a device, on the null device, and in WebAssembly without one. What
// is done is heard in the right channel only; the left one has a steady tone, so that whoever records it hears every
// gap. Prints a line of JSON with figures now and then. program.mjs <seconds> <file that is streamed>
import { readdirSync } from 'node:fs';
import * as api from 'miniaudio-engine';
import { effectTable } from '../support/effect-table.mjs';

const { AudioBuffer, attachNode, detachNode, Engine, Sound, SoundGroup, StreamSource, setNodeOutputVolume } = api;
const [seconds, file] = [Number(process.argv[2]), process.argv[3]];
const operationsEachSecond = 200;
const samplesOfFigures = 40;
const most = { sounds: 40, groups: 8, effects: 8, streams: 3, files: 3 };
/** What a random operation may be refused with: a cycle, too many voices, what a live stream cannot do. */
const expectedCodes = new Set(['ERR_CYCLE', 'ERR_VOICE_LIMIT', 'ERR_LIVE_STREAM']);
const classes = new Map(Object.entries(api));
const effects = effectTable.map(({ node, parameters }) => ({
  type: classes.get(node),
  numbers: parameters.filter(({ kind }) => kind === 'number'),
}));

const between = (low, high) => low + (high - low) * Math.random();
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const chance = (part) => Math.random() < part;
const tone = (hz, length) => Float32Array.from({ length }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / 48000));

/** Moves one of an effect's numbers, not far from its default: what is heard shall stay bearable. */
function rampSomething(effect, numbers, sampleRate) {
  const { name, minimum, maximum, maximumOfRate, initial } = pick(numbers);
  const most = maximumOfRate === undefined ? maximum : maximumOfRate * sampleRate;
  effect.ramp(name, initial + between(0, 0.3) * (pick([minimum, most]) - initial), { seconds: between(0, 0.2) });
}

/** One engine and all that lives in it. */
class World {
  things = { sounds: [], groups: [], effects: [], streams: [], files: [] };
  buffers = [1, 2, 3].map(
    (channels) =>
      new AudioBuffer(
        tone(100 * channels, 24000 * channels).map((sample) => sample / 20),
        { sampleRate: 44100, channels },
      ),
  );
  done = 0;

  constructor(options) {
    this.engine = new Engine(options);
    this.steady = Sound.fromBuffer(this.engine, new AudioBuffer(tone(440, 48000), { sampleRate: 48000, channels: 1 }), {
      looping: true,
      pan: -1,
    });
    this.right = new SoundGroup(this.engine);
    this.right.pan = 1;
  }

  add(kind, thing) {
    const list = this.things[kind];
    if (list.length >= most[kind]) list.splice(Math.floor(Math.random() * list.length), 1)[0].dispose();
    list.push(thing);
    return thing;
  }

  #somewhere() {
    return pick([this.right, ...this.things.groups, ...this.things.effects]);
  }

  #group() {
    return pick([this.right, ...this.things.groups]);
  }

  operate() {
    const { engine, things } = this;
    const sound = pick([...things.sounds, ...things.files]);
    const group = pick(things.groups);
    const effect = pick(things.effects);
    const stream = pick(things.streams);
    const buffer = pick(this.buffers);
    pick([
      () =>
        this.add(
          'sounds',
          Sound.fromBuffer(engine, buffer, {
            group: this.#group(),
            looping: chance(0.3),
            spatial: chance(0.3),
            pitch: between(0.3, 3),
          }),
        ).play(),
      () =>
        this.add('sounds', Sound.fromBuffer(engine, buffer, { group: this.#group() })).play({
          atFrames: engine.timeFrames + 4800,
          fadeSeconds: 0.1,
        }),
      () => engine.play(buffer, { group: this.#group(), volume: between(0, 1) }),
      () => chance(0.3) && this.add('groups', new SoundGroup(engine, { parent: this.#group() })),
      () =>
        chance(0.3) &&
        this.add('effects', new (pick(effects).type)(engine)) &&
        attachNode(things.effects.at(-1), 0, this.right, 0),
      () => {
        if (!chance(0.2)) return;
        const made = new StreamSource(engine, { sampleRate: 48000, channels: 1, bufferSeconds: 0.3 });
        this.add('sounds', Sound.fromStream(engine, made, { group: this.#group() })).play();
        this.add('streams', made);
      },
      () =>
        chance(0.2) &&
        this.add(
          'files',
          Sound.fromFile(engine, file, { stream: true, looping: true, group: this.#group(), volume: 0.02 }),
        ).play(),
      () => stream?.write(new Int16Array(2400).fill(500)),
      () => sound?.seek(Math.floor(between(0, Number.isNaN(sound.lengthFrames) ? 1 : sound.lengthFrames))),
      () => sound && Reflect.set(sound, 'volume', between(0, 0.2)),
      () => sound && Reflect.set(sound, 'pan', between(-1, 1)),
      () => sound?.ramp('volume', between(0, 0.2), { seconds: between(0, 0.3), curve: 'ease-in-out' }),
      () => sound?.stop(chance(0.5) ? {} : { fadeSeconds: 0.05 }),
      () => sound?.play(),
      () => (chance(0.5) ? sound?.pause() : sound?.resume()),
      () => sound?.setPosition(between(-5, 5), between(-5, 5), between(-5, 5)),
      () => sound && attachNode(sound, 0, this.#somewhere(), 0),
      () => sound && chance(0.1) && detachNode(sound, 0),
      () => sound && chance(0.5) && sound.dispose(),
      () => group && Reflect.set(group, 'pitch', between(0.5, 2)),
      () => group && (chance(0.3) ? group.pause() : group.resume()),
      () => group && attachNode(group, 0, this.#somewhere(), 0),
      () => group && setNodeOutputVolume(group, 0, between(0, 1)),
      () => effect && attachNode(effect, 0, this.#somewhere(), 0),
      () => {
        const kind = effects.find(({ type }) => effect instanceof type);
        if (kind) rampSomething(effect, kind.numbers, engine.sampleRate);
      },
      () => effect && Reflect.set(effect, 'enabled', chance(0.7)),
      () => engine.listener(0).setPosition(between(-3, 3), 0, 0),
    ])();
    for (const [kind, list] of Object.entries(things)) this.things[kind] = list.filter((thing) => !thing.disposed);
  }

  /** What is due by now. */
  tick(elapsed) {
    for (; this.done < elapsed * operationsEachSecond; this.done += 1) {
      try {
        this.operate();
      } catch (error) {
        if (!expectedCodes.has(error.code)) throw error;
      }
    }
  }

  clear() {
    for (const list of Object.values(this.things)) for (const thing of list.splice(0)) thing.dispose();
  }
}

const worlds = [
  new World({ device: { backend: 'pulseaudio', periodFrames: 2400 } }),
  new World({ device: { backend: 'null' } }),
  new World({ host: 'wasm', device: false }),
];
await Promise.all(worlds.map(({ engine }) => engine.ready));
let lost = 0;
for (const { engine, steady } of worlds) {
  engine.on('device-lost', () => {
    lost += 1;
  });
  steady.play();
}
const [heard, , silent] = worlds;
const block = new Float32Array(48000);
const begun = performance.now();
let rendered = 0;
const renderDue = () => {
  for (const due = ((performance.now() - begun) / 1000) * 48000; rendered < due; rendered += 2400)
    silent.engine.readPcmFramesInto(block.subarray(0, 4800));
  if (!block.every(Number.isFinite)) throw new Error('The mix is not finite');
};

/** After a collection: what a leak would show in. */
async function figures() {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [descriptors, threads] = ['fd', 'task'].map((name) => readdirSync(`/proc/self/${name}`).length);
  return {
    seconds: Math.round((performance.now() - begun) / 1000),
    megabytes: Math.round(process.memoryUsage().rss / 1e5) / 10,
    heapMegabytes: Math.round(process.memoryUsage().heapUsed / 1e5) / 10,
    descriptors,
    threads,
    lost,
    underruns: heard.engine.stats.underruns,
    sounds: worlds.map(({ engine }) => engine.stats.sounds),
    behindFrames: worlds.map(({ engine }) =>
      Math.round(((performance.now() - begun) / 1000) * 48000 - engine.timeFrames),
    ),
  };
}

let nextFigures = 0;
while (performance.now() - begun < seconds * 1000) {
  await new Promise((resolve) => setTimeout(resolve, 5));
  const elapsed = (performance.now() - begun) / 1000;
  for (const world of worlds) world.tick(elapsed);
  renderDue();
  if (elapsed < nextFigures) continue;
  nextFigures += seconds / samplesOfFigures;
  console.log(JSON.stringify(await figures()));
}
for (const world of worlds) {
  world.tick(seconds);
  world.clear();
}
for (let round = 0; round < 20; round += 1) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  renderDue();
}
console.log(
  JSON.stringify({ ...(await figures()), over: true, operations: worlds.reduce((sum, { done }) => sum + done, 0) }),
);
// Whoever listens stops listening first; then this process is ended.
setInterval(() => {}, 1000);
