import type { System } from '../../../model/configuration.ts';
import type { DownloadDriver, DownloadRequest } from '../../download.ts';
import type { Answer } from '../../exchange/answer.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { expectComplete, expectJson, expectStatus } from '../../exchange/expect.ts';
import { type Attempt, succeeded, unexpected } from '../../exchange/failure.ts';
import type { Download } from '../../files/download-verdict.ts';
import { type InvoiceKey, type Lookup, type QueryDriver, requireKnown } from '../../query.ts';
import { ABSENT, expectCode, SUCCESS } from './codes.ts';
import { beijingSettings } from './settings.ts';

const MAX_JSON_BYTES = 64 * 1024;
const MAX_PAGE_BYTES = 512 * 1024;
/** Real files have 20 to 300 kB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** `cs` of a delivery link: 2, the number, and 22 characters made of the time and a random tail. */
const TICKET = /^2_\d{20}_\d{17}\w{5}$/;

/** Invoice data returned by the delivery host after its link was opened. */
interface Delivery {
  number: string;
  /** yyyyMMddHHmmss. */
  issued: string;
  /** Four-character access code of the file (jym). */
  check_code: string;
}

/**
 * The tax bureau's electronic invoices in Beijing. The download follows the steps of the public
 * delivery pages, which need no login. No public query by number is documented: `/kpfw/query`
 * exists in our simulator only.
 */
export function createBeijing(system: System): QueryDriver & DownloadDriver {
  const { known, unknown } = beijingSettings.parse(system.settings);
  const at = (path: string) => new URL(`${system.url}${path}`);

  async function call(
    exchange: Exchange,
    path: string,
    body: Record<string, string>,
    codes?: readonly string[],
  ): Promise<Attempt<Record<string, unknown>>> {
    const sent = await exchange.send({
      method: 'POST',
      url: at(path),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      max_bytes: MAX_JSON_BYTES,
    });
    if (!sent.ok) return sent;
    const answer = expectJson(sent.value);
    return answer.ok ? expectCode(answer.value, codes) : answer;
  }

  async function get(exchange: Exchange, url: URL, max_bytes: number): Promise<Attempt<Answer>> {
    const sent = await exchange.send({ method: 'GET', url, max_bytes });
    return sent.ok ? expectStatus(sent.value) : sent;
  }

  async function query(exchange: Exchange, key: InvoiceKey): Promise<Attempt<Lookup>> {
    const body = { Fphm: key.number, Kprq: key.issued };
    const answer = await call(exchange, '/kpfw/query', body, [SUCCESS, ABSENT]);
    if (!answer.ok) return answer;
    const { code, cs } = answer.value;
    if (code === ABSENT) return succeeded({ found: false });
    if (typeof cs !== 'string' || !TICKET.test(cs)) return unexpected('code 1 without a cs');
    if (!cs.startsWith(`2_${key.number}_`)) return unexpected('cs of another invoice');
    return succeeded({ found: true, ticket: cs });
  }

  async function download(
    exchange: Exchange,
    { format }: DownloadRequest,
  ): Promise<Attempt<Download>> {
    const found = await requireKnown(query, exchange, known);
    if (!found.ok) return found;
    const ticket = found.value;
    const page = await get(exchange, at(`/v/${ticket}`), MAX_PAGE_BYTES);
    if (!page.ok) return page;
    const whole = expectComplete(page.value);
    if (!whole.ok) return whole;
    const opened = delivery(await call(exchange, '/kpfw/fpjfzz/v1/queryFpjcxxb', { Cs: ticket }));
    if (!opened.ok) return opened;
    const { number, issued, check_code } = opened.value;
    const invoice = { Fphm: number, Kprq: issued };
    const counted = await call(exchange, '/kpfw/fpjfzz/v1/queryFpmxNum', invoice);
    if (!counted.ok) return counted;
    const file = {
      Wjgs: format.toUpperCase(),
      Jym: check_code,
      ...invoice,
      Czsj: String(exchange.clock.now()),
    };
    const noted = await call(exchange, '/kpfw/fpjfzz/v1/saveDzfpxzjlxx', file);
    if (!noted.ok) return noted;
    const url = at(`/kpfw/fpjfzz/v1/exportDzfpwjEwm?${new URLSearchParams(file)}`);
    const sent = await get(exchange, url, MAX_FILE_BYTES);
    if (!sent.ok) return sent;
    const { body, content_length, complete, over_limit } = sent.value;
    return succeeded({
      bytes: body,
      content_length,
      complete,
      over_limit,
      number: known.number,
      invoice: known.number,
    });
  }

  return { query, specimens: { known, unknown }, download };
}

function delivery(answer: Attempt<Record<string, unknown>>): Attempt<Delivery> {
  if (!answer.ok) return answer;
  const { fphm, kprq, jym } = answer.value;
  if (typeof fphm !== 'string' || !/^\d{20}$/.test(fphm)) return unexpected('fphm is not a number');
  if (typeof kprq !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(kprq)) {
    return unexpected('kprq is not a date');
  }
  if (typeof jym !== 'string' || !/^\w{4}$/.test(jym)) return unexpected('jym is not 4 characters');
  return succeeded({ number: fphm, issued: kprq.replace(/\D/g, ''), check_code: jym });
}
