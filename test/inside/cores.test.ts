import { describe, expect, it } from 'vitest';
import { AudioError } from '../../src/base/errors.js';
import { openCore } from '../../src/process/process-host.js';
import { type Core, type CoreOptions, SampleFormat, type SampleMemory } from '../../src/wire/core.js';
import * as layout from '../../src/wire/wire-layout.js';

const { CommandOp, EventType } = layout;
const options: CoreOptions = { sampleRate: 48000, channels: 2, smoothingFrames: 480, maxVoices: 16 };
const soundId = 0x00010000;
const bufferId = 0x80010000;

function tone(frames: number): SampleMemory {
  const samples = new Float32Array(new SharedArrayBuffer(frames * 4));
  for (let frame = 0; frame < frames; frame += 1) samples[frame] = 0.5 * Math.sin(0.1 * frame);
  return { samples, format: SampleFormat.f32, channels: 1, sampleRate: 44100, frames, trusted: true };
}

function startTone(core: Core, memory = tone(4800)): void {
  core.prepare('prepare_sounds', 1);
  core.prepareBuffer(bufferId, memory);
  core.wire.sendPair(CommandOp.SOUND_CREATE, soundId, 0, bufferId, layout.ENDPOINT_ID, layout.CREATE_PITCH_ENABLED);
  core.wire.send(CommandOp.SOUND_START, soundId, 0, 0);
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AudioError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

for (const host of ['native', 'wasm'] as const) {
  describe(`the ${host} host`, () => {
    it('is of the kind that was asked for', () => {
      const core = openCore(host, options);
      expect([core.kind, core.rendering]).toEqual([host, false]);
      core.close();
    });

    it('renders what was sent, tells of it and gives memory back', () => {
      const core = openCore(host, options);
      startTone(core);
      const out = new Float32Array(2 * 6000);
      core.render(out, 6000);
      expect(core.wire.timeFrames).toBe(6000);
      expect(Math.max(...out)).toBeGreaterThan(0.45);
      expect(out.subarray(2 * 5300).every((sample) => sample === 0)).toBe(true);
      core.wire.send(CommandOp.SOUND_DESTROY, soundId, 0, 0);
      core.wire.send(CommandOp.BUFFER_DESTROY, bufferId, 0, 0);
      core.drain();
      core.render(out, 1000);
      const events: number[][] = [];
      core.wire.poll((type, target) => events.push([type, target]));
      expect(events[0]).toEqual([EventType.ENDED, soundId]);
      expect(events).toContainEqual([EventType.RETIRED, soundId]);
      expect(events).toContainEqual([EventType.RETIRED, bufferId]);
      core.releaseBuffer(bufferId);
      core.releaseBuffer(bufferId);
      core.close();
    });

    it('renders many frames at once as it renders few', () => {
      const [whole, parts] = [openCore(host, options), openCore(host, options)];
      for (const core of [whole, parts]) startTone(core, tone(20_000));
      const [expected, found, part] = [
        new Float32Array(2 * 20_000),
        new Float32Array(2 * 20_000),
        new Float32Array(2 * 500),
      ];
      whole.render(expected, 20_000);
      for (let frame = 0; frame < 20_000; frame += 500) {
        parts.render(part, 500);
        found.set(part, frame * 2);
      }
      expect(found).toEqual(expected);
      for (const core of [whole, parts]) core.close();
    });

    it('takes a million commands without a device and without a poll', () => {
      const core = openCore(host, options);
      startTone(core, tone(48_000));
      for (let index = 0; index < 1_000_000; index += 1) core.wire.send(CommandOp.RAMP, soundId, 0, index % 2, 480);
      core.wire.send(CommandOp.SOUND_SEEK, soundId, 0, 12_345);
      core.drain();
      expect(core.wire.pendingCommands).toBe(0);
      const out = new Float32Array(2);
      core.render(out, 1);
      expect(core.wire.soundCursor(0)).toBeGreaterThanOrEqual(12_345);
      expect(core.wire.soundCursor(0)).toBeLessThan(12_347);
      core.close();
    });

    it('refuses memory that is too short, and goes on', () => {
      const core = openCore(host, options);
      core.prepare('prepare_sounds', 1);
      const memory = tone(100);
      expect(codeOf(() => core.prepareBuffer(bufferId, { ...memory, frames: 101 }))).toBe('ERR_INVALID_ARGUMENT');
      expect(codeOf(() => core.render(new Float32Array(10), 6))).toBe('ERR_INVALID_ARGUMENT');
      const gone = new Float32Array(100);
      structuredClone(gone.buffer, { transfer: [gone.buffer] });
      expect(codeOf(() => core.prepareBuffer(bufferId, { ...memory, samples: gone }))).toBe('ERR_INVALID_ARGUMENT');
      expect(codeOf(() => core.render(gone, 1))).toBe('ERR_INVALID_ARGUMENT');
      startTone(core, memory);
      expect(codeOf(() => core.prepareBuffer(bufferId, memory))).toBe('ERR_SLOT_TAKEN');
      const out = new Float32Array(2 * 50);
      core.render(out, 50);
      expect(Math.max(...out)).toBeGreaterThan(0.3);
      core.close();
    });

    it('refuses an engine outside the ranges', () => {
      for (const wrong of [
        { sampleRate: 7999 },
        { sampleRate: 192_001 },
        { channels: 0 },
        { channels: 9 },
        { maxVoices: 0 },
        { maxVoices: 65_536 },
      ]) {
        expect(codeOf(() => openCore(host, { ...options, ...wrong }).close())).toBe('ERR_INVALID_ARGUMENT');
      }
    });

    it('closes twice, and is quiet afterwards', () => {
      const core = openCore(host, options);
      startTone(core);
      core.close();
      core.close();
      core.drain();
      core.releaseBuffer(bufferId);
      expect(core.wire.send(CommandOp.SOUND_START, soundId, 0, 0)).toBe(0);
      expect(() => core.prepare('prepare_sounds', 2)).toThrow(AudioError);
      expect(() => core.render(new Float32Array(2), 1)).toThrow(AudioError);
    });

    it('makes and closes engines without keeping them', () => {
      const round = () => {
        for (let index = 0; index < 20; index += 1) {
          const core = openCore(host, options);
          startTone(core);
          core.render(new Float32Array(2 * 128), 128);
          core.close();
        }
        globalThis.gc?.();
      };
      round();
      round();
      const before = process.memoryUsage().rss;
      for (let index = 0; index < 5; index += 1) round();
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    });
  });
}

describe('both hosts', () => {
  it('render the same bits', () => {
    const outputs = (['native', 'wasm'] as const).map((host) => {
      const core = openCore(host, options);
      startTone(core, tone(44_100));
      core.wire.send(CommandOp.RAMP, soundId, 1000.25, 0.3, 7777, 0, layout.PARAM_PITCH, layout.CURVE_EASE_IN_OUT);
      core.wire.send(CommandOp.RAMP, soundId, 3000, -0.7, 5000, 0, layout.PARAM_PAN, layout.CURVE_EXPONENTIAL);
      const out = new Float32Array(2 * 48_000);
      core.render(out, 48_000);
      core.close();
      return Buffer.from(out.buffer);
    });
    expect(outputs[0]!.equals(outputs[1]!)).toBe(true);
    expect(outputs[0]!.some((byte) => byte !== 0)).toBe(true);
  });

  it('have devices only on native', async () => {
    const core = openCore('wasm', options);
    await expect(core.openDevice({})).rejects.toMatchObject({ code: 'ERR_UNSUPPORTED_HOST' });
    core.close();
  });
});
