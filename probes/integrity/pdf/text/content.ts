import { isWhite, type PdfToken, type PdfValue, readToken } from '../syntax/objects.ts';
import { cursorAt, find, type PdfCursor, type PdfSource } from '../syntax/source.ts';

const MOST_OPERANDS = 64;

/** Calls back for each operator of a content stream with its operands (PDF 1.7, 7.8.2). */
export function readOperations(
  source: PdfSource,
  run: (operator: string, operands: PdfValue[]) => void,
): void {
  const cursor = cursorAt(source, 0);
  let operands: PdfValue[] = [];
  for (let token = readToken(cursor); token.kind !== 'end'; token = readToken(cursor)) {
    if (token.kind !== 'word') {
      if (operands.length < MOST_OPERANDS) operands.push(token);
      continue;
    }
    run(token.word, operands);
    if (token.word === 'ID') skipImage(cursor);
    operands = [];
  }
}

/** Whether content ends behind an operator, with no text object and no saved state open. */
export function endsWithOperator(source: PdfSource): boolean {
  const cursor = cursorAt(source, 0);
  const open = { text: 0, state: 0 };
  let last: PdfToken = { kind: 'end' };
  for (let token = readToken(cursor); token.kind !== 'end'; token = readToken(cursor)) {
    last = token;
    if (token.kind !== 'word') continue;
    if (token.word === 'BT') open.text += 1;
    else if (token.word === 'ET') open.text -= 1;
    else if (token.word === 'q') open.state += 1;
    else if (token.word === 'Q') open.state -= 1;
    else if (token.word === 'ID') skipImage(cursor);
  }
  return last.kind === 'word' && open.text === 0 && open.state <= 0;
}

/** Skips the data of an inline image: to an EI between white space. */
function skipImage(cursor: PdfCursor): void {
  for (let at = find(cursor, 'EI', cursor.at); at !== -1; at = find(cursor, 'EI', at + 1)) {
    const after = cursor.bytes[at + 2];
    if (isWhite(cursor.bytes[at - 1]) && (after === undefined || isWhite(after))) {
      cursor.at = at + 2;
      return;
    }
  }
  cursor.at = cursor.bytes.length;
}
