/** An element of DER (X.690): tag, length and content. */
export interface DerPart {
  tag: number;
  whole: Buffer;
  content: Buffer;
  /** The elements of its content. */
  parts(): DerPart[];
}

/** The elements of DER one after another, as far as they are whole. */
export function derParts(bytes: Buffer): DerPart[] {
  const parts: DerPart[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const count = first & 0x80 ? first & 0x7f : 0;
    if (count > 4 || at + 2 + count > bytes.length) break;
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
    const start = at + 2 + count;
    const end = start + length;
    if (end > bytes.length || (first & 0x80 && count === 0)) break;
    const content = bytes.subarray(start, end);
    parts.push({
      tag: bytes[at] ?? 0,
      whole: bytes.subarray(at, end),
      content,
      parts: () => derParts(content),
    });
    at = end;
  }
  return parts;
}
