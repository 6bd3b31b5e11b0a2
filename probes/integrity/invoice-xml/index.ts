import type { ResultNote } from '../../../model/vocabulary.ts';
import type { Finding } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { twoDecimals } from '../shared/money.ts';
import type { Work } from '../shared/work.ts';
import { child, parseXml, textAt, within, type XmlElement } from '../shared/xml-tree.ts';
import { checkKind } from './kind.ts';
import { checkSums, TOTALS } from './sums.ts';

/**
 * Checks a 数电票 XML (`EInvoice`; no schema is published): well-formed, the number in both places and
 * the expected one, and the sums. Throws `truncated`, `not_well_formed`, `number_mismatch`,
 * `sums_mismatch`; `not_a_file` for pages and error documents; `unknown_kind` for any other XML.
 */
export function checkInvoiceXml(
  bytes: Uint8Array,
  expected: { number: string } | null,
  work: Work,
): Finding {
  const { root, ends_in_nul } = parseXml(bytes, 'EInvoice', work);
  checkKind(root);
  const data = child(root, 'EInvoiceData');
  const basics = child(data, 'BasicInformation');
  if (data === null || basics === null) {
    throw new IntegrityError('unknown_kind', data === null ? 'EInvoiceData' : 'BasicInformation');
  }
  const number = checkNumber(root, expected);
  checkSums(data, basics, work);
  const notes: ResultNote[] = ends_in_nul ? ['bytes_appended'] : [];
  if (expected !== null && number === null) notes.push('number_not_found');
  const text = [...within(root)].map((one) => one.text.replace(/\s/g, '')).join('');
  return { checked: 'structure', notes, facts: { number, amounts: amountsOf(basics), text } };
}

/**
 * The number of the invoice, null if it does not say. Throws if it says two, or not the expected.
 */
function checkNumber(invoice: XmlElement, expected: { number: string } | null): string | null {
  const number = textAt(invoice, 'TaxSupervisionInfo', 'InvoiceNumber');
  const id = textAt(invoice, 'Header', 'EIid');
  if (isNumber(number) && isNumber(id) && id !== number) {
    throw new IntegrityError('number_mismatch', 'Header/EIid');
  }
  const said = isNumber(number) ? number : isNumber(id) ? id : null;
  if (said === null || expected === null || said === expected.number) return said;
  const where = said === number ? 'TaxSupervisionInfo/InvoiceNumber' : 'Header/EIid';
  throw new IntegrityError('number_mismatch', where);
}

/** Other identifiers contradict nothing. */
function isNumber(text: string | null): text is string {
  return text !== null && /^\d{20}$/.test(text);
}

function amountsOf(basics: XmlElement): string[] {
  return TOTALS.flatMap((name) => twoDecimals(textAt(basics, name) ?? '') ?? []);
}
