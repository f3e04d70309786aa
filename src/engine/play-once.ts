import { type AudioBuffer, expectSampleData } from './audio-buffer.js';
import type { Engine } from './engine.js';
import { makeVoice } from './make-voice.js';
import { expectSession } from './session/session.js';
import type { Vector } from './session/vectors.js';
import { type Sound, soundOf } from './sound.js';
import type { SoundOptions } from './sound-options.js';

/** `Engine.play`: a sound that plays once and disposes itself. */
export function playOnce(
  engine: Engine,
  buffer: AudioBuffer,
  options: Partial<SoundOptions>,
  frame: number,
  fadeFrames: number,
  position: Vector | null,
): Sound {
  const voice = makeVoice(expectSession(engine), expectSampleData(buffer, 'source'), options);
  const sound = soundOf(engine, options, voice);
  voice.disposesAtEnd = true;
  if (position !== null) {
    voice.spatial.setVector('position', position);
    if (options.spatial === undefined) voice.spatial.setEnabled(true);
  }
  try {
    voice.transport.play(frame, fadeFrames);
  } catch (error) {
    sound.dispose();
    throw error;
  }
  return sound;
}
