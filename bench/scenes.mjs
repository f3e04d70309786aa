// What is measured for speed: scenes, and who is measured in each. Goals are those of the project's targets.

const stock = { base: { who: 'stockGcc', label: 'stock, gcc -O3', set: { pitchEnabled: 0 } } };
stock.pitched = { who: 'stockGcc', label: 'stock, gcc -O3', set: {} };
const zig = {
  plain: { who: 'stockZig', label: 'stock, zig -O3', set: { pitchEnabled: 0 } },
  pitched: { who: 'stockZig', label: 'stock, zig -O3', set: {} },
};
const peer = { who: 'peer', label: 'node-web-audio-api', set: {} };

/**
 * This engine in its four forms. `native` and `wasm` are the public API; the two in C show what the API adds and what
 * AVX2 brings.
 */
function ours(set, label = '', goals = {}) {
  const suffix = label === '' ? '' : `, ${label}`;
  return [
    { who: 'native', label: `ours, native${suffix}`, set, goal: goals.native },
    { who: 'wasm', label: `ours, wasm${suffix}`, set },
    { who: 'ours', label: `ours in C${suffix}`, set },
    { who: 'oursBase', label: `ours in C without AVX2${suffix}`, set },
  ];
}

const resampled = { voices: 100, sourceRate: 44100 };

/** Ahead of the listener stock gives each side half of the amplitude, this engine half of the power. */
function spatial(goals) {
  return [
    { ...stock.base, gain: 0.5 },
    { ...stock.pitched, label: 'stock, gcc -O3, pitch on', gain: 0.5 },
    { ...zig.plain, gain: 0.5 },
    ...ours({}, '', goals).map((contender) => ({ ...contender, gain: Math.SQRT1_2 })),
  ];
}

/**
 * Contenders that need a resampler which the engine does not have are left out. The first contender of a scene is what
 * the others are multiples of. `goal.multiple`: at least so many times the first; `goal.nanoseconds`: at most so many
 * for a voice and frame.
 */
export const scenes = [
  {
    name: 'plain',
    title: '256 looping voices, plain, mono source, 480-frame blocks',
    scene: { voices: 256 },
    contenders: [
      stock.base,
      { ...stock.pitched, label: 'stock, gcc -O3, pitch on' },
      zig.plain,
      { ...peer, label: 'node-web-audio-api, all from their start', set: { fromZero: 1 } },
      { ...peer, label: 'node-web-audio-api, own places' },
      ...ours({}, '', { native: { multiple: 2.3 } }),
    ],
  },
  {
    name: 'plain-stereo',
    title: '256 looping voices, plain, stereo source, 480-frame blocks',
    scene: { voices: 256, sourceChannels: 2 },
    contenders: [
      stock.base,
      zig.plain,
      { ...peer, label: 'node-web-audio-api, all from their start', set: { fromZero: 1 } },
      ...ours({}, '', { native: { multiple: 2.3 } }),
    ],
  },
  {
    name: 'rate',
    title: '100 looping voices 44.1 to 48 kHz, mono source, 480-frame blocks',
    scene: resampled,
    contenders: [
      stock.pitched,
      zig.pitched,
      peer,
      ...ours({ resampler: 'linear' }, 'linear', { native: { multiple: 4.5 } }),
      ...ours({ resampler: 'cubic' }, 'cubic', { native: { multiple: 3.5 } }),
      ...ours({ resampler: 'sinc' }, 'sinc', { native: { multiple: 2 } }),
      ...ours({ resampler: 'sinc-best' }, 'sinc-best'),
    ],
  },
  {
    name: 'rate-stereo',
    title: '100 looping voices 44.1 to 48 kHz, stereo source, 480-frame blocks',
    scene: { ...resampled, sourceChannels: 2 },
    contenders: [
      stock.pitched,
      zig.pitched,
      peer,
      ...ours({ resampler: 'linear' }, 'linear', { native: { multiple: 4.5 } }),
      ...ours({ resampler: 'cubic' }, 'cubic', { native: { multiple: 3.5 } }),
      ...ours({ resampler: 'sinc' }, 'sinc', { native: { multiple: 2 } }),
      ...ours({ resampler: 'sinc-best' }, 'sinc-best'),
    ],
  },
  {
    name: 'spatial',
    title: '256 looping voices ahead of the listener, mono source, 480-frame blocks',
    scene: { voices: 256, spatial: 1 },
    contenders: spatial({ native: { multiple: 4.2 } }),
  },
  {
    name: 'spatial-128',
    title: '256 looping voices ahead of the listener, mono source, 128-frame blocks',
    scene: { voices: 256, spatial: 1, block: 128 },
    contenders: spatial({ native: { nanoseconds: 2 } }),
  },
  {
    name: 'plain-128',
    title: '256 looping voices, plain, mono source, 128-frame blocks',
    scene: { voices: 256, block: 128 },
    contenders: [stock.base, peer, ...ours({}, '', { native: { nanoseconds: 0.4 } })],
  },
  {
    name: 'cubic-128',
    title: '256 looping voices at pitch 1.1, mono source, 128-frame blocks',
    scene: { voices: 256, block: 128, pitch: 1.1 },
    contenders: [
      stock.pitched,
      peer,
      ...ours({ resampler: 'linear' }, 'linear'),
      ...ours({ resampler: 'cubic' }, 'cubic', { native: { nanoseconds: 2 } }),
    ],
  },
];

/**
 * Scenes of this engine alone whose costs are compared with each other: `second` may cost at most `atMost` times
 * `first`.
 */
export const comparisons = [
  { name: 'linearity', title: '2,000 voices over 250', first: { voices: 250 }, second: { voices: 2000 }, atMost: 8.5 },
  {
    name: 'idle',
    title: '256 voices beside 10,000 idle sounds over 256 alone',
    first: { voices: 256 },
    second: { voices: 256, idle: 10000 },
    atMost: 1.05,
  },
  {
    name: 'paused',
    title: '256 voices beside 2,000 paused ones over 256 alone',
    first: { voices: 256 },
    second: { voices: 256, paused: 2000 },
    atMost: 1.05,
  },
];
