import { type LentRing, openLentRing, type RingWriter } from '../engine/sources/port-ring.js';
import { EventList } from './data/event-list.js';
import type { VoiceData, VoiceEvent } from './data/voice-data.js';
import { SceneRenderer } from './rendering/scene-renderer.js';

/** A scene and where it is to be heard, as plain data for another thread. */
export interface FeedStart {
  readonly ring: LentRing;
  readonly sampleRate: number;
  readonly channels: number;
  readonly chunkFrames: number;
  /** Frames of the ring that stay empty. */
  readonly spareFrames: number;
  /** Frames that were rendered elsewhere before. */
  readonly positionFrames: number;
  readonly voices: readonly { readonly data: VoiceData; readonly events: readonly VoiceEvent[] }[];
}

/**
 * What is done to the scene; before the thread feeds, with the number of frames that were rendered elsewhere by then.
 */
export type FeedMessage = { readonly atFrames: number } & (
  | { readonly kind: 'add'; readonly data: VoiceData }
  | { readonly kind: 'event'; readonly voice: number; readonly event: VoiceEvent }
  | { readonly kind: 'remove'; readonly voice: number }
  /** What was written to the ring elsewhere, and how much of it was not read yet. */
  | { readonly kind: 'feed'; readonly writtenFrames: number; readonly filledFrames: number }
);

/** Renders a scene into a stream's ring, a chunk whenever there is room for one. */
export class Feeder {
  readonly #ring: RingWriter;
  readonly #renderer: SceneRenderer;
  readonly #chunk: Float32Array;
  readonly #bytes: Uint8Array;
  readonly #chunkFrames: number;
  readonly #spareFrames: number;
  readonly #events = new Map<number, EventList>();

  /** Stands at the scene's beginning. */
  constructor({ ring, sampleRate, channels, chunkFrames, spareFrames, voices }: FeedStart) {
    this.#ring = openLentRing(ring);
    this.#renderer = new SceneRenderer(sampleRate, channels);
    this.#chunkFrames = chunkFrames;
    this.#spareFrames = spareFrames;
    this.#chunk = new Float32Array(chunkFrames * channels);
    this.#bytes = new Uint8Array(this.#chunk.buffer);
    for (const { data, events } of voices) this.#add(data, events);
  }

  /** Goes through what was rendered elsewhere. */
  catchUp(frames: number): void {
    while (this.#renderer.position < frames) {
      const count = Math.min(this.#chunkFrames, frames - this.#renderer.position);
      this.#renderer.render(this.#chunk.subarray(0, count * this.#renderer.channels));
    }
  }

  /** From here on the ring is this thread's. */
  take(writtenFrames: number, filledFrames: number): void {
    this.#ring.startAt(writtenFrames, filledFrames);
    this.fill();
  }

  /** Renders as many whole chunks as fit. */
  fill(): void {
    while (this.#ring.freeFrames - this.#spareFrames >= this.#chunkFrames) {
      this.#renderer.render(this.#chunk);
      this.#ring.put(this.#bytes);
    }
  }

  /** Does something to the scene; what lies in the past happens now. */
  receive(message: FeedMessage): void {
    const now = this.#renderer.seconds;
    if (message.kind === 'add')
      this.#add({ ...message.data, startSeconds: Math.max(message.data.startSeconds, now) }, []);
    else if (message.kind === 'event')
      this.#events.get(message.voice)?.insert({ ...message.event, seconds: Math.max(message.event.seconds, now) }, now);
    else if (message.kind === 'remove') {
      this.#renderer.remove(message.voice);
      this.#events.delete(message.voice);
    }
  }

  #add(data: VoiceData, events: readonly VoiceEvent[]): void {
    const list = new EventList(events);
    this.#events.set(data.number, list);
    this.#renderer.add(data, list);
  }
}
