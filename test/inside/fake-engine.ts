import { Wire } from '../../src/wire/wire.js';
import * as layout from '../../src/wire/wire-layout.js';

/** One command as a test reads it. */
export interface TakenCommand {
  op: number;
  param: number;
  curve: number;
  flags: number;
  target: number;
  frame: number;
  value: number;
  pair: [number, number];
  floats: [number, number];
  end: number;
  frames: number;
  token: number;
}

/** The other end of a wire, in TypeScript: takes commands and sends events where a test says so. */
export class FakeEngine {
  readonly memory = new SharedArrayBuffer(layout.TOTAL_BYTES + 64);
  readonly wire: Wire;
  readonly #view = new DataView(this.memory, 64);

  /** `counted`: how many commands and events are said to have gone by already, of 2^32. */
  constructor(counted = 0) {
    Wire.writeHeader(this.memory, 64);
    for (const offset of [layout.COMMAND_HEAD, layout.COMMAND_TAIL, layout.EVENT_HEAD, layout.EVENT_TAIL])
      this.#view.setUint32(offset, counted, true);
    this.wire = new Wire(this.memory, 64);
  }

  take(limit = Number.POSITIVE_INFINITY): TakenCommand[] {
    const view = this.#view;
    const head = view.getUint32(layout.COMMAND_HEAD, true);
    let tail = view.getUint32(layout.COMMAND_TAIL, true);
    const taken: TakenCommand[] = [];
    while (tail !== head && taken.length < limit) {
      const at = layout.COMMAND_OFFSET + (tail % layout.COMMAND_CAPACITY) * layout.COMMAND_BYTES;
      taken.push({
        op: view.getUint8(at + layout.COMMAND_OP),
        param: view.getUint8(at + layout.COMMAND_PARAM),
        curve: view.getUint8(at + layout.COMMAND_CURVE),
        flags: view.getUint8(at + layout.COMMAND_FLAGS),
        target: view.getUint32(at + layout.COMMAND_TARGET, true),
        frame: view.getFloat64(at + layout.COMMAND_FRAME, true),
        value: view.getFloat64(at + layout.COMMAND_VALUE, true),
        pair: [view.getUint32(at + layout.COMMAND_VALUE, true), view.getUint32(at + layout.COMMAND_VALUE + 4, true)],
        floats: [
          view.getFloat32(at + layout.COMMAND_VALUE, true),
          view.getFloat32(at + layout.COMMAND_VALUE + 4, true),
        ],
        end: view.getFloat64(at + layout.COMMAND_FRAMES, true),
        frames: view.getUint32(at + layout.COMMAND_FRAMES, true),
        token: view.getUint32(at + layout.COMMAND_TOKEN, true),
      });
      tail = (tail + 1) >>> 0;
      view.setUint32(layout.COMMAND_TAIL, tail, true);
    }
    return taken;
  }

  sendEvent(type: number, target: number, frame: number, a: number, b: number): void {
    const view = this.#view;
    const head = view.getUint32(layout.EVENT_HEAD, true);
    const at = layout.EVENT_OFFSET + (head % layout.EVENT_CAPACITY) * layout.EVENT_BYTES;
    view.setUint32(at + layout.EVENT_TYPE, type, true);
    view.setUint32(at + layout.EVENT_TARGET, target, true);
    view.setFloat64(at + layout.EVENT_FRAME, frame, true);
    view.setUint32(at + layout.EVENT_A, a, true);
    view.setUint32(at + layout.EVENT_B, b, true);
    view.setUint32(layout.EVENT_HEAD, (head + 1) >>> 0, true);
  }

  get unreadEvents(): number {
    return (this.#view.getUint32(layout.EVENT_HEAD, true) - this.#view.getUint32(layout.EVENT_TAIL, true)) >>> 0;
  }
}
