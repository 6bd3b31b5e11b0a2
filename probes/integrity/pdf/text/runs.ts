import { IntegrityError } from '../../shared/integrity-error.ts';
import type { PdfDocument } from '../file/document.ts';
import type { PdfPage } from '../pages/tree.ts';
import type { PdfDictionary, PdfValue } from '../syntax/objects.ts';
import { spend } from '../syntax/source.ts';
import { entriesOf, itemsOf, nameOf, numberOf } from '../syntax/values.ts';
import { readOperations } from './content.ts';
import { openFont, type PdfFont } from './font.ts';

/** A text as it was shown at once. */
export interface TextRun {
  text: string;
  /** Where it begins on the page, in points. */
  x: number;
  y: number;
  /** Height of its letters, in points. */
  size: number;
  /** Direction of its line, in radians. */
  angle: number;
}

/** a b c d e f of a transformation (PDF 1.7, 8.3.3). */
type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const DEEPEST_FORM = 12;
const DEEPEST_STATE = 256;
/** Work of a letter and of an operator, in bytes examined. */
const GLYPH_WORK = 16;
const OPERATION_WORK = 8;

interface GraphicsState {
  ctm: Matrix;
  font: PdfFont | null;
  size: number;
  leading: number;
  char_space: number;
  word_space: number;
  /** 1 is normal. */
  stretch: number;
  rise: number;
}

const INITIAL: GraphicsState = {
  ctm: IDENTITY,
  font: null,
  size: 0,
  leading: 0,
  char_space: 0,
  word_space: 0,
  stretch: 1,
  rise: 0,
};

/** What reading shares: fonts by the object that has them. */
export interface TextReading {
  document: PdfDocument;
  fonts: Map<PdfDictionary, PdfFont>;
  runs: TextRun[];
  /** Whether every letter was read. */
  legible: boolean;
  /** Whether pictures are shown, or what lies too deep. */
  pictures: boolean;
}

/**
 * Adds the texts of a page, forms included, in the order in which they are drawn. A content stream
 * that cannot be decoded has none. Throws `too_large` when work runs out.
 */
export function readRuns(reading: TextReading, page: PdfPage): void {
  const { document } = reading;
  const contents = document.resolve(page.entries.get('Contents'));
  const parts = contents.kind === 'array' ? contents.items : [contents];
  const bytes = joined(parts.map((part) => dataOrNothing(document, document.resolve(part))));
  drawContent(reading, bytes, document.resolve(page.resources), { ...INITIAL }, 0);
}

/** Parts of contents are read as one, with white space between. */
function joined(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] ?? new Uint8Array();
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0)).fill(32);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length + 1;
  }
  return all;
}

function dataOrNothing(document: PdfDocument, value: PdfValue): Uint8Array {
  if (value.kind !== 'stream') return new Uint8Array();
  try {
    return document.dataOf(value).bytes;
  } catch (error) {
    if (error instanceof IntegrityError && error.reason !== 'too_large') return new Uint8Array();
    throw error;
  }
}

