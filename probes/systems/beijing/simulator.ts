import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { type FileFormat, FORMATS } from '../../../model/vocabulary.ts';
import type { InvoiceKey } from '../../query.ts';
import { DRILL_KINDS, type SimulatorContext, type SimulatorDefinition } from '../../simulator.ts';
import { DAMAGES, damage } from '../../specimen/damage.ts';
import { specimenFile, specimenInvoice } from '../../specimen/index.ts';
import { ABSENT, SUCCESS } from './codes.ts';
import { KNOWN_SPECIMEN, UNKNOWN_SPECIMEN } from './specimens.ts';
import { checkCodeOf, numberIn, ticketOf } from './ticket.ts';

/** Usual durations: opening a link takes four short steps and the file. */
const QUERY_MS = 60;
const STEP_MS = 10;
const FILE_MS = 100;

const MAX_BODY_BYTES = 16 * 1024;
const CONTENT_TYPES: Record<FileFormat, string> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  xml: 'application/xml',
};

/**
 * Simulates a delivery host of the tax bureau: finds invoices that passed the sync and delivers
 * their files.
 */
export default {
  functions: ['query', 'download'],
  drills: DRILL_KINDS,
  create,
} satisfies SimulatorDefinition;

function create(context: SimulatorContext): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));

  app.post('/kpfw/query', disturbed(context, 'query', QUERY_MS), async (c) => {
    const { Fphm, Kprq } = await fields(c);
    const invoice = find(context, Fphm);
    if (invoice === null || invoice.issued !== Kprq) return c.json({ code: ABSENT });
    return c.json({ code: SUCCESS, cs: ticketOf(invoice, context.seed) });
  });

  const step = disturbed(context, 'download', STEP_MS);
  app.get('/v/:cs', step, (c) => {
    const query = new URLSearchParams({ cs: c.req.param('cs'), jrxt: 'EWMJF' });
    return c.redirect(`../qrcode?${query}`);
  });
  app.get('/qrcode', step, (c) =>
    c.html('<!doctype html><meta charset="utf-8"><title>样张 SIMULATED</title><p>发票下载（模拟）'),
  );
  app.post('/kpfw/fpjfzz/v1/queryFpjcxxb', step, async (c) => {
    const { Cs = '' } = await fields(c);
    const invoice = find(context, numberIn(Cs) ?? undefined);
    if (invoice === null || ticketOf(invoice, context.seed) !== Cs) return c.json({ code: ABSENT });
    return c.json({
      code: SUCCESS,
      fphm: invoice.number,
      kprq: invoice.issued.replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6'),
      jym: checkCodeOf(invoice, context.seed),
    });
  });
  for (const name of ['queryFpmxNum', 'saveDzfpxzjlxx']) {
    app.post(`/kpfw/fpjfzz/v1/${name}`, step, async (c) => {
      const { Fphm, Kprq } = await fields(c);
      const known = find(context, Fphm)?.issued === Kprq;
      return c.json({ code: known ? SUCCESS : ABSENT });
    });
  }
  app.get('/kpfw/fpjfzz/v1/exportDzfpwjEwm', disturbed(context, 'download', FILE_MS), (c) => {
    const { Wjgs, Jym, Fphm, Kprq, Czsj } = c.req.query();
    const invoice = find(context, Fphm);
    const format = FORMATS.find((name) => name.toUpperCase() === Wjgs);
    const open =
      invoice !== null &&
      invoice.issued === Kprq &&
      checkCodeOf(invoice, context.seed) === Jym &&
      /^\d{13}$/.test(Czsj ?? '');
    if (!open || format === undefined) return c.json({ code: ABSENT }, 400);
    return file(context, invoice, format);
  });
  return app;
}

/** Applies the step's latency and the drills of the whole function. */
function disturbed(context: SimulatorContext, fn: 'query' | 'download', usual_ms: number) {
  return createMiddleware(async (c, next) => {
    await context.takeTime(fn, usual_ms);
    if (context.drill('outage', fn)) return c.text('Service Unavailable', 503);
    if (context.drill('maintenance', fn)) {
      return c.html('<title>系统维护</title><p>系统维护中（演练）', 503, {
        'X-Maintenance': 'drill',
      });
    }
    if (context.drill('throttling', fn)) return c.text('Too Many Requests', 429);
    const drill = context.drill('error_code', fn);
    if (drill) return c.json({ code: String(drill.code) });
    return next();
  });
}

/**
 * The invoice if it exists: the known specimen always, the unknown one never, others once they have
 * passed the sync.
 */
function find(context: SimulatorContext, number: string | undefined): InvoiceKey | null {
  if (number === KNOWN_SPECIMEN.number) return KNOWN_SPECIMEN;
  if (number === undefined || number === UNKNOWN_SPECIMEN.number) return null;
  return context.arrived(number);
}

function file(
  context: SimulatorContext,
  { number, issued }: InvoiceKey,
  format: FileFormat,
): Response {
  const sound = specimenFile(format, specimenInvoice(number, issued));
  const kind = DAMAGES.find((name) => context.drill(name, 'download', format));
  const bytes = kind === undefined ? sound : damage(format, sound, kind);
  const type = kind === 'html' ? 'text/html; charset=utf-8' : CONTENT_TYPES[format];
  return new Response(Buffer.from(bytes), { headers: { 'content-type': type } });
}

/** The text fields of a JSON body; empty when it is not a JSON object. */
async function fields(c: Context): Promise<Record<string, string | undefined>> {
  const body: unknown = await c.req.json().catch(() => null);
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string'));
}
