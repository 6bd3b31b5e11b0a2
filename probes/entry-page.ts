import type { System } from '../model/configuration.ts';
import type { Answer, Request } from './exchange/answer.ts';
import type { Exchange } from './exchange/exchange.ts';
import { expectComplete, expectStatus } from './exchange/expect.ts';
import { type Attempt, failed, succeeded } from './exchange/failure.ts';
import { mediaType, textOf } from './exchange/text.ts';
import { refreshOf } from './page/destination.ts';
import { isEnough, missing } from './page/expected.ts';
import { type Page, readPage } from './page/page.ts';
import { pathNamesMaintenance } from './page/words/maintenance.ts';
import type { ReachDriver, ReachOptions } from './reach.ts';
import { recognise } from './recognise.ts';

/** Of a longer page the beginning is read: an entry page has a few hundred kilobytes. */
const MAX_PAGE_BYTES = 2_000_000;
/** What browsers say of themselves that some servers insist on. */
const AS_BROWSERS = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
  'accept-encoding': 'gzip, deflate',
};
/** Statuses of success with a page; 204 and 205 have none. */
const OF_PAGES = Array.from({ length: 100 }, (_, n) => 200 + n).filter(
  (status) => status !== 204 && status !== 205,
);
/** Pages that only lead to the next one. */
const MAX_SIGNPOSTS = 3;

/**
 * The `reach` of a system with a public entry page, as a person opens it: is the page available, is
 * it the expected one, and when does its certificate expire.
 */
export function entryPage(system: System): ReachDriver {
  return {
    async reach(exchange, options) {
      const start = new URL(`${system.url}${options.path}`);
      const found = await open(exchange, start, options);
      if (!found.ok) return found;
      const { answer, page } = found.value;
      const recognised = recognise({
        page,
        expected: options,
        led_to: pathLedTo(answer, start),
        complete: !answer.over_limit,
        status_expected: options.status !== undefined && answer.status !== 200,
      });
      if (!recognised.ok) return recognised;
      if (recognised.value === 'answered') exchange.observed.notes.add('answered_only');
      return succeeded(null);
    },
  };
}

interface Found {
  answer: Answer;
  page: Page;
}

/** The page at an address, or the one to which it leads a browser. */
async function open(
  exchange: Exchange,
  start: URL,
  options: ReachOptions,
): Promise<Attempt<Found>> {
  let request: Request = {
    method: 'GET',
    url: start,
    headers: AS_BROWSERS,
    max_bytes: MAX_PAGE_BYTES,
  };
  for (let signposts = 0; ; signposts += 1) {
    const sent = await exchange.send(request);
    if (!sent.ok) return sent;
    const page = await pageIn(sent.value, start, options);
    if (!page.ok) return page;
    const next = destination(sent.value, page.value, options);
    if (next === null || signposts === MAX_SIGNPOSTS) {
      return succeeded({ answer: sent.value, page: page.value });
    }
    request = { ...request, url: next, led_by: request.led_by ?? sent.value };
  }
}

async function pageIn(answer: Answer, start: URL, options: ReachOptions): Promise<Attempt<Page>> {
  const complete = answer.over_limit ? succeeded(answer) : expectComplete(answer);
  if (!complete.ok) return complete;
  const good = expectStatus(answer, options.status ?? OF_PAGES);
  if (!good.ok) {
    const led_to = pathLedTo(answer, start);
    return led_to !== null && pathNamesMaintenance(led_to)
      ? failed('maintenance', 'says_maintenance', good.failure.detail)
      : good;
  }
  const text = textOf(answer);
  if (!text.ok) return text;
  const source = { text: text.value, media_type: shownAs(answer), body: answer.body };
  return succeeded(await readPage(source, (seen) => isEnough(options, seen)));
}

/** The path after all redirects, if it is another than the one that was asked for. */
function pathLedTo({ url }: Answer, start: URL): string | null {
  return url.pathname === start.pathname ? null : url.pathname;
}

/**
 * Where a page leads its reader: later only if it is not the expected one, and to itself only with
 * a cookie that it just set.
 */
function destination({ url, headers }: Answer, page: Page, expected: ReachOptions): URL | null {
  const to = refreshOf(String(headers.refresh ?? '')) ?? page.destination;
  if (to === null || (!to.at_once && missing(expected, page) === null)) return null;
  const next = URL.parse(to.address, url);
  if (next === null || !/^https?:$/.test(next.protocol)) return null;
  return next.href !== url.href || headers['set-cookie'] !== undefined ? next : null;
}

/** The media type by which a browser decides what to do with an answer; null: it guesses. */
function shownAs(answer: Answer): string | null {
  if (isSaved(answer)) return 'application/octet-stream';
  const may_guess = !/nosniff/i.test(String(answer.headers['x-content-type-options'] ?? ''));
  return mediaType(answer.headers) ?? (may_guess ? null : 'text/plain');
}

/** Whether a browser saves it, whatever it is: by any disposition but `inline` (RFC 6266, 4.2). */
function isSaved({ headers }: Answer): boolean {
  const [disposition = ''] = String(headers['content-disposition'] ?? '').split(';');
  return !/^\s*(inline\s*)?$|=/i.test(disposition);
}
