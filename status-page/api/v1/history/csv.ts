/**
 * How a text begins that spreadsheet programs take for a formula, by OWASP, "CSV Injection", whose
 * full-width signs are typed in Chinese; by OWASP ASVS 1.2.10 also NUL.
 */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
/** RFC 4180; by tabs and semicolons some programs divide cells too. */
const NEEDS_QUOTES = /[",;\t\r\n]/;

/**
 * A line of RFC 4180; null is an empty cell. A text that would be a formula stands behind a single
 * quote; numbers are what they are.
 */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value === null || value === undefined ? '' : String(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
