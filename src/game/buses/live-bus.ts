import { gainOfDb } from '../../base/levels.js';
import { engineEndpoint, setNodeSend } from '../../engine/graph.js';
import type { NodeLike } from '../../engine/session/graph-node.js';
import { SoundGroup } from '../../engine/sound-group.js';
import { type AudioBus, busState } from './bus.js';
import type { BusEffect, Glide } from './bus-effect.js';
import { connect, type EffectSurroundings, type LiveEffect, makeLiveEffect, moveGain } from './live-effect.js';

/** Effects of one bus that ring out at a time; of more, the tail is cut with a fade. */
const ringingMaximum = 8;

/**
 * One bus as nodes of an engine: what is played on it and what feeds it meets in `input`, goes through the effects in
 * their order, and leaves through `output`, whose volume is the bus's.
 */
export class LiveBus {
  bus: AudioBus;
  readonly input: SoundGroup;
  readonly output: SoundGroup;
  readonly #surroundings: EffectSurroundings;
  #effects: { readonly data: BusEffect; readonly live: LiveEffect }[] = [];
  readonly #sends = new Map<LiveBus, number>();
  /** Effects that are out of the way of sound and still heard, each until its frame. */
  #ringing: { readonly live: LiveEffect; readonly until: number }[] = [];
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
  }

  /** True when the layout has lost the bus, and nothing plays or rings here any more. */
  get over(): boolean {
    this.#sweep();
    return this.#leaving && this.#users === 0 && this.#ringing.length === 0;
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

  /**
   * The effects as the data has them: what stays keeps its nodes and so its tail, wherever it moves; what goes rings
   * out beside what is new.
   */
  arrange(): void {
    this.#sweep();
    const wanted = busState(this.bus).effects;
    const before = new Map(this.#effects.map((entry) => [entry.data, entry]));
    const leaving = this.#effects.filter(({ data }) => !wanted.includes(data));
    this.#effects = wanted.map((data) => before.get(data) ?? { data, live: makeLiveEffect(data, this.#surroundings) });
    this.#connect();
    for (const { live } of leaving) this.#ringOut(live);
  }

  /** Brings a change of an effect's data to its nodes. */
  apply(effect: BusEffect, names: readonly string[], glide: Glide): void {
    if (this.#effects.find(({ data }) => data === effect)?.live.apply(names, glide)) this.#connect();
  }

  /** Effects listen to no other bus until `surroundingsChanged` is called. */
  dropSidechains(): void {
    for (const { live } of this.#effects) live.dropSidechain?.();
  }

  /** Buses came or went. */
  surroundingsChanged(): void {
    for (const { live } of this.#effects) live.surroundingsChanged?.();
  }

  /** The layout has lost the bus: what plays on it goes on as if it played on the target. */
  leave(target: LiveBus): void {
    this.#leaving = true;
    this.send(new Map(), { seconds: 0, ended: [] });
    const leaving = this.#effects;
    this.#effects = [];
    this.#connect();
    for (const { live } of leaving) this.#ringOut(live);
    this.route(target);
    this.output.volume = 1;
  }

  /** Gives the nodes back; whatever still leads here leads on to the target. */
  dispose(): void {
    for (const { live } of [...this.#effects, ...this.#ringing]) live.dispose();
    this.#ringing = [];
    this.#effects = [];
    this.input.dispose();
    this.output.dispose();
  }

  /** The way is made from its end, so that sound is led into what is ready. */
  #connect(): void {
    let following: NodeLike = this.output;
    for (const { live } of [...this.#effects].reverse()) {
      connect(live.last, following);
      following = live.first;
    }
    connect(this.input, following);
  }

  /** Nothing comes into it any more; its nodes go when its tail is over. */
  #ringOut(live: LiveEffect): void {
    const { timeFrames } = this.#surroundings.engine;
    // One that holds its sound for ever is faded out.
    if (live.tailFrames === 0 || live.tailFrames === Infinity || this.#ringing.length >= ringingMaximum) live.dispose();
    else this.#ringing.push({ live, until: timeFrames + live.tailFrames });
  }

  #sweep(): void {
    const { timeFrames } = this.#surroundings.engine;
    for (const { live, until } of this.#ringing) if (until <= timeFrames) live.dispose();
    this.#ringing = this.#ringing.filter(({ until }) => until > timeFrames);
  }

  #setSend(target: LiveBus, gain: number, options: { seconds?: number; curve?: 'exponential' }): void {
    if (!target.input.disposed) setNodeSend(this.output, target.input, gain, options);
    if (gain === 0) this.#sends.delete(target);
    else this.#sends.set(target, gain);
  }
}
