import type { System } from '../../../model/configuration.ts';
import { INVOICE_NUMBER } from '../../../model/event.ts';
import { expectNoNotice } from '../../delivery/refusal.ts';
import type { DownloadRequest } from '../../download.ts';
import { entryPage } from '../../entry-page.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';
import type { Download } from '../../files/download-verdict.ts';
import type { Driver } from '../../index.ts';
import type { InvoiceKey, Lookup } from '../../query.ts';
import { type SpecimenInvoice, specimenFile } from '../../specimen/index.ts';
import { captured, decideQuery, expectDocumented } from './answer/judge.ts';
import { firstTextAt } from './answer/places.ts';
import { createBudget } from './budget.ts';
import { createCredentials } from './credentials.ts';
import { withinTime } from './engine/within-time.ts';
import {
  type Connection,
  expectLast,
  judgeLast,
  runSteps,
  type StepAnswer,
  type StepsRun,
} from './run-steps.ts';
import { httpSettings } from './settings/settings.ts';
import { keyValues, specimenValues } from './template/invoice-values.ts';

/** As queries ask for it: yyyyMMddHHmmss. */
const DATE = /^\d{14}$/;

/** Real files have 20 to 300 kB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Any system that its configuration describes: each function by its own steps. */
export function createHttp(system: System): Driver {
  const settings = httpSettings.parse(system.settings ?? {});
  const base = system.url;
  const budget = createBudget(settings.budgets);
  const access = createCredentials(settings.auth, base, budget);
  const connection: Connection = { base, settings, access, budget };
  const { known, unknown } = settings;
  const { reach: openPage } = entryPage(system);

  return {
    async reach(exchange, options) {
      if (settings.reach === undefined) return openPage(exchange, options);
      const { fn, values } = { fn: 'reach' as const, values: new Map() };
      const reached = await lastOf({ connection, exchange, fn, values });
      return reached.ok ? succeeded(null) : reached;
    },
    async login(exchange) {
      const kept = await keptBy({ connection, exchange, fn: 'login', values: new Map() });
      return kept.ok ? succeeded(null) : kept;
    },
    async issue(exchange, invoice) {
      return issueBy({ connection, exchange, fn: 'issue', values: new Map() }, invoice);
    },
    async upload(exchange, invoice) {
      return uploadBy({ connection, exchange, fn: 'upload', values: new Map() }, invoice);
    },
    query: (exchange, key) => askBy({ connection, exchange, fn: 'query' }, key),
    verify: (exchange, key) => askBy({ connection, exchange, fn: 'verify' }, key),
    ...(known === undefined || unknown === undefined ? {} : { specimens: { known, unknown } }),
    async download(exchange, request) {
      if (known === undefined) return failed('self', 'probe_error', 'no invoice is `known`');
      return downloadBySteps(connection, exchange, { known, request });
    },
    async deliver(exchange) {
      if (known === undefined) return failed('self', 'probe_error', 'no invoice is `known`');
      const values = new Map(Object.entries(keyValues(known)));
      const delivered = await lastOf({ connection, exchange, fn: 'deliver', values });
      return delivered.ok ? succeeded(null) : delivered;
    },
    async api(exchange) {
      const answered = await runSteps({ connection, exchange, fn: 'api', values: new Map() });
      if (!answered.ok) return answered;
      const good = judgeLast(answered.value, ({ reader, by }) => expectDocumented(reader, by));
      return good.ok ? succeeded(null) : good;
    },
  };
}

async function lastOf(run: StepsRun): Promise<Attempt<StepAnswer>> {
  const answered = await runSteps(run);
  if (!answered.ok) return answered;
  const good = judgeLast(answered.value, expectLast);
  return good.ok ? answered : good;
}

/** What the steps captured, the last too: all that is expected is there. */
async function keptBy(run: StepsRun): Promise<Attempt<[string, string][]>> {
  const answered = await runSteps(run);
  if (!answered.ok) return answered;
  return judgeLast(answered.value, ({ reader, by, kept }) => {
    const good = expectLast({ reader, by });
    if (!good.ok) return good;
    const found = captured(reader, by);
    return found.ok ? succeeded([...kept, ...found.value]) : found;
  });
}

