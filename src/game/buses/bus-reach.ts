import { silenceDb } from '../../base/levels.js';
import { type AudioBus, busState } from './bus.js';

/** The buses that a bus leads to: its main target (`sendTo`), and the targets of its sends. */
function targetsOf(bus: AudioBus): AudioBus[] {
  const { target, sends } = busState(bus);
  return target === null ? [...sends.keys()] : [target, ...sends.keys()];
}

/** The given buses, and all that their sound reaches. */
function reachedFrom(buses: Iterable<AudioBus>): Set<AudioBus> {
  const reached = new Set(buses);
  // The loop also visits what is added while it runs, so each bus is visited exactly once.
  for (const bus of reached) for (const target of targetsOf(bus)) reached.add(target);
  return reached;
}

/** True if the sound of `from` reaches `to`, or if they are the same. */
export function leadsToBus(from: AudioBus, to: AudioBus): boolean {
  return reachedFrom([from]).has(to);
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
  const fedBySoloed = reachedFrom(soloed);
  const feedingSoloed = new Set(soloed);
  for (const bus of targetsFirst(buses))
    if (targetsOf(bus).some((target) => feedingSoloed.has(target))) feedingSoloed.add(bus);
  for (const bus of buses) {
    const isMaster = busState(bus).target === null;
    if (!isMaster && !fedBySoloed.has(bus) && !feedingSoloed.has(bus)) silenced.add(bus);
  }
  return silenced;
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
