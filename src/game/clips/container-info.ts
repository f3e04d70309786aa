/** The kind of a sound file, found by its first bytes and never by its name. */
export type Container = 'wav' | 'flac' | 'mp3' | 'ogg' | 'opus';

/** What the header of a file says. */
export interface ContainerInfo {
  readonly container: Container;
  /** Hz; for opus 48000, at which it is decoded. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Length in frames; NaN where the header does not tell. */
  readonly frames: number;
}

/** The bytes as text, one character each. */
export function textAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** A view for numbers of more than one byte. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The same, or null where no decoder would take such a file. */
export function possibleInfo(info: ContainerInfo): ContainerInfo | null {
  return info.sampleRate > 0 && info.channels > 0 && !(info.frames < 0) && info.frames !== Infinity ? info : null;
}
