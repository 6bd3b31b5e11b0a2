import type { System } from '../model/configuration.ts';
import { expectComplete, expectStatus } from './exchange/expect.ts';
import { type Attempt, succeeded, unexpected } from './exchange/failure.ts';
import type { ReachDriver, ReachOptions } from './reach.ts';

/** An entry page has a few hundred kilobytes; more is not needed to check reachability. */
const MAX_PAGE_BYTES = 2_000_000;
/** The title is in the first kilobytes of a page. */
const READ_BYTES = 16_384;

/**
 * The `reach` of a system with a public entry page, by a single GET: is the page available, is it
 * the expected page, and when does its certificate expire.
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

/** Error pages, captive portals and empty pages may also answer 200. */
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
