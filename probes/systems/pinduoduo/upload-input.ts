import { z } from 'zod';
import type { CallParameters } from './sign.ts';

/** The stored fields of an upload. */
export interface ReceivedInvoice {
  order_sn: string;
  invoice_no: string;
  /** Epoch milliseconds. */
  invoice_time: number;
}

/** The first invalid field: missing or malformed, or (business) well-formed but not acceptable. */
export interface WrongField {
  field: string;
  business: boolean;
}

/** Forms send numbers as text. */
const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const text = z.string().min(1).max(200);

const upload = z.object({
  order_sn: text,
  business_type: integer.pipe(z.literal([0, 1])),
  invoice_kind: integer.pipe(z.literal(0)),
  invoice_type: integer.pipe(z.literal(0)),
  invoice_time: integer,
  payee_operator: text,
  payer_name: text,
  payer_register_no: text.optional(),
  sum_price: integer,
  sum_tax: integer,
  tax_rate: integer,
  invoice_item_list: z.string().optional(),
});

const item = z.object({
  invoice_no: text,
  invoice_amount: integer,
  invoice_file_content: z.base64().min(1),
});

/**
 * Parses `pdd.invoice.detail.upload`: the item list, or the same fields at the top level for a
 * single invoice.
 */
export function readUpload(call: CallParameters): ReceivedInvoice | WrongField {
  const fields = upload.safeParse(call);
  if (!fields.success) return malformed(fields.error);
  const { order_sn, invoice_time, business_type, payer_register_no } = fields.data;
  if (business_type === 1 && payer_register_no === undefined) {
    return { field: 'payer_register_no', business: false };
  }
  const items = readItems(fields.data.invoice_item_list, call);
  if (!items.success) return malformed(items.error);
  const [first, ...more] = items.data;
  // The real platform accepts several invoices of a split order; here an order has one, which can
  // be followed.
  if (first === undefined || more.length > 0) return { field: 'invoice_item_list', business: true };
  return (
    refuseContent(first, fields.data) ?? { order_sn, invoice_no: first.invoice_no, invoice_time }
  );
}

function readItems(list: string | undefined, call: CallParameters) {
  return z.array(item).safeParse(list === undefined ? [call] : parsed(list));
}

function refuseContent(
  { invoice_no, invoice_amount, invoice_file_content }: z.infer<typeof item>,
  { sum_price, sum_tax }: z.infer<typeof upload>,
): WrongField | null {
  if (!/^\d{20}$/.test(invoice_no)) return { field: 'invoice_no', business: true };
  if (invoice_amount !== sum_price + sum_tax) return { field: 'invoice_amount', business: true };
  const start = Buffer.from(invoice_file_content.slice(0, 8), 'base64').toString('latin1');
  return start.startsWith('%PDF') ? null : { field: 'invoice_file_content', business: true };
}

function malformed({ issues }: z.ZodError): WrongField {
  const names = issues[0]?.path.filter((part) => typeof part === 'string') ?? [];
  return { field: names.at(-1) ?? 'invoice_item_list', business: false };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
