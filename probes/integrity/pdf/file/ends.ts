import { isDigit, isWhite, readInteger } from '../syntax/objects.ts';
import { cursorAt, find, findLast, isAt, latin1, type PdfSource } from '../syntax/source.ts';

const END_MARK = '%%EOF';
const HEAD_BYTES = 1024;

/** How a file ends. */
export interface FileEnd {
  /**
   * It is shorter than it should be: its last object is cut and no end marker follows, or of a
   * linearized file, which has one at its beginning too, less is there than it says.
   */
  cut: string | null;
  /** It has an end marker, behind which no object begins. */
  marked: boolean;
  /** More than white space follows the last end marker. */
  appended: boolean;
}

/** How the file ends; `cut` says what it lacks, or is null. `header`: where its header begins. */
export function endOf(source: PdfSource, header: number): FileEnd {
  const { bytes } = source;
  const mark = findLast(source, END_MARK, bytes.length - END_MARK.length);
  const stated = linearizedLength(source, header);
  const marked = mark !== -1 && (stated <= bytes.length || find(source, ' obj', mark) === -1);
  const [got, all] = [bytes.length, stated].map((count) => count.toLocaleString('en'));
  const lack = stated > bytes.length ? `${got} of ${all} bytes` : END_MARK;
  const cut = !marked && lastObjectIsCut(source, stated > 0) ? lack : null;
  return { cut, marked, appended: marked && isAppended(bytes, mark) };
}

/** The position that the last `startxref` gives; null if there is none. */
export function startOfCrossReference(source: PdfSource): number | null {
  const word = 'startxref';
  const at = findLast(source, word, source.bytes.length - word.length);
  return at === -1 ? null : readInteger(cursorAt(source, at + word.length));
}

function isAppended(bytes: Uint8Array, mark: number): boolean {
  for (let at = mark + END_MARK.length; at < bytes.length; at += 1) {
    if (!isWhite(bytes[at])) return true;
  }
  return false;
}

/** What /L of a linearized file says; 0 of any other (PDF 1.7, F.2). */
function linearizedLength({ bytes }: PdfSource, header: number): number {
  const head = latin1(bytes, header, Math.min(bytes.length, header + HEAD_BYTES));
  const dictionary = /<<[^>]*\/Linearized[^>]*>>/.exec(head)?.[0] ?? '';
  return Number(/\/L\s+(\d{1,10})/.exec(dictionary)?.[1] ?? 0);
}

/** Not so if it is but the last cross-reference stream of a file that has another. */
function lastObjectIsCut(source: PdfSource, has_another: boolean): boolean {
  const { bytes } = source;
  for (
    let at = findLast(source, 'obj', bytes.length - 'obj'.length);
    at > 0;
    at = findLast(source, 'obj', at - 1)
  ) {
    // An `endobj`: behind it nothing was begun but the cross-reference.
    if (isAt(bytes, 'endobj', at - 'end'.length)) return false;
    if (isWhite(bytes[at - 1]) || isDigit(bytes[at - 1])) {
      return !has_another || find(source, '/XRef', at) === -1;
    }
  }
  return true;
}