async function uploadBy(run: StepsRun, invoice: SpecimenInvoice): Promise<Attempt<null>> {
  const acknowledged = await lastOf(withSpecimen(run, invoice));
  return acknowledged.ok ? succeeded(null) : acknowledged;
}

/**
 * Who issues gives the number: without one in its answer, nobody could ask for the invoice, nor by
 * one of another form, such as 8 digits beside a code, which is no failure.
 */
async function issueBy(
  run: StepsRun,
  invoice: SpecimenInvoice,
): Promise<Attempt<InvoiceKey | null>> {
  const kept = await keptBy(withSpecimen(run, invoice));
  if (!kept.ok) return kept;
  const { invoice_number: number, invoice_issued: issued = invoice.issued } = Object.fromEntries(
    kept.value,
  );
  const is_followed = number !== undefined && INVOICE_NUMBER.test(number) && DATE.test(issued);
  return succeeded(is_followed ? { number, issued } : null);
}

function withSpecimen(run: StepsRun, invoice: SpecimenInvoice): StepsRun {
  const values = { ...keyValues(invoice), ...specimenValues(invoice) };
  return {
    ...run,
    values: new Map(Object.entries(values)),
    specimen: (format) => specimenFile(format, invoice),
  };
}

/** Whether the system has an invoice, or holds it for genuine. */
async function askBy(run: Omit<StepsRun, 'values'>, key: InvoiceKey): Promise<Attempt<Lookup>> {
  const values = new Map(Object.entries(keyValues(key)));
  const answered = await runSteps({ ...run, values });
  if (!answered.ok) return answered;
  const is_found = judgeLast(answered.value, ({ reader, by }) => decideQuery(reader, by));
  if (!is_found.ok) return is_found;
  return succeeded(is_found.value ? { found: true, ticket: '' } : { found: false });
}

async function downloadBySteps(
  connection: Connection,
  exchange: Exchange,
  { known, request: { format } }: { known: InvoiceKey; request: DownloadRequest },
): Promise<Attempt<Download>> {
  const values = new Map(Object.entries({ ...keyValues(known), format }));
  const answered = await runSteps({ connection, exchange, fn: 'download', values }, MAX_FILE_BYTES);
  if (!answered.ok) return answered;
  const file = judgeLast(answered.value, fileIn);
  if (!file.ok) return file;
  // Only numbers of invoices stand in files; an id of the system's own does not.
  const number = /^\d{20}$/.test(known.number) ? known.number : null;
  return succeeded({ ...file.value, number, invoice: known.number });
}

/** The body of an answer, or what stands in it, if it is a file rather than words about one. */
function fileIn(last: StepAnswer): Attempt<Omit<Download, 'number' | 'invoice'>> {
  const { reader, by } = last;
  const { answer } = reader;
  const { file: place } = by.step;
  // A body that was cut off is judged as the file that it is.
  const whole = { ...reader, answer: { ...answer, complete: true } };
  const good = expectLast({ reader: place === undefined ? whole : reader, by });
  if (!good.ok) return good;
  if (place !== undefined) {
    const text = (withinTime(() => firstTextAt(place, reader)) ?? '').replaceAll(/\s/g, '');
    if (!/^[\w+/-]+={0,2}$/.test(text)) return unexpected('no file in base64');
    const bytes = Buffer.from(text, 'base64');
    return succeeded({ bytes, content_length: null, complete: true, over_limit: false });
  }
  const sound = expectNoNotice(answer, 'data');
  if (!sound.ok) return sound;
  const start = answer.body
    .toString('latin1', 0, 256)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (/^<(!doctype html|html)/i.test(start)) return unexpected('HTML instead of the file');
  if (/^[{[]/.test(start)) return unexpected('JSON instead of the file');
  const { body: bytes, content_length, complete, over_limit } = answer;
  return succeeded({ bytes, content_length, complete, over_limit });
}
