import { chineseDate } from './dates.ts';
import { BUYERS, DRAWER, GOODS, REMARK, SELLERS } from './invoice.ts';
import { AMOUNT_CHARACTERS } from './money.ts';
import { COLUMN_HEADS, PAGE_WORDS } from './words.ts';

const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)).join('');

/** Every character of any specimen, sorted: the contents of the embedded font. */
export function specimenCharacters(): string {
  const texts = [
    ASCII,
    AMOUNT_CHARACTERS,
    DRAWER,
    REMARK,
    chineseDate('20260101000000'),
    ...Object.values(PAGE_WORDS),
    ...Object.values(COLUMN_HEADS),
    ...[...SELLERS, ...BUYERS].map((party) => party.name),
    ...GOODS.flatMap((good) => [good.name, good.unit]),
  ];
  return [...new Set(texts.join(''))].sort().join('');
}
