import type { Session } from './session/session.js';
import { groupNodeIn } from './sound-group.js';
import { expectSourceSettings, type SoundOptions } from './sound-options.js';
import type { Source } from './sources/source.js';
import { Voice } from './voices/voice.js';

/**
 * Makes the inner half of a sound that plays a source (null: one that is still loading). `keeper` is kept with it.
 * Throws ERR_DISPOSED, for wrong options, and what the limits of the session and the source say.
 */
export function makeVoice(
  session: Session,
  source: Source | null,
  options: Partial<SoundOptions>,
  keeper?: unknown,
): Voice {
  session.expectOpen('Engine');
  const node = groupNodeIn(session, options.group ?? null, 'group');
  const settings = expectSourceSettings(options, session, source);
  const voice = Voice.create(session, settings, node?.owned ?? session.owned, node ?? session.endpoint, source);
  voice.keeper = keeper;
  return voice;
}
