import { children, within, type XmlElement } from '../shared/xml-tree.ts';
import type { OfdPackage } from './package.ts';

/** A piece of text on a page; its place in millimetres, y downwards to its base line. */
export interface Word {
  text: string;
  x: number;
  y: number;
  /** Where it ends, as far as its spacing says; else by the size of its characters. */
  right: number;
  size: number;
}

const DEFAULT_SIZE = 3.5;
const HAN = /\p{Script=Han}|[\uff00-\uffef\u3000-\u303f]/u;

/** The texts of a page or template, in the order in which they are drawn. */
export function textsOn(ofd: OfdPackage, part: string, page: XmlElement): Word[] {
  const words: Word[] = [];
  for (const element of within(page)) {
    if (element.name !== 'TextObject') continue;
    const place = placeOf(element);
    let [x, y] = [0, 0];
    for (const code of children(element, 'TextCode')) {
      ofd.work.spend('word', 1, part);
      ofd.work.spend('delta_byte', code.attributes.DeltaX?.length ?? 0, part);
      x = numberOf(code.attributes.X) ?? x;
      y = numberOf(code.attributes.Y) ?? y;
      const text = code.text.trim();
      if (text === '') continue;
      ofd.work.spend('word_character', text.length, part);
      const width = widthOf(code, text, place.size);
      const start = place.at(x, y);
      const end = place.at(x + width, y);
      words.push({ text, x: start.x, y: start.y, right: end.x, size: place.size });
    }
  }
  return words;
}

/** How an object's own coordinates lie on the page, turned ones too. */
function placeOf(element: XmlElement) {
  const [left = 0, top = 0] = numbersOf(element.attributes.Boundary);
  const matrix = numbersOf(element.attributes.CTM);
  const [a, b, c, d, e, f] = matrix.length === 6 ? matrix : [1, 0, 0, 1, 0, 0];
  const size = numberOf(element.attributes.Size) ?? DEFAULT_SIZE;
  const at = (x: number, y: number) => ({
    x: left + (a ?? 1) * x + (c ?? 0) * y + (e ?? 0),
    y: top + (b ?? 0) * x + (d ?? 1) * y + (f ?? 0),
  });
  return { at, size: size * Math.hypot(a ?? 1, b ?? 0) };
}

/** The distance over the characters, `g n v` standing for n times v, and the last one's width. */
function widthOf(code: XmlElement, text: string, size: number): number {
  const characters = [...text];
  const last = HAN.test(characters.at(-1) ?? '') ? size : size / 2;
  const deltas = (code.attributes.DeltaX ?? '').trim().split(/\s+/);
  let width = 0;
  let known = 0;
  for (let at = 0; at < deltas.length; at += 1) {
    const repeated = deltas[at] === 'g';
    const count = repeated ? Math.min(Number(deltas[at + 1]) || 0, characters.length) : 1;
    const delta = numberOf(deltas[repeated ? at + 2 : at]);
    if (repeated) at += 2;
    if (delta === null) continue;
    width += count * delta;
    known += count;
  }
  if (known > 0) return width + last;
  return characters.reduce((sum, one) => sum + (HAN.test(one) ? size : size / 2), 0);
}

function numbersOf(text: string | undefined): number[] {
  return (text ?? '').trim().split(/\s+/).map(Number).filter(Number.isFinite);
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
