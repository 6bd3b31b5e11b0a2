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
import { decideQuery } from './answer/decide-query.ts';
import { expectDocumented } from './answer/judge.ts';
import { firstTextAt } from './answer/places.ts';
import { saysOtherwise } from './answer/says-otherwise.ts';
import { createBudget } from './budget.ts';
import { createCredentials } from './credentials.ts';
import { expectLast, judgeLast, keptOf, runSteps } from './run-steps.ts';
import type { Connection, StepAnswer, StepsRun } from './send-step.ts';
import { recognisesAnswer } from './settings/says.ts';
import { httpSettings } from './settings/settings.ts';
import { codesOf } from './settings/step.ts';
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
      const last = settings.reach.at(-1);
      const is_recognised = last && recognisesAnswer(last, codesOf(last, settings.codes));
      const run: StepsRun = { connection, exchange, fn: 'reach', values: new Map() };
      if (is_recognised) return doneBy(run);
      const reached = await doneBy(run, ({ reader }) => saysOtherwise(reader.answer));
      if (reached.ok) exchange.observed.notes.add('answered_only');
      return reached;
    },
    login: (exchange) => doneBy({ connection, exchange, fn: 'login', values: new Map() }),
    async issue(exchange, invoice) {
      return issueBy({ connection, exchange, fn: 'issue', values: new Map() }, invoice);
    },
    async upload(exchange, invoice) {
      const run = { connection, exchange, fn: 'upload' as const, values: new Map() };
      return doneBy(withSpecimen(run, invoice));
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
      return doneBy({ connection, exchange, fn: 'deliver', values });
    },
    async api(exchange) {
      const answered = await runSteps({ connection, exchange, fn: 'api', values: new Map() });
      if (!answered.ok) return answered;
      const good = judgeLast(answered.value, (last) => {
        const documented = expectDocumented(last.reader, last.by);
        return documented.ok ? keptOf(last) : documented;
      });
      return good.ok ? succeeded(null) : good;
    },
  };
}

/** What else speaks against the last answer; null: nothing does. */
type Objection = (last: StepAnswer) => Attempt<never> | null;

async function doneBy(run: StepsRun, objection?: Objection): Promise<Attempt<null>> {
  const kept = await keptBy(run, objection);
  return kept.ok ? succeeded(null) : kept;
}

/** What the steps captured, the last too: all that is expected is there. */
async function keptBy(
  run: StepsRun,
  objection: Objection = () => null,
): Promise<Attempt<[string, string][]>> {
  const answered = await runSteps(run);
  if (!answered.ok) return answered;
  return judgeLast(answered.value, (last) => {
    const good = expectLast(last);
    if (!good.ok) return good;
    const against = objection(last);
    if (against !== null) return against;
    const found = keptOf(last);
    return found.ok ? succeeded([...last.kept, ...found.value]) : found;
  });
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
  const decided = judgeLast(answered.value, ({ reader, by }) => decideQuery(reader, by));
  if (!decided.ok) return decided;
  const { is_found, is_own } = decided.value;
  const said = is_own ? {} : { is_anybodys: true as const };
  return succeeded(is_found ? { found: true, ticket: '', ...said } : { found: false, ...said });
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
  const read = { ...last, reader: place === undefined ? whole : reader };
  const good = expectLast(read);
  if (!good.ok) return good;
  const kept = keptOf(read);
  if (!kept.ok) return kept;
  if (place !== undefined) {
    const text = (reader.within(() => firstTextAt(place, reader)) ?? '').replaceAll(/\s/g, '');
    if (!/^[\w+/-]+={0,2}$/.test(text)) return unexpected('no file in base64');
    const bytes = Buffer.from(text, 'base64');
    return succeeded({ bytes, content_length: null, complete: true, over_limit: false });
  }
  const sound = expectNoNotice(answer, 'data');
  const is_link = !(by.step.get ?? '/').startsWith('/');
  // A link may have ended. That a path of the system's own has no such file, is no fault of ours.
  if (!sound.ok && sound.failure.reason === 'link_refused' && !is_link) {
    return unexpected('words about the file');
  }
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
