import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { toChinaTime } from '../../../model/china-time.ts';
import { iso } from '../../../model/time.ts';
import { disturbedPage } from '../../disturbed-page.ts';
import type { SimulatedInvoice, SimulatorContext, SimulatorDefinition } from '../../simulator.ts';

/** Usual duration of a page. */
const PAGE_MS = 60;

/**
 * Simulates a company's finance system: `POST /invoices` issues an invoice (region code 00, which
 * does not exist), which appears at the tax side after a while, and returns the event that such a
 * system would post.
 */
export default {
  functions: ['reach'],
  drills: ['latency', 'outage', 'maintenance', 'throttling'],
  create,
} satisfies SimulatorDefinition;

function create(context: SimulatorContext): Hono {
  const app = new Hono();
  app.use(disturbedPage(context, PAGE_MS, 'page'));
  app.get('/', (c) =>
    c.html(
      '<!doctype html><meta charset="utf-8"><title>企业财务系统 样张 SIMULATED</title><p>开票（模拟）',
    ),
  );
  app.post('/invoices', (c) => {
    const invoice = newInvoice(context);
    context.accept(invoice);
    return c.json(eventOf(invoice), 201);
  });
  return app;
}

function newInvoice({ clock, seed, acceptanceOf }: SimulatorContext): SimulatedInvoice {
  let accepted_at = clock.now();
  while (acceptanceOf(`erp-${accepted_at}`) !== null) accepted_at += 1;
  const issued = toChinaTime(accepted_at);
  const digest = createHash('sha256').update(`erp|${seed}|${accepted_at}`).digest();
  const serial = (digest.readBigUInt64BE(0) % 10n ** 16n).toString().padStart(16, '0');
  return {
    order_sn: `erp-${accepted_at}`,
    serial_no: digest.toString('hex', 8, 18),
    number: `${issued.slice(2, 4)}00${serial}`,
    issued,
    accepted_at,
  };
}

/** The event in the form of `POST /ingest/events`. */
function eventOf({ serial_no, number, issued, accepted_at }: SimulatedInvoice) {
  return {
    key: serial_no,
    type: 'accepted',
    number,
    issued,
    at: iso(accepted_at),
  };
}
