import { AudioError } from '../base/errors.js';
import { expectVoiceSettings, livePitch, type SoundOptions } from './options.js';
import { expectSession, type Session } from './session/session.js';
import { groupNodeIn } from './sound-group.js';
import type { Source } from './sources/source.js';
import { Voice } from './voices/voice.js';
import type { VoiceSettings } from './voices/voice-settings.js';

/** Options of a sound, checked; what a live stream cannot do is refused in words. */
function expectSourceSettings(options: Partial<SoundOptions>, session: Session, source: Source | null): VoiceSettings {
  const settings = expectVoiceSettings(options, session);
  if (source === null || !source.live) return settings;
  if (options.pitch !== undefined || options.pitchEnabled === true) throw livePitch();
  if (settings.looping) throw liveStream('looping');
  return { ...settings, pitchEnabled: false };
}

/**
 * A voice that plays a source (null: one that is on its way), `keeper` kept with it. Throws what the options and the
 * source's limits say.
 */
export function voiceOf(
  engine: unknown,
  source: Source | null,
  options: Partial<SoundOptions>,
  keeper?: unknown,
): Voice {
  const session = expectSession(engine);
  const node = groupNodeIn(session, options.group ?? null, 'group');
  const settings = expectSourceSettings(options, session, source);
  const voice = Voice.create(session, settings, node?.owned ?? session.owned, node ?? session.endpoint, source);
  voice.keeper = keeper;
  return voice;
}

/** The error of everything that would go to another place of a live stream. */
export function liveStream(what: string): AudioError {
  return new AudioError(
    'ERR_LIVE_STREAM',
    `The frames of a live stream come once and are played in order, so ${what} means nothing for it`,
  );
}
