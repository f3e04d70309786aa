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
  /**
   * Level. dB, -80..24; -80 is silence.
   *
   * @defaultValue `0`
   */
  volumeDb: number;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * A volume among the effects: before a clipper it changes the sound, after it only the level.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, GainEffect } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const gain = backend.busLayout.getBus('SFX').addEffect(new GainEffect({ volumeDb: -12 }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * gain.volumeDb = 0; // ramped
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class GainEffect extends BusEffect<GainParams> {
  /** The type of the effect, 'gain'. */
  readonly type = 'gain';

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<GainParams>) {
    super(fields, params);
  }

  /**
   * Level. dB, -80..24; -80 is silence. A change is ramped.
   *
   * @defaultValue `0`
   */
  get volumeDb(): number {
    return this.value('volumeDb') as number;
  }
  set volumeDb(volumeDb: number) {
    this.put('volumeDb', volumeDb);
  }
}
registerEffect('gain', () => new GainEffect());
