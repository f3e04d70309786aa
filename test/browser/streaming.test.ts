import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '../support/analysis.js';
import { removeFolder } from '../support/processes.js';
import { ServedFile } from '../support/served-file.js';
import { noise } from '../support/signals.js';
import { makeStreamFiles, type StreamFiles, type StreamFormat, streamFormats } from '../support/stream-files.js';
import { writeWav } from '../support/wav.js';
import { mayPlay } from './chromium.js';
import { setUpBrowser, unpacked } from './pages.js';
import { pageKinds } from './server.js';

const { open, server } = setUpBrowser(mayPlay);
/** What is compared sample by sample: one channel at the rate of the engine. */
const seconds = 40;
const samples = noise(48000 * seconds, 1, 5, 0.4);
const wav = writeWav(samples, 48000, 1);
let files: StreamFiles;

beforeAll(() => {
  files = makeStreamFiles();
});
afterAll(() => removeFolder(files.folder));

/** A file that the page reads under "../files/<name>". */
function serve(name: string, bytes: Uint8Array, changes: Partial<ServedFile> = {}): ServedFile {
  const file = Object.assign(new ServedFile(bytes), changes);
  server.routes.set(`/files/${name}`, file.answer);
  return file;
}

describe.each(pageKinds)('on an %s page', (kind) => {
  it.each(streamFormats)(
    '%s gives the bits of the same file in memory: seeks, loops, ranges, pitch, cursor',
    async (format: StreamFormat) => {
      serve(`sound.${format}`, files.bytesOf(format));
      serve(`whole.${format}`, files.bytesOf(format), { ranges: false });
      const page = await open(kind);
      const told = await page.evaluate(async (name) => {
        const perform = async (
          sound: import('../../src/index.js').Sound,
          engine: InstanceType<typeof lib.Engine>,
          patience: number,
        ) => {
          const takes: Float32Array[] = [];
          const listen = (count: number) => takes.push(engine.readPcmFrames(count));
          // While it pauses, what is played next is fetched and decoded; nobody waits for it.
          const move = async (change: () => void) => {
            sound.pause();
            listen(1000);
            change();
            listen(10);
            await wait(patience);
            sound.resume();
          };
          // The first two pages are there.
          await wait(patience);
          sound.play();
          for (let step = 0; step < 4; step += 1) {
            listen(9000);
            await wait(patience / 4);
          }
          for (const [begin, length, pitch] of [
            [300_000, 50, 1],
            [123_456, 3000, 1.9],
            [20_000, 9000, 0.7],
            [sound.lengthFrames - 20_000, 12_000, 1],
          ] as const) {
            await move(() => {
              sound.setLoopRange(begin, begin + length);
              sound.looping = length !== 3000;
              sound.pitch = pitch;
              sound.seek(begin + 20);
            });
            listen(20_000);
          }
          await move(() => {
            sound.looping = false;
            sound.pitch = 1;
            sound.setRange(100_000, 110_000);
            sound.seek(105_000);
          });
          listen(12_000);
          takes.push(Float32Array.of(sound.cursorFrames, sound.lengthFrames, sound.atEnd ? 1 : 0));
          sound.dispose();
          listen(1000);
          return takes;
        };
        const engine = new lib.Engine({ device: false, resampler: 'cubic' });
        await engine.ready;
        const expected = await perform(await lib.Sound.load(engine, `../files/sound.${name}`), engine, 0);
        const bytes = await (await fetch(`../files/sound.${name}`)).arrayBuffer();
        const others = {
          request: new Request(`../files/sound.${name}`, { headers: { 'x-test': 'yes' } }),
          blob: new Blob([bytes]),
          buffer: bytes,
        };
        const sources = {
          parts: `../files/sound.${name}`,
          whole: `../files/whole.${name}`,
          ...(name === 'mp3' ? others : {}),
        };
        const results: Record<string, { differs: string[]; underruns: number; same: boolean }> = {};
        for (const [from, source] of Object.entries(sources)) {
          // A machine that is busy with other things takes longer; what has not come is silence.
          for (let patience = 100; ; patience *= 3) {
            const fresh = new lib.Engine({ device: false, resampler: 'cubic' });
            await fresh.ready;
            const sound = await lib.Sound.load(fresh, source, { stream: true });
            const takes = await perform(sound, fresh, patience);
            const differs = takes.flatMap((take, index) => {
              const at = take.findIndex((sample, place) => sample !== expected[index]![place]);
              return at < 0
                ? []
                : [`take ${index} from sample ${at} on: ${take[at]} instead of ${expected[index]![at]}`];
            });
            results[from] = { differs, underruns: fresh.stats.streamUnderruns, same: takes.length === expected.length };
            fresh.dispose();
            const isSilent = differs.length > 0 && differs.every((words) => words.includes(': 0 instead'));
            if ((results[from].underruns === 0 && !isSilent) || patience > 20_000) break;
          }
        }
        engine.dispose();
        return { results, heard: Math.max(...expected[0]!), still: bytes.byteLength };
      }, format);
      const right = { differs: [], underruns: 0, same: true };
      expect(told.results).toEqual({
        parts: right,
        whole: right,
        ...(format === 'mp3' ? { request: right, blob: right, buffer: right } : {}),
      });
      expect(told.heard).toBeGreaterThan(0.1);
      // What the program gave stays the program's.
      expect(told.still).toBe(files.bytesOf(format).length);
    },
  );

  it('a file is heard as it is, over its seam, while the page is blocked and before it is fetched', async () => {
    const file = serve('long.wav', wav);
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(8);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const sound = await lib.Sound.load(engine, '../files/long.wav', { stream: true, looping: true });
      sound.setLoopRange(10_000, 100_000);
      sound.play();
      await engine.ready;
      await wait(1000);
      block(1000);
      await wait(2500);
      const { streamUnderruns } = engine.stats;
      const { samples: recorded } = await stop();
      engine.dispose();
      return { recorded: packed(recorded), streamUnderruns };
    });
    const recorded = unpacked(told.recorded);
    const first = recorded.findIndex((sample) => sample !== 0);
    const heard = recorded.subarray(first);
    const expected = Float32Array.from(
      heard,
      (_, frame) => samples[frame < 100_000 ? frame : 10_000 + ((frame - 100_000) % 90_000)]!,
    );
    expect(heard.length).toBeGreaterThan(150_000);
    expect(told.streamUnderruns).toBe(0);
    expect(largestDifference(heard, expected)).toBe(0);
    expect(file.sent).toBeLessThan(wav.length / 3);
  });

  it('it begins before the engine is ready, and before a slow server has sent the whole file', async () => {
    const file = serve('slow.wav', wav, { ranges: false, pause: 20 });
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(3);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const steps: [number, number][] = [];
      const sound = await lib.Sound.load(engine, '../files/slow.wav', {
        stream: true,
        onProgress: (done, total) => steps.push([done, total]),
      });
      sound.play();
      await engine.ready;
      await wait(1000);
      const { samples: recorded } = await stop();
      engine.dispose();
      return { recorded: packed(recorded), steps };
    });
    const heard = unpacked(told.recorded);
    const first = heard.findIndex((sample) => sample !== 0);
    expect(largestDifference(heard.subarray(first, first + 24_000), samples.subarray(0, 24_000))).toBe(0);
    expect(file.sent).toBeLessThan(wav.length);
    expect(told.steps.length).toBeGreaterThan(0);
    for (const [done, total] of told.steps) expect([total, done > 0, done <= total]).toEqual([wav.length, true, true]);
  });

  it('what goes wrong at the beginning has a code, and leaves nothing', async () => {
    serve('fine.wav', wav);
    serve('text.wav', new TextEncoder().encode('<!doctype html>this is a page'));
    serve('empty.wav', new Uint8Array(0));
    serve('cut.ogg', files.bytesOf('ogg').subarray(0, 60_000));
    serve('hung-up.flac', files.bytesOf('flac'), { cutAfter: 30_000 });
    serve('hung-up-whole.flac', files.bytesOf('flac'), { cutAfter: 30_000, ranges: false });
    const page = await open(kind, { complaints: 'allowed' });
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine({ device: false });
      const messageOf = (source: Parameters<typeof lib.Sound.load>[1], options = {}) =>
        lib.Sound.load(engine, source, { stream: true, ...options }).then(
          String,
          (error) => `${error.code}: ${error.message}`,
        );
      const late = new AbortController();
      const codes = {
        missing: await messageOf('../files/none.wav'),
        unreachable: await messageOf('http://127.0.0.1:9/x.wav'),
        text: await messageOf('../files/text.wav'),
        empty: await messageOf('../files/empty.wav'),
        cut: await messageOf('../files/cut.ogg'),
        hungUp: await messageOf('../files/hung-up.flac'),
        hungUpWhole: await messageOf('../files/hung-up-whole.flac'),
        noAddress: await messageOf('http://[bad'),
        bytes: await messageOf(new Uint8Array(100)),
        blob: await messageOf(new Blob(['no sound'])),
        before: await messageOf('../files/fine.wav', { signal: AbortSignal.abort(new Error('before')) }),
        while: await messageOf('../files/fine.wav', {
          signal: late.signal,
          onProgress: () => late.abort(new Error('while')),
        }),
        file: await codeOf(() => lib.Sound.fromFile(engine, 'x.wav', { stream: true })),
      };
      const { sounds } = engine.stats;
      const disposed = new lib.Engine({ device: false });
      const ended = lib.Sound.load(disposed, '../files/fine.wav', { stream: true }).then(String, (error) => error.code);
      disposed.dispose();
      return { codes, sounds, ended: await ended };
    });
    expect(told.codes).toEqual({
      missing: expect.stringMatching(/^ERR_NETWORK: .*none\.wav.*404/),
      unreachable: expect.stringMatching(/^ERR_NETWORK: /),
      text: expect.stringMatching(/^ERR_DECODE: /),
      empty: expect.stringMatching(/^ERR_DECODE: /),
      cut: expect.stringMatching(/^ERR_DECODE: /),
      hungUp: expect.stringMatching(/^ERR_NETWORK: /),
      hungUpWhole: expect.stringMatching(/^ERR_NETWORK: /),
      noAddress: expect.stringMatching(/^ERR_NETWORK: /),
      bytes: expect.stringMatching(/^ERR_DECODE: /),
      blob: expect.stringMatching(/^ERR_DECODE: /),
      before: expect.stringMatching(/before/),
      while: expect.stringMatching(/while/),
      file: 'ERR_UNSUPPORTED_HOST',
    });
    expect([told.sounds, told.ended]).toEqual([0, 'ERR_DISPOSED']);
  });

  it.each([
    ['is another file now', { version: '"two"' }, 'ERR_FILE_READ'],
    ['is gone', { status: 404 }, 'ERR_NETWORK'],
    ['is cut off', { cutAfter: 20_000 }, 'ERR_NETWORK'],
  ] as const)(
    'a file that %s ends with an error event, without a step, and others go on',
    async (_what, changes, code) => {
      // Slow waves: a step would be seen.
      const bytes = writeWav(
        Float32Array.from(samples, (_, frame) => 0.5 * Math.sin((2 * Math.PI * 100 * frame) / 48000)),
        48000,
        1,
      );
      const file = serve('lost.wav', bytes);
      serve('other.wav', bytes);
      const page = await open(kind, { complaints: 'allowed' });
      const told = await (async () => {
        await page.evaluate(async () => {
          const recording = await openRecorder(8);
          const engine = new lib.Engine({ device: { destination: recording.recorder } });
          const sound = await lib.Sound.load(engine, '../files/lost.wav', { stream: true });
          const other = await lib.Sound.load(engine, '../files/other.wav', { stream: true, volume: 0, looping: true });
          const errors: unknown[] = [];
          sound.on('error', (error) => errors.push(error?.code));
          sound.play();
          other.play();
          await engine.ready;
          await wait(300);
          Object.assign(window, { recording, engine, sound, other, errors });
        });
        Object.assign(file, changes);
        return page.evaluate(async () => {
          const { recording, engine, sound, other, errors } = window as never as {
            recording: Awaited<ReturnType<typeof openRecorder>>;
            engine: InstanceType<typeof lib.Engine>;
            sound: import('../../src/index.js').Sound;
            other: import('../../src/index.js').Sound;
            errors: unknown[];
          };
          sound.seek(48000 * 30);
          while (errors.length === 0) await wait(20);
          const { finished } = sound;
          const again = await codeOf(() => sound.play());
          const before = other.cursorFrames;
          await wait(300);
          const moved = other.cursorFrames - before;
          const playing = [sound.playing, other.playing];
          const { samples: recorded } = await recording.stop();
          engine.dispose();
          return { errors, finished: await finished, again, moved, playing, recorded: packed(recorded) };
        });
      })();
      expect(told.errors).toEqual([code]);
      expect([told.again, told.finished, ...told.playing]).toEqual([code, 'stopped', false, true]);
      expect(told.moved).toBeGreaterThan(4800);
      const recorded = unpacked(told.recorded);
      let largest = 0;
      for (let frame = 1; frame < recorded.length; frame += 1)
        largest = Math.max(largest, Math.abs(recorded[frame]! - recorded[frame - 1]!));
      expect(largest).toBeGreaterThan(0.001);
      expect(largest).toBeLessThan(0.02);
    },
  );

  it('streams come and go at any moment, many at once', async () => {
    for (const format of streamFormats) serve(`sound.${format}`, files.bytesOf(format));
    const page = await open(kind);
    const told = await page.evaluate(async (formats) => {
      const engine = new lib.Engine({ device: { backend: 'null' } });
      const load = (format: string) =>
        lib.Sound.load(engine, `../files/sound.${format}`, { stream: true, looping: true, volume: 0.05 });
      for (let round = 0; round < 15; round += 1) {
        const sound = await load(formats[round % 5]!);
        if (round % 3 !== 0) sound.play();
        if (round % 2 === 0) await wait(round);
        sound.dispose();
      }
      const sounds = await Promise.all(Array.from({ length: 10 }, (_, index) => load(formats[index % 5]!)));
      for (const sound of sounds) sound.play();
      await engine.ready;
      await wait(2000);
      const { activeVoices } = engine.stats;
      const rms = engine.meter().rms[0];
      const moved = sounds.map((sound) => sound.cursorFrames > 20_000);
      for (const sound of sounds) sound.dispose();
      while (engine.stats.sounds > 0) await wait(20);
      const left = engine.stats.sounds;
      engine.dispose();
      return { activeVoices, rms, moved, left };
    }, streamFormats);
    expect(told.moved).toEqual(new Array(10).fill(true));
    expect(told.rms).toBeGreaterThan(0.01);
    expect([told.activeVoices, told.left]).toEqual([10, 0]);
  });
});
