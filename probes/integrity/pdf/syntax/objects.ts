import { IntegrityError } from '../../shared/integrity-error.ts';
import { isAt, latin1, noteMalformed, type PdfCursor, spend } from './source.ts';
import { readHexString, readString } from './strings.ts';

/** A parsed PDF object (PDF 1.7, 7.3). */
export type PdfValue =
  | { kind: 'null' }
  | { kind: 'boolean' }
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'string'; bytes: Uint8Array }
  | { kind: 'reference'; number: number }
  | { kind: 'array'; items: PdfValue[] }
  | { kind: 'dictionary'; entries: PdfDictionary }
  | PdfStream;

export type PdfDictionary = Map<string, PdfValue>;

export interface PdfStream {
  kind: 'stream';
  entries: PdfDictionary;
  /** Position of its data in the file. */
  from: number;
  /** Number of its object. */
  number: number;
}

/** What else may stand between objects: an operator or another word, or the end of the bytes. */
export type PdfToken = PdfValue | { kind: 'word'; word: string } | { kind: 'end' };

const DEEPEST = 500;
/** Cost of a token, of a name above that, and of an entry, in bytes examined. */
const TOKEN_WORK = 24;
const NAME_WORK = 24;
const ENTRY_WORK = 72;
const LONGEST_WORD = 127;

const REGULAR = 0;
const WHITE = 1;
const DELIMITER = 2;
/** Character class of each byte (PDF 1.7, 7.2.2). */
const CLASSES = new Uint8Array(256).fill(REGULAR);
for (const char of '\0\t\n\f\r ') CLASSES[char.charCodeAt(0)] = WHITE;
for (const char of '()<>[]{}/%') CLASSES[char.charCodeAt(0)] = DELIMITER;

export const PDF_NULL: PdfValue = { kind: 'null' };
const BOOLEAN: PdfValue = { kind: 'boolean' };
const END: PdfToken = { kind: 'end' };

/**
 * The object or word at the cursor, which moves behind it. As tolerant as readers: an array or a
 * dictionary without its end reaches to the end of its object, words in it count for nothing.
 */
export function readToken(cursor: PdfCursor, depth = 0): PdfToken {
  skipSpace(cursor);
  spend(cursor.work, TOKEN_WORK);
  const { bytes, at } = cursor;
  if (at >= bytes.length) return END;
  switch (bytes[at]) {
    case 0x2f: // '/'
      return readName(cursor);
    case 0x28: // '('
      return { kind: 'string', bytes: readString(cursor) };
    case 0x5b: // '['
      return readArray(cursor, depth);
    case 0x3c: // '<'
      return bytes[at + 1] === 0x3c
        ? readDictionary(cursor, depth)
        : { kind: 'string', bytes: readHexString(cursor) };
    case 0x3e: // '>'
      return readBracket(cursor, bytes[at + 1] === 0x3e ? '>>' : '>');
    case 0x5d: // ']'
      return readBracket(cursor, ']');
    case 0x29: // ')'
    case 0x7b: // '{'
    case 0x7d: // '}'
      return readBracket(cursor, String.fromCharCode(bytes[at] ?? 0));
    default:
      return readNumber(cursor) ?? readKeyword(cursor);
  }
}

/** The object at the cursor; a word in its place is null. */
export function readValue(cursor: PdfCursor): PdfValue {
  const { at } = cursor;
  const token = readToken(cursor);
  if (token.kind !== 'word' && token.kind !== 'end') return token;
  // An object may be empty, which is null.
  if (token.kind === 'end' || token.word !== 'endobj') noteMalformed(cursor, at);
  return PDF_NULL;
}

/** Skips white space and comments and charges for them. */
export function skipSpace(cursor: PdfCursor): void {
  const { bytes, at: from } = cursor;
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x25) {
      while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at += 1;
    } else if (CLASSES[byte] !== WHITE) break;
  }
  cursor.at = at;
  if (at > from) spend(cursor.work, at - from);
}

/** Whether the next token is this word; if so, the cursor moves behind it. */
export function skipWord(cursor: PdfCursor, word: string): boolean {
  skipSpace(cursor);
  const end = cursor.at + word.length;
  if (!isAt(cursor.bytes, word, cursor.at) || isRegular(cursor.bytes[end])) return false;
  cursor.at = end;
  return true;
}

/** A non-negative whole number at the cursor, which moves behind it; else null, and it stays. */
export function readInteger(cursor: PdfCursor): number | null {
  skipSpace(cursor);
  const end = endOfDigits(cursor.bytes, cursor.at);
  if (end === cursor.at || end - cursor.at > 15 || isRegular(cursor.bytes[end])) return null;
  spend(cursor.work, TOKEN_WORK);
  const value = digitsBetween(cursor.bytes, cursor.at, end);
  cursor.at = end;
  return value;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

export function isWhite(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === WHITE;
}

/** White space, or the beginning of a comment, which is like it. */
function isSpace(byte: number | undefined): boolean {
  return isWhite(byte) || byte === 0x25;
}

/** Neither white space nor a delimiter nor the end. */
export function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === REGULAR;
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at += 1;
  return at;
}

