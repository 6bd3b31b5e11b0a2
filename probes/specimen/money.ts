const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];

/** Every character `amountInWords` can print. */
export const AMOUNT_CHARACTERS = `${DIGITS}${PLACES.join('')}${GROUPS.join('')}圆角分整`;

/** Fen as yuan with two decimals and a point: 123456 -> `1234.56`. */
export function yuan(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/**
 * Fen in the formal numerals of financial documents ("正确填写票据和结算凭证的基本规定"):
 * 100500 -> 壹仟零伍圆整. Whole and non-negative, below one trillion yuan.
 */
export function amountInWords(fen: number): string {
  if (fen === 0) return '零圆整';
  const whole = Math.trunc(fen / 100);
  const jiao = Math.trunc(fen / 10) % 10;
  const rest = fen % 10;
  const head = whole === 0 ? '' : `${wholeInWords(whole)}圆`;
  if (jiao === 0 && rest === 0) return `${head}整`;
  const gap = jiao === 0 && whole > 0 ? '零' : '';
  const tenths = jiao === 0 ? gap : `${digit(jiao)}角`;
  return `${head}${tenths}${rest === 0 ? '整' : `${digit(rest)}分`}`;
}

function wholeInWords(whole: number): string {
  let words = '';
  let zero = false;
  const text = String(whole);
  for (const [index, char] of [...text].entries()) {
    const place = text.length - 1 - index;
    if (char === '0') zero = true;
    else {
      words += `${zero && words !== '' ? '零' : ''}${digit(Number(char))}${PLACES[place % 4]}`;
      zero = false;
    }
    if (place % 4 === 0 && groupHasDigits(whole, place)) words += GROUPS[place / 4];
  }
  return words;
}

function groupHasDigits(whole: number, place: number): boolean {
  return Math.trunc(whole / 10 ** place) % 10_000 !== 0;
}

function digit(value: number): string {
  return DIGITS.charAt(value);
}
