import type { Random } from '../support/random.js';

const numbers = [0, 1, 2, 7, 8, 255, 256, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

/** A place to do damage at: half of all are near the beginning, where files say what they hold. */
function placeIn(random: Random, length: number): number {
  return random.integer(0, (random.next() < 0.5 ? Math.min(length, 200) : length) - 1);
}

/**
 * Bytes with one to six random damages: flipped, overwritten, left out, put in twice, cut off, or from another file.
 */
export function damaged(random: Random, whole: Uint8Array, other: Uint8Array): Buffer {
  let bytes = Buffer.from(whole);
  for (let damages = random.integer(1, 6); damages > 0 && bytes.length > 8; damages--) {
    const at = placeIn(random, bytes.length);
    const length = Math.min(bytes.length - at, random.integer(1, random.next() < 0.7 ? 16 : 2000));
    const kinds: (() => unknown)[] = [
      () => bytes.writeUInt8((bytes[at] as number) ^ (1 << random.integer(0, 7)), at),
      () => bytes.writeUInt8(random.integer(0, 255), at),
      () =>
        at + 4 <= bytes.length &&
        (random.next() < 0.5
          ? bytes.writeUInt32LE(random.pick(numbers), at)
          : bytes.writeUInt32BE(random.pick(numbers), at)),
      () => {
        bytes =
          random.next() < 0.3
            ? bytes.subarray(0, at)
            : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
      },
      () => {
        bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
      },
      () => bytes.set(other.subarray(0, Math.min(length, other.length)), at),
    ];
    random.pick(kinds)();
  }
  return Buffer.from(bytes);
}
