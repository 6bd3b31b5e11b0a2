import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { toChinaTime } from '../../../model/china-time.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { SimulatorContext, SimulatorDefinition } from '../../simulator.ts';
import { SIMULATED_CREDENTIALS } from './settings.ts';
import { type CallParameters, signature } from './sign.ts';
import { type ReceivedInvoice, readUpload } from './upload-input.ts';

/** How an upload usually takes. */
const UPLOAD_MS = 120;
/** The platform does not say how large a body may be; 52004 is its answer to one that is. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** The platform's own limit on how far a caller's clock may be off. */
const CLOCK_TOLERANCE_MS = 10 * MINUTE;

/**
 * Plays the open platform: checks every call as it does, and takes invoices that an order can have.
 */
export default {
  functions: ['upload'],
  drills: ['latency', 'error_code', 'outage', 'maintenance', 'throttling'],
  create,
} satisfies SimulatorDefinition;

/** An answer of the platform: accepted, or refused with its code. */
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
 * A call is a form or JSON; lists and objects count as their JSON text. Anything else is a call
 * without parameters.
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

/**
 * The common parameters, the caller's identity and the signature, in the order in which the
 * platform looks at them.
 */
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
 * Takes the invoice of an order once; the same again is acknowledged again, another one is refused.
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
  if (earlier === null) return { serial_no: keep(input, context) };
  if (earlier.number === input.invoice_no) return { serial_no: earlier.serial_no };
  return { error_code: 50001, error_msg: '订单已有发票', sub_code: '2000000' };
}

function keep(
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
