/** Gives the first page of an Ogg file its right checksum (RFC 3533). */
export function setChecksum(bytes: Buffer): void {
  const length =
    27 + (bytes[26] as number) + bytes.subarray(27, 27 + (bytes[26] as number)).reduce((sum, value) => sum + value, 0);
  bytes.writeUInt32LE(0, 22);
  let value = 0;
  for (const byte of bytes.subarray(0, length)) {
    value ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  }
  bytes.writeUInt32LE(value >>> 0, 22);
}

/** The same for every page up to the first place where there is none. */
export function setAllChecksums(bytes: Buffer): void {
  for (let offset = 0; offset + 27 < bytes.length && bytes.toString('latin1', offset, offset + 4) === 'OggS'; ) {
    const segments = bytes[offset + 26] as number;
    const length =
      27 + segments + bytes.subarray(offset + 27, offset + 27 + segments).reduce((sum, value) => sum + value, 0);
    setChecksum(bytes.subarray(offset, offset + length));
    offset += length;
  }
}
