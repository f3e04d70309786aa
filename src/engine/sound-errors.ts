import { disposedError } from '../base/disposal.js';
import { AudioError } from '../base/errors.js';

/** Returns the voice of a sound. Throws ERR_DISPOSED if the sound is disposed. */
export function inUse<V extends { readonly disposed: boolean }>(voice: V): V {
  if (voice.disposed) throw disposedError('Sound');
  return voice;
}

/** The error of everything that would change the speed of a sound without pitch. */
export function pitchDisabled(): AudioError {
  return new AudioError(
    'ERR_PITCH_DISABLED',
    'This sound was made with pitchEnabled: false, so its pitch cannot be set',
  );
}

/** The error of everything that would change the speed of a live stream. */
export function livePitch(): AudioError {
  return new AudioError(
    'ERR_PITCH_DISABLED',
    'A live stream is played as fast as its frames come, so it has no pitch to set',
  );
}

/** The error of everything that would move to another position of a live stream. */
export function liveStream(what: string): AudioError {
  return new AudioError(
    'ERR_LIVE_STREAM',
    `The frames of a live stream come once and are played in order, so ${what} means nothing for it`,
  );
}
