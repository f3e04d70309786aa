import { silenceDb } from '../../base/levels.js';
import { type AudioBus, busState } from './bus.js';

/** The buses that a bus leads to: its main target (`sendTo`), and the targets of its sends. */
function targetsOf(bus: AudioBus): AudioBus[] {
  const { target, sends } = busState(bus);
  return target === null ? [...sends.keys()] : [target, ...sends.keys()];
}

/** The given buses, and all that can be reached from them by going from each to its `next` ones. */
function reachedFrom(buses: Iterable<AudioBus>, next: (bus: AudioBus) => Iterable<AudioBus>): Set<AudioBus> {
  const reached = new Set(buses);
  // The loop also visits what is added while it runs, so each bus is visited exactly once.
  for (const bus of reached) for (const other of next(bus)) reached.add(other);
  return reached;
}

/** True if the sound of `from` reaches `to`, or if they are the same. */
export function leadsToBus(from: AudioBus, to: AudioBus): boolean {
  return reachedFrom([from], targetsOf).has(to);
}

/** The buses in an order in which each one comes after all that it leads to. */
export function targetsFirst(buses: readonly AudioBus[]): Set<AudioBus> {
  const ordered = new Set<AudioBus>();
  const visit = (bus: AudioBus): void => {
    if (ordered.has(bus)) return;
    for (const target of targetsOf(bus)) visit(target);
    ordered.add(bus);
  };
  for (const bus of buses) visit(bus);
  return ordered;
}

/**
 * The buses that mute or solo silences. Solo silences every bus that is not on the way of a soloed one: not soloed
 * itself, feeding no soloed bus and fed by none. Master is exempt, and mute beats solo.
 */
export function silencedBuses(buses: readonly AudioBus[]): Set<AudioBus> {
  const soloed = buses.filter((bus) => bus.solo);
  const silenced = new Set(buses.filter((bus) => bus.mute));
  if (soloed.length === 0) return silenced;
  const feeders = feedersOf(buses);
  const fedBySoloed = reachedFrom(soloed, targetsOf);
  const feedingSoloed = reachedFrom(soloed, (bus) => feeders.get(bus) ?? []);
  for (const bus of buses) {
    const isMaster = busState(bus).target === null;
    if (!isMaster && !fedBySoloed.has(bus) && !feedingSoloed.has(bus)) silenced.add(bus);
  }
  return silenced;
}

/** For each bus, the buses that lead or send to it. */
function feedersOf(buses: readonly AudioBus[]): Map<AudioBus, AudioBus[]> {
  const feeders = new Map<AudioBus, AudioBus[]>();
  for (const bus of buses) {
    for (const target of targetsOf(bus)) {
      const present = feeders.get(target);
      if (present === undefined) feeders.set(target, [bus]);
      else present.push(bus);
    }
  }
  return feeders;
}

/**
 * The sum of the levels from a bus to Master along its main way (`sendTo`; sends do not count); -80 at least, and where
 * anything on that way is silenced.
 */
export function sumAlongTheWay(bus: AudioBus, silenced: ReadonlySet<AudioBus>): number {
  let sum = 0;
  for (let next: AudioBus | null = bus; next !== null; next = busState(next).target) {
    if (silenced.has(next) || next.volumeDb <= silenceDb) return silenceDb;
    sum += next.volumeDb;
  }
  return Math.max(sum, silenceDb);
}
