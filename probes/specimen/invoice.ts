import { createHash } from 'node:crypto';

/** Seller or buyer of a specimen. Names are marked as synthetic; the tax id cannot exist. */
export interface SpecimenParty {
  name: string;
  tax_id: string;
}

/** One line of a specimen. All money is in fen (0.01 yuan), so that sums are exact. */
export interface SpecimenLine {
  name: string;
  unit: string;
  tax_code: string;
  quantity: number;
  unit_price_fen: number;
  /** Per cent. */
  tax_rate: number;
  amount_fen: number;
  tax_fen: number;
}

/** A synthetic "数电票": the content of every format of the specimen. */
export interface SpecimenInvoice {
  /** 20 digits. */
  number: string;
  /** yyyyMMddHHmmss in China Standard Time. */
  issued: string;
  seller: SpecimenParty;
  buyer: SpecimenParty;
  /** One to three. */
  lines: SpecimenLine[];
  amount_fen: number;
  tax_fen: number;
  total_fen: number;
  drawer: string;
  remark: string;
}

/** The mark on every specimen, across the page and in the remark. */
export const SPECIMEN_MARK = '样张 SIMULATED';

/** No province has this code. */
export const SPECIMEN_REGION_CODE = '00';

export const SELLERS: SpecimenParty[] = [
  { name: '样张销售方（模拟）甲', tax_id: '00SPECIMEN00000001' },
  { name: '样张销售方（模拟）乙', tax_id: '00SPECIMEN00000002' },
  { name: '样张销售方（模拟）丙', tax_id: '00SPECIMEN00000003' },
];

export const BUYERS: SpecimenParty[] = [
  { name: '样张购买方（模拟）甲', tax_id: '00SPECIMEN00000011' },
  { name: '样张购买方（模拟）乙', tax_id: '00SPECIMEN00000012' },
  { name: '样张购买方（模拟）丙', tax_id: '00SPECIMEN00000013' },
];

export const GOODS: Pick<SpecimenLine, 'name' | 'unit' | 'tax_code' | 'tax_rate'>[] = [
  { name: '*样张*笔记本', unit: '本', tax_code: '0000000000000000001', tax_rate: 13 },
  { name: '*样张*中性笔', unit: '支', tax_code: '0000000000000000002', tax_rate: 13 },
  { name: '*样张*绿茶', unit: '盒', tax_code: '0000000000000000003', tax_rate: 13 },
  { name: '*样张*大米', unit: '袋', tax_code: '0000000000000000004', tax_rate: 9 },
  { name: '*样张*图书', unit: '册', tax_code: '0000000000000000005', tax_rate: 9 },
  { name: '*样张*监测服务', unit: '次', tax_code: '0000000000000000006', tax_rate: 6 },
];

export const DRAWER = '样张开票员（模拟）';
export const REMARK = `${SPECIMEN_MARK}：监测程序生成的测试文件，不是发票，不得报销、抵扣`;

const ISSUED = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d){2}$/;

/**
 * The synthetic invoice of a number: everything but the date is derived from the number, so that
 * every process generates the same file. Throws RangeError on a malformed argument.
 */
export function specimenInvoice(number: string, issued: string): SpecimenInvoice {
  if (!/^\d{20}$/.test(number)) throw new RangeError('number: expected 20 digits');
  if (!ISSUED.test(issued)) throw new RangeError('issued: expected yyyyMMddHHmmss');
  const bytes = createHash('sha256').update(`specimen|${number}`).digest();
  const first = bytes.readUInt8(0) % GOODS.length;
  const lines = Array.from({ length: 1 + (bytes.readUInt8(1) % 3) }, (_, index) =>
    specimenLine((first + index) % GOODS.length, bytes.readUInt32BE(4 + 4 * index)),
  );
  const amount_fen = sum(lines.map((line) => line.amount_fen));
  const tax_fen = sum(lines.map((line) => line.tax_fen));
  return {
    number,
    issued,
    seller: pick(SELLERS, bytes.readUInt8(2)),
    buyer: pick(BUYERS, bytes.readUInt8(3)),
    lines,
    amount_fen,
    tax_fen,
    total_fen: amount_fen + tax_fen,
    drawer: DRAWER,
    remark: REMARK,
  };
}

function specimenLine(good: number, random: number): SpecimenLine {
  const kind = pick(GOODS, good);
  const quantity = 1 + (random % 9);
  const unit_price_fen = 100 + (Math.floor(random / 9) % 49_900);
  const amount_fen = quantity * unit_price_fen;
  const tax_fen = Math.round((amount_fen * kind.tax_rate) / 100);
  return { ...kind, quantity, unit_price_fen, amount_fen, tax_fen };
}

function pick<T>(list: readonly T[], random: number): T {
  const item = list[random % list.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