function drawContent(
  reading: TextReading,
  bytes: Uint8Array,
  resources: PdfValue,
  initial: GraphicsState,
  depth: number,
): void {
  const { document } = reading;
  const { work } = document.source;
  const saved: GraphicsState[] = [];
  let state = initial;
  let line = IDENTITY;
  let matrix = IDENTITY;

  const moveLine = (x: number, y: number) => {
    line = product([1, 0, 0, 1, x, y], line);
    matrix = line;
  };
  const advance = (width: number) => {
    matrix = product([1, 0, 0, 1, width * state.stretch, 0], matrix);
  };

  function show(value: PdfValue | undefined): void {
    if (value?.kind !== 'string' || state.font === null) return;
    const { size, rise } = state;
    const [a, b, c, d, x, y] = product(product([1, 0, 0, 1, 0, rise], matrix), state.ctm);
    let text = '';
    let width = 0;
    state.font.show(value.bytes, (glyph) => {
      spend(work, GLYPH_WORK);
      text += glyph.text;
      if (glyph.text === '') reading.legible = false;
      width += (glyph.width / 1000) * size + state.char_space;
      if (glyph.is_space) width += state.word_space;
    });
    advance(width);
    if (text === '') return;
    const height = Math.abs(size) * Math.hypot(c, d);
    reading.runs.push({ text, x, y, size: height, angle: Math.atan2(b, a) });
  }

  const number = (operands: PdfValue[], at: number) => numberOf(operands[at], 0);
  const run: Record<string, (operands: PdfValue[]) => void> = {
    q: () => {
      if (saved.length < DEEPEST_STATE) saved.push({ ...state });
    },
    Q: () => {
      state = saved.pop() ?? state;
    },
    cm: (operands) => {
      state.ctm = product(matrixOf(operands), state.ctm);
    },
    BT: () => {
      line = IDENTITY;
      matrix = IDENTITY;
    },
    Tf: ([name, size]) => {
      state.font = fontOf(reading, resources, nameOf(name));
      state.size = numberOf(size, 0);
    },
    Tm: (operands) => {
      line = matrixOf(operands);
      matrix = line;
    },
    Td: (operands) => moveLine(number(operands, 0), number(operands, 1)),
    TD: (operands) => {
      state.leading = -number(operands, 1);
      moveLine(number(operands, 0), number(operands, 1));
    },
    'T*': () => moveLine(0, -state.leading),
    TL: (operands) => {
      state.leading = number(operands, 0);
    },
    Tc: (operands) => {
      state.char_space = number(operands, 0);
    },
    Tw: (operands) => {
      state.word_space = number(operands, 0);
    },
    Tz: (operands) => {
      state.stretch = number(operands, 0) / 100;
    },
    Ts: (operands) => {
      state.rise = number(operands, 0);
    },
    Tj: ([text]) => show(text),
    "'": ([text]) => {
      moveLine(0, -state.leading);
      show(text);
    },
    '"': (operands) => {
      state.word_space = number(operands, 0);
      state.char_space = number(operands, 1);
      moveLine(0, -state.leading);
      show(operands[2]);
    },
    TJ: ([items]) => {
      for (const item of itemsOf(items)) {
        if (item.kind === 'number') advance((-item.value / 1000) * state.size);
        else show(item);
      }
    },
    Do: ([name]) => {
      const form = document.resolve(resourceOf(document, resources, 'XObject', nameOf(name)));
      const subtype = form.kind === 'stream' ? nameOf(form.entries.get('Subtype')) : '';
      if (form.kind !== 'stream' || subtype !== 'Form' || depth >= DEEPEST_FORM) {
        reading.pictures = true;
        return;
      }
      const own = document.resolve(form.entries.get('Resources'));
      const shape = matrixOf(itemsOf(document.resolve(form.entries.get('Matrix'))));
      const inside = { ...state, ctm: product(shape, state.ctm) };
      const used = own.kind === 'dictionary' ? own : resources;
      drawContent(reading, dataOrNothing(document, form), used, inside, depth + 1);
    },
  };

  readOperations({ bytes, work }, (operator, operands) => {
    spend(work, OPERATION_WORK);
    if (Object.hasOwn(run, operator)) run[operator]?.(operands);
  });
}

function resourceOf(
  document: PdfDocument,
  resources: PdfValue,
  kind: string,
  name: string,
): PdfValue | undefined {
  return entriesOf(document.resolve(entriesOf(resources).get(kind))).get(name);
}

const NO_FONT: PdfDictionary = new Map();

function fontOf(reading: TextReading, resources: PdfValue, name: string): PdfFont {
  const { document, fonts } = reading;
  const font = document.resolve(resourceOf(document, resources, 'Font', name));
  // Readers take one of their own for a font that is not there.
  const entries = font.kind === 'dictionary' ? font.entries : NO_FONT;
  const known = fonts.get(entries);
  if (known !== undefined) return known;
  const opened = openFont(document, entries);
  fonts.set(entries, opened);
  return opened;
}

function matrixOf(operands: PdfValue[]): Matrix {
  if (operands.length < 6) return IDENTITY;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = operands.map((value) => numberOf(value, 0));
  return [a, b, c, d, e, f];
}

/** The transformation that does first one, then the other. */
function product(first: Matrix, then: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = then;
  return [
    a * A + b * C,
    a * B + b * D,
    c * A + d * C,
    c * B + d * D,
    e * A + f * C + E,
    e * B + f * D + F,
  ];
}
