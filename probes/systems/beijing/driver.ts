import type { System } from '../../../model/configuration.ts';
import { downloadBy } from '../../delivery/file.ts';
import { readLink } from '../../delivery/link.ts';
import type { DownloadDriver, DownloadRequest } from '../../download.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { expectJson } from '../../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';
import type { Download } from '../../files/download-verdict.ts';
import { type InvoiceKey, type Lookup, type QueryDriver, requireKnown } from '../../query.ts';
import { ABSENT, expectCode } from './codes.ts';
import { beijingSettings } from './settings.ts';

const MAX_JSON_BYTES = 64 * 1024;

/** `cs` of a delivery link: 2, the number, and 22 characters made of the time and a random tail. */
const TICKET = /^2_\d{20}_\d{17}\w{5}$/;

/**
 * Electronic invoices of a tax bureau as the simulator plays them: the delivery of its links is the
 * public one; the query by number, `/kpfw/query`, is ours.
 */
export function createBeijing(system: System): QueryDriver & DownloadDriver {
  const { known, unknown } = beijingSettings.parse(system.settings);
  /** Of the known invoice. Whoever has its link downloads without a query. */
  let kept_ticket: string | null = null;

  async function query(exchange: Exchange, key: InvoiceKey): Promise<Attempt<Lookup>> {
    const body = { Fphm: key.number, Kprq: key.issued };
    const sent = await exchange.send({
      method: 'POST',
      url: new URL(`${system.url}/kpfw/query`),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      max_bytes: MAX_JSON_BYTES,
    });
    if (!sent.ok) return sent;
    const json = expectJson(sent.value);
    const answer = json.ok ? expectCode(json.value) : json;
    if (!answer.ok) return answer;
    const { code, cs } = answer.value;
    if (code === ABSENT) return succeeded({ found: false });
    if (typeof cs !== 'string' || !TICKET.test(cs)) return unexpected('code 1 without a cs');
    if (!cs.startsWith(`2_${key.number}_`)) return unexpected('cs of another invoice');
    if (key.number === known.number) kept_ticket = cs;
    return succeeded({ found: true, ticket: cs });
  }

  async function download(
    exchange: Exchange,
    { format }: DownloadRequest,
  ): Promise<Attempt<Download>> {
    const downloadAt = (ticket: string) =>
      downloadBy(readLink({ url: `${system.url}/v/${ticket}` }), exchange, format);
    if (kept_ticket !== null) {
      const file = await downloadAt(kept_ticket);
      if (!isRefused(file)) return file;
      // It may have expired.
      kept_ticket = null;
    }
    const found = await requireKnown(query, exchange, known);
    if (!found.ok) return found;
    const file = await downloadAt(found.value);
    // The link was given a moment ago.
    return isRefused(file) ? failed('system', 'error_code', file.failure.detail) : file;
  }

  return { query, specimens: { known, unknown }, download };
}

function isRefused(file: Attempt<Download>): file is Extract<Attempt<Download>, { ok: false }> {
  return !file.ok && file.failure.reason === 'link_refused';
}
