/** Text in a legacy multi-byte charset, by turning the decoder's table round. */
export function encode(text: string, charset: 'gbk' | 'big5' | 'shift_jis'): Buffer {
  const table = tableOf(charset);
  return Buffer.concat(
    Array.from(text, (character) => {
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`${charset} has no ${character}`);
      return bytes;
    }),
  );
}

const TABLES = new Map<string, Map<string, Buffer>>();

function tableOf(charset: string): Map<string, Buffer> {
  const known = TABLES.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, Buffer>();
  for (let code = 0; code < 0x80; code += 1) {
    table.set(String.fromCharCode(code), Buffer.from([code]));
  }
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x40; trail < 0xff; trail += 1) {
      const bytes = Buffer.from([lead, trail]);
      const decoded = decoder.decode(bytes);
      if ([...decoded].length === 1 && !table.has(decoded)) table.set(decoded, bytes);
    }
  }
  TABLES.set(charset, table);
  return table;
}

/** Text in UTF-16, big endian, without a byte order mark. */
export function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}
