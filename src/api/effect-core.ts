import type { ParameterDescription } from '../base/parameters.js';
import type { Curve } from '../base/types.js';
import { expectBoolean, expectParameter, parameterAtRate } from '../base/validate.js';
import { slotOf } from '../host/id-pool.js';
import * as layout from '../host/wire-layout.js';
import { CommandOp, PARAM_EFFECT, PARAM_ENABLED, PARAM_OUTPUT } from '../host/wire-layout.js';
import { curveNumbers } from './curves.js';
import { type GraphNode, link, makeHandle, type NodeHandle, unlink } from './graph-node.js';
import type { Owned, Session } from './session.js';

/** The numbers of the kinds of effects on the wire. */
export const effectKinds = {
  lowPass: layout.EFFECT_LOW_PASS,
  highPass: layout.EFFECT_HIGH_PASS,
  bandPass: layout.EFFECT_BAND_PASS,
  notch: layout.EFFECT_NOTCH,
  peak: layout.EFFECT_PEAK,
  lowShelf: layout.EFFECT_LOW_SHELF,
  highShelf: layout.EFFECT_HIGH_SHELF,
  delay: layout.EFFECT_DELAY,
  softClip: layout.EFFECT_SOFT_CLIP,
  compressor: layout.EFFECT_COMPRESSOR,
  freeverb: layout.EFFECT_FREEVERB,
} as const;

/** What a class of effects is, apart from the engine an instance is in. */
export interface EffectDescription {
  /** The public class, for messages. */
  readonly className: string;
  readonly kind: keyof typeof effectKinds;
  /** Its rows of the parameter table, in their order. */
  readonly rows: Readonly<Record<string, ParameterDescription>>;
  /** Parameters that are true or false to the program and 1 or 0 to the engine. */
  readonly switches?: readonly string[];
}

/** An effect as the engine knows it: what was asked of it, and the commands that ask. */
export class EffectCore implements GraphNode, Owned {
  readonly session: Session;
  readonly className: string;
  readonly inputCount = 1;
  readonly outputCount = 1;
  readonly sources = new Set<GraphNode>();
  readonly handle: NodeHandle;
  readonly id: number;
  /** Names of the parameters that can be moved over time. */
  readonly rampable: readonly string[];
  target: GraphNode | null = null;
  disposed = false;
  enabled = true;

  readonly #rows: readonly ParameterDescription[];
  readonly #switches: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #values: number[];

  /** A new node that leads to the engine's endpoint. `given` is read for its parameters; throws for a wrong one, and ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY. */
  constructor(session: Session, description: EffectDescription, variant: number, given: object) {
    this.session = session;
    this.className = description.className;
    this.#rows = Object.values(description.rows).map((row) => parameterAtRate(row, session.settings.sampleRate));
    this.#switches = description.switches ?? [];
    this.#numbers = new Map(this.#rows.map((row, number) => [row.name, number]));
    this.#values = this.#rows.map((row) => row.default);
    this.rampable = this.#rows.map((row) => row.name).filter((name) => !this.#switches.includes(name));
    const changes = this.#check(given);
    this.id = session.addEffect(effectKinds[description.kind], variant);
    this.handle = makeHandle(this);
    session.owned.add(this);
    link(this, session.endpoint);
    session.wire.sendPair(CommandOp.NODE_CREATE, this.id, 0, 0, session.endpoint.id);
    this.#apply(changes, 0);
  }

  /** What was asked for; switches are 1 or 0. */
  value(name: string): number {
    return this.#values[this.#numbers.get(name)!]!;
  }

  /** Sets one parameter, ramped over the smoothing time. Throws for a wrong value. */
  set(name: string, value: unknown): void {
    const number = this.#numbers.get(name)!;
    this.#send(number, this.#checkOne(number, value), this.session.settings.smoothingFrames);
  }

  /** Sets those parameters that `given` has, all or, where one is wrong, none. */
  setAll(given: object): void {
    this.#apply(this.#check(given), this.session.settings.smoothingFrames);
  }

  /** A target of a ramp, or throws. */
  expectTarget(name: string, target: unknown): number {
    return expectParameter(target, { ...this.#rows[this.#numbers.get(name)!]!, name: 'target' });
  }

  /** Moves a parameter over time; resolves when it is there. Throws ERR_SCHEDULE_LIMIT. */
  ramp(name: string, target: number, frames: number, curve: Curve, atFrames: number): Promise<boolean> {
    const { session } = this;
    const number = this.#numbers.get(name)!;
    const frame = session.schedule(atFrames);
    this.#values[number] = target;
    return session.ramp(this, frame, frames, (token) =>
      session.wire.send(CommandOp.RAMP, this.id, frame, target, frames, token, PARAM_EFFECT + number, curveNumbers[curve]),
    );
  }

  /** Processed or passed through, cross-faded. */
  setEnabled(enabled: boolean): void {
    this.enabled = enabled;
    this.session.wire.send(CommandOp.RAMP, this.id, 0, enabled ? 1 : 0, this.session.settings.smoothingFrames, 0, PARAM_ENABLED);
  }

  /** Forgets what sounded. */
  reset(): void {
    this.session.wire.send(CommandOp.NODE_RESET, this.id, 0, 0);
  }

  /** dB that a compressor takes away at the moment. */
  get reduction(): number {
    return this.session.wire.nodeReduction(slotOf(this.id));
  }

  /** Tells the engine where it leads. */
  sendRoute(targetId: number): void {
    this.session.wire.sendPair(CommandOp.NODE_ROUTE, this.id, 0, targetId, 0);
  }

  /** Gain of the output bus. */
  sendOutputVolume(gain: number): void {
    this.session.wire.send(CommandOp.RAMP, this.id, 0, gain, this.session.settings.smoothingFrames, 0, PARAM_OUTPUT);
  }

  /** Lets what leads into it lead on to where it led, and is gone. Idempotent. */
  dispose(): void {
    if (this.disposed) return;
    unlink(this);
    this.session.wire.send(CommandOp.NODE_DESTROY, this.id, 0, 0);
    this.abandon();
  }

  /** Gone, without a word to the engine. */
  abandon(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.session.owned.delete(this);
    this.session.ramps.settleOwner(this);
  }

  #checkOne(number: number, value: unknown): number {
    const row = this.#rows[number]!;
    return this.#switches.includes(row.name) ? Number(expectBoolean(value, row.name)) : expectParameter(value, row);
  }

  #check(given: object): [number, number][] {
    const changes: [number, number][] = [];
    for (const [name, number] of this.#numbers) {
      const value: unknown = (given as Record<string, unknown>)[name];
      if (value !== undefined) changes.push([number, this.#checkOne(number, value)]);
    }
    return changes;
  }

  #apply(changes: readonly [number, number][], frames: number): void {
    for (const [number, value] of changes) this.#send(number, value, frames);
  }

  #send(number: number, value: number, frames: number): void {
    this.#values[number] = value;
    this.session.wire.send(CommandOp.RAMP, this.id, 0, value, frames, 0, PARAM_EFFECT + number);
  }
}
