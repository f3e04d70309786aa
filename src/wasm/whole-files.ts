import { dataOfError } from '../base/error-data.js';
import type { DecodedAudio } from '../wire/core.js';
import { MemoryBytes } from './byte-source.js';
import type { DecodeAnswer } from './decode-jobs.js';
import { decodeOgg, type OggPackages } from './ogg-decoder.js';
import { OggFile, oggCodecOf } from './ogg-file.js';

/** Decodes a whole file of any format; wav, flac and mp3 with `decode`. Throws or rejects ERR_DECODE. */
export function decodeWhole(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => DecodedAudio,
  packages: OggPackages,
): DecodedAudio | Promise<DecodedAudio> {
  const source = new MemoryBytes(bytes);
  const codec = oggCodecOf(source);
  return codec === 'vorbis' || codec === 'opus' ? decodeOgg(new OggFile(source), packages) : decode(bytes);
}

/** Does a job of a decoding thread. Never rejects. */
export async function answerJob(
  job: number,
  decode: () => DecodedAudio | Promise<DecodedAudio>,
): Promise<DecodeAnswer> {
  try {
    return { job, audio: await decode() };
  } catch (error) {
    return { job, failure: dataOfError(error) };
  }
}
