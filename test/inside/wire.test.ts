import { describe, expect, it } from 'vitest';
import { Wire } from '../../src/wire/wire.js';
import * as layout from '../../src/wire/wire-layout.js';
import { FakeEngine } from './fake-engine.js';

const { CommandOp, EventType } = layout;

describe('the layout', () => {
  it('has regions that do not overlap and fill the block', () => {
    const regions = [
      [0, 512],
      [layout.COMMAND_OFFSET, layout.COMMAND_CAPACITY * layout.COMMAND_BYTES],
      [layout.EVENT_OFFSET, layout.EVENT_CAPACITY * layout.EVENT_BYTES],
      [layout.SOUND_STATE_OFFSET, layout.SOUND_CAPACITY * layout.SOUND_STATE_BYTES],
      [layout.NODE_STATE_OFFSET, layout.NODE_CAPACITY * layout.NODE_STATE_BYTES],
    ] as const;
    for (const [index, [offset, bytes]] of regions.entries()) {
      expect(offset % 8).toBe(0);
      expect(offset + bytes).toBeLessThanOrEqual(regions[index + 1]?.[0] ?? layout.TOTAL_BYTES);
    }
    expect(Math.log2(layout.COMMAND_CAPACITY) % 1).toBe(0);
    expect(Math.log2(layout.EVENT_CAPACITY) % 1).toBe(0);
  });
});

describe('commands', () => {
  it('put every field where the table says', () => {
    const engine = new FakeEngine();
    engine.wire.send(CommandOp.RAMP, 0xfedcba98, 12345.5, 0.25, 480, 0xfffffffe, 3, 4, 255);
    engine.wire.sendPair(CommandOp.SOUND_CREATE, 0x80010001, 0, 0x7ff00001, 0xfff80000, 5, 6);
    engine.wire.sendFloats(CommandOp.SOUND_FADE, 7, 8, 0.5, 0.75, 9, 10, 11, 12);
    engine.wire.sendRange(CommandOp.SOUND_RANGE, 13, 14, 2 ** 40, 2 ** 41 + 1);
    const [ramp, pair, floats, range] = engine.take();
    expect(ramp).toMatchObject({
      op: CommandOp.RAMP,
      target: 0xfedcba98,
      frame: 12345.5,
      value: 0.25,
      frames: 480,
      token: 0xfffffffe,
      param: 3,
      curve: 4,
      flags: 255,
    });
    expect(pair).toMatchObject({
      op: CommandOp.SOUND_CREATE,
      target: 0x80010001,
      frame: 0,
      pair: [0x7ff00001, 0xfff80000],
      frames: 5,
      token: 6,
      param: 0,
      curve: 0,
      flags: 0,
    });
    expect(floats).toMatchObject({
      op: CommandOp.SOUND_FADE,
      target: 7,
      frame: 8,
      floats: [0.5, 0.75],
      frames: 9,
      token: 10,
      curve: 11,
      flags: 12,
    });
    expect(range).toMatchObject({ op: CommandOp.SOUND_RANGE, target: 13, frame: 14, value: 2 ** 40, end: 2 ** 41 + 1 });
  });

  it('have tickets that are pending until taken', () => {
    const engine = new FakeEngine();
    const first = engine.wire.send(CommandOp.SOUND_START, 1, 0, 0);
    const second = engine.wire.sendPair(CommandOp.SOUND_ROUTE, 1, 0, 2, 0);
    expect([first, second, engine.wire.sentTicket, engine.wire.pendingCommands]).toEqual([1, 2, 2, 2]);
    expect([engine.wire.isPending(0), engine.wire.isPending(first), engine.wire.isPending(second)]).toEqual([
      false,
      true,
      true,
    ]);
    engine.take(1);
    expect([engine.wire.isPending(first), engine.wire.isPending(second), engine.wire.pendingCommands]).toEqual([
      false,
      true,
      1,
    ]);
    engine.take();
    expect([engine.wire.isPending(second), engine.wire.pendingCommands]).toEqual([false, 0]);
  });
});

