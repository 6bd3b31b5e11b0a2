import { type Finding, NO_FACTS } from './shared/finding.ts';
import { IntegrityError } from './shared/integrity-error.ts';
import { child, parseXml, textAt, type XmlElement } from './shared/xml-tree.ts';

/**
 * An invoice takes a few kB, with 4,000 lines still less than this; more would block the measuring
 * thread.
 */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_NODES = 60_000;

/**
 * Checks a 数电票 XML: well-formed with root `EInvoice`, else `structure` (or `truncated`); the
 * number in both places and the expected one, and the sums, to the fen, else
 * `sums_mismatch`.
 */
export function checkInvoiceXml(bytes: Uint8Array, expected: { number: string } | null): Finding {
  const invoice = parseXml(bytes, 'EInvoice', { bytes: MAX_BYTES, nodes: MAX_NODES });
  if (invoice.name !== 'EInvoice') throw new IntegrityError('structure', 'root element');
  const data = child(invoice, 'EInvoiceData');
  if (data === null) throw new IntegrityError('structure', 'EInvoiceData');
  checkNumber(invoice, expected);
  checkSums(data);
  return { checked: 'structure', notes: [], facts: NO_FACTS };
}

function checkNumber(invoice: XmlElement, expected: { number: string } | null): void {
  const number = textAt(invoice, 'TaxSupervisionInfo', 'InvoiceNumber');
  const id = textAt(invoice, 'Header', 'EIid');
  if (number === null) throw new IntegrityError('structure', 'TaxSupervisionInfo/InvoiceNumber');
  if (id !== null && id !== number) throw new IntegrityError('sums_mismatch', 'Header/EIid');
  if (expected !== null && number !== expected.number) {
    throw new IntegrityError('number_mismatch', 'TaxSupervisionInfo/InvoiceNumber');
  }
}

function checkSums(data: XmlElement): void {
  const basics = child(data, 'BasicInformation');
  if (basics === null) throw new IntegrityError('structure', 'BasicInformation');
  const totals = {
    amount: money(basics, 'TotalAmWithoutTax'),
    tax: money(basics, 'TotalTaxAm'),
    total: money(basics, 'TotalTax-includedAmount'),
  };
  mustAdd([totals.amount, totals.tax], totals.total, 'BasicInformation/TotalTax-includedAmount');
  const lines = data.children.filter(
    (one) => one.name === 'IssuItemInformation' && one.children.length > 0,
  );
  for (const line of lines) {
    const parts = [money(line, 'Amount'), money(line, 'ComTaxAm')];
    const total = money(line, 'TotaltaxIncludedAmount');
    mustAdd(parts, total, 'IssuItemInformation/TotaltaxIncludedAmount');
  }
  if (lines.length === 0) return;
  const column = (name: string) => lines.map((line) => money(line, name));
  mustAdd(column('Amount'), totals.amount, 'BasicInformation/TotalAmWithoutTax');
  mustAdd(column('ComTaxAm'), totals.tax, 'BasicInformation/TotalTaxAm');
  mustAdd(
    column('TotaltaxIncludedAmount'),
    totals.total,
    'BasicInformation/TotalTax-includedAmount',
  );
}

/** Unstated amounts (`***` on a tax-free line) cannot contradict others. */
function mustAdd(parts: (bigint | null)[], total: bigint | null, where: string): void {
  let sum = -(total ?? 0n);
  for (const part of [...parts, total]) if (part === null) return;
  for (const part of parts) sum += part ?? 0n;
  // Amounts may have more than two decimals; they agree when they round to the same fen.
  if (sum >= HALF_FEN || sum <= -HALF_FEN) throw new IntegrityError('sums_mismatch', where);
}

const DECIMALS = 12;
const HALF_FEN = 5n * 10n ** BigInt(DECIMALS - 3);

/** The amount in 10^-12 yuan; null when not stated. Throws when it is malformed. */
function money(element: XmlElement, name: string): bigint | null {
  const text = textAt(element, name);
  if (text === null || text === '' || /^\*+$/.test(text) || /^(免税|不征税|0税率)$/.test(text))
    return null;
  const match = /^([+-]?)(\d{1,20})(?:\.(\d{1,12})\d{0,20})?$/.exec(text);
  if (match === null) throw new IntegrityError('sums_mismatch', `${element.name}/${name}`);
  const [, sign, whole = '', decimals = ''] = match;
  const value = BigInt(whole + decimals.padEnd(DECIMALS, '0'));
  return sign === '-' ? -value : value;
}
