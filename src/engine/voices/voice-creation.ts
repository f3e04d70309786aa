import type { Resampler } from '../../base/types.js';
import {
  CommandOp,
  CREATE_LOOPING,
  CREATE_PITCH_ENABLED,
  CREATE_RESAMPLER_SHIFT,
  CREATE_SPATIAL,
  PARAM_PAN,
  PARAM_PITCH,
  PARAM_VOLUME,
} from '../../wire/wire-layout.js';
import { resamplerNumbers } from '../session/curves.js';
import type { Session } from '../session/session.js';
import type { SpatialSettings } from './spatial-settings.js';
import type { VoiceSettings } from './voice-settings.js';

/** What a sound is made with in the engine. */
export interface NewVoice {
  readonly session: Session;
  readonly id: number;
  readonly settings: VoiceSettings;
  readonly looping: boolean;
  readonly equalPowerPan: boolean;
}

/** Resamplers whose tables an engine has, as one bit each. */
const prepared = new WeakMap<Session, number>();

/** Makes sure that the tables of a resampler exist. Throws ERR_OUT_OF_MEMORY. */
function prepareResampler(session: Session, resampler: Resampler): void {
  const bits = prepared.get(session) ?? 0;
  const bit = 1 << resamplerNumbers[resampler];
  if ((bits & bit) !== 0) return;
  session.core.prepare('prepare_resampler', resamplerNumbers[resampler]);
  prepared.set(session, bits | bit);
}

/** Makes a sound in the engine, at rest, with the values it begins with; returns the ticket of its creation. */
export function createVoice(
  voice: NewVoice,
  buffer: number,
  target: number,
  begin: { volume: number; pan: number; pitch: number },
  spatial: SpatialSettings | null,
): number {
  const { session, id, settings } = voice;
  const { wire } = session;
  prepareResampler(session, settings.resampler);
  const flags =
    (settings.pitchEnabled ? CREATE_PITCH_ENABLED : 0) |
    (voice.looping ? CREATE_LOOPING : 0) |
    (spatial?.enabled ? CREATE_SPATIAL : 0) |
    (resamplerNumbers[settings.resampler] << CREATE_RESAMPLER_SHIFT);
  const ticket = wire.sendPair(CommandOp.SOUND_CREATE, id, 0, buffer, target, flags);
  // A jump is exact, as nothing is heard yet.
  if (begin.volume !== 1) wire.send(CommandOp.RAMP, id, 0, begin.volume, 0, 0, PARAM_VOLUME);
  if (begin.pan !== 0) wire.send(CommandOp.RAMP, id, 0, begin.pan, 0, 0, PARAM_PAN);
  if (begin.pitch !== 1) wire.send(CommandOp.RAMP, id, 0, begin.pitch, 0, 0, PARAM_PITCH);
  if (voice.equalPowerPan) wire.send(CommandOp.SOUND_PAN_LAW, id, 0, 1);
  return ticket;
}
