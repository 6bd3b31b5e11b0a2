import { readFileSync } from 'node:fs';
import { readTrueType } from './truetype.ts';

/** The font of the specimens: a subset of Noto Sans SC (OFL.txt, README.md). */
export const FONT_BYTES: Uint8Array = readFileSync(new URL('./specimen.ttf', import.meta.url));
export const FONT_NAME = 'NotoSansSC-Regular';
export const FONT = readTrueType(FONT_BYTES);

/** The glyph of a character. Throws RangeError if the font does not contain it. */
export function glyphOf(char: string): number {
  const glyph = FONT.glyphs.get(char.codePointAt(0) ?? 0);
  if (glyph === undefined) throw new RangeError(`specimen font: no glyph for ${char}`);
  return glyph;
}

/** Width of a glyph in thousandths of the font size. */
export function glyphWidth(glyph: number): number {
  return Math.round(((FONT.advances[glyph] ?? 0) * 1000) / FONT.units_per_em);
}

/** Width of a text in the unit of `size`. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += glyphWidth(glyphOf(char));
  return (width * size) / 1000;
}
