import { IntegrityError } from '../../shared/integrity-error.ts';

/**
 * Work that may still be done, in bytes examined; what costs more is charged as more. Malicious
 * files let many objects share one long text, so that size alone is no limit.
 */
export interface PdfWork {
  left: number;
  /** Where something stood that is no object, which some readers refuse; null if nowhere. */
  malformed: string | null;
  /** What makes most readers show no page; null if nothing. */
  hidden: string | null;
}

/** The bytes of a file or of a stream in it. */
export interface PdfSource {
  bytes: Uint8Array;
  work: PdfWork;
}

/** Where reading goes on. */
export interface PdfCursor extends PdfSource {
  at: number;
}

/** Searching takes the processor a small part of what examining does. */
const SEARCH_SHARE = 1 / 8;
const SEARCH_WORK = 8;
const LONGEST_WORD = 12;
const LONGEST_PIECE = 8192;

/** Notes the first place where something is not written as it should be. */
export function noteMalformed({ work }: PdfSource, at: number): void {
  work.malformed ??= `byte ${at}`;
}

/** Reads what every reader reads first: what is malformed in it makes most show no page. */
export function readFirst<T>({ work }: PdfSource, read: () => T): T {
  const { malformed } = work;
  work.malformed = null;
  const value = read();
  work.hidden ??= work.malformed;
  work.malformed ??= malformed;
  return value;
}

export function cursorAt(source: PdfSource, at: number): PdfCursor {
  return { bytes: source.bytes, work: source.work, at };
}

/** Charges work. Throws `too_large` when there is none left. */
export function spend(work: PdfWork, units: number): void {
  work.left -= units;
  if (work.left < 0) throw new IntegrityError('too_large', 'more than is checked in its time');
}

/** The bytes as one character each; most texts are words of a few. */
export function latin1(bytes: Uint8Array, from = 0, to: number = bytes.length): string {
  let text = '';
  if (to - from <= LONGEST_WORD) {
    for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
    return text;
  }
  for (let at = from; at < to; at += LONGEST_PIECE) {
    const piece = bytes.subarray(at, Math.min(to, at + LONGEST_PIECE));
    // Its type wants an array; spreading the bytes into one would take four times as long.
    text += String.fromCharCode.apply(null, piece as unknown as number[]);
  }
  return text;
}

/** Position of an ASCII text that begins and ends within the span, or -1. */
export function find(
  source: PdfSource,
  text: string,
  from: number,
  to: number = source.bytes.length,
): number {
  const span = source.bytes.subarray(0, to);
  const first = text.charCodeAt(0);
  let charged = from;
  for (let at = span.indexOf(first, from); at !== -1; at = span.indexOf(first, at + 1)) {
    spend(source.work, SEARCH_WORK + (at - charged) * SEARCH_SHARE);
    charged = at;
    if (isAt(span, text, at)) return at;
  }
  spend(source.work, SEARCH_WORK + Math.max(0, to - charged) * SEARCH_SHARE);
  return -1;
}

/** The last position of an ASCII text that begins at `from` at the latest, or -1. */
export function findLast(source: PdfSource, text: string, from: number): number {
  const { bytes } = source;
  const first = text.charCodeAt(0);
  let charged = from;
  for (let at = from; at >= 0; at -= 1) {
    at = bytes.lastIndexOf(first, at);
    if (at === -1) break;
    spend(source.work, SEARCH_WORK + (charged - at) * SEARCH_SHARE);
    charged = at;
    if (isAt(bytes, text, at)) return at;
  }
  spend(source.work, SEARCH_WORK + Math.max(0, charged) * SEARCH_SHARE);
  return -1;
}

/** Whether an ASCII text stands there. */
export function isAt(bytes: Uint8Array, text: string, at: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
