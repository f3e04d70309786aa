import { AudioError } from '../base/errors.js';
import { allocateShared } from '../base/memory.js';
import type { DecodedAudio, SoundInfo } from '../wire/core.js';
import type { FileDecoder } from './file-decoder.js';
import type { OggFile, OggPage } from './ogg-file.js';

/** The part of the package `@wasm-audio-decoders/ogg-vorbis` that is used here. */
interface VorbisPackage {
  readonly OggVorbisDecoder: new () => {
    readonly ready: Promise<void>;
    decodeOggPages(pages: never[]): Promise<{ readonly channelData: Float32Array[] }>;
    free(): void;
  };
}

/** The part of the package `opus-decoder` that is used here. */
interface OpusPackage {
  readonly OpusDecoder: new (options: {
    channels: number;
    preSkip: number;
    streamCount?: number;
    coupledStreamCount?: number;
    channelMappingTable?: number[];
  }) => {
    readonly ready: Promise<void>;
    decodeFrames(packets: Uint8Array[]): {
      readonly channelData: Float32Array[];
      readonly errors: readonly { readonly message: string }[];
    };
    reset(): Promise<void>;
    free(): void;
  };
}

/** Loads the packages that decode packets, each when a file asks for it. */
export interface OggPackages {
  vorbis(): Promise<VorbisPackage>;
  opus(): Promise<OpusPackage>;
}

/** Turns packets into channels of samples. */
interface PacketDecoder {
  /** How much must be decoded before the wanted position, so that nothing is left of what was decoded before a seek. */
  readonly warmUp: number;
  /** For each channel in the engine's order, its index in the decoder's. */
  readonly order: readonly number[] | null;
  readonly gain: number;
  decode(packets: Uint8Array[]): Promise<Float32Array[]>;
  /** Resets the decoder, where decoding the warm-up is not enough. */
  reset(): Promise<void>;
  close(): void;
}

/**
 * Vorbis' order of channels (opus has the same), seen from miniaudio's standard order. Mono, stereo and quad are alike.
 */
const channelOrders: Record<number, readonly number[]> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};
/**
 * A second at 48 kHz. RFC 7845 asks for 80 ms after a seek, which leaves differences of 1 %; after half a second they
 * are below 1e-6, after this there are none.
 */
const opusWarmUp = 48000;
/** Ahead of the decoder by less than this, it is quicker to decode than to search. */
const nearFrames = 48000;
/** Frames decoded at a time where all are wanted. */
const pieceFrames = 65536;

/** Loads the decoder of a file's codec and opens the file. Rejects ERR_UNAVAILABLE, ERR_DECODE. */
export async function openOggDecoder(file: OggFile, packages: OggPackages): Promise<FileDecoder> {
  return new OggDecoder(
    file,
    await refusingDamage(file.info.codec === 'vorbis' ? openVorbis(file, packages) : openOpus(file, packages)),
  );
}

/**
 * Damaged bytes make the packages' decoders throw anything, even traps of WebAssembly. Rejects
 * ERR_DECODE instead.
 */
async function refusingDamage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw cause instanceof AudioError
      ? cause
      : new AudioError('ERR_DECODE', 'The Ogg file is damaged: its decoder gave up', { cause });
  }
}

/** Calls a package without letting it print: what it would print it also returns as errors. */
function quietly<T>(call: () => T): T {
  const { error } = console;
  console.error = () => {};
  try {
    return call();
  } finally {
    console.error = error;
  }
}

async function load<T>(name: string, imported: Promise<T>): Promise<T> {
  try {
    return await imported;
  } catch (cause) {
    if (cause instanceof AudioError) throw cause;
    throw new AudioError('ERR_UNAVAILABLE', `The package ${name}, which decodes this format, cannot be loaded`, {
      cause,
    });
  }
}

async function openVorbis(file: OggFile, packages: OggPackages): Promise<PacketDecoder> {
  const { OggVorbisDecoder } = await load('@wasm-audio-decoders/ogg-vorbis', packages.vorbis());
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  const [identification, , setup] = file.headers;
  const header = { vorbisSetup: setup };
  // Pages in the shape that its parser gives them; the parser itself would hold each one back until the next.
  const page = (data: Uint8Array, packets: Uint8Array[]) =>
    ({ data, codecFrames: packets.map((packet) => ({ data: packet, header })), isLastPage: false }) as never;
  await decoder.decodeOggPages([page(identification!, [])]);
  return {
    warmUp: 0,
    order: channelOrders[file.info.channels] ?? null,
    gain: 1,
    decode: async (packets) =>
      packets.length === 0 ? [] : (await decoder.decodeOggPages([page(new Uint8Array(1), packets)])).channelData,
    // Two packets sound together, never three: see #prime.
    reset: async () => {},
    close: () => decoder.free(),
  };
}

