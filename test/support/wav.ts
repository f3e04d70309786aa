/**
 * What a WAV file holds, read by the tests' own reader so that the engine's writer is not judged by the engine's
 * reader.
 */
export interface WavFile {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** 1 whole numbers, 3 floats; of an extensible header the kind inside. */
  readonly kind: number;
  readonly extensible: boolean;
  readonly samples: Float32Array;
}

export function readWav(bytes: Uint8Array): WavFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') throw new Error('Not a WAV file');
  if (view.getUint32(4, true) !== bytes.byteLength - 8)
    throw new Error('The RIFF length is not the length of the file');
  let format: { kind: number; channels: number; sampleRate: number; bits: number; extensible: boolean } | undefined;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (text(at) === 'fmt ') {
      const tag = view.getUint16(body, true);
      const extensible = tag === 0xfffe;
      format = {
        kind: extensible ? view.getUint16(body + 24, true) : tag,
        channels: view.getUint16(body + 2, true),
        sampleRate: view.getUint32(body + 4, true),
        bits: view.getUint16(body + 14, true),
        extensible,
      };
      const blockAlign = view.getUint16(body + 12, true);
      if (blockAlign !== (format.channels * format.bits) / 8) throw new Error('The block alignment does not fit');
    } else if (text(at) === 'data') {
      if (!format) throw new Error('The data comes before the format');
      const { kind, channels, sampleRate, bits, extensible } = format;
      const count = Math.floor(Math.min(size, bytes.byteLength - body) / (bits / 8));
      const samples = Float32Array.from({ length: count }, (_, index) =>
        sampleAt(view, body + (index * bits) / 8, kind, bits),
      );
      return { sampleRate, channels, bitsPerSample: bits, kind, extensible, samples };
    }
    at = body + size + (size & 1);
  }
  throw new Error('The file has no data');
}

function sampleAt(view: DataView, at: number, kind: number, bits: number): number {
  if (kind === 3 && bits === 32) return view.getFloat32(at, true);
  if (kind === 1 && bits === 8) return (view.getUint8(at) - 128) / 128;
  if (kind === 1 && bits === 16) return view.getInt16(at, true) / 32768;
  if (kind === 1 && bits === 24) return (view.getUint8(at) + view.getInt16(at + 1, true) * 256) / 8388608;
  if (kind === 1 && bits === 32) return view.getInt32(at, true) / 2147483648;
  throw new Error(`The tests do not read WAV kind ${kind} with ${bits} bits`);
}

/** Parts of a header that a test wants to be wrong. */
export interface WavDamage {
  readonly dataBytes?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
}

/** A float32 WAV file, by the plainest header there is. */
export function writeWav(
  samples: Float32Array,
  sampleRate: number,
  channels: number,
  damage: WavDamage = {},
): Uint8Array {
  const bytes = new Uint8Array(44 + samples.byteLength);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string) =>
    bytes.set(
      [...text].map((letter) => letter.charCodeAt(0)),
      at,
    );
  put(0, 'RIFF');
  view.setUint32(4, 36 + samples.byteLength, true);
  put(8, 'WAVE');
  put(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, damage.channels ?? channels, true);
  view.setUint32(24, damage.sampleRate ?? sampleRate, true);
  view.setUint32(28, sampleRate * channels * 4, true);
  view.setUint16(32, channels * 4, true);
  view.setUint16(34, damage.bits ?? 32, true);
  put(36, 'data');
  view.setUint32(40, damage.dataBytes ?? samples.byteLength, true);
  for (let index = 0; index < samples.length; index++) view.setFloat32(44 + index * 4, samples[index] as number, true);
  return bytes;
}
