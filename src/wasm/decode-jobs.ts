import { type ErrorData, errorOfData } from '../base/error-data.js';
import { AudioError } from '../base/errors.js';
import type { DecodedAudio } from '../wire/core.js';

/** What a thread that decodes whole files answers: one of the two. */
export interface DecodeAnswer {
  readonly job: number;
  readonly audio?: DecodedAudio;
  readonly failure?: ErrorData;
}

/** The sound in an answer. Throws the error of a failure, and ERR_INTERNAL if there was no answer. */
export function audioOf(answer: DecodeAnswer | undefined): DecodedAudio {
  if (answer?.audio !== undefined) return answer.audio;
  throw answer?.failure === undefined
    ? new AudioError('ERR_INTERNAL', 'The decoding thread gave no answer')
    : errorOfData(answer.failure);
}

/** The jobs that a decoding thread has not answered yet. */
export class DecodeJobs {
  readonly #waiting = new Map<number, { resolve(audio: DecodedAudio): void; reject(error: unknown): void }>();
  #last = 0;

  /** How many there are. */
  get count(): number {
    return this.#waiting.size;
  }

  /** Sends a job under a number of its own. Rejects as `audioOf` throws. */
  add(send: (job: number) => void): Promise<DecodedAudio> {
    this.#last += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#last, { resolve, reject });
      send(this.#last);
    });
  }

  /** Settles the job of an answer. */
  take(answer: DecodeAnswer): void {
    const waiting = this.#waiting.get(answer.job);
    this.#waiting.delete(answer.job);
    try {
      waiting?.resolve(audioOf(answer));
    } catch (error) {
      waiting?.reject(error);
    }
  }

  /** The thread has ended: nothing will be answered any more. */
  fail(error: AudioError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
