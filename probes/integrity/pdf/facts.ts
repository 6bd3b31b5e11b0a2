import type { FileFacts } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import type { PdfDocument } from './file/document.ts';
import type { PdfPage } from './pages/tree.ts';
import { spend } from './syntax/source.ts';
import { informationOf, statedNumber } from './text/information.ts';
import { GAP, linesOf } from './text/lines.ts';
import {
  amountsIn,
  hasNumber,
  labelledNumbers,
  onlyNumber,
  type PageTexts,
  withoutBreaks,
} from './text/numbers.ts';
import { readRuns, type TextReading } from './text/runs.ts';

/** Work of a character that is searched, in bytes examined. */
const CHARACTER_WORK = 16;
const MOST_AMOUNTS = 100;

/**
 * What a file says of its invoice, by the text of its pages, then by its information dictionary.
 * Throws `number_mismatch` if an invoice was asked for and the file is of another: its pages were
 * read whole, say another number where it belongs, and the right one nowhere.
 */
export function pdfFacts(
  document: PdfDocument,
  pages: PdfPage[],
  expected: string | null,
): FileFacts {
  const { texts, whole } = readPages(document, pages);
  const amounts = [...new Set(texts.flatMap(amountsIn))].slice(0, MOST_AMOUNTS);
  const text = whole ? texts.map(({ drawn }) => withoutBreaks(drawn)).join('') : null;
  if (expected !== null && texts.some((page) => hasNumber(page, expected))) {
    return { number: expected, amounts, text };
  }
  const labelled = texts.flatMap((page) => labelledNumbers(page, expected?.length));
  const information = informationOf(document);
  const number = labelled[0] ?? statedNumber(information) ?? onlyNumber(texts);
  if (expected === null || number === expected) return { number, amounts, text };
  if (number !== null && whole && number.length === expected.length) {
    throw new IntegrityError('number_mismatch', 'the number on the page');
  }
  const is_named = information.some(([, text]) => text.includes(expected));
  return { number: is_named ? expected : null, amounts, text };
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
