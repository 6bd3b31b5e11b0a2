import { fromChinaTime } from '../../../model/china-time.ts';
import type { System } from '../../../model/configuration.ts';
import { SECOND } from '../../../model/time.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { expectJson } from '../../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';
import { type SpecimenInvoice, specimenFile } from '../../specimen/index.ts';
import type { UploadDriver } from '../../upload.ts';
import { outcomeOf } from './codes.ts';
import { type PinduoduoSettings, pinduoduoSettings } from './settings.ts';
import { type CallParameters, signature } from './sign.ts';

const UPLOAD = 'pdd.invoice.detail.upload';
const MAX_ANSWER_BYTES = 64 * 1024;

/** The open platform of Pinduoduo, to which merchants upload the invoices of orders. */
export function createPinduoduo(system: System): UploadDriver {
  const settings = pinduoduoSettings.parse(system.settings);
  const url = new URL(`${system.url}/api/router`);

  async function upload(exchange: Exchange, invoice: SpecimenInvoice): Promise<Attempt<null>> {
    const sent = await exchange.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: uploadCall(invoice, settings, exchange.clock.now()),
      max_bytes: MAX_ANSWER_BYTES,
    });
    if (!sent.ok) return sent;
    const answer = expectJson(sent.value);
    return answer.ok ? acknowledgement(answer.value) : answer;
  }

  return { upload };
}

/**
 * The body of a signed upload call. Field names and units (fen, milliseconds) are the platform's.
 */
function uploadCall(invoice: SpecimenInvoice, settings: PinduoduoSettings, now: number): string {
  const pdf = Buffer.from(specimenFile('pdf', invoice)).toString('base64');
  const parameters: CallParameters = {
    type: UPLOAD,
    client_id: settings.client_id,
    access_token: settings.access_token,
    timestamp: Math.floor(now / SECOND),
    data_type: 'JSON',
    version: 'V1',
    order_sn: orderNumber(invoice),
    business_type: 1,
    invoice_kind: 0,
    invoice_type: 0,
    invoice_category: 5,
    invoice_time: fromChinaTime(invoice.issued),
    payee_operator: invoice.drawer,
    payer_name: invoice.buyer.name,
    payer_register_no: invoice.buyer.tax_id,
    seller_name: invoice.seller.name,
    seller_register_no: invoice.seller.tax_id,
    sum_price: invoice.amount_fen,
    sum_tax: invoice.tax_fen,
    tax_rate: invoice.lines[0]?.tax_rate ?? 0,
    memo: invoice.remark,
    invoice_item_list: JSON.stringify([
      {
        invoice_no: invoice.number,
        invoice_amount: invoice.total_fen,
        invoice_file_content: pdf,
        product_name: invoice.lines[0]?.name ?? '',
      },
    ]),
  };
  const sign = signature(parameters, settings.client_secret);
  return JSON.stringify({ ...parameters, sign });
}

/**
 * A synthetic order number in the platform's format (yymmdd-15 digits), derived from the invoice.
 */
function orderNumber({ issued, number }: SpecimenInvoice): string {
  return `${issued.slice(2, 8)}-${number.slice(-15)}`;
}

function acknowledgement(answer: Record<string, unknown>): Attempt<null> {
  const { error_response, invoice_detail_upload_response: accepted } = answer;
  if (isRecord(error_response)) return platformError(error_response);
  if (isRecord(accepted) && typeof accepted.serial_no === 'string') return succeeded(null);
  return unexpected('neither a serial_no nor an error_response');
}

function platformError(error: Record<string, unknown>): Attempt<null> {
  const { error_code, sub_code } = error;
  if (typeof error_code !== 'number') return unexpected('error_response without error_code');
  const sub = sub_code === null || sub_code === undefined ? null : String(sub_code);
  const outcome = outcomeOf(error_code, sub);
  const suffix = sub !== null && /^\d{1,10}$/.test(sub) ? ` sub_code ${sub}` : '';
  return failed(outcome, 'error_code', `error_code ${error_code}${suffix}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
