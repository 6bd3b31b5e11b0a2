import { IntegrityError } from '../shared/integrity-error.ts';
import { type Amount, amountOf, HALF_FEN } from '../shared/money.ts';
import type { Work } from '../shared/work.ts';
import { children, textAt, type XmlElement } from '../shared/xml-tree.ts';

/** The totals of an invoice: without tax, the tax, both. */
export const TOTALS = ['TotalAmWithoutTax', 'TotalTaxAm', 'TotalTax-includedAmount'] as const;
/** The same of a line. */
const COLUMNS = ['Amount', 'ComTaxAm', 'TotaltaxIncludedAmount'] as const;

/** Halves of a fen below which two sums are one: of figures in fen, and of three rounded ones. */
const EXACT = 1;
const ROUNDED = 3;

/**
 * Checks that amount and tax are the total, in every line and of the invoice, and that the lines
 * are the totals. Each line may have been rounded by half a fen before it was added. Unstated
 * amounts (`***` on a tax-free line) contradict nothing. Throws `sums_mismatch`.
 */
export function checkSums(data: XmlElement, basics: XmlElement, work: Work): void {
  const totals = TOTALS.map((name) => amount(basics, name));
  mustAddAcross(totals, EXACT, `BasicInformation/${TOTALS[2]}`);
  const listed = children(data, 'IssuItemInformation').filter((one) => one.children.length > 0);
  work.spend('element', listed.length * COLUMNS.length, 'IssuItemInformation');
  const lines = listed.map((line) => COLUMNS.map((name) => amount(line, name)));
  for (const line of lines) mustAddAcross(line, ROUNDED, `IssuItemInformation/${COLUMNS[2]}`);
  if (lines.length === 0) return;
  for (const [index, name] of TOTALS.entries()) {
    const column = lines.map((line) => line[index] ?? null);
    mustAdd(column, totals[index] ?? null, lines.length + 1, `BasicInformation/${name}`);
  }
}

/**
 * Amount and tax make the total, each of the three rounded by itself by so many halves of a fen.
 */
function mustAddAcross(three: (Amount | null)[], halves: number, where: string): void {
  const [without = null, tax = null, total = null] = three;
  const unrounded = [without, tax].filter((one) => one !== null && one.decimals > 2).length;
  mustAdd([without, tax], total, halves + unrounded, where);
}

/** The parts are the total but for less than so many halves of a fen. */
function mustAdd(
  parts: (Amount | null)[],
  total: Amount | null,
  halves: number,
  where: string,
): void {
  if (total === null) return;
  let rest = -total.value;
  for (const part of parts) {
    if (part === null) return;
    rest += part.value;
  }
  const tolerance = HALF_FEN * BigInt(halves);
  if (rest >= tolerance || rest <= -tolerance) throw new IntegrityError('sums_mismatch', where);
}

function amount(element: XmlElement, name: string): Amount | null {
  const found = amountOf(textAt(element, name) ?? '');
  if (found === undefined) throw new IntegrityError('sums_mismatch', `${element.name}/${name}`);
  return found;
}
