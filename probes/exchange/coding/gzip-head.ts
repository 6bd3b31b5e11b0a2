const HAS_CHECKSUM = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;
const FIXED = 10;

/** The length of the head of a gzip member (RFC 1952, section 2.3); null when there is none. */
export function gzipHeadLength(bytes: Buffer): number | null {
  if (bytes.length < FIXED || bytes.readUInt16BE(0) !== 0x1f8b || bytes[2] !== 8) return null;
  const flags = bytes[3] ?? 0;
  let at = FIXED;
  if (flags & HAS_EXTRA) at += 2 + (at + 2 <= bytes.length ? bytes.readUInt16LE(at) : 0);
  if (flags & HAS_NAME) at = afterZero(bytes, at);
  if (flags & HAS_COMMENT) at = afterZero(bytes, at);
  if (flags & HAS_CHECKSUM) at += 2;
  return Math.min(at, bytes.length);
}

function afterZero(bytes: Buffer, from: number): number {
  const zero = bytes.indexOf(0, from);
  return zero === -1 ? bytes.length : zero + 1;
}