describe('a full ring', () => {
  it('keeps order and loses nothing', () => {
    const engine = new FakeEngine();
    const sent = 3 * layout.COMMAND_CAPACITY + 7;
    for (let index = 1; index <= sent; index += 1)
      expect(engine.wire.send(CommandOp.SOUND_SEEK, index, 0, index)).toBe(index);
    expect(engine.wire.pendingCommands).toBe(sent);
    let expected = 0;
    while (expected < sent) {
      const taken = engine.take(5000);
      expect(taken.length).toBeGreaterThan(0);
      for (const command of taken) expect([command.target, command.value]).toEqual([++expected, expected]);
      expect(engine.wire.isPending(expected)).toBe(false);
      if (expected < sent) expect(engine.wire.isPending(expected + 1)).toBe(true);
      engine.wire.poll(() => {});
    }
    expect(engine.wire.pendingCommands).toBe(0);
    expect(engine.take()).toEqual([]);
  });

  it('asks onFull for room first', () => {
    const engine = new FakeEngine();
    let drained = 0;
    engine.wire.onFull = () => {
      drained += engine.take().length;
    };
    for (let index = 0; index < 100_000; index += 1) engine.wire.send(CommandOp.RAMP, 1, 0, index);
    expect(drained + engine.take().length).toBe(100_000);
  });

  it('takes a million parameter writes in bounded memory and delivers every final value', () => {
    const engine = new FakeEngine();
    const before = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < 1_000_000; index += 1)
      engine.wire.send(CommandOp.RAMP, index % 100, 0, index, 480, 0, index % 3);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    const last = new Map<string, number>();
    let count = 0;
    for (let taken = engine.take(); taken.length > 0; engine.wire.flush(), taken = engine.take()) {
      for (const command of taken) last.set(`${command.target}/${command.param}`, command.value);
      count += taken.length;
    }
    expect(count).toBeLessThanOrEqual(layout.COMMAND_CAPACITY + 300);
    expect(last.size).toBe(300);
    for (let index = 999_700; index < 1_000_000; index += 1)
      expect(last.get(`${index % 100}/${index % 3}`)).toBe(index);
  });

  it('merges settings of space by op, target and param, and delivers every final value', () => {
    const engine = new FakeEngine();
    const { wire } = engine;
    for (let index = 0; index < layout.COMMAND_CAPACITY; index += 1) wire.send(CommandOp.SOUND_PAUSE, 9, 0, 0);
    for (let index = 0; index < 10_000; index += 1) {
      wire.sendVector(CommandOp.SOUND_VECTOR, 1, index % 2, index, index + 0.5, -index);
      wire.sendVector(CommandOp.LISTENER_VECTOR, 1, index % 2, -index, 0, index);
      wire.send(CommandOp.SOUND_SPATIAL, 1, 0, index, 0, 0, index % 2);
      wire.send(CommandOp.RAMP, 1, 0, index, 480, 0, index % 2);
    }
    engine.take();
    wire.flush();
    const taken = engine.take();
    expect(taken.map(({ op, param }) => [op, param])).toEqual(
      [0, 1].flatMap((param) =>
        [CommandOp.SOUND_VECTOR, CommandOp.LISTENER_VECTOR, CommandOp.SOUND_SPATIAL, CommandOp.RAMP].map((op) => [
          op,
          param,
        ]),
      ),
    );
    expect(taken.slice(4, 6).map(({ floats }) => floats)).toEqual([
      [9999, 9999.5],
      [-9999, 0],
    ]);
    expect(taken.slice(2, 4).map(({ value }) => value)).toEqual([9998, 9998]);
    // The third float lies where a ramp has its frames.
    expect(new Float32Array(Uint32Array.of((taken[4] as { frames: number }).frames).buffer)[0]).toBe(-9999);
  });

  it('merges only what may be merged', () => {
    const engine = new FakeEngine();
    const { wire } = engine;
    for (let index = 0; index < layout.COMMAND_CAPACITY; index += 1) wire.send(CommandOp.SOUND_PAUSE, 9, 0, 0);
    const set = (value: number, frames = 480, frame = 0, token = 0, flags = 0, curve = 0) =>
      wire.send(CommandOp.RAMP, 1, frame, value, frames, token, 0, curve, flags);
    const a = set(1);
    const other = wire.send(CommandOp.RAMP, 2, 0, 20, 480);
    expect(set(2)).toBe(a);
    expect(wire.send(CommandOp.RAMP, 2, 0, 21, 480)).toBe(other);
    expect(set(3, 480, 0, 77)).toBeGreaterThan(other); // a token wants its event
    expect(set(4)).toBeGreaterThan(other + 1); // must not pass the one with the token
    set(5, 480, 1000); // timed
    set(6);
    wire.send(CommandOp.SOUND_START, 1, 0, 0);
    set(7);
    set(8, 0); // a jump replaces a ramp
    set(9, 480); // a ramp from the jumped-to value does not replace the jump
    set(10, 480);
    set(11, 480, 0, 0, layout.RAMP_STOP_AT_END);
    engine.take();
    wire.flush();
    expect(engine.take().map(({ target, op, value }) => (op === CommandOp.RAMP ? [target, value] : 'start'))).toEqual([
      [1, 2],
      [2, 21],
      [1, 3],
      [1, 4],
      [1, 5],
      [1, 6],
      'start',
      [1, 8],
      [1, 10],
      [1, 11],
    ]);
  });

  it('does not merge into a record that has moved to the ring', () => {
    const engine = new FakeEngine();
    const { wire } = engine;
    for (let index = 0; index < layout.COMMAND_CAPACITY; index += 1) wire.send(CommandOp.SOUND_PAUSE, 9, 0, 0);
    wire.send(CommandOp.RAMP, 1, 0, 1, 480);
    wire.send(CommandOp.RAMP, 2, 0, 2, 480);
    engine.take(1);
    wire.flush(); // the first waiting record is in the ring now, and the ring is full again
    wire.send(CommandOp.RAMP, 1, 0, 3, 480);
    wire.send(CommandOp.RAMP, 2, 0, 4, 480);
    engine.take(layout.COMMAND_CAPACITY - 1);
    wire.flush();
    expect(engine.take().map(({ target, value }) => [target, value])).toEqual([
      [1, 1],
      [2, 4],
      [1, 3],
    ]);
  });
});

