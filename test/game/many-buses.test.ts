import { describe, expect, it } from 'vitest';
import { type AudioBusJSON, AudioBusLayout, type AudioBusLayoutJSON } from '../../src/index.js';
import { forEachHost, renderChannel } from '../support/hosts.js';
import { constantClip, openBackend } from './game.js';

/**
 * Buses that each lead to the one before and send to the one before that. The number of ways to Master grows like the
 * Fibonacci numbers: code that follows every way does not finish.
 */
function ladder(count: number): AudioBusLayoutJSON {
  const buses: AudioBusJSON[] = [{ name: 'Master' }, { name: 'bus 1' }, { name: 'aside' }];
  for (let index = 2; index < count; index += 1)
    buses.push({
      name: `bus ${index}`,
      volumeDb: -0.125,
      sendTo: `bus ${index - 1}`,
      sends: [{ to: index === 2 ? 'Master' : `bus ${index - 2}`, gainDb: -60 }],
    });
  return { version: 1, buses };
}

/** A round is long beside the steps of a page's clock, which may be a tenth of a millisecond. */
const roundMilliseconds = 5;

/** Milliseconds that some work takes: the fastest of several rounds, since other programs only ever add to it. */
function millisecondsOf(work: () => void): number {
  let fastest = Infinity;
  for (let round = 0; round < 20; round += 1) {
    const begin = performance.now();
    let passed = 0;
    let times = 0;
    while (passed < roundMilliseconds) {
      work();
      times += 1;
      passed = performance.now() - begin;
    }
    fastest = Math.min(fastest, passed / times);
  }
  return fastest;
}

describe('layouts of many buses with sends', () => {
  const work: [string, (layout: AudioBusLayout) => void][] = [
    [
      'solo',
      (layout) => {
        layout.getBus('aside').solo = true;
        expect(layout.buses.filter(({ silenced }) => silenced)).toHaveLength(layout.buses.length - 2);
        layout.getBus('aside').solo = false;
      },
    ],
    ['toJSON and fromJSON', (layout) => AudioBusLayout.fromJSON(layout.toJSON())],
    ['blendTo', (layout) => void layout.blendTo(layout.snapshot(), 0)],
    ['effectiveVolumeDb', (layout) => layout.buses.map(({ effectiveVolumeDb }) => effectiveVolumeDb)],
  ];

  // Each of these looks at every bus once for every bus: twice the buses may take four times as long.
  it.each(work)('need a time that grows like the buses squared at most: %s', (_name, run) => {
    const [few, many] = [AudioBusLayout.fromJSON(ladder(20)), AudioBusLayout.fromJSON(ladder(40))];
    const growth = millisecondsOf(() => run(many)) / millisecondsOf(() => run(few));
    expect(growth).toBeLessThan(4 * 3);
  });

  it('are silenced and summed up along the right ways', () => {
    const layout = AudioBusLayout.fromJSON(ladder(200));
    layout.getBus('bus 100').solo = true;
    expect(layout.buses.filter(({ silenced }) => silenced).map(({ name }) => name)).toEqual(['aside']);
    // Along `sendTo` alone, whatever the sends add.
    expect(layout.getBus('bus 199').effectiveVolumeDb).toBe(198 * -0.125);
    expect(layout.getBus('aside').effectiveVolumeDb).toBe(-80);
    expect(() => layout.getBus('bus 1').send('bus 199')).toThrowError(expect.objectContaining({ code: 'ERR_CYCLE' }));
  });
});

forEachHost('200 buses with sends on an engine', (host) => {
  it('are taken over, soloed, blended and heard', () => {
    const layout = AudioBusLayout.fromJSON(ladder(200));
    const backend = openBackend(host, { busLayout: layout });
    layout.getBus('bus 3').solo = true;
    layout.getBus('bus 199').volumeDb = -1;
    layout.getBus('bus 198').sendTo = 'bus 1';
    backend.playAudio(constantClip(20_000), { bus: 'bus 198' });
    renderChannel(backend.engine, 1000);
    // Its own level, and the send of -60 dB through bus 196 and those below it.
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(10 ** (-0.125 / 20), 2);
    void layout.blendTo(AudioBusLayout.fromJSON(ladder(200)).snapshot(), 0.01);
    backend.syncBusLayout(AudioBusLayout.fromJSON(ladder(200)));
    renderChannel(backend.engine, 1000);
    expect(Number.isFinite(renderChannel(backend.engine, 1)[0])).toBe(true);
  });
});
