/** An amount in units of 10^-12 yuan, and how many decimals it was written with. */
export interface Amount {
  value: bigint;
  decimals: number;
}

const DECIMALS = 12;
const FEN = 10n ** BigInt(DECIMALS - 2);
/** Larger exponents are no amount. */
const MOST_EXPONENT = 12;
const MOST_DIGITS = 40;

/** Half a fen: what rounding to fen may change an amount by. */
export const HALF_FEN = FEN / 2n;

/**
 * The amount that a text states: with a currency sign, thousands separators or an exponent, as
 * writers have them. `null`: none is stated (empty, `***`, 免税 and other words). `undefined`: it is
 * written like an amount and is none.
 */
export function amountOf(text: string): Amount | null | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/^([+-]?)\s*[¥￥]/, '$1')
    .replace(/[\s,]/g, '');
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:E([+-]?\d{1,3}))?$/i.exec(plain);
  if (match === null)
    return /\d/.test(plain) && !/\p{Script=Han}|\*/u.test(plain) ? undefined : null;
  const [, sign, whole = '', decimals = '', exponent = '0'] = match;
  if (whole.length > MOST_DIGITS || Math.abs(Number(exponent)) > MOST_EXPONENT) return undefined;
  const scale = DECIMALS + Number(exponent);
  const value = BigInt(whole + decimals.slice(0, scale).padEnd(scale, '0'));
  const shown = Math.max(0, decimals.length - Number(exponent));
  return { value: sign === '-' ? -value : value, decimals: shown };
}

/**
 * The amount as a decimal with two digits after the point, half a fen up; null if none is stated.
 */
export function twoDecimals(text: string): string | null {
  const amount = amountOf(text);
  if (amount === null || amount === undefined) return null;
  const { value } = amount;
  const fen = ((value < 0n ? -value : value) + HALF_FEN) / FEN;
  const digits = String(fen).padStart(3, '0');
  const sign = value < 0n && fen > 0n ? '-' : '';
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
