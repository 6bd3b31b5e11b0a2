import type { FileFacts } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { GAP, standsFreely, withoutBreaks } from '../shared/own-number.ts';
import type { PdfDocument } from './file/document.ts';
import type { PdfPage } from './pages/tree.ts';
import { spend } from './syntax/source.ts';
import { informationOf, statedNumber } from './text/information.ts';
import { linesOf } from './text/lines.ts';
import {
  amountsIn,
  hasNumber,
  labelledNumbers,
  namedNumbers,
  onlyNumber,
  type PageTexts,
} from './text/numbers.ts';
import { readRuns, type TextReading } from './text/runs.ts';

/** Work of a character that is searched, in bytes examined. */
const CHARACTER_WORK = 16;
const MOST_AMOUNTS = 100;

/**
 * What a file says of its invoice, by the text of its pages, then by its information dictionary.
 * Throws `number_mismatch` if an invoice was asked for and the file is of another: its pages were
 * read whole, say another number where it belongs, and the right one nowhere but behind the label
 * of something else.
 */
export function pdfFacts(
  document: PdfDocument,
  pages: PdfPage[],
  expected: string | null,
): FileFacts {
  const { texts, whole } = readPages(document, pages);
  const amounts = [...new Set(texts.flatMap(amountsIn))].slice(0, MOST_AMOUNTS);
  const text = whole ? texts.map(({ drawn }) => withoutBreaks(drawn)).join('') : null;
  const labelled = texts.flatMap((page) => labelledNumbers(page, expected?.length));
  if (expected !== null && isOwn(texts, labelled, expected)) {
    return { number: expected, amounts, text };
  }
  const information = informationOf(document);
  const number = labelled[0] ?? statedNumber(information) ?? onlyNumber(texts);
  if (expected === null || number === expected) return { number, amounts, text };
  if (number !== null && whole && number.length === expected.length) {
    throw new IntegrityError('number_mismatch', 'the number on the page');
  }
  const is_named = information.some(([, text]) => text.includes(expected));
  return { number: is_named ? expected : null, amounts, text };
}

/** Whether the number is there, and is not just what an invoice of another number refers to. */
function isOwn(texts: PageTexts[], labelled: string[], number: string): boolean {
  if (!texts.some((page) => hasNumber(page, number))) return false;
  if (labelled.length === 0 || labelled.includes(number)) return true;
  const is_named = texts.some((page) => namedNumbers(page, number.length).length > 0);
  return texts.some(({ drawn, lines }) =>
    standsFreely({ drawn, lines: lines.map(({ text }) => text) }, number, is_named),
  );
}

/** The texts of the pages, as far as work allows. */
function readPages(
  document: PdfDocument,
  pages: PdfPage[],
): { texts: PageTexts[]; whole: boolean } {
  const fonts: TextReading['fonts'] = new Map();
  const texts: PageTexts[] = [];
  try {
    for (const page of pages) {
      const reading: TextReading = { document, fonts, runs: [], legible: true, pictures: false };
      readRuns(reading, page);
      texts.push(textsOf(reading));
    }
    return { texts, whole: true };
  } catch (error) {
    if (!(error instanceof IntegrityError) || error.reason !== 'too_large') throw error;
    return { texts, whole: false };
  }
}

function textsOf({ document, runs, legible, pictures }: TextReading): PageTexts {
  const length = runs.reduce((sum, { text }) => sum + text.length + 1, 0);
  spend(document.source.work, length * CHARACTER_WORK);
  // Full-width digits, and radicals in place of characters, as some fonts map them.
  const normal = runs.map((run) => ({ ...run, text: run.text.normalize('NFKC') }));
  const drawn = normal.map(({ text }) => text).join(GAP);
  return { drawn, lines: linesOf(normal), legible, pictures };
}
