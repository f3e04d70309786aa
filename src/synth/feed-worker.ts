import { Feeder, type FeedMessage, type FeedStart } from './feeder.js';

/** The ring is looked at so many times while it plays one chunk. */
const looksPerChunk = 4;

/**
 * The thread of an attachment. It goes through what was rendered elsewhere, says that it is there, and from when it is
 * told so feeds the ring for as long as it lives.
 */
export function run(
  start: FeedStart,
  post: (message: unknown) => void,
  attempt: (act: () => void) => void,
): (message: FeedMessage) => void {
  const feeder = new Feeder(start);
  let feeding = false;
  feeder.catchUp(start.positionFrames);
  post('ready');
  return (message) => {
    if (!feeding) feeder.catchUp(message.atFrames);
    if (message.kind !== 'feed') {
      feeder.receive(message);
      return;
    }
    feeding = true;
    feeder.take(message.writtenFrames, message.filledFrames);
    const milliseconds = Math.max(1, ((start.chunkFrames / start.sampleRate) * 1000) / looksPerChunk);
    setInterval(() => attempt(() => feeder.fill()), milliseconds);
  };
}
