import { engineEndpoint, setNodeSend } from '../api/graph.js';
import type { NodeLike } from '../api/graph-node.js';
import { SoundGroup } from '../api/sound-group.js';
import { type AudioBus, busState } from './bus.js';
import type { BusEffect, Glide } from './bus-effect.js';
import { gainOfDb } from './levels.js';
import { connect, type EffectSurroundings, type LiveEffect, makeLiveEffect, moveGain } from './live-effect.js';

/**
 * One bus as nodes of an engine: what is played on it and what feeds it meets in `input`, goes through the effects in their order, and leaves through `output`, whose volume is the bus's.
 */
export class LiveBus {
  bus: AudioBus;
  readonly input: SoundGroup;
  readonly output: SoundGroup;
  readonly #surroundings: EffectSurroundings;
  #effects: { readonly data: BusEffect; readonly live: LiveEffect }[] = [];
  readonly #sends = new Map<LiveBus, number>();
  #users = 0;
  #leaving = false;

  /** Leads to the endpoint until `route` is called. */
  constructor(bus: AudioBus, surroundings: EffectSurroundings) {
    this.bus = bus;
    this.#surroundings = surroundings;
    this.input = new SoundGroup(surroundings.engine, { name: bus.name });
    this.output = new SoundGroup(surroundings.engine, { name: `${bus.name} output` });
    connect(this.input, this.output);
  }

  /** Something plays here: the bus stays, even when its layout has lost it. */
  hold(): void {
    this.#users += 1;
  }

  /** It does not any more. */
  release(): void {
    this.#users -= 1;
    if (this.#leaving && this.#users === 0) this.dispose();
  }

  /** Leads to the bus's target, or to the endpoint. */
  route(target: LiveBus | null): void {
    connect(this.output, target === null ? engineEndpoint(this.#surroundings.engine) : target.input);
  }

  /** The volume, or silence. */
  level(silenced: boolean, glide: Glide): void {
    moveGain(this.output, silenced ? 0 : gainOfDb(this.bus.volumeDb), glide);
  }

  /** True if it is sent to another bus. */
  hasSend(target: LiveBus): boolean {
    return this.#sends.has(target);
  }

  /** The sends as the data has them. */
  send(wanted: ReadonlyMap<LiveBus, number>, glide: Glide): void {
    const options = glide.seconds === 0 ? {} : ({ seconds: glide.seconds, curve: 'exponential' } as const);
    for (const target of [...this.#sends.keys()]) if (!wanted.has(target)) this.#setSend(target, 0, options);
    for (const [target, gain] of wanted) if (this.#sends.get(target) !== gain) this.#setSend(target, gain, options);
  }

  /** The effects as the data has them: what stays keeps its nodes and so its tail; what moves or goes fades out with its tail beside what is new. */
  arrange(): void {
    const wanted = busState(this.bus).effects;
    const staying = new Set(
      longestKept(
        this.#effects.map(({ data }) => data),
        wanted,
      ),
    );
    const kept = new Map(this.#effects.filter(({ data }) => staying.has(data)).map((entry) => [entry.data, entry]));
    const leaving = this.#effects.filter(({ data }) => !staying.has(data));
    const next = wanted.map((data) => kept.get(data) ?? { data, live: makeLiveEffect(data, this.#surroundings) });
    this.#effects = next;
    // Going out first leaves the old way whole; then the new way is made from its end, so that sound is led into what is ready.
    for (const { live } of leaving) live.dispose();
    let following: NodeLike = this.output;
    for (const { live } of [...next].reverse()) {
      connect(live.last, following);
      following = live.first;
    }
    connect(this.input, following);
  }

  /** Brings a change of an effect's data to its nodes. */
  apply(effect: BusEffect, names: readonly string[], glide: Glide): void {
    this.#effects.find(({ data }) => data === effect)?.live.apply(names, glide);
  }

  /** Buses came or went. */
  surroundingsChanged(): void {
    for (const { live } of this.#effects) live.surroundingsChanged?.();
  }

  /** The layout has lost the bus: what plays on it goes on as if it played on the target. */
  leave(target: LiveBus): void {
    this.#leaving = true;
    this.send(new Map(), { seconds: 0, ended: [] });
    for (const { live } of this.#effects) live.dispose();
    this.#effects = [];
    connect(this.input, this.output);
    this.route(target);
    this.output.volume = 1;
    if (this.#users === 0) this.dispose();
  }

  /** Gives the nodes back; whatever still leads here leads on to the target. */
  dispose(): void {
    for (const { live } of this.#effects) live.dispose();
    this.#effects = [];
    this.input.dispose();
    this.output.dispose();
  }

  #setSend(target: LiveBus, gain: number, options: { seconds?: number; curve?: 'exponential' }): void {
    if (gain === 0) this.#sends.delete(target);
    else this.#sends.set(target, gain);
    if (!target.input.disposed) setNodeSend(this.output, target.input, gain, options);
  }
}

/** The longest run of effects that are in both lists in the same order. */
function longestKept(before: readonly BusEffect[], after: readonly BusEffect[]): BusEffect[] {
  const both = before.filter((effect) => after.includes(effect));
  // ends[i]: the longest run that ends with both[i].
  const ends: BusEffect[][] = [];
  for (const [index, effect] of both.entries()) {
    const place = after.indexOf(effect);
    const earlier = ends.slice(0, index).filter((run) => after.indexOf(run.at(-1)!) < place);
    const longest = earlier.reduce<BusEffect[]>((best, run) => (run.length > best.length ? run : best), []);
    ends.push([...longest, effect]);
  }
  return ends.reduce<BusEffect[]>((best, run) => (run.length > best.length ? run : best), []);
}
