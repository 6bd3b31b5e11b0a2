import { isUtf8 } from 'node:buffer';
import type { ConfigurationIssue } from './issues.ts';

const NEWLINE = 0x0a;
const ADVICE = 'save the file as UTF-8 (Notepad: Save as, Encoding UTF-8)';

/**
 * The text of a file in UTF-8, without its byte order mark, or the first place that is not UTF-8:
 * editors on Chinese Windows save GBK or UTF-16 unless told otherwise.
 */
export function decodeUtf8(bytes: Buffer): { text: string } | { issue: ConfigurationIssue } {
  const wide = wideEncoding(bytes);
  if (wide !== null) {
    return { issue: { path: '', line: 1, column: 1, message: `is ${wide}; ${ADVICE}` } };
  }
  if (isUtf8(bytes)) return { text: bytes.toString('utf8').replace(/^\ufeff/, '') };
  const start = startOfBadLine(bytes);
  const end = bytes.indexOf(NEWLINE, start);
  const bad_line = bytes.subarray(start, end === -1 ? undefined : end);
  const line = bytes.subarray(0, start).filter((byte) => byte === NEWLINE).length + 1;
  const column = columnOfBadByte(bad_line);
  const message = `is not UTF-8 but, it seems, ${legacyEncoding(bad_line)}; ${ADVICE}`;
  return { issue: { path: '', line, column, message } };
}

/** UTF-16 by its byte order mark or, without one, by its zero bytes; null for anything else. */
function wideEncoding(bytes: Buffer): 'UTF-16' | null {
  const mark = bytes.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff' || bytes.includes(0) ? 'UTF-16' : null;
}

/** No character of UTF-8 contains a line feed, so that each line can be checked by itself. */
function startOfBadLine(bytes: Buffer): number {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return start;
    start = end + 1;
  }
}

/** Counted in characters, as editors do. */
function columnOfBadByte(line: Buffer): number {
  let sound = 0;
  for (let end = 1; end <= Math.min(line.length, LONGEST_SEARCH); end += 1) {
    if (isUtf8(line.subarray(0, end))) sound = end;
  }
  return line.toString('utf8', 0, sound).length + 1;
}

const LONGEST_SEARCH = 10_000;

function legacyEncoding(bytes: Buffer): string {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return 'GBK';
  } catch {
    return 'another encoding';
  }
}
