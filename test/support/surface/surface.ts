import { AudioBuffer, chain, type EffectNode, Engine, Sound, SoundGroup, StreamSource } from '../../../src/index.js';
import { effectSubjects } from '../effects.js';
import type { HostName } from '../hosts.js';
import { constant, noise } from '../signals.js';

/** One of every object, on one engine, and what is disposed or of another engine. */
export interface Surface {
  readonly engine: Engine;
  readonly group: SoundGroup;
  readonly sound: Sound;
  readonly buffer: AudioBuffer;
  readonly streams: { readonly own: StreamSource; readonly disposed: StreamSource; readonly foreign: StreamSource };
  /** One of each class, by name; the group leads through all of them. */
  readonly effects: Readonly<Record<string, EffectNode>>;
  readonly disposedEngine: Engine;
  readonly disposedGroup: SoundGroup;
  readonly disposedSound: Sound;
  readonly disposedBuffer: AudioBuffer;
  readonly foreignGroup: SoundGroup;
  dispose(): void;
}

/** A scene that sounds: what a bad call must not change. */
export function openSurface(host: HostName): Surface {
  const engine = new Engine({ host, device: false });
  const other = new Engine({ host, device: false });
  const group = new SoundGroup(engine);
  const buffer = new AudioBuffer(noise(30000, 2, 5), { sampleRate: 44100, channels: 2 });
  const sound = Sound.fromBuffer(engine, buffer, { group, looping: true, pitch: 1.1 });
  const disposedEngine = new Engine({ host, device: false });
  disposedEngine.dispose();
  const disposedGroup = new SoundGroup(engine);
  disposedGroup.dispose();
  const disposedBuffer = new AudioBuffer(constant(10), { sampleRate: 48000, channels: 1 });
  disposedBuffer.dispose();
  const [own, disposed, foreign] = [engine, engine, other].map(
    (owner) => new StreamSource(owner, { sampleRate: 48000, channels: 1, bufferSeconds: 0.1 }),
  );
  const streams = { own, disposed, foreign } as Surface['streams'];
  streams.disposed.dispose();
  const disposedSound = Sound.fromBuffer(engine, buffer);
  disposedSound.dispose();
  const effects = Object.fromEntries(
    effectSubjects.map(({ name, type, params }): [string, EffectNode] => [name, new type(engine, params)]),
  );
  chain(group, Object.values(effects));
  sound.play();
  return {
    engine,
    group,
    sound,
    buffer,
    streams,
    effects,
    disposedEngine,
    disposedGroup,
    disposedSound,
    disposedBuffer,
    foreignGroup: new SoundGroup(other),
    dispose() {
      engine.dispose();
      other.dispose();
      buffer.dispose();
    },
  };
}
