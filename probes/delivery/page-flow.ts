import type { FileFormat } from '../../model/vocabulary.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { expectComplete, expectJson } from '../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../exchange/failure.ts';
import type { PageLink } from './link.ts';
import { blocked, expectNoNotice, expectServed, isDelivery } from './refusal.ts';

const MAX_PAGE_BYTES = 2 * 1024 * 1024;
const MAX_JSON_BYTES = 64 * 1024;
const STEPS = '/kpfw/fpjfzz/v1';
const SUCCESS = '1';

/** Where the file of a link lies, and the page that a browser would name as the referrer. */
export interface FileAddress {
  url: URL;
  /** null: none, the link itself is the address. */
  referer: string | null;
}

/** The page of a link after its redirects. */
interface OpenedPage {
  /** Address of the host, below which the steps lie. */
  base: string;
  ticket: string;
  referer: string;
}

/** What the page is told of its invoice. */
interface Delivery {
  number: string;
  /** yyyyMMddHHmmss. */
  issued: string;
  /** Access code of the files (jym). */
  check_code: string;
}

/**
 * Opens the page of a link and takes the steps that it takes when its reader chooses a format, in
 * the same order; the log entry of the download is one of them. Returns the address of the file.
 */
export async function walkPage(
  exchange: Exchange,
  link: PageLink,
  format: FileFormat,
): Promise<Attempt<FileAddress>> {
  const opened = await openPage(exchange, link);
  if (!opened.ok) return opened;
  const page = opened.value;
  const steps = createSteps(exchange, page);
  const told = deliveryIn(await steps.call('queryFpjcxxb', { Cs: page.ticket }, 'link'), link);
  if (!told.ok) return told;
  const invoice = { Fphm: told.value.number, Kprq: told.value.issued };
  const counted = await steps.call('queryFpmxNum', invoice, 'step');
  if (!counted.ok) return counted;
  const file = {
    Wjgs: format.toUpperCase(),
    Jym: told.value.check_code,
    ...invoice,
    Czsj: String(exchange.clock.now()),
  };
  const noted = await steps.call('saveDzfpxzjlxx', file, 'step');
  if (!noted.ok) return noted;
  const { fileName, timeStampId } = counted.value;
  const query = new URLSearchParams({
    ...file,
    fileName: textOr(fileName, ''),
    timeStampId: textOr(timeStampId, file.Czsj),
  });
  const url = new URL(`${page.base}${STEPS}/exportDzfpwjEwm?${query}`);
  return succeeded({ url, referer: page.referer });
}

/** The link redirects to `/qrcode?cs=…` of its host; whatever else it redirects to is a refusal. */
async function openPage(exchange: Exchange, link: PageLink): Promise<Attempt<OpenedPage>> {
  const sent = await exchange.send({
    method: 'GET',
    url: link.url,
    max_bytes: MAX_PAGE_BYTES,
    follows: (next) => next.hostname === link.url.hostname && isDelivery(next),
  });
  if (!sent.ok) return sent;
  const served = expectServed(sent.value, link.url);
  if (!served.ok) return served;
  const whole = expectComplete(served.value);
  if (!whole.ok) return whole;
  const sound = expectNoNotice(whole.value, 'page');
  if (!sound.ok) return sound;
  const { url } = sound.value;
  if (!PAGE_PATH.test(url.pathname)) return blocked('a redirect away from the page of the link');
  const prefix = link.url.pathname.replace(PAGE_PATH, '');
  const ticket = url.searchParams.get('cs') ?? link.ticket;
  return succeeded({ base: `${url.origin}${prefix}`, ticket, referer: url.href });
}

/** Where the page of a link lies, before and after its redirect. */
const PAGE_PATH = /\/(?:qrcode|v\/[^/]+)$/;

function createSteps(exchange: Exchange, { base, referer }: OpenedPage) {
  const { origin } = new URL(base);

  /** A step that is refused says of the first one that the link is not accepted. */
  async function call(
    name: string,
    body: Record<string, string>,
    about: 'link' | 'step',
  ): Promise<Attempt<Record<string, unknown>>> {
    const url = new URL(`${base}${STEPS}/${name}`);
    const sent = await exchange.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json; charset=utf-8', referer, origin },
      body: JSON.stringify(body),
      max_bytes: MAX_JSON_BYTES,
    });
    if (!sent.ok) return sent;
    const served = expectServed(sent.value, url);
    if (!served.ok) return served;
    const answer = expectJson(served.value);
    const code = answer.ok ? answer.value.code : undefined;
    if (answer.ok && String(code) === SUCCESS) return answer;
    const sound = expectNoNotice(served.value, 'data');
    if (!sound.ok) return sound;
    if (!answer.ok) return answer;
    if (typeof code !== 'string' && typeof code !== 'number')
      return unexpected('JSON without code');
    const detail = `${name}: code ${/^\w{1,10}$/.test(String(code)) ? code : 'unreadable'}`;
    return about === 'link'
      ? failed('user_data', 'link_refused', detail)
      : failed('system', 'error_code', detail);
  }

  return { call };
}

function deliveryIn(answer: Attempt<Record<string, unknown>>, link: PageLink): Attempt<Delivery> {
  if (!answer.ok) return answer;
  const { fphm, kprq, jym } = answer.value;
  const number = String(fphm);
  if (!/^\d{20}$/.test(number)) return unexpected('fphm is not a number');
  if (number !== link.number) return unexpected('fphm of another invoice');
  // 2026-09-25 12:00:00, or 14 digits as the other steps want it.
  const issued = String(kprq).replace(/\D/g, '');
  if (!/^\d{14}$/.test(issued)) return unexpected('kprq is not a time');
  if (typeof jym !== 'string' || !/^\w{1,20}$/.test(jym)) return unexpected('jym is not a code');
  return succeeded({ number, issued, check_code: jym });
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}
