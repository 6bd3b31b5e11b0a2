/** As JSON writes numbers: no zero before others. */
const NUMERAL = /^(-?)(0|[1-9]\d{0,199})(?:\.(\d{1,200}))?(?:e([+-]?\d{1,4}))?$/i;

/** A number in one way of writing, with all of its digits; null: the text is none. */
export function canonicalNumeral(text: string): string | null {
  const match = NUMERAL.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`;
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  const shown = significant.replace(/^0+/, '');
  return shown === '' ? '0' : `${sign}${shown}e${power}`;
}
