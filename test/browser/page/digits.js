// Several streams in one mix that can be told apart: each has two bits of every sample, so a float32 carries ten
// streams exactly.

/** Streams that fit into one mix. */
export const digitStreams = 10;

/**
 * The digit, 0 to 3, of a frame of a stream: nothing repeats, so a frame that is missing or comes twice shifts all that
 * follow.
 */
export function digitOf(stream, frame) {
  let hash = Math.imul(frame + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 30;
}

/** Frames of a stream as samples of float32. */
export function digitSamples(stream, first, count) {
  const unit = 2 ** (2 * stream - 20);
  return Float32Array.from({ length: count }, (_, index) => digitOf(stream, first + index) * unit);
}

/** The digit of a stream in a sample of the mix. */
export function digitIn(sample, stream) {
  return Math.floor(sample * 2 ** 20 * 4 ** -stream) & 3;
}
