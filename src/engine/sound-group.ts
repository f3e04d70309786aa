import { disposedError } from '../base/disposal.js';
import { AudioError } from '../base/errors.js';
import { parameters } from '../base/parameters.js';
import type { Meter } from '../base/types.js';
import {
  expectBoolean,
  expectOneOf,
  expectOptions,
  expectParameter,
  expectString,
  wrongKind,
} from '../base/validate.js';
import { Decibels } from './decibels.js';
import type { Engine } from './engine.js';
import { GroupNode } from './nodes/group-node.js';
import { expectRamp, type Rampable, type RampOptions } from './ramp-options.js';
import type { NodeHandle } from './session/graph-node.js';
import { expectSession, type Session } from './session/session.js';

const groupParameters = ['volume', 'pan', 'pitch'] as const;

let nodeOfGroup: (group: SoundGroup) => GroupNode;

/** How a group is made. */
export interface SoundGroupOptions {
  /** The group that owns it and that it is heard through; null or absent: the engine itself. */
  parent?: SoundGroup | null;
  /** A name for people, default ''. */
  name?: string;
}

/**
 * Sounds and groups that are mixed together: volume, pan, pitch and mute of a group multiply with those of the groups
 * above, on the audio side.
 */
export class SoundGroup implements Disposable, Rampable<'volume' | 'pan' | 'pitch'> {
  readonly #engine: Engine;
  readonly #parent: SoundGroup | null;
  readonly #name: string;
  readonly #node: GroupNode;
  readonly #decibels = new Decibels();

  static {
    nodeOfGroup = (group) => group.#node;
  }

  /**
   * A group that leads into its parent, or into the engine's endpoint. Throws ERR_DISPOSED, ERR_WRONG_ENGINE for a
   * parent of another engine, ERR_NODE_LIMIT beyond 4095 groups.
   */
  constructor(engine: Engine, options?: SoundGroupOptions) {
    const session = expectSession(engine);
    const { parent, name } = expectOptions(options, 'options');
    this.#parent = parent ?? null;
    this.#name = name === undefined ? '' : expectString(name, 'name');
    const parentNode = groupNodeIn(session, this.#parent, 'parent');
    this.#engine = engine;
    this.#node = new GroupNode(session, parentNode?.owned ?? session.owned, parentNode ?? session.endpoint);
  }

  /** The engine it belongs to. */
  get engine(): Engine {
    return this.#live() && this.#engine;
  }

  /** The group that owns it; null: the engine. */
  get parent(): SoundGroup | null {
    return this.#live() && this.#parent;
  }

  /** The name it was given, for people. */
  get name(): string {
    return this.#live() && this.#name;
  }

  /** For wiring with `attachNode`. */
  get handle(): NodeHandle {
    return this.#live().handle;
  }

  /** Linear gain, 0..16, default 1, ramped. */
  get volume(): number {
    return this.#live().volume;
  }
  set volume(volume: number) {
    this.#live().set('volume', expectParameter(volume, parameters.group.volume));
  }

  /** The volume in dB, -Infinity..24.08, default 0. */
  get volumeDb(): number {
    return this.#decibels.fromGain(this.#live().volume);
  }
  set volumeDb(volumeDb: number) {
    this.#live().set('volume', this.#decibels.toGain(volumeDb));
  }

  /** -1 left, 0 centre, 1 right, default 0, ramped. */
  get pan(): number {
    return this.#live().pan;
  }
  set pan(pan: number) {
    this.#live().set('pan', expectParameter(pan, parameters.group.pan));
  }

  /** Factor on the speed of every sound in it, 0.01..100, default 1, ramped. */
  get pitch(): number {
    return this.#live().pitch;
  }
  set pitch(pitch: number) {
    this.#live().set('pitch', expectParameter(pitch, parameters.group.pitch));
  }

  /** Whether it is silent, default false, ramped. Time goes on in it. */
  get muted(): boolean {
    return this.#live().muted;
  }
  set muted(muted: boolean) {
    this.#live().setMuted(expectBoolean(muted, 'muted'));
  }

  /** Fades out over the smoothing time, then every sound in it stands still. */
  pause(): void {
    this.#live().setPaused(true);
  }

  /** Goes on where it stood still. */
  resume(): void {
    this.#live().setPaused(false);
  }

  /** True from `pause()` to `resume()`; the pause of a group above does not count. */
  get paused(): boolean {
    return this.#live().paused;
  }

  /** Peak and RMS of each channel since the last call, after the group's volume. */
  meter(): Meter {
    return this.#live().meter.read();
  }

  /**
   * Moves a parameter over time. Resolves true when it is there, false when a later change took over or the group was
   * disposed. Throws ERR_SCHEDULE_LIMIT.
   */
  ramp(parameter: 'volume' | 'pan' | 'pitch', target: number, options: RampOptions): Promise<boolean> {
    const node = this.#live();
    expectOneOf(parameter, 'parameter', groupParameters);
    expectParameter(target, { ...parameters.group[parameter], name: 'target' });
    const { frames, curve, atFrames } = expectRamp(options, node.session);
    return node.ramp(parameter, target, frames, curve, atFrames);
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /**
   * Disposes its sounds and child groups, then itself; what is heard fades out. Other nodes that were attached to it go
   * on to where it led. Idempotent.
   */
  dispose(): void {
    this.#node.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`, of itself, of its parent or of the engine. */
  get disposed(): boolean {
    return this.#node.disposed;
  }

  #live(): GroupNode {
    const node = this.#node;
    if (node.disposed) throw disposedError('SoundGroup');
    return node;
  }
}

/**
 * Returns the value if it is a group that is in use. Throws a TypeError for anything else, ERR_DISPOSED for one that
 * was disposed.
 */
export function expectGroup(value: unknown, name: string): SoundGroup {
  if (!(value instanceof SoundGroup)) throw wrongKind('an instance of SoundGroup', name, value);
  if (value.disposed) throw disposedError('SoundGroup');
  return value;
}

/** The node of a group of this session; null for null. Throws as `expectGroup` does, and ERR_WRONG_ENGINE. */
export function groupNodeIn(session: Session, group: SoundGroup | null, name: string): GroupNode | null {
  if (group === null) return null;
  const node = nodeOfGroup(expectGroup(group, name));
  if (node.session !== session)
    throw new AudioError('ERR_WRONG_ENGINE', `The SoundGroup given as ${name} belongs to another engine`);
  return node;
}
