import { gainOfDb } from '../../base/levels.js';
import type { Vector } from '../../engine/session/vectors.js';
import type { Sound } from '../../engine/sound.js';
import type { StreamSource } from '../../engine/stream-source.js';
import type { EngineBus } from '../buses/engine-bus.js';
import type { Dimension, ListenerFollower, ListenerHub } from '../space/listener-hub.js';
import { type ListenerPose, placementOf } from '../space/placement.js';

/** A sound that a backend plays, under the id that it gave out. */
export class BackendChannel implements ListenerFollower {
  readonly sound: Sound;
  /** What it is fed through; null for a sound that is not fed. */
  readonly source: StreamSource | null;
  readonly #bus: EngineBus;
  readonly #hub: ListenerHub;
  readonly #dimension: Dimension | null;
  readonly #maxDistance: number;
  #levelDb: number;
  #position: Vector;

  /** Counts as a user of its bus until it is closed. */
  constructor(
    sound: Sound,
    bus: EngineBus,
    hub: ListenerHub,
    dimension: Dimension | null,
    levelDb: number,
    position: Vector,
    maxDistance: number,
    source: StreamSource | null,
  ) {
    this.sound = sound;
    this.source = source;
    this.#bus = bus;
    this.#hub = hub;
    this.#dimension = dimension;
    this.#levelDb = levelDb;
    this.#position = position;
    this.#maxDistance = maxDistance;
    bus.addUser();
    if (dimension !== null) hub.add(dimension, this);
  }

  /** Sets level and pan by the position of the listener. */
  listenerMoved(pose: ListenerPose): void {
    const { attenuationDb, pan } = placementOf(this.#position, pose, this.#maxDistance, 1);
    this.sound.volume = gainOfDb(this.#levelDb + attenuationDb);
    this.sound.pan = pan;
  }

  /** Moves it. Does nothing in mode 'basic'. */
  moveTo(position: Vector): void {
    this.#position = this.#dimension === '2d' ? [position[0], position[1], 0] : position;
    if (this.#dimension !== null) this.listenerMoved(this.#hub.pose(this.#dimension));
  }

  /** Sets level and pan as given, until it or the listener moves again. */
  set(volumeDb: number, pan: number): void {
    this.#levelDb = volumeDb;
    this.sound.volume = gainOfDb(volumeDb);
    this.sound.pan = pan;
  }

  /** Ends it and frees what it held. */
  close(): void {
    if (this.#dimension !== null) this.#hub.remove(this.#dimension, this);
    this.sound.dispose();
    this.source?.dispose();
    this.#bus.removeUser();
  }
}
