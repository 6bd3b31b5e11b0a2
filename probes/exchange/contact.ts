import { isIPv4 } from 'node:net';
import type { Contact, Reach } from '../../model/proof.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs, Outcome, Reason } from '../../model/vocabulary.ts';
import { literalAddress } from './connection/resolve.ts';
import { isByDates, saysNoRoute } from './errors.ts';
import type { Failure } from './failure.ts';
import { type HeaderLine, headerValues } from './http/header-lines.ts';
import type { AddressFamily } from './names/ask-servers.ts';
import { registrableDomain } from './registrable-domain.ts';

/** Follows how far a run gets with each host that it asks. */
export interface ContactWatch {
  asks(url: URL): void;
  resolved(addresses: readonly string[]): void;
  connected(address: string | undefined): void;
  /** The final head of an answer is there, with what its clock said when ours said this. */
  headCame(date: AnswerDate): void;
  answered(): void;
  failed(failure: Failure): void;
  /** A redirect leads from one address to another, or what an answer says. */
  led(from: URL, to: URL): void;
  /** The last host that was asked, for a run that ended so; null: none was. */
  contact(end: RunEnd): Contact | null;
}

/** How a run ended; `reason` is null when it was good. */
export interface RunEnd {
  outcome: Outcome;
  reason: Reason | null;
  http_status: number | null;
}

/** The lines of a head that tell a time, and our clock as it came. */
export interface AnswerDate {
  lines: readonly HeaderLine[];
  now: EpochMs;
}

/** Who redirected us over plain HTTP. */
type Leader = Pick<Asked, 'url' | 'address'>;

interface Asked {
  url: URL;
  address: string | null;
  reach: Reach;
  has_head: boolean;
  /** What says something of this machine, rather than of the host. */
  own: Pick<Contact, 'no_route' | 'by_dates' | 'clock_ahead_ms'>;
}

/** Of a run that asks for addresses of one family only, or (null) of both. */
export function watchContact(family: AddressFamily | null = null): ContactWatch {
  let asked: Asked | null = null;
  /** Somebody on the way of a plain request may have sent us here. */
  let led_by: Leader | null = null;
  const change = (to: Partial<Asked>) => {
    if (asked !== null) asked = { ...asked, ...to };
  };

  return {
    asks(url) {
      asked = { url, address: null, reach: 'silent', has_head: false, own: {} };
    },
    resolved: (addresses) => change({ address: addresses.find(isIPv4) ?? addresses[0] ?? null }),
    connected: (address) => change(address === undefined ? {} : { address }),
    headCame: (date) => change({ has_head: true, own: clockAhead(date) }),
    answered: () => change({ reach: 'answered' }),
    failed(failure) {
      change({ reach: reachOf(failure, asked?.has_head ?? false) });
      if (saysNoRoute(failure)) change({ own: { no_route: true } });
      if (isByDates(failure)) change({ own: { by_dates: true } });
    },
    led(from, to) {
      if (from.protocol !== 'http:' || from.hostname === to.hostname) return;
      led_by ??= { url: from, address: asked?.address ?? null };
    },
    contact(end) {
      if (asked === null) return null;
      const is_led = led_by !== null && !isSame(led_by.url, asked.url);
      const reach = reachAt(end, asked, is_led);
      // Whoever was asked for decides it, not the host that somebody between may have named.
      const { url, address } = (reach === 'redirected' && is_led && led_by) || asked;
      const host = literalAddress(url.hostname) ?? url.hostname;
      const asked_family = family === null ? {} : { family };
      return { host, address, reach, resolver_differs: false, ...asked_family, ...asked.own };
    },
  };
}

/** By the time of the answer, and for how long a cache has kept it (RFC 9110, 9111). */
function clockAhead({ lines, now }: AnswerDate): Asked['own'] {
  const said = headerValues(lines, 'date')[0] ?? '';
  // RFC 9110, 5.6.7. In another form it would be read in the zone of this machine.
  const date = said.endsWith(' GMT') ? Date.parse(said) : Number.NaN;
  const age_s = Number(headerValues(lines, 'age')[0] ?? 0);
  if (Number.isNaN(date) || Number.isNaN(age_s)) return {};
  return { clock_ahead_ms: now - (date + age_s * SECOND) };
}

function reachOf({ outcome, reason }: Failure, has_head: boolean): Reach {
  if (reason === 'name_not_resolved' || reason === 'timeout_resolve') return 'unresolved';
  if (outcome === 'timeout') return 'silent';
  return has_head && reason !== 'connection_reset' ? 'answered' : 'refused';
}

/** Over plain HTTP, anybody between may have sent a page, or sent us to another host. */
function reachAt(end: RunEnd, { url, reach }: Asked, is_led: boolean): Reach {
  if (end.outcome === 'ok') return 'answered';
  if (reach === 'unresolved' && is_led) return 'redirected';
  if (reach !== 'answered') return reach;
  if (end.reason === 'connection_reset') return 'refused';
  const may_be_forged = url.protocol === 'http:' && !isOfProtocol(end);
  return is_led || may_be_forged ? 'redirected' : 'answered';
}

/** Answers of the system's own protocol: a status that says it, a code, or another value. */
const VALUES: ReadonlySet<Reason> = new Set(['error_code', 'known_not_found', 'unknown_found']);

function isOfProtocol({ reason, http_status }: RunEnd): boolean {
  return (http_status ?? 0) >= 400 || (reason !== null && VALUES.has(reason));
}

/** A certificate proves that it is the same party, as `www.a.cn` to which `a.cn` leads. */
function isSame(from: URL, to: URL): boolean {
  return (
    to.protocol === 'https:' && registrableDomain(from.hostname) === registrableDomain(to.hostname)
  );
}
