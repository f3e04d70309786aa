import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AudioError, Engine, Sound } from '../../src/index.js';
import { rounds } from '../support/extent.js';
import { bytesOf } from '../support/files.js';
import { hosts } from '../support/hosts.js';
import { setAllChecksums } from '../support/ogg.js';
import { delay, removeFolder, shortFolder } from '../support/processes.js';
import { Random } from '../support/random.js';
import { failurePath, stretchOf, watchForHangs } from './campaign.js';
import { damaged } from './damage.js';
import { makeSeeds } from './seeds.js';

// Each input costs a stream of its own, so there are fewer of them.
const stretch = stretchOf(rounds(10_000, 300_000));
const inputs = stretch.inputs / 200;
let folder: string;
let files: Uint8Array[];

beforeAll(() => {
  folder = shortFolder('fs');
  const { native, ogg } = makeSeeds(folder);
  files = [...native, ...ogg, ...ogg].map(bytesOf);
});

afterAll(() => removeFolder(folder));

it.each(hosts)(
  'damaged files that are decoded as they play (%s) are refused, heard, or ended with an error event',
  async (host) => {
    const watch = watchForHangs();
    const random = new Random(stretch.seed);
    const engine = new Engine({ host, device: false });
    // What fails before somebody listens to the sound is told here.
    engine.on('warning', () => {});
    const other = await Sound.load(engine, files[0] as Uint8Array, { stream: true, looping: true });
    other.play();
    const outcomes = { refused: 0, heard: 0, failed: 0 };
    for (let input = 0; input < inputs; input++) {
      const bytes = damaged(random, random.pick(files), random.pick(files));
      setAllChecksums(bytes);
      writeFileSync(failurePath(`stream-${host}.bin`), bytes);
      watch.begin();
      try {
        const sound = await Sound.load(engine, bytes, { stream: true, looping: random.next() < 0.5 });
        let failure: unknown;
        sound.on('error', (error) => {
          failure = error;
        });
        sound.play();
        for (let piece = 0; piece < 4; piece++) {
          expect(engine.readPcmFrames(random.integer(1, 4000)).every(Number.isFinite)).toBe(true);
          await delay(0);
          if (random.next() < 0.5 && failure === undefined) sound.seek(Math.floor(random.next() * sound.lengthFrames));
        }
        if (failure !== undefined)
          expect(failure).toMatchObject({
            name: 'AudioError',
            code: expect.stringMatching(/^ERR_(DECODE|FILE_READ)$/),
          });
        outcomes[failure === undefined ? 'heard' : 'failed'] += 1;
        sound.dispose();
      } catch (error) {
        expect(error).toBeInstanceOf(AudioError);
        expect((error as AudioError).code).toMatch(/^ERR_(DECODE|FILE_READ|OUT_OF_MEMORY|TOO_LARGE)$/);
        outcomes.refused += 1;
      }
    }
    expect([other.playing, outcomes.refused > 0, outcomes.heard > 0]).toEqual([true, true, true]);
    engine.dispose();
    await watch.end();
  },
);
