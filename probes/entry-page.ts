import type { System } from '../model/configuration.ts';
import { expectComplete, expectStatus } from './exchange/expect.ts';
import { type Attempt, succeeded, unexpected } from './exchange/failure.ts';
import type { ReachDriver, ReachOptions } from './reach.ts';

/**
 * An entry page is a few hundred kilobytes; more is read by nobody who only wants to know whether
 * it answers.
 */
const MAX_PAGE_BYTES = 2_000_000;
/** A title stands in the first kilobytes of a page. */
const READ_BYTES = 16_384;

/**
 * The `reach` of a system with a public entry page: one GET of that page and nothing more. Is it
 * there, is it the page it should be, and until when is its certificate valid.
 */
export function entryPage(system: System): ReachDriver {
  return {
    async reach(exchange, options) {
      const sent = await exchange.send({
        method: 'GET',
        url: new URL(`${system.url}${options.path}`),
        max_bytes: MAX_PAGE_BYTES,
      });
      if (!sent.ok) return sent;
      const complete = expectComplete(sent.value);
      if (!complete.ok) return complete;
      const good = expectStatus(complete.value, options.status);
      return good.ok ? expectPage(good.value.body, options) : good;
    },
  };
}

/** An error page, a captive portal or an empty page may answer 200 too. */
function expectPage(body: Buffer, { title, min_bytes = 0 }: ReachOptions): Attempt<null> {
  if (body.length < min_bytes)
    return unexpected(`the page has ${body.length} bytes, expected ${min_bytes} or more`);
  if (title !== undefined && !titleOf(body).includes(title))
    return unexpected('the page has another title');
  return succeeded(null);
}

function titleOf(page: Buffer): string {
  const start = page.toString('utf8', 0, READ_BYTES);
  return /<title[^<>]{0,200}>([^<]{0,500})/i.exec(start)?.[1] ?? '';
}