describe('a wire whose engine is made later', () => {
  it('takes its commands along to another place, and goes on there', () => {
    const early = new Wire(new ArrayBuffer(layout.TOTAL_BYTES), 0);
    Wire.writeHeader(early.memory, 0);
    const first = early.send(CommandOp.RAMP, 1, 0, 0.25, 480);
    early.sendPair(CommandOp.SOUND_CREATE, 2, 0, 3, 4);
    const engine = new FakeEngine();
    early.moveTo(engine.memory, 64);
    expect([early.memory, early.byteOffset]).toEqual([engine.memory, 64]);
    expect(new Uint32Array(engine.memory, 64, 2)).toEqual(Uint32Array.of(layout.MAGIC, layout.VERSION));
    const last = early.send(CommandOp.SOUND_STOP, 5, 0, 0);
    expect(engine.take().map((command) => [command.op, command.target])).toEqual([
      [CommandOp.RAMP, 1],
      [CommandOp.SOUND_CREATE, 2],
      [CommandOp.SOUND_STOP, 5],
    ]);
    expect([early.isPending(first), early.isPending(last), early.pendingCommands]).toEqual([false, false, 0]);
  });

  it('loses nothing when more was sent than the ring holds', () => {
    const early = new Wire(new ArrayBuffer(layout.TOTAL_BYTES), 0);
    Wire.writeHeader(early.memory, 0);
    const count = layout.COMMAND_CAPACITY + 1000;
    for (let number = 1; number <= count; number += 1) early.send(CommandOp.SOUND_SEEK, number, 0, number);
    const engine = new FakeEngine();
    early.moveTo(engine.memory, 64);
    const taken = engine.take();
    early.flush();
    taken.push(...engine.take());
    expect(taken.map((command) => command.target)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });
});

describe('a host that carries commands on', () => {
  it('is told of the next one, once, however it is sent', () => {
    const { wire } = new FakeEngine();
    const sends = [
      () => wire.send(CommandOp.SOUND_STOP, 1, 0, 0),
      () => wire.sendPair(CommandOp.SOUND_ROUTE, 1, 0, 0, 0),
      () => wire.sendFloats(CommandOp.SOUND_FADE, 1, 0, 0, 1, 10),
      () => wire.sendRange(CommandOp.SOUND_RANGE, 1, 0, 0, 1),
    ];
    let told = 0;
    for (const [index, send] of sends.entries()) {
      wire.onNextSend(() => {
        told += 1;
      });
      send();
      send();
      expect(told).toBe(index + 1);
    }
    expect(wire.sentTicket).toBe(8);
  });

  it('is told also where the ring is full, and not when the wire is closed', () => {
    const engine = new FakeEngine();
    for (let number = 0; number < layout.COMMAND_CAPACITY + 10; number += 1)
      engine.wire.send(CommandOp.SOUND_SEEK, 1, 0, number);
    let told = 0;
    const tell = (): void => {
      told += 1;
    };
    engine.wire.onNextSend(tell);
    engine.wire.send(CommandOp.SOUND_SEEK, 1, 0, -1);
    expect(told).toBe(1);
    expect(engine.take()).toHaveLength(layout.COMMAND_CAPACITY);
    engine.wire.flush();
    expect(engine.take().at(-1)?.value).toBe(-1);
    engine.wire.onNextSend(tell);
    engine.wire.close();
    engine.wire.send(CommandOp.SOUND_SEEK, 1, 0, 0);
    expect(told).toBe(1);
  });
});

describe('events', () => {
  it('arrive in order with every field, each once', () => {
    const engine = new FakeEngine();
    engine.sendEvent(EventType.ENDED, 0xffffffff, 4800.5, 3, 0);
    engine.sendEvent(EventType.RAMP_ENDED, 5, 2 ** 45, 0xfffffff0, 1);
    const seen: number[][] = [];
    expect(engine.wire.poll((...event) => seen.push(event))).toBe(2);
    expect(seen).toEqual([
      [EventType.ENDED, 0xffffffff, 4800.5, 3, 0],
      [EventType.RAMP_ENDED, 5, 2 ** 45, 0xfffffff0, 1],
    ]);
    expect(engine.unreadEvents).toBe(0);
    expect(engine.wire.poll(() => expect.unreachable())).toBe(0);
  });

  it('survive a handler that throws, polls or sends', () => {
    const engine = new FakeEngine();
    for (let target = 1; target <= 4; target += 1) engine.sendEvent(EventType.RETIRED, target, 0, 0, 0);
    const seen: number[] = [];
    expect(() =>
      engine.wire.poll((_type, target) => {
        seen.push(target);
        throw new Error('handler');
      }),
    ).toThrow('handler');
    engine.wire.poll((_type, target) => {
      seen.push(target);
      engine.wire.send(CommandOp.SOUND_DESTROY, target, 0, 0);
      engine.wire.poll((_innerType, inner) => seen.push(inner));
    });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(engine.take().map((command) => command.target)).toEqual([2]);
  });

  it('go round the ring many times', () => {
    const engine = new FakeEngine();
    let expected = 0;
    for (let round = 0; round < 40; round += 1) {
      for (let index = 0; index < 1000; index += 1) engine.sendEvent(EventType.STOPPED, round * 1000 + index, 0, 0, 0);
      engine.wire.poll((_type, target) => expect(target).toBe(expected++));
    }
    expect(expected).toBe(40_000);
  });
});

describe('counters that wrap', () => {
  it('go on without a seam', () => {
    const start = 2 ** 32 - 20_000;
    const engine = new FakeEngine(start);
    const sent = 3 * layout.COMMAND_CAPACITY;
    for (let index = 1; index <= sent; index += 1)
      expect(engine.wire.send(CommandOp.SOUND_SEEK, index, 0, 0)).toBe(start + index);
    let expected = 0;
    for (let taken = engine.take(3000); taken.length > 0; engine.wire.flush(), taken = engine.take(3000)) {
      for (const command of taken) expect(command.target).toBe(++expected);
      expect(engine.wire.isPending(start + expected)).toBe(false);
      expect(engine.wire.pendingCommands).toBe(sent - expected);
    }
    expect(expected).toBe(sent);
    for (let index = 0; index < 30_000; index += 1) {
      engine.sendEvent(EventType.ENDED, index, 0, 0, 0);
      if (index % 500 === 499) expect(engine.wire.poll(() => {})).toBe(500);
    }
  });
});

describe('a closed wire', () => {
  it('does nothing and says so with ticket 0', () => {
    const engine = new FakeEngine();
    const ticket = engine.wire.send(CommandOp.SOUND_START, 1, 0, 0);
    engine.wire.close();
    expect(engine.wire.isPending(ticket)).toBe(false);
    expect(engine.wire.send(CommandOp.SOUND_START, 1, 0, 0)).toBe(0);
    expect(engine.wire.sendPair(CommandOp.SOUND_ROUTE, 1, 0, 0, 0)).toBe(0);
    expect(engine.wire.sendRange(CommandOp.SOUND_RANGE, 1, 0, 0, 0)).toBe(0);
    engine.sendEvent(EventType.ENDED, 1, 0, 0, 0);
    expect(engine.wire.poll(() => expect.unreachable())).toBe(0);
    engine.wire.flush();
    expect(engine.take().length).toBe(1);
    expect(engine.wire.pendingCommands).toBe(0);
  });

  it('does not keep the memory of its engine', () => {
    const engine = new FakeEngine();
    engine.wire.resetNodePeaks(3);
    engine.wire.close();
    expect(engine.wire.memory).not.toBe(engine.memory);
    engine.wire.resetNodePeaks(3);
    expect([engine.wire.timeFrames, engine.wire.sounds, engine.wire.soundCursor(5), engine.wire.nodeFrames(3)]).toEqual(
      [0, 0, 0, 0],
    );
    expect(new Uint8Array(engine.wire.memory).every((byte) => byte === 0)).toBe(true);
  });
});
