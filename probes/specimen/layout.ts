import { chineseDate } from './dates.ts';
import type { Colour, Drawing, LineShape, Shape, TextShape } from './drawing.ts';
import { textWidth } from './font/font.ts';
import {
  SPECIMEN_MARK,
  type SpecimenInvoice,
  type SpecimenLine,
  type SpecimenParty,
} from './invoice.ts';
import { amountInWords, yuan } from './money.ts';
import { COLUMN_HEADS, PAGE_WORDS } from './words.ts';

const WIDTH = 210;
const HEIGHT = 140;
const FRAME = { left: 8, right: 202, top: 34, bottom: 122 };
const ITEMS_TOP = 58;
const TOTALS_TOP = 94;
const REMARK_TOP = 102;
const MIDDLE = (FRAME.left + FRAME.right) / 2;
const LABEL_WIDTH = 7;

const BROWN: Colour = [140, 66, 40];
const INK: Colour = [20, 20, 20];
const PALE: Colour = [228, 223, 219];
const SMALL = 3.2;
const NORMAL = 3.6;

/** Start (text) or end (numbers) of a column. */
const COLUMNS = [
  { key: 'item', align: 'left', x: 10 },
  { key: 'unit', align: 'left', x: 66 },
  { key: 'quantity', align: 'right', x: 96 },
  { key: 'unit_price', align: 'right', x: 124 },
  { key: 'amount', align: 'right', x: 152 },
  { key: 'tax_rate', align: 'right', x: 172 },
  { key: 'tax', align: 'right', x: 200 },
] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number]['key'], string>>;

/**
 * The page of a specimen, 210 × 140 mm as 数电票 are: plain, with 样张 SIMULATED across it and no seal.
 */
export function layout(invoice: SpecimenInvoice): Drawing {
  return {
    width: WIDTH,
    height: HEIGHT,
    shapes: [
      ...mark(),
      ...heading(invoice),
      ...frame(),
      ...parties(invoice),
      ...items(invoice),
      ...totals(invoice),
      ...foot(invoice),
    ],
  };
}

/** Painted first, so that it lies under the text. */
function mark(): Shape[] {
  return [
    text({ text: SPECIMEN_MARK, x: 38, y: 116, size: 21, colour: PALE, turned: 27 }),
    text({ text: SPECIMEN_MARK, x: 8, y: 14, size: 6, colour: BROWN }),
  ];
}

function heading(invoice: SpecimenInvoice): Shape[] {
  const { title, number, issued } = PAGE_WORDS;
  return [
    text({ text: title, x: WIDTH / 2, y: 16, size: 6.6, colour: BROWN, align: 'centre' }),
    line(73, 19.5, 137, 19.5, 0.35),
    line(73, 20.7, 137, 20.7, 0.35),
    ...pair(number, invoice.number, 144, 15),
    ...pair(issued, chineseDate(invoice.issued), 144, 22),
    text({
      text: PAGE_WORDS.no_seal,
      x: WIDTH / 2,
      y: 27.5,
      size: 2.8,
      colour: BROWN,
      align: 'centre',
    }),
  ];
}

function frame(): Shape[] {
  const { left, right, top, bottom } = FRAME;
  return [
    line(left, top, right, top),
    line(left, bottom, right, bottom),
    line(left, top, left, bottom),
    line(right, top, right, bottom),
    line(left, ITEMS_TOP, right, ITEMS_TOP),
    line(left, TOTALS_TOP, right, TOTALS_TOP),
    line(left, REMARK_TOP, right, REMARK_TOP),
    line(MIDDLE, top, MIDDLE, ITEMS_TOP),
    line(left + LABEL_WIDTH, top, left + LABEL_WIDTH, ITEMS_TOP),
    line(MIDDLE + LABEL_WIDTH, top, MIDDLE + LABEL_WIDTH, ITEMS_TOP),
    line(left + LABEL_WIDTH, REMARK_TOP, left + LABEL_WIDTH, bottom),
  ];
}

