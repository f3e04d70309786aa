import type { ParameterDescription } from '../../base/parameters.js';
import type { Curve } from '../../base/types.js';
import {
  expectBoolean,
  expectOneOf,
  expectParameter,
  outOfRange,
  parameterAtRate,
  wrongKind,
} from '../../base/validate.js';
import { slotOf } from '../../wire/id-pool.js';
import { CommandOp, PARAM_EFFECT, PARAM_ENABLED } from '../../wire/wire-layout.js';
import { curveNumbers } from '../session/curves.js';
import type { Session } from '../session/session.js';
import { EngineNode } from './engine-node.js';

/** A setting of one of a few words or numbers, which cannot be changed once the effect is made. */
export interface EffectOption {
  readonly name: string;
  readonly values: readonly (number | string)[];
  readonly default: number | string;
}

/** What a class of effects is, apart from the engine an instance is in. */
export interface EffectDescription {
  /** The public class, for messages. */
  readonly className: string;
  /** Its name in the table of effects. */
  readonly kind: string;
  /** Its number on the wire. */
  readonly number: number;
  /** Its rows of the parameter table, in their order. */
  readonly rows: Readonly<Record<string, ParameterDescription>>;
  /** Parameters that are true or false to the program and 1 or 0 to the engine. */
  readonly switches?: readonly string[];
  readonly option?: EffectOption;
}

/** Returns the value if an option may be that; else throws. */
function expectOption({ name, values }: EffectOption, value: unknown): number | string {
  if (typeof values[0] === 'string') return expectOneOf(value, name, values as readonly string[]);
  if (values.includes(value as number)) return value as number;
  const expected = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  throw (typeof value === 'number' ? outOfRange : wrongKind)(expected, name, value);
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

/** The option that `given` asks for, and the variant of the effect that it makes for the engine. */
function optionOf({ option }: EffectDescription, given: object) {
  if (option === undefined) return { option, value: undefined, variant: 0 };
  const asked = (given as Record<string, unknown>)[option.name];
  const value = asked === undefined ? option.default : expectOption(option, asked);
  return { option, value, variant: typeof value === 'number' ? value : option.values.indexOf(value) };
}

/** An effect as the engine knows it: its parameters, and the commands that set them. */
export class EffectCore extends EngineNode {
  readonly className: string;
  /** Its name in the table of effects. */
  readonly kind: string;
  /** What it was made with, where its kind has an option. */
  readonly option: number | string | undefined;
  /** Names of the parameters that can be moved over time. */
  readonly rampable: readonly string[];
  enabled = true;

  readonly #option: EffectOption | undefined;
  readonly #parameters: EffectParameters;
  readonly #values: number[];

  /**
   * A new node that leads to the engine's endpoint. `given` is read for its parameters; throws for a wrong one, and
   * ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY.
   */
  constructor(session: Session, description: EffectDescription, given: object) {
    const { option, value, variant } = optionOf(description, given);
    const parameters = new EffectParameters(description, session.settings.sampleRate);
    const changes = parameters.check(given);
    super(session, session.addEffect(description.number, variant), session.owned, session.endpoint);
    this.className = description.className;
    this.kind = description.kind;
    this.option = value;
    this.#option = option;
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

  /** Throws where `given` has another option than the effect was made with. */
  expectSameOption(given: object): void {
    const value = this.#option && (given as Record<string, unknown>)[this.#option.name];
    if (value === undefined || expectOption(this.#option!, value) === this.option) return;
    throw outOfRange(`${this.option}, as it was made with,`, this.#option!.name, value);
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
