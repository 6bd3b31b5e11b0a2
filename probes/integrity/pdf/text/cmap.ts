import { type PdfToken, readToken } from '../syntax/objects.ts';
import { cursorAt, type PdfSource } from '../syntax/source.ts';
import { itemsOf, numberOf } from '../syntax/values.ts';

/** What a CMap maps codes to: texts (ToUnicode) or character ids. */
export interface CodeMap {
  /** Codes of their own, to texts. */
  texts: Map<number, string>;
  /** Runs of codes, to the text of the first, whose last unit counts up. */
  runs: CodeRun[];
  /** Runs of codes, to the character id of the first. */
  ids: { from: number; to: number; id: number }[];
  /** How many bytes codes have, by their first byte. */
  lengths: { from: number; to: number; bytes: number }[];
}

interface CodeRun {
  from: number;
  to: number;
  text: string;
}

/** Reads a CMap (Adobe technical notes 5014, 5411; PDF 1.7, 9.7.5 and 9.10.3). */
export function readCodeMap(source: PdfSource): CodeMap {
  const map: CodeMap = { texts: new Map(), runs: [], ids: [], lengths: [] };
  const cursor = cursorAt(source, 0);
  let operands: PdfToken[] = [];
  for (let token = readToken(cursor); token.kind !== 'end'; token = readToken(cursor)) {
    if (token.kind !== 'word') operands.push(token);
    else {
      SECTIONS[token.word]?.(map, operands);
      operands = [];
    }
  }
  map.runs.sort((a, b) => a.from - b.from);
  return map;
}

/** The text of a code; null if the map has none. */
export function textOfCode(map: CodeMap, code: number): string | null {
  const own = map.texts.get(code);
  if (own !== undefined) return own;
  let low = 0;
  let high = map.runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = map.runs[middle];
    if (run === undefined) break;
    if (code < run.from) high = middle - 1;
    else if (code > run.to) low = middle + 1;
    else return counted(run.text, code - run.from);
  }
  return null;
}

/** The character id of a code; null if the map has none. */
export function idOfCode(map: CodeMap, code: number): number | null {
  const run = map.ids.find(({ from, to }) => from <= code && code <= to);
  return run === undefined ? null : run.id + code - run.from;
}

const SECTIONS: Record<string, (map: CodeMap, operands: PdfToken[]) => void> = {
  endcodespacerange: (map, operands) => {
    for (const [from, to] of groupsOf(operands, 2)) {
      if (from?.kind !== 'string' || to?.kind !== 'string') continue;
      const bytes = from.bytes.length;
      map.lengths.push({ from: from.bytes[0] ?? 0, to: to.bytes[0] ?? 0, bytes });
    }
  },
  endbfchar: (map, operands) => {
    for (const [code, text] of groupsOf(operands, 2)) {
      if (code !== undefined && text !== undefined) map.texts.set(codeOf(code), textOf(text));
    }
  },
  endbfrange: (map, operands) => {
    for (const [first, last, target] of groupsOf(operands, 3)) {
      if (first === undefined || last === undefined || target === undefined) continue;
      const from = codeOf(first);
      if (target.kind === 'array') {
        itemsOf(target).forEach((item, index) => {
          map.texts.set(from + index, textOf(item));
        });
      } else map.runs.push({ from, to: codeOf(last), text: textOf(target) });
    }
  },
  endcidchar: (map, operands) => {
    for (const [code, id] of groupsOf(operands, 2)) {
      if (code === undefined || id?.kind !== 'number') continue;
      map.ids.push({ from: codeOf(code), to: codeOf(code), id: id.value });
    }
  },
  endcidrange: (map, operands) => {
    for (const [from, to, id] of groupsOf(operands, 3)) {
      if (from === undefined || to === undefined || id?.kind !== 'number') continue;
      map.ids.push({ from: codeOf(from), to: codeOf(to), id: numberOf(id, 0) });
    }
  },
};

function* groupsOf(operands: PdfToken[], size: number): Generator<PdfToken[]> {
  for (let at = 0; at + size <= operands.length; at += size) yield operands.slice(at, at + size);
}

function codeOf(token: PdfToken): number {
  if (token.kind === 'number') return token.value;
  if (token.kind !== 'string') return -1;
  let code = 0;
  for (const byte of token.bytes.subarray(0, 4)) code = code * 256 + byte;
  return code;
}

/** UTF-16BE; a single byte is a character too. */
function textOf(token: PdfToken): string {
  if (token.kind !== 'string') return '';
  const { bytes } = token;
  if (bytes.length === 1) return String.fromCharCode(bytes[0] ?? 0);
  let text = '';
  for (let at = 0; at + 1 < Math.min(bytes.length, 64); at += 2) {
    text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  }
  return text;
}

function counted(text: string, steps: number): string {
  if (steps === 0 || text === '') return text;
  const last = text.charCodeAt(text.length - 1) + steps;
  return text.slice(0, -1) + String.fromCharCode(last & 0xffff);
}
