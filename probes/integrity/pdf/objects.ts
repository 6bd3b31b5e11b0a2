import { IntegrityError } from '../shared/integrity-error.ts';

/** A parsed PDF object (PDF 1.7, 7.3). Strings are skipped; their content is not needed. */
export type PdfValue =
  | { kind: 'null' }
  | { kind: 'other' }
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'reference'; number: number }
  | { kind: 'array'; items: PdfValue[] }
  | { kind: 'dictionary'; entries: PdfDictionary };

export type PdfDictionary = Map<string, PdfValue>;

/**
 * The bytes of a file or of a stream in it, with the remaining work budget in bytes examined:
 * malicious files let many objects share one long text.
 */
export interface PdfSource {
  bytes: Buffer;
  budget: { left: number };
}

export interface Parsed {
  value: PdfValue;
  /** End of the value. */
  end: number;
}

const MAX_DEPTH = 100;
/** Cost of parsing a word or a bracket, in bytes examined. */
const TOKEN_WORK = 32;
const REGULAR = 0;
const WHITE = 1;
const DELIMITER = 2;
/** Character class of each byte (PDF 1.7, 7.2.2). */
const CLASSES = new Uint8Array(256).fill(REGULAR);
for (const char of '\0\t\n\f\r ') CLASSES[char.charCodeAt(0)] = WHITE;
for (const char of '()<>[]{}/%') CLASSES[char.charCodeAt(0)] = DELIMITER;
const NULL: PdfValue = { kind: 'null' };
const OTHER: PdfValue = { kind: 'other' };

/** Charges work in bytes examined. Throws `structure` when the budget is exhausted. */
export function spend(source: PdfSource, work: number): void {
  source.budget.left -= work;
  if (source.budget.left < 0) throw new IntegrityError('structure', 'too much to read');
}

/** The object that starts at `at`, white space and comments skipped. Throws `structure`. */
export function parseObject(source: PdfSource, at: number, depth = 0): Parsed {
  if (depth > MAX_DEPTH) throw new IntegrityError('structure', `byte ${at}: nested too deep`);
  const start = skipSpace(source, at);
  switch (source.bytes[start]) {
    case 0x2f: // '/'
      return parseName(source, start);
    case 0x28: // '('
      return { value: OTHER, end: endOfString(source, start) };
    case 0x5b: // '['
      return parseArray(source, start, depth);
    case 0x3c: // '<'
      return source.bytes[start + 1] === 0x3c
        ? parseDictionary(source, start, depth)
        : { value: OTHER, end: endOfHexString(source, start) };
    default:
      return parseWord(source, start);
  }
}

/** Skips white space and comments before a token and charges for them. */
export function skipSpace(source: PdfSource, from: number): number {
  const { bytes } = source;
  let at = from;
  let comment = false;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (comment) comment = byte !== 10 && byte !== 13;
    else if (byte === 0x25) comment = true;
    else if (CLASSES[byte] !== WHITE) break;
  }
  spend(source, TOKEN_WORK + at - from);
  return at;
}

/** The regular characters from `at` on, at most 127 (the limit of names and keywords). */
export function wordAt(source: PdfSource, at: number): string {
  const { bytes } = source;
  let end = at;
  const last = Math.min(bytes.length, at + 127);
  while (end < last && CLASSES[bytes[end] ?? 0] === REGULAR) end += 1;
  spend(source, end - at);
  return bytes.toString('latin1', at, end);
}

/** A non-negative whole number and where it ends, or null. */
export function integerAt(source: PdfSource, from: number): { value: number; end: number } | null {
  const at = skipSpace(source, from);
  if (!isDigit(source.bytes[at])) return null;
  const word = wordAt(source, at);
  if (!/^\d{1,10}$/.test(word)) return null;
  return { value: Number(word), end: at + word.length };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function parseName(source: PdfSource, slash: number): Parsed {
  const raw = wordAt(source, slash + 1);
  const name = raw.includes('#') ? unescapeName(raw) : raw;
  return { value: { kind: 'name', name }, end: slash + 1 + raw.length };
}

function unescapeName(raw: string): string {
  return raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function parseArray(source: PdfSource, bracket: number, depth: number): Parsed {
  const items: PdfValue[] = [];
  let at = skipSpace(source, bracket + 1);
  while (source.bytes[at] !== 0x5d) {
    const item = parseObject(source, at, depth + 1);
    items.push(item.value);
    at = skipSpace(source, item.end);
  }
  return { value: { kind: 'array', items }, end: at + 1 };
}

function parseDictionary(source: PdfSource, start: number, depth: number): Parsed {
  const entries: PdfDictionary = new Map();
  let at = skipSpace(source, start + 2);
  while (source.bytes[at] !== 0x3e) {
    const key = parseObject(source, at, depth + 1);
    if (key.value.kind !== 'name')
      throw new IntegrityError('structure', `byte ${at}: dictionary key`);
    const value = parseObject(source, key.end, depth + 1);
    entries.set(key.value.name, value.value);
    at = skipSpace(source, value.end);
  }
  if (source.bytes[at + 1] !== 0x3e)
    throw new IntegrityError('structure', `byte ${at}: end of dictionary`);
  return { value: { kind: 'dictionary', entries }, end: at + 2 };
}

/** Number, reference (two whole numbers and R), null, true or false. */
function parseWord(source: PdfSource, start: number): Parsed {
  const word = wordAt(source, start);
  const end = start + word.length;
  if (word === 'null') return { value: NULL, end };
  if (word === 'true' || word === 'false') return { value: OTHER, end };
  if (!/^[+-]*\d*\.?[\d-]*$/.test(word) || word === '') {
    throw new IntegrityError('structure', `byte ${start}: no object`);
  }
  return (
    parseReference(source, word, end) ?? {
      value: { kind: 'number', value: Number(word) || 0 },
      end,
    }
  );
}

function parseReference(source: PdfSource, word: string, end: number): Parsed | null {
  if (!/^\d{1,10}$/.test(word)) return null;
  const generation = integerAt(source, end);
  if (generation === null) return null;
  const mark = skipSpace(source, generation.end);
  if (wordAt(source, mark) !== 'R') return null;
  return { value: { kind: 'reference', number: Number(word) }, end: mark + 1 };
}

/** Parentheses nest; a backslash escapes the next character (PDF 1.7, 7.3.4.2). */
function endOfString(source: PdfSource, start: number): number {
  const { bytes } = source;
  let open = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x5c) at += 1;
    else if (byte === 0x28) open += 1;
    else if (byte === 0x29) open -= 1;
    if (open === 0) {
      spend(source, at - start);
      return at + 1;
    }
  }
  throw new IntegrityError('structure', `byte ${start}: string without end`);
}

function endOfHexString(source: PdfSource, start: number): number {
  const end = source.bytes.indexOf(0x3e, start);
  if (end === -1) throw new IntegrityError('structure', `byte ${start}: string without end`);
  spend(source, end - start);
  return end + 1;
}
