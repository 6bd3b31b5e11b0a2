/** Bytes of GBK for its two-byte characters, found by decoding each of them. */
const BYTES = new Map<string, readonly [number, number]>();
const decoder = new TextDecoder('gbk');
for (let first = 0x81; first <= 0xfe; first += 1) {
  for (let second = 0x40; second <= 0xfe; second += 1) {
    const character = decoder.decode(Uint8Array.of(first, second));
    if (character.length === 1 && character !== '\ufffd') BYTES.set(character, [first, second]);
  }
}

/** A text in GBK; throws on what GBK has not. */
export function gbk(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((character) => {
      if (character < '\x80') return [character.charCodeAt(0)];
      const bytes = BYTES.get(character);
      if (bytes === undefined) throw new Error(`GBK has no ${character}`);
      return [...bytes];
    }),
  );
}
