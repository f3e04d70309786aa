import type { ParameterDescription } from '../../base/parameters.js';
import type { Curve } from '../../base/types.js';
import { expectBoolean, expectParameter, parameterAtRate } from '../../base/validate.js';
import { slotOf } from '../../wire/id-pool.js';
import * as layout from '../../wire/wire-layout.js';
import { CommandOp, PARAM_EFFECT, PARAM_ENABLED } from '../../wire/wire-layout.js';
import { curveNumbers } from '../session/curves.js';
import type { Session } from '../session/session.js';
import { EngineNode } from './engine-node.js';

/** The numbers of the kinds of effects on the wire. */
const effectKinds = {
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

/** The parameters of a class of effects at a rate: their numbers on the wire, and what they may be. */
class EffectParameters {
  readonly rows: readonly ParameterDescription[];
  readonly #switches: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor({ rows, switches = [] }: EffectDescription, sampleRate: number) {
    this.rows = Object.values(rows).map((row) => parameterAtRate(row, sampleRate));
    this.#switches = switches;
    this.#numbers = new Map(this.rows.map((row, number) => [row.name, number]));
  }

  get rampable(): string[] {
    return this.rows.map((row) => row.name).filter((name) => !this.#switches.includes(name));
  }

  numberOf(name: string): number {
    return this.#numbers.get(name)!;
  }

  /** The value for the engine, or throws. */
  checkOne(number: number, value: unknown): number {
    const row = this.rows[number]!;
    return this.#switches.includes(row.name) ? Number(expectBoolean(value, row.name)) : expectParameter(value, row);
  }

  /** Numbers and values of those parameters that `given` has, or throws for the first that is wrong. */
  check(given: object): [number, number][] {
    const changes: [number, number][] = [];
    for (const [name, number] of this.#numbers) {
      const value: unknown = (given as Record<string, unknown>)[name];
      if (value !== undefined) changes.push([number, this.checkOne(number, value)]);
    }
    return changes;
  }
}

/** An effect as the engine knows it: its parameters, and the commands that set them. */
export class EffectCore extends EngineNode {
  readonly className: string;
  /** Names of the parameters that can be moved over time. */
  readonly rampable: readonly string[];
  enabled = true;

  readonly #parameters: EffectParameters;
  readonly #values: number[];

  /**
   * A new node that leads to the engine's endpoint. `given` is read for its parameters; throws for a wrong one, and
   * ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY.
   */
  constructor(session: Session, description: EffectDescription, variant: number, given: object) {
    const parameters = new EffectParameters(description, session.settings.sampleRate);
    const changes = parameters.check(given);
    super(session, session.addEffect(effectKinds[description.kind], variant), session.owned, session.endpoint);
    this.className = description.className;
    this.#parameters = parameters;
    this.#values = parameters.rows.map((row) => row.default);
    this.rampable = parameters.rampable;
    this.#apply(changes, 0);
  }

  /** What was asked for; switches are 1 or 0. */
  value(name: string): number {
    return this.#values[this.#parameters.numberOf(name)]!;
  }

  /** Sets one parameter, ramped over the smoothing time. Throws for a wrong value. */
  set(name: string, value: unknown): void {
    const number = this.#parameters.numberOf(name);
    this.#send(number, this.#parameters.checkOne(number, value), this.session.settings.smoothingFrames);
  }

  /** Sets those parameters that `given` has, all or, where one is wrong, none. */
  setAll(given: object): void {
    this.#apply(this.#parameters.check(given), this.session.settings.smoothingFrames);
  }

  /** A target of a ramp, or throws. */
  expectTarget(name: string, target: unknown): number {
    return expectParameter(target, { ...this.#parameters.rows[this.#parameters.numberOf(name)]!, name: 'target' });
  }

  /** Moves a parameter over time; resolves when it is there. Throws ERR_SCHEDULE_LIMIT. */
  ramp(name: string, target: number, frames: number, curve: Curve, atFrames: number): Promise<boolean> {
    const { session } = this;
    const number = this.#parameters.numberOf(name);
    const frame = session.schedule(atFrames);
    this.#values[number] = target;
    return session.ramp(this, frame, frames, (token) =>
      session.wire.send(
        CommandOp.RAMP,
        this.id,
        frame,
        target,
        frames,
        token,
        PARAM_EFFECT + number,
        curveNumbers[curve],
      ),
    );
  }

  /** Switches between processing and passing through, cross-faded. */
  setEnabled(enabled: boolean): void {
    this.enabled = enabled;
    this.session.wire.send(
      CommandOp.RAMP,
      this.id,
      0,
      enabled ? 1 : 0,
      this.session.settings.smoothingFrames,
      0,
      PARAM_ENABLED,
    );
  }

  /** Clears what still sounds in it. */
  reset(): void {
    this.session.wire.send(CommandOp.NODE_RESET, this.id, 0, 0);
  }

  /** dB that a compressor takes away at the moment. */
  get reduction(): number {
    return this.session.wire.nodeReduction(slotOf(this.id));
  }

  #apply(changes: readonly [number, number][], frames: number): void {
    for (const [number, value] of changes) this.#send(number, value, frames);
  }

  #send(number: number, value: number, frames: number): void {
    this.#values[number] = value;
    this.session.wire.send(CommandOp.RAMP, this.id, 0, value, frames, 0, PARAM_EFFECT + number);
  }
}
