import { gainOfDb } from '../../base/levels.js';
import { engineEndpoint, setNodeSend } from '../../engine/graph.js';
import type { NodeLike } from '../../engine/session/graph-node.js';
import { SoundGroup } from '../../engine/sound-group.js';
import { type AudioBus, busState } from './bus.js';
import type { BusEffect, Glide } from './bus-effect.js';
import { connect, type EffectSurroundings, type EngineEffect, makeEngineEffect, moveGain } from './engine-effect.js';

/** How many effects of one bus may ring out at a time; beyond that, a tail is cut short with a fade. */
const ringingMaximum = 8;

/**
 * One bus as nodes of an engine: whatever plays on it or feeds it enters at `input`, goes through the effects in their
 * order, and leaves at `output`, whose volume is that of the bus.
 */
export class EngineBus {
  bus: AudioBus;
  readonly input: SoundGroup;
  readonly output: SoundGroup;
  readonly #surroundings: EffectSurroundings;
  #effects: { readonly data: BusEffect; readonly effect: EngineEffect }[] = [];
  readonly #sends = new Map<EngineBus, number>();
  /** Effects that get no more sound but still ring out, each until its frame. */
  #ringing: { readonly effect: EngineEffect; readonly until: number }[] = [];
  #users = 0;
  #leaving = false;

  /** Leads to the endpoint until `routeTo` is called. */
  constructor(bus: AudioBus, surroundings: EffectSurroundings) {
    this.bus = bus;
    this.#surroundings = surroundings;
    this.input = new SoundGroup(surroundings.engine, { name: bus.name });
    this.output = new SoundGroup(surroundings.engine, { name: `${bus.name} output` });
    connect(this.input, this.output);
  }

  /** Something plays here: the bus stays until it is over, even if its layout no longer has it. */
  addUser(): void {
    this.#users += 1;
  }

  /** What played here is over. */
  removeUser(): void {
    this.#users -= 1;
  }

  /** True when the layout no longer has the bus, and nothing plays or rings out here. */
  get over(): boolean {
    this.#sweep();
    return this.#leaving && this.#users === 0 && this.#ringing.length === 0;
  }

  /** Leads to the bus's target, or to the endpoint. */
  routeTo(target: EngineBus | null): void {
    connect(this.output, target === null ? engineEndpoint(this.#surroundings.engine) : target.input);
  }

  /** Sets the volume of the data, or silence. */
  setLevel(silenced: boolean, glide: Glide): void {
    moveGain(this.output, silenced ? 0 : gainOfDb(this.bus.volumeDb), glide);
  }

  /** True if it is sent to another bus. */
  hasSend(target: EngineBus): boolean {
    return this.#sends.has(target);
  }

  /** Makes the sends those that are wanted, with their gains. */
  setSends(wanted: ReadonlyMap<EngineBus, number>, glide: Glide): void {
    const options = glide.seconds === 0 ? {} : ({ seconds: glide.seconds, curve: 'exponential' } as const);
    for (const target of [...this.#sends.keys()]) if (!wanted.has(target)) this.#setSend(target, 0, options);
    for (const [target, gain] of wanted) if (this.#sends.get(target) !== gain) this.#setSend(target, gain, options);
  }

  /**
   * Makes the effects those of the data. An effect that stays keeps its nodes, and so its tail, wherever it moves; one
   * that is gone rings out beside the new ones.
   */
  arrangeEffects(): void {
    this.#sweep();
    const wanted = busState(this.bus).effects;
    const before = new Map(this.#effects.map((entry) => [entry.data, entry]));
    const leaving = this.#effects.filter(({ data }) => !wanted.includes(data));
    this.#effects = wanted.map(
      (data) => before.get(data) ?? { data, effect: makeEngineEffect(data, this.#surroundings) },
    );
    this.#connect();
    for (const { effect } of leaving) this.#ringOut(effect);
  }

  /** Brings a change of an effect's data to its nodes. */
  applyEffect(data: BusEffect, names: readonly string[], glide: Glide): void {
    if (this.#effects.find((entry) => entry.data === data)?.effect.apply(names, glide)) this.#connect();
  }

  /** Effects listen to no other bus until `surroundingsChanged` is called. */
  dropSidechains(): void {
    for (const { effect } of this.#effects) effect.dropSidechain?.();
  }

  /** Buses came or went. */
  surroundingsChanged(): void {
    for (const { effect } of this.#effects) effect.surroundingsChanged?.();
  }

  /** The layout no longer has the bus: what plays on it goes on as if it played on the target. */
  leave(target: EngineBus): void {
    this.#leaving = true;
    this.setSends(new Map(), { seconds: 0, ended: [] });
    const leaving = this.#effects;
    this.#effects = [];
    this.#connect();
    for (const { effect } of leaving) this.#ringOut(effect);
    this.routeTo(target);
    this.output.volume = 1;
  }

  /** Frees the nodes; whatever still leads here leads on to the target. */
  dispose(): void {
    for (const { effect } of [...this.#effects, ...this.#ringing]) effect.dispose();
    this.#ringing = [];
    this.#effects = [];
    this.input.dispose();
    this.output.dispose();
  }

  /** Connects from the end to the start, so that sound only ever enters what is ready. */
  #connect(): void {
    let following: NodeLike = this.output;
    for (const { effect } of [...this.#effects].reverse()) {
      connect(effect.last, following);
      following = effect.first;
    }
    connect(this.input, following);
  }

  /** Nothing enters the effect any more; its nodes go when its tail is over. */
  #ringOut(effect: EngineEffect): void {
    const { timeFrames } = this.#surroundings.engine;
    // An effect that would ring for ever is faded out.
    if (effect.tailFrames === 0 || effect.tailFrames === Infinity || this.#ringing.length >= ringingMaximum)
      effect.dispose();
    else this.#ringing.push({ effect, until: timeFrames + effect.tailFrames });
  }

  #sweep(): void {
    const { timeFrames } = this.#surroundings.engine;
    for (const { effect, until } of this.#ringing) if (until <= timeFrames) effect.dispose();
    this.#ringing = this.#ringing.filter(({ until }) => until > timeFrames);
  }

  #setSend(target: EngineBus, gain: number, options: { seconds?: number; curve?: 'exponential' }): void {
    if (!target.input.disposed) setNodeSend(this.output, target.input, gain, options);
    if (gain === 0) this.#sends.delete(target);
    else this.#sends.set(target, gain);
  }
}
