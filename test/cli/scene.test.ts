import { expect, it } from 'vitest';
import { parseScene } from '../../src/cli/scene.js';

const sounds = [{ preset: 'coin' }];

it.each([
  [5, 'the scene: expected an object with sampleRate, channels, seconds, volume, groups, sounds but found 5'],
  [{}, 'sounds: a scene needs at least one sound'],
  [{ sounds: {} }, 'sounds: expected an array but found {}'],
  [{ sounds, tempo: 3 }, 'tempo: unknown name; expected one of sampleRate, channels, seconds, volume, groups, sounds'],
  [{ sounds, sampleRate: 48000.5 }, 'sampleRate: expected an integer from 8000 to 192000 but found 48000.5'],
  [{ sounds, seconds: -1 }, 'seconds: expected a number from 0 to 20000 but found -1'],
  [{ sounds: [{ preset: 'coin' }, { volume: 1 }] }, 'sounds[1]: needs either a file or a preset'],
  [{ sounds: [{ preset: 'coin', file: 'a.wav' }] }, 'sounds[0]: needs either a file or a preset'],
  [
    { sounds: [{ preset: 'boing' }] },
    'sounds[0].preset: expected one of "coin", "jump", "hit", "explosion", "laser", "power-up", "blip" ' +
      'but found "boing"',
  ],
  [{ sounds: [{ file: 7 }] }, 'sounds[0].file: expected a string but found 7'],
  [{ sounds: [{ file: 'a.wav', seed: 1 }] }, 'sounds[0].seed: is only for presets'],
  [{ sounds: [{ preset: 'coin', volume: 17 }] }, 'sounds[0].volume: expected a number from 0 to 16 but found 17'],
  [{ sounds: [{ preset: 'coin', looping: 'yes' }] }, 'sounds[0].looping: expected true or false but found "yes"'],
  [{ sounds: [{ preset: 'coin', looping: true }] }, 'seconds: is required because sounds[0] loops for ever'],
  [{ sounds: [{ preset: 'coin', group: 'band' }] }, 'sounds[0].group: there is no group "band"'],
  [
    { sounds: [{ preset: 'coin', atSeconds: 2, stopAtSeconds: 1 }] },
    'sounds[0].stopAtSeconds: expected a number from 2 to 20000 but found 1',
  ],
  [{ sounds: [{ preset: 'coin', position: [1, 2] }] }, 'sounds[0].position: expected three numbers: x, y, z'],
  [
    { sounds: [{ preset: 'coin', ramps: [{ target: 1 }] }] },
    'sounds[0].ramps[0].parameter: is required: one of volume, pan, pitch',
  ],
  [
    { sounds: [{ preset: 'coin', ramps: [{ parameter: 'pan' }] }] },
    'sounds[0].ramps[0].target: is required: the value to reach',
  ],
  [
    { sounds: [{ preset: 'coin', ramps: [{ parameter: 'pan', target: 2 }] }] },
    'sounds[0].ramps[0].target: expected a number from -1 to 1 but found 2',
  ],
  [{ sounds, groups: { a: { parent: 'b' }, b: {} } }, 'groups.a.parent: there is no group "b" before this one'],
  [
    { sounds, groups: { a: { gain: 1 } } },
    'groups.a.gain: unknown name; expected one of parent, volume, pan, pitch, effects, ramps',
  ],
])('refuses %j with the way to what is wrong', (value, message) => {
  expect(() => parseScene(value, '.')).toThrow(expect.objectContaining({ message, exitCode: 3 }));
});

it('has defaults', () => {
  expect(parseScene({ sounds }, '.')).toMatchObject({ sampleRate: 48000, channels: 2, seconds: null });
});