function digitsBetween(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + (bytes[at] ?? 0) - 0x30;
  return value;
}

function endOfRegular(cursor: PdfCursor, from: number): number {
  let at = from;
  while (isRegular(cursor.bytes[at])) at += 1;
  spend(cursor.work, at - from);
  return at;
}

function readBracket(cursor: PdfCursor, word: string): PdfToken {
  cursor.at += word.length;
  return { kind: 'word', word };
}

/** Of any length: 16 Chinese characters are 144 written ones. */
function readName(cursor: PdfCursor): PdfValue {
  const from = cursor.at + 1;
  spend(cursor.work, NAME_WORK);
  cursor.at = endOfRegular(cursor, from);
  const raw = latin1(cursor.bytes, from, cursor.at);
  const name = raw.includes('#')
    ? raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : raw;
  return { kind: 'name', name };
}

/** Words that end whatever is still open. */
const ENDS = new Set(['endobj', 'endstream', 'stream', 'xref', 'trailer', 'startxref']);

function readArray(cursor: PdfCursor, depth: number): PdfValue {
  checkDepth(depth);
  const items: PdfValue[] = [];
  cursor.at += 1;
  for (;;) {
    skipSpace(cursor);
    const start = cursor.at;
    const token = readToken(cursor, depth + 1);
    if (token.kind !== 'word' && token.kind !== 'end') {
      items.push(token);
      continue;
    }
    if (token.kind === 'word' && token.word === ']') break;
    noteMalformed(cursor, start);
    if (token.kind === 'end') break;
    if (token.word === '>>' || ENDS.has(token.word)) {
      cursor.at = start;
      break;
    }
  }
  return { kind: 'array', items };
}

function readDictionary(cursor: PdfCursor, depth: number): PdfValue {
  checkDepth(depth);
  const entries: PdfDictionary = new Map();
  cursor.at += 2;
  let key: string | null = null;
  for (;;) {
    skipSpace(cursor);
    const start = cursor.at;
    const token = readToken(cursor, depth + 1);
    if (token.kind === 'word' && token.word === '>>') break;
    if (token.kind === 'end' || token.kind === 'word') {
      noteMalformed(cursor, start);
      if (token.kind === 'end') break;
      if (ENDS.has(token.word)) {
        cursor.at = start;
        break;
      }
      // Like null, which is no entry.
      key = null;
    } else if (key !== null) {
      spend(cursor.work, ENTRY_WORK);
      entries.set(key, token);
      key = null;
    } else if (token.kind === 'name') key = token.name;
    else noteMalformed(cursor, start);
  }
  return { kind: 'dictionary', entries };
}

/** Our stack is no fault of the file. */
function checkDepth(depth: number): void {
  if (depth > DEEPEST) throw new IntegrityError('too_large', 'nested too deep');
}

/** A number, or a reference: two whole numbers and R. */
function readNumber(cursor: PdfCursor): PdfValue | null {
  const { bytes, at: from } = cursor;
  let at = from;
  while (bytes[at] === 0x2b || bytes[at] === 0x2d) at += 1;
  const negative = at > from && bytes[at - 1] === 0x2d;
  const digits = at;
  at = endOfDigits(bytes, at);
  if (at > digits && !isRegular(bytes[at])) {
    const whole = digitsBetween(bytes, digits, at);
    cursor.at = at;
    if (digits === from && skipReference(cursor)) return { kind: 'reference', number: whole };
    return { kind: 'number', value: negative ? -whole : whole };
  }
  if (bytes[at] === 0x2e) at = endOfDigits(bytes, at + 1);
  if (at === digits) return null;
  const value = Number(latin1(bytes, digits, at)) || 0;
  // What some writers add, as in 1.2.3 or 4-5, is left out by readers.
  while (isDigit(bytes[at]) || bytes[at] === 0x2e || bytes[at] === 0x2d) at += 1;
  spend(cursor.work, at - from);
  cursor.at = at;
  return { kind: 'number', value: negative ? -value : value };
}

/** Behind a whole number: another one and R. Else the cursor stays. */
function skipReference(cursor: PdfCursor): boolean {
  const { bytes, at: from } = cursor;
  if (!isSpace(bytes[from])) return false;
  skipSpace(cursor);
  if (isDigit(bytes[cursor.at])) {
    cursor.at = endOfDigits(bytes, cursor.at);
    if (isSpace(bytes[cursor.at])) {
      skipSpace(cursor);
      if (bytes[cursor.at] === 0x52 && !isRegular(bytes[cursor.at + 1])) {
        cursor.at += 1;
        return true;
      }
    }
  }
  cursor.at = from;
  return false;
}

function readKeyword(cursor: PdfCursor): PdfToken {
  const from = cursor.at;
  // Something must be read, whatever it is.
  cursor.at = Math.max(endOfRegular(cursor, from), from + 1);
  const word = latin1(cursor.bytes, from, Math.min(cursor.at, from + LONGEST_WORD));
  if (word === 'null') return PDF_NULL;
  return word === 'true' || word === 'false' ? BOOLEAN : { kind: 'word', word };
}
