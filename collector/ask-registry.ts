import type { Configuration } from '../model/configuration.ts';
import { SECOND, systemClock } from '../model/time.ts';
import { domainExpiry } from '../probes/domain-expiry.ts';
import { openExchange } from '../probes/exchange/exchange.ts';
import { createNames } from '../probes/exchange/names/names.ts';
import type { DomainWatchParts } from './domain-watch.ts';

const DEADLINE_MS = 20 * SECOND;

/** Asks registries by the way of the line, saying who we are; loaded where it is needed. */
export function askRegistry({ page, lines }: Configuration): DomainWatchParts['ask'] {
  const names = createNames();
  return (domain) => {
    const exchange = openExchange({
      deadline_ms: DEADLINE_MS,
      contact: page.contact,
      traceparent: null,
      clock: systemClock,
      names,
      ca: null,
      proxy: lines[0]?.proxy ?? null,
      fills_in_intermediate: true,
    });
    return domainExpiry(exchange, domain);
  };
}
