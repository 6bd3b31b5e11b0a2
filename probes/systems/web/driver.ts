import type { System } from '../../../model/configuration.ts';
import type { Driver } from '../../driver.ts';
import type { Exchange } from '../../exchange.ts';
import { type Attempt, succeeded } from '../../failure.ts';
import type { ReachOptions } from '../../options.ts';
import { expectComplete, expectStatus } from '../../status.ts';

/** An entry page is a few hundred kilobytes; more is read by nobody who only wants to know whether it answers. */
const MAX_PAGE_BYTES = 2_000_000;

/** Any web address: is it there, does it answer as expected, until when is its certificate valid. */
export function createWeb(system: System): Driver {
  async function reach(exchange: Exchange, { path, status }: ReachOptions): Promise<Attempt<null>> {
    const sent = await exchange.send({
      method: 'GET',
      url: new URL(`${system.url}${path}`),
      max_bytes: MAX_PAGE_BYTES,
    });
    if (!sent.ok) return sent;
    const complete = expectComplete(sent.value);
    if (!complete.ok) return complete;
    const good = expectStatus(complete.value, status);
    return good.ok ? succeeded(null) : good;
  }

  return { reach };
}
