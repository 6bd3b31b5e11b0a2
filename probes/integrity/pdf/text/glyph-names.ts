/** Names of glyphs that amounts and numbers are written with (Adobe Glyph List). */
const NAMES: Record<string, string> = {
  space: ' ',
  nbspace: ' ',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  period: '.',
  comma: ',',
  colon: ':',
  semicolon: ';',
  hyphen: '-',
  minus: '-',
  slash: '/',
  percent: '%',
  numbersign: '#',
  asterisk: '*',
  plus: '+',
  parenleft: '(',
  parenright: ')',
  yen: '¥',
  dollar: '$',
};

/** The character of a glyph's name; null if it is not known (`g12`, `cid7`). */
export function characterOf(name: string): string | null {
  const base = name.replace(/\..*$/, '');
  const known = NAMES[base];
  if (known !== undefined) return known;
  if (/^[A-Za-z]$/.test(base)) return base;
  const code = /^uni([0-9A-F]{4})$/.exec(base)?.[1] ?? /^u([0-9A-F]{4,5})$/.exec(base)?.[1];
  return code === undefined ? null : String.fromCodePoint(Number.parseInt(code, 16));
}
