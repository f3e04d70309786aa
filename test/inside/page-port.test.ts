import { expect, it, onTestFinished } from 'vitest';
import { PageReceiver, PageSender } from '../../src/page/links/page-port.js';
import { wasmInstance } from '../../src/process/wasm-module.js';
import { pageCountFor, StreamPages } from '../../src/wasm/stream-pages.js';
import { WasmCore } from '../../src/wasm/wasm-core.js';
import { type Core, SampleFormat, StreamKind, streamBytes } from '../../src/wire/core.js';
import { IdPool } from '../../src/wire/id-pool.js';
import {
  CommandOp,
  CREATE_LOOPING,
  ENDPOINT_ID,
  KIND_BUFFER,
  KIND_SOUND,
  STREAM_PAGE_FRAMES,
  STREAM_PAGE_TABLE,
} from '../../src/wire/wire-layout.js';
import { settle } from '../support/hosts.js';
import { noise } from '../support/signals.js';

const channels = 2;
const frames = 60 * STREAM_PAGE_FRAMES + 123;
const samples = noise(frames, channels, 5);
const sound = new IdPool(KIND_SOUND, 1).take();
const buffer = new IdPool(KIND_BUFFER, 1).take();

function openCore(): Core {
  const core = new WasmCore(wasmInstance(), { sampleRate: 48000, channels, smoothingFrames: 480, maxVoices: 8 });
  onTestFinished(() => core.close());
  core.prepare('prepare_sounds', 1);
  return core;
}

function play(core: Core): void {
  core.wire.sendPair(CommandOp.SOUND_CREATE, sound, 0, buffer, ENDPOINT_ID, CREATE_LOOPING);
  core.wire.send(CommandOp.SOUND_START, sound, 0, 0);
  core.drain();
}

/** Renders with seeks ahead and back; `before` runs before every piece. */
async function render(core: Core, before: () => Promise<void>): Promise<Float32Array> {
  const pieces = 300;
  const out = new Float32Array(pieces * 1024 * channels);
  for (let piece = 0; piece < pieces; piece += 1) {
    if (piece % 60 === 40) core.wire.send(CommandOp.SOUND_SEEK, sound, 0, (piece * 9999) % frames);
    core.drain();
    await before();
    core.render(out.subarray(piece * 1024 * channels), 1024);
  }
  return out;
}

it('pages that come through a port give the bits of a buffer, wherever the sound goes', async () => {
  const whole = openCore();
  whole.prepareBuffer(buffer, {
    samples,
    format: SampleFormat.f32,
    channels,
    sampleRate: 48000,
    frames,
    trusted: true,
  });
  play(whole);
  const expected = await render(whole, async () => {});

  const core = openCore();
  const shape = {
    kind: StreamKind.pages,
    format: SampleFormat.f32,
    channels,
    sampleRate: 48000,
    capacity: pageCountFor(channels),
    frames,
  };
  const { port1, port2 } = new MessageChannel() as unknown as WebMessageChannel;
  const made = core.prepareStream(buffer, shape);
  const receiver = new PageReceiver(port1, made);
  const sender = new PageSender(port2, streamBytes(shape), channels);
  onTestFinished(() => {
    receiver.close();
    sender.close();
  });
  const pages = new StreamPages(sender.memory, channels, frames);
  let told = 0;
  let sent = 0;
  sender.onWants = () => {
    told += 1;
  };
  const exchange = async (): Promise<void> => {
    const before = told;
    receiver.tell();
    for (let tries = 0; tries < 20 && told === before; tries += 1) await settle();
    for (let rank = pages.missingRank(pages.aheadPages); rank >= 0; rank = pages.missingRank(pages.aheadPages)) {
      const page = pages.pageOfRank(rank);
      const place = pages.put(
        page,
        Float32Array.from(
          { length: STREAM_PAGE_FRAMES * channels },
          (_, at) => samples[page * STREAM_PAGE_FRAMES * channels + at] ?? 0,
        ),
      );
      sender.send(place);
      sent += 1;
    }
    const tables = [made, sender.memory].map(
      ({ memory, byteOffset }) => new Uint32Array(memory, byteOffset + STREAM_PAGE_TABLE, shape.capacity),
    );
    for (let tries = 0; tries < 1000 && tables[0]!.join() !== tables[1]!.join(); tries += 1) await settle();
    expect(tables[0]).toEqual(tables[1]);
  };
  await exchange();
  play(core);
  const heard = await render(core, exchange);
  expect(heard.findIndex((sample, index) => sample !== expected[index])).toBe(-1);
  expect(heard.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
  expect(sent).toBeGreaterThan(frames / STREAM_PAGE_FRAMES);
  // Nothing is told twice.
  const before = told;
  receiver.tell();
  receiver.tell();
  for (let tries = 0; tries < 5; tries += 1) await settle();
  expect(told - before).toBeLessThanOrEqual(1);
});