function parties(invoice: SpecimenInvoice): Shape[] {
  return [
    ...party(PAGE_WORDS.buyer, invoice.buyer, FRAME.left),
    ...party(PAGE_WORDS.seller, invoice.seller, MIDDLE),
  ];
}

function party(label: string, who: SpecimenParty, left: number): Shape[] {
  const x = left + LABEL_WIDTH + 2;
  return [
    ...upright(label, left + LABEL_WIDTH / 2, FRAME.top + 5, 4.3),
    ...pair(PAGE_WORDS.name, who.name, x, 43),
    ...pair(PAGE_WORDS.tax_id, who.tax_id, x, 52),
  ];
}

function items(invoice: SpecimenInvoice): Shape[] {
  const sums = { amount: money(invoice.amount_fen), tax: money(invoice.tax_fen) };
  return [
    ...row(COLUMN_HEADS, 63, BROWN),
    ...invoice.lines.flatMap((one, index) => row(itemCells(one), 69 + 6 * index, INK)),
    text({ text: PAGE_WORDS.sum, x: 22, y: 91, size: NORMAL, colour: BROWN }),
    ...row(sums, 91, INK),
  ];
}

function itemCells(line: SpecimenLine): Cells {
  return {
    item: line.name,
    unit: line.unit,
    quantity: String(line.quantity),
    unit_price: yuan(line.unit_price_fen),
    amount: yuan(line.amount_fen),
    tax_rate: `${line.tax_rate}%`,
    tax: yuan(line.tax_fen),
  };
}

function row(cells: Cells, y: number, colour: Colour): Shape[] {
  return COLUMNS.flatMap(({ key, align, x }) => {
    const cell = cells[key];
    return cell === undefined ? [] : [text({ text: cell, x, y, size: NORMAL, colour, align })];
  });
}

function totals(invoice: SpecimenInvoice): Shape[] {
  const y = 99.3;
  return [
    text({ text: PAGE_WORDS.total, x: 14, y, size: NORMAL, colour: BROWN }),
    text({ text: amountInWords(invoice.total_fen), x: 66, y, size: NORMAL, colour: INK }),
    text({ text: PAGE_WORDS.total_figures, x: 146, y, size: NORMAL, colour: BROWN }),
    text({ text: money(invoice.total_fen), x: 160, y, size: NORMAL, colour: INK }),
  ];
}

function foot(invoice: SpecimenInvoice): Shape[] {
  return [
    ...upright(PAGE_WORDS.remark, FRAME.left + LABEL_WIDTH / 2, 110, 6),
    text({
      text: invoice.remark,
      x: FRAME.left + LABEL_WIDTH + 2,
      y: 108.5,
      size: SMALL,
      colour: INK,
    }),
    ...pair(PAGE_WORDS.drawer, invoice.drawer, 22, 130),
  ];
}

function money(fen: number): string {
  return `${PAGE_WORDS.yuan}${yuan(fen)}`;
}

/** A label and its value. */
function pair(label: string, value: string, x: number, y: number): Shape[] {
  return [
    text({ text: label, x, y, size: SMALL, colour: BROWN }),
    text({ text: value, x: x + textWidth(label, SMALL) + 0.6, y, size: SMALL, colour: INK }),
  ];
}

/** Vertical text, as in the narrow label columns. */
function upright(label: string, middle: number, top: number, step: number): Shape[] {
  return [...label].map((char, index) =>
    text({
      text: char,
      x: middle,
      y: top + step * index,
      size: SMALL,
      colour: BROWN,
      align: 'centre',
    }),
  );
}

const SHIFTS = { left: 0, centre: 0.5, right: 1 };

function text(
  one: Omit<TextShape, 'kind' | 'turned'> & { turned?: number; align?: keyof typeof SHIFTS },
): TextShape {
  const { align = 'left', turned = 0, ...rest } = one;
  const x = one.x - SHIFTS[align] * textWidth(one.text, one.size);
  return { kind: 'text', ...rest, x, turned };
}

function line(x1: number, y1: number, x2: number, y2: number, width = 0.25): LineShape {
  return { kind: 'line', from: { x: x1, y: y1 }, to: { x: x2, y: y2 }, width, colour: BROWN };
}
