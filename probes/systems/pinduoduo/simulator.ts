import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { toChinaTime } from '../../../model/china-time.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { SimulatorContext, SimulatorDefinition } from '../../simulator.ts';
import { SIMULATED_CREDENTIALS } from './settings.ts';
import { type CallParameters, signature } from './sign.ts';
import { type ReceivedInvoice, readUpload } from './upload-input.ts';

/** Usual duration of an upload. */
const UPLOAD_MS = 120;
/**
 * The platform does not document a limit of the body; it answers 52004 to one that is too large.
 */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** The platform's limit on the clock skew of callers. */
const CLOCK_TOLERANCE_MS = 10 * MINUTE;

/**
 * Simulates the open platform: validates calls in the same way, and accepts valid invoices of
 * orders.
 */
export default {
  functions: ['upload'],
  drills: ['latency', 'error_code', 'outage', 'maintenance', 'throttling'],
  create,
} satisfies SimulatorDefinition;

/** The platform's decision: accepted, or refused with a code. */
type Verdict = { serial_no: string } | Refusal;
interface Refusal {
  error_code: number;
  error_msg: string;
  sub_code?: string;
}

function create(context: SimulatorContext): Hono {
  const app = new Hono();
  const tooLarge = () => answer(context, { error_code: 52004, error_msg: '请求体过大' });
  app.post('/api/router', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }), async (c) => {
    await context.takeTime('upload', UPLOAD_MS);
    if (context.drill('outage', 'upload')) return c.text('Service Unavailable', 503);
    const call = readCall(await c.req.text(), c.req.header('content-type') ?? '');
    return answer(context, drilled(context) ?? refuseCall(call, context) ?? accept(call, context));
  });
  return app;
}

function drilled(context: SimulatorContext): Refusal | null {
  if (context.drill('maintenance', 'upload')) return { error_code: 70033, error_msg: 'API维护中' };
  if (context.drill('throttling', 'upload'))
    return { error_code: 70031, error_msg: '调用过于频繁' };
  const drill = context.drill('error_code', 'upload');
  return drill?.code ? { error_code: drill.code, error_msg: '演练' } : null;
}

/**
 * The parameters of a call, from a form or JSON; lists and objects as JSON text. Empty for other
 * bodies.
 */
function readCall(body: string, content_type: string): CallParameters {
  if (content_type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    const fields = Object.entries((JSON.parse(body) ?? {}) as Record<string, unknown>);
    return Object.fromEntries(
      fields.map(([key, value]) => [
        key,
        typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
      ]),
    );
  } catch {
    return {};
  }
}

/** Checks common parameters, credentials and signature, in the platform's order. */
function refuseCall(call: CallParameters, { clock }: SimulatorContext): Refusal | null {
  const wrong = (name: string) => ({ error_code: 10001, error_msg: `公共参数错误:${name}` });
  if (call.type !== 'pdd.invoice.detail.upload') return wrong('type');
  if (call.data_type !== undefined && call.data_type !== 'JSON') return wrong('data_type');
  if (call.version !== undefined && call.version !== 'V1') return wrong('version');
  const sent_at = Number(call.timestamp) * SECOND;
  if (!(Math.abs(clock.now() - sent_at) <= CLOCK_TOLERANCE_MS)) return wrong('timestamp');
  const { client_id, client_secret, access_token } = SIMULATED_CREDENTIALS;
  if (call.client_id !== client_id) return { error_code: 10016, error_msg: 'client_id 无效' };
  if (call.sign !== signature(call, client_secret)) {
    return { error_code: 20004, error_msg: '签名 sign 校验失败' };
  }
  if (call.access_token !== access_token) {
    return { error_code: 10019, error_msg: 'access_token 已过期' };
  }
  return null;
}

/**
 * Accepts one invoice per order; a repeat of the same invoice is acknowledged again, another one is
 * refused.
 */
function accept(call: CallParameters, context: SimulatorContext): Verdict {
  const input = readUpload(call);
  if ('field' in input) {
    const error_msg = `参数错误:${input.field}`;
    return input.business
      ? { error_code: 50001, error_msg, sub_code: '2000000' }
      : { error_code: 10000, error_msg };
  }
  const earlier = context.acceptanceOf(input.order_sn);
  if (earlier === null) return { serial_no: storeAcceptance(input, context) };
  if (earlier.number === input.invoice_no) return { serial_no: earlier.serial_no };
  return { error_code: 50001, error_msg: '订单已有发票', sub_code: '2000000' };
}

function storeAcceptance(
  { order_sn, invoice_no, invoice_time }: ReceivedInvoice,
  context: SimulatorContext,
): string {
  const serial_no = createHash('sha256').update(`serial|${order_sn}`).digest('hex').slice(0, 20);
  context.accept({
    order_sn,
    serial_no,
    number: invoice_no,
    issued: toChinaTime(invoice_time),
    accepted_at: context.clock.now(),
  });
  return serial_no;
}

function answer({ clock }: SimulatorContext, verdict: Verdict): Response {
  if ('serial_no' in verdict) return Response.json({ invoice_detail_upload_response: verdict });
  const { error_code, error_msg, sub_code = null } = verdict;
  const request_id = String(clock.now());
  return Response.json({
    error_response: { error_msg, sub_msg: '', sub_code, error_code, request_id },
  });
}