async function openOpus(file: OggFile, packages: OggPackages): Promise<PacketDecoder> {
  const { OpusDecoder } = await load('opus-decoder', packages.opus());
  const head = file.headers[0]!;
  const family = head[18]!;
  const { channels } = file.info;
  if (family === 0 ? channels > 2 : head.length < 21 + channels)
    throw new AudioError('ERR_DECODE', 'The Opus header does not say how its channels are coded');
  const mapping =
    family === 0
      ? {}
      : {
          streamCount: head[19]!,
          coupledStreamCount: head[20]!,
          channelMappingTable: [...head.subarray(21, 21 + channels)],
        };
  const decoder = new OpusDecoder({ channels, preSkip: 0, ...mapping });
  await decoder.ready;
  const gain = new DataView(head.buffer, head.byteOffset, head.length).getInt16(16, true);
  return {
    warmUp: opusWarmUp,
    order: family === 1 ? (channelOrders[channels] ?? null) : null,
    // dB in 1/256.
    gain: 10 ** (gain / 256 / 20),
    decode: async (packets) => {
      if (packets.length === 0) return [];
      const { channelData, errors } = quietly(() => decoder.decodeFrames(packets));
      if (errors.length > 0) throw new AudioError('ERR_DECODE', `An Opus packet is damaged: ${errors[0]!.message}`);
      return channelData;
    },
    reset: () => decoder.reset(),
    close: () => decoder.free(),
  };
}

/**
 * Decodes a whole file. Rejects ERR_DECODE, ERR_OUT_OF_MEMORY. The length that the file claims is not trusted.
 */
export async function decodeOgg(file: OggFile, packages: OggPackages): Promise<DecodedAudio> {
  const decoder = await openOggDecoder(file, packages);
  const { channels, frames } = decoder.info;
  const pieces: Float32Array[] = [];
  try {
    for (let frame = 0; frame < frames; frame += pieceFrames) {
      const count = Math.min(pieceFrames, frames - frame);
      const piece = new Float32Array(count * channels);
      await decoder.read(frame, count, piece);
      pieces.push(piece);
    }
  } finally {
    decoder.close();
  }
  const samples = new Float32Array(allocateShared(frames * channels * Float32Array.BYTES_PER_ELEMENT));
  for (const [index, piece] of pieces.entries()) samples.set(piece, index * pieceFrames * channels);
  return { ...decoder.info, samples };
}

class OggDecoder implements FileDecoder {
  readonly info: SoundInfo;
  readonly #file: OggFile;
  readonly #packets: PacketDecoder;
  /** What was decoded last, and the frame it begins at. */
  #decoded: Float32Array[] = [];
  #begin = 0;
  #length = 0;
  /** The first valid frame since the last seek: what lies before only warmed the decoder up. */
  #warm = 0;
  /** Where the next page begins, what is open from the last one, and the position between them; NaN: not known. */
  #nextOffset: number;
  #open: Uint8Array | null = null;
  /** Packets of the next page that the decoder has had already. */
  #had = 0;
  #position = Number.NaN;
  /** Something failed half-way: the decoder's position is unknown. */
  #lost = false;

  constructor(file: OggFile, packets: PacketDecoder) {
    this.#file = file;
    this.#packets = packets;
    this.info = file.info;
    this.#nextOffset = file.soundOffset;
  }

  async read(frame: number, count: number, target: Float32Array): Promise<void> {
    try {
      await this.#read(frame, count, target);
    } catch (error) {
      this.#lost = true;
      this.#length = 0;
      throw error;
    }
  }

