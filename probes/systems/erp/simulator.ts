import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { toChinaTime } from '../../../model/china-time.ts';
import { iso } from '../../../model/time.ts';
import { disturbedPage } from '../../disturbed-page.ts';
import type { SimulatedInvoice, SimulatorContext, SimulatorDefinition } from '../../simulator.ts';

/** Usual duration of a page. */
const PAGE_MS = 60;
/** At least until an invoice is reviewed, and sealed. */
const REVIEW_MS = 1_500;
const SEAL_MS = 4_000;

/**
 * Simulates a company's finance system: `POST /invoices` issues an invoice (region code 00, which
 * does not exist), which appears at the tax side after a while, and returns the events that such a
 * system would post, each once its time has come.
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
    return c.json(eventsOf(invoice), 201);
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

/** Events in the form of `POST /ingest/events`: accepted, then reviewed and sealed in seconds. */
function eventsOf({ serial_no, number, issued, accepted_at }: SimulatedInvoice) {
  const chance = Number.parseInt(serial_no.slice(0, 4), 16) / 0xffff;
  const event = (type: string, after_ms: number) => ({
    key: `${serial_no}/${type}`,
    type,
    number,
    issued,
    at: iso(accepted_at + Math.round(after_ms)),
  });
  return [
    event('accepted', 0),
    event('reviewed', REVIEW_MS * (1 + chance)),
    event('sealed', SEAL_MS * (1 + 3 * chance * chance)),
  ];
}
