import { fromChinaTime } from '../../../../model/china-time.ts';
import type { FileFormat } from '../../../../model/vocabulary.ts';
import type { InvoiceKey } from '../../../query.ts';
import { type SpecimenInvoice, specimenFile } from '../../../specimen/index.ts';
import { yuan } from '../../../specimen/money.ts';
import { chinaText } from './moment-values.ts';
import type { TemplateValue } from './template.ts';

/** Of an invoice that is asked for. */
export const KEY_NAMES = ['number', 'issued', 'issued_ms', 'issued_text', 'issued_date'] as const;
/** Of the synthetic invoice of an upload, besides; money is in fen, or in yuan with decimals. */
export const SPECIMEN_NAMES = [
  'seller_name',
  'seller_tax_id',
  'buyer_name',
  'buyer_tax_id',
  'drawer',
  'remark',
  'item_name',
  'tax_rate',
  'amount_fen',
  'tax_fen',
  'total_fen',
  'amount_yuan',
  'tax_yuan',
  'total_yuan',
  'pdf_base64',
  'ofd_base64',
  'xml_base64',
] as const;

export function keyValues({
  number,
  issued,
}: InvoiceKey): Record<(typeof KEY_NAMES)[number], TemplateValue> {
  const issued_text = chinaText(issued);
  return {
    number,
    issued,
    issued_ms: fromChinaTime(issued) || 0,
    issued_text,
    issued_date: issued_text.slice(0, 10),
  };
}

export function specimenValues(
  invoice: SpecimenInvoice,
): Record<(typeof SPECIMEN_NAMES)[number], TemplateValue | (() => TemplateValue)> {
  const { seller, buyer, lines, amount_fen, tax_fen, total_fen, drawer, remark } = invoice;
  const file = (format: FileFormat) => () =>
    Buffer.from(specimenFile(format, invoice)).toString('base64');
  return {
    seller_name: seller.name,
    seller_tax_id: seller.tax_id,
    buyer_name: buyer.name,
    buyer_tax_id: buyer.tax_id,
    drawer,
    remark,
    item_name: lines[0]?.name ?? '',
    tax_rate: lines[0]?.tax_rate ?? 0,
    amount_fen,
    tax_fen,
    total_fen,
    amount_yuan: yuan(amount_fen),
    tax_yuan: yuan(tax_fen),
    total_yuan: yuan(total_fen),
    pdf_base64: file('pdf'),
    ofd_base64: file('ofd'),
    xml_base64: file('xml'),
  };
}