  async #read(frame: number, count: number, target: Float32Array): Promise<void> {
    let soughtFor = -1;
    for (let done = 0; done < count; ) {
      const wanted = frame + done;
      if (wanted >= Math.max(this.#begin, this.#warm) && wanted < this.#begin + this.#length) {
        const copied = Math.min(count - done, this.#begin + this.#length - wanted);
        this.#copy(wanted - this.#begin, copied, target, done);
        done += copied;
        continue;
      }
      const ahead = wanted - (this.#begin + this.#length);
      if (this.#lost || wanted < this.#warm || ahead < 0 || ahead > nearFrames) {
        if (soughtFor === wanted)
          throw new AudioError('ERR_DECODE', `The Ogg file is damaged: no page leads to frame ${wanted}`);
        soughtFor = wanted;
        await this.#seek(wanted);
      }
      await this.#decodePage(wanted);
    }
  }

  close(): void {
    this.#file.bytes.close();
    try {
      this.#packets.close();
    } catch {
      // A decoder that was given damaged packets may not know its own memory any more; it is collected with it.
    }
  }

  async #decode(packets: Uint8Array[]): Promise<Float32Array[]> {
    const decoded = await refusingDamage(this.#packets.decode(packets));
    if (decoded.length > 0 && decoded.length < this.info.channels)
      throw new AudioError('ERR_DECODE', 'The Ogg file is damaged: a packet has other channels');
    return decoded;
  }

  #copy(from: number, count: number, target: Float32Array, at: number): void {
    const { channels } = this.info;
    const { order, gain } = this.#packets;
    for (let channel = 0; channel < channels; channel += 1) {
      const samples = this.#decoded[order === null ? channel : order[channel]!]!;
      for (let index = 0; index < count; index += 1) {
        const sample = samples[from + index]! * gain;
        target[(at + index) * channels + channel] = Number.isFinite(sample) ? sample : 0;
      }
    }
  }

  /** Readies the decoder to go on at a page from which `frame` is reached. */
  async #seek(frame: number): Promise<void> {
    const page = this.#file.pageBefore(frame + this.#file.granuleOffset - this.#packets.warmUp);
    this.#decoded = [];
    this.#length = 0;
    this.#open = null;
    this.#had = 0;
    await refusingDamage(this.#packets.reset());
    if (page === null) {
      this.#begin = 0;
      this.#warm = 0;
      this.#position = Number.NaN;
      this.#nextOffset = this.#file.soundOffset;
      await this.#prime(this.#file.nextPage(this.#nextOffset), true);
      this.#lost = false;
      return;
    }
    await this.#prime(page, false);
    this.#lost = false;
    this.#nextOffset = page.offset + page.length;
    this.#position = page.granule;
    this.#begin = page.granule - this.#file.granuleOffset;
    this.#warm = this.#begin + this.#packets.warmUp;
  }

  /**
   * A vorbis packet sounds together with the one before it: what an earlier position left in the decoder is heard with
   * this one, and thrown away.
   */
  async #prime(page: OggPage | null, first: boolean): Promise<void> {
    if (page === null) return;
    const { whole, open } = this.#file.packetsOf(page, null);
    if (!first) this.#open = open;
    const packet = first ? whole[0] : whole.at(-1);
    if (this.#packets.warmUp > 0 || packet === undefined) return;
    await this.#decode([packet]);
    if (first) this.#had = 1;
  }

  /** Decodes the next page. Throws ERR_DECODE at the end of the file, which claimed to be longer. */
  async #decodePage(wanted: number): Promise<void> {
    const file = this.#file;
    const page = file.nextPage(this.#nextOffset);
    if (page === null) throw new AudioError('ERR_DECODE', `The Ogg file ends before frame ${wanted}`);
    const { whole, open } = file.packetsOf(page, this.#open);
    this.#open = open;
    this.#nextOffset = page.offset + page.length;
    const isFirst = Number.isNaN(this.#position);
    const decoded = await this.#decode(whole.slice(this.#had));
    this.#had = 0;
    const length = decoded[0]?.length ?? 0;
    if (length === 0 && page.granule < 0) return;
    // A first page that holds more than it counts begins before frame 0; on a page that is also the last, the surplus
    // is at its end.
    const start = isFirst ? (page.granule < 0 || page.last ? 0 : page.granule - length) : this.#position;
    const end = page.last ? Math.min(start + length, page.granule) : start + length;
    this.#position = page.granule >= 0 ? page.granule : end;
    this.#decoded = decoded;
    this.#begin = start - file.granuleOffset;
    this.#length = Math.max(0, end - start);
    if (page.last && wanted >= this.#begin + this.#length)
      throw new AudioError('ERR_DECODE', `The Ogg file ends before frame ${wanted}`);
  }
}
