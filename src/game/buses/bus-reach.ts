import { silenceDb } from '../../base/levels.js';
import { type AudioBus, busState } from './bus.js';

/** The buses that a bus leads to: the one it sends to, and those of its sends. */
export function targetsOf(bus: AudioBus): AudioBus[] {
  const { target, sends } = busState(bus);
  return target === null ? [...sends.keys()] : [target, ...sends.keys()];
}

/** True if sound of `from` comes to `to`, or they are the same. */
export function leadsToBus(from: AudioBus, to: AudioBus): boolean {
  return from === to || targetsOf(from).some((next) => leadsToBus(next, to));
}

/** The buses in an order in which each stands behind everything that it leads to. */
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
 * The buses that mute or solo silences. Solo silences every bus that is not on a soloed way: not soloed itself, feeding
 * no soloed bus and fed by none. Master is exempt, and mute beats solo.
 */
export function silencedBuses(buses: readonly AudioBus[]): Set<AudioBus> {
  const soloed = buses.filter((bus) => bus.solo);
  const silenced = new Set<AudioBus>();
  for (const bus of buses) {
    const isMaster = busState(bus).target === null;
    const offTheWay =
      soloed.length > 0 && !isMaster && !soloed.some((other) => leadsToBus(bus, other) || leadsToBus(other, bus));
    if (bus.mute || offTheWay) silenced.add(bus);
  }
  return silenced;
}

/** The sum of the levels from a bus to Master, -80 at least and where anything on the way is silenced. */
export function sumAlongTheWay(bus: AudioBus, silenced: ReadonlySet<AudioBus>): number {
  let sum = 0;
  for (let next: AudioBus | null = bus; next !== null; next = busState(next).target) {
    if (silenced.has(next) || next.volumeDb <= silenceDb) return silenceDb;
    sum += next.volumeDb;
  }
  return Math.max(sum, silenceDb);
}
