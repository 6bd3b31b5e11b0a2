import { fault } from './fault.ts';
import type { HeaderLine } from './header-lines.ts';

/** The head of an answer. */
export interface Head {
  status: number;
  /** HTTP/1.1 or later: may be chunked. */
  is_1_1: boolean;
  lines: HeaderLine[];
}

/** Chromium's limit (HttpStreamParser::kMaxHeaderBufSize). */
export const MAX_HEAD_BYTES = 256 * 1024;

/** A longer number is this one to Chromium (base::StringToInt). */
const MOST_STATUS = 2 ** 31 - 1;

/** Bytes of junk that Chromium passes over before a status line. */
const SLOP = 4;

const LF = 10;
const CR = 13;
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/**
 * Where the status line starts: null when these bytes begin without one, undefined as long as that
 * is not known.
 */
export function startOfHead(bytes: Buffer): number | null | undefined {
  const text = bytes.toString('latin1', 0, SLOP + 4).toLowerCase();
  const found = text.indexOf('http');
  if (found !== -1) return found;
  const starts = Array.from({ length: SLOP + 1 }, (_, at) => text.slice(at, at + 4));
  return starts.some((start) => 'http'.startsWith(start)) ? undefined : null;
}

/**
 * Where the body starts, searched from an index on; -1 as long as the head has not ended. An empty
 * line ends it, whether lines end by LF or CR LF.
 */
export function endOfHead(bytes: Buffer, from: number): number {
  for (let lf = bytes.indexOf(LF, from); lf !== -1; lf = bytes.indexOf(LF, lf + 1)) {
    if (bytes[lf + 1] === LF) return lf + 2;
    if (bytes[lf + 1] === CR && bytes[lf + 2] === LF) return lf + 3;
  }
  return -1;
}

/**
 * The head in these bytes, which start at its status line, as Chromium takes them
 * (HttpUtil::AssembleRawHeaders, HttpResponseHeaders::ParseStatusLine): lines end at CR or LF, a
 * missing status is 200, what is no header line is passed over. Throws at a NUL.
 */
export function parseHead(bytes: Buffer): Head {
  if (bytes.includes(0)) throw fault('ANSWER_INVALID', 'NUL in the head');
  const text = bytes.toString('latin1');
  const end = text.search(/[\r\n]/);
  const status_line = end === -1 ? text : text.slice(0, end);
  const rest = end === -1 ? [] : text.slice(end).split(/[\r\n]+/);
  return { ...parseStatusLine(status_line), lines: headerLines(rest) };
}

function parseStatusLine(line: string): { status: number; is_1_1: boolean } {
  const [, major = '0', minor = '0'] = /^http\/(\d)[^.]*\.(\d)/i.exec(line) ?? [];
  const [, digits = ''] = /^[^ ]* +(\d*)/.exec(line) ?? [];
  return {
    status: digits === '' ? 200 : Math.min(Number(digits), MOST_STATUS),
    is_1_1: Number(major) > 1 || (major === '1' && minor >= '1'),
  };
}

function headerLines(texts: readonly string[]): HeaderLine[] {
  const joined: string[] = [];
  let continues = false;
  for (const text of texts) {
    if (text === '') continue;
    if (continues && isBlank(text[0])) {
      joined.push(`${joined.pop() ?? ''} ${text.replace(/^[ \t]+/, '')}`);
    } else {
      joined.push(text);
      continues = text.indexOf(':') > 0 && !isBlank(text[0]);
    }
  }
  return joined.flatMap(headerLine);
}

function headerLine(text: string): HeaderLine[] {
  const colon = text.indexOf(':');
  if (colon < 1 || isBlank(text[0])) return [];
  const name = trimmed(text.slice(0, colon));
  return TOKEN.test(name)
    ? [{ name: name.toLowerCase(), value: trimmed(text.slice(colon + 1)) }]
    : [];
}

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';

/** Without blanks around it; unlike `trim`, other white space stays. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}
