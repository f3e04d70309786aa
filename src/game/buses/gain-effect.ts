import { silenceDb, volumeDbMaximum } from '../../base/levels.js';
import { BusEffect, registerEffect } from './bus-effect.js';
import type { Field } from './fields.js';

const fields: readonly Field[] = [
  {
    kind: 'number',
    name: 'volumeDb',
    row: {
      name: 'volumeDb',
      unit: 'dB',
      minimum: silenceDb,
      maximum: volumeDbMaximum,
      default: 0,
      meaning: 'level, -80 is silence',
    },
  },
];

/** What a GainEffect is made of. */
export interface GainParams {
  /** Level in dB, -80..24, default 0; -80 is silence. */
  volumeDb: number;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** A volume among the effects: before a clipper it changes the sound, after it only the level. */
export class GainEffect extends BusEffect<GainParams> {
  /** The type of the effect, 'gain'. */
  readonly type = 'gain';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<GainParams>) {
    super(fields, params);
  }

  /** Level in dB, -80..24, default 0; -80 is silence. Ramped. */
  get volumeDb(): number {
    return this.value('volumeDb') as number;
  }
  set volumeDb(volumeDb: number) {
    this.put('volumeDb', volumeDb);
  }
}
registerEffect('gain', () => new GainEffect());
