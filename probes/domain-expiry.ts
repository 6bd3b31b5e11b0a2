import type { RegisteredDomain } from '../model/domain.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Exchange } from './exchange/exchange.ts';
import { expectComplete, expectStatus } from './exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from './exchange/failure.ts';

/** The entry of a domain with its contacts has some ten kilobytes. */
const MAX_BYTES = 256 * 1024;

/** Until when a domain is registered, as its registry says by RDAP (RFC 9083). */
export async function domainExpiry(
  exchange: Exchange,
  { name, rdap }: RegisteredDomain,
): Promise<Attempt<EpochMs>> {
  const sent = await exchange.send({
    method: 'GET',
    url: new URL(rdap),
    headers: { accept: 'application/rdap+json, application/json' },
    max_bytes: MAX_BYTES,
  });
  if (!sent.ok) return sent;
  if (sent.value.over_limit) return failed('self', 'probe_error', `more than ${MAX_BYTES} bytes`);
  const complete = expectComplete(sent.value);
  if (!complete.ok) return complete;
  const good = expectStatus(complete.value);
  return good.ok ? expiryIn(good.value.body.toString(), name) : good;
}

/** The date of the event `expiration` (RFC 9083, section 4.5) of the domain itself. */
function expiryIn(text: string, name: string): Attempt<EpochMs> {
  const entry = parsed(text);
  if (entry === null) return unexpected('not JSON');
  const { ldhName, events } = entry;
  if (typeof ldhName !== 'string' || ldhName.replace(/\.$/, '').toLowerCase() !== name) {
    return unexpected('of another domain');
  }
  const known = (Array.isArray(events) ? events : []) as readonly RdapEvent[];
  const ends = known.flatMap((it) => (it?.eventAction === 'expiration' ? [it.eventDate] : []));
  const expires_at = ends.map((date) => Date.parse(String(date))).find(Number.isFinite);
  return expires_at === undefined ? unexpected('no date of expiration') : succeeded(expires_at);
}

type RdapEvent = { eventAction?: unknown; eventDate?: unknown } | null;

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const is_object = typeof value === 'object' && value !== null && !Array.isArray(value);
    return is_object ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
