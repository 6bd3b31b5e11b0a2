/** The properties of a TrueType font needed for painting. Lengths in font units. */
export interface TrueType {
  units_per_em: number;
  ascent: number;
  descent: number;
  box: [number, number, number, number];
  /** Code point -> glyph. */
  glyphs: Map<number, number>;
  /** By glyph. */
  advances: number[];
}

/**
 * Reads the tables head, hhea, hmtx and cmap (format 4) of our own font file. Throws on any other.
 */
export function readTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = tables(view);
  const head = table('head');
  const hhea = table('hhea');
  return {
    units_per_em: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphs: characterMap(table('cmap')),
    advances: advances(table('hmtx'), hhea.getUint16(34), table('maxp').getUint16(4)),
  };
}

function tables(view: DataView): (tag: string) => DataView {
  return (tag) => {
    for (let index = 0; index < view.getUint16(4); index += 1) {
      const at = 12 + 16 * index;
      const found = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
      if (found !== tag) continue;
      const from = view.byteOffset + view.getUint32(at + 8);
      return new DataView(view.buffer, from, view.getUint32(at + 12));
    }
    throw new RangeError(`font: no table ${tag}`);
  };
}

function advances(hmtx: DataView, metrics: number, glyphs: number): number[] {
  return Array.from({ length: glyphs }, (_, glyph) =>
    hmtx.getUint16(4 * Math.min(glyph, metrics - 1)),
  );
}

function characterMap(cmap: DataView): Map<number, number> {
  for (let index = 0; index < cmap.getUint16(2); index += 1) {
    const at = cmap.getUint32(4 + 8 * index + 4);
    if (cmap.getUint16(at) === 4) return segments(cmap, at);
  }
  throw new RangeError('font: no cmap of format 4');
}

/** Segments of consecutive code points (OpenType, cmap format 4). */
function segments(cmap: DataView, at: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const doubled = cmap.getUint16(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  for (let segment = 0; segment < doubled; segment += 2) {
    const start = cmap.getUint16(starts + segment);
    const end = cmap.getUint16(ends + segment);
    const offset = cmap.getUint16(offsets + segment);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const raw =
        offset === 0 ? code : cmap.getUint16(offsets + segment + offset + 2 * (code - start));
      const glyph = (raw + cmap.getUint16(deltas + segment)) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
