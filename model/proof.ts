import { NETWORK_REASONS, type Reason, TIMEOUT_REASONS } from './vocabulary.ts';

/**
 * How far a bad run got with the host that decided it, from what blames the host most. What it
 * takes to blame the host depends on it.
 */
export const REACHES = ['answered', 'redirected', 'refused', 'silent', 'unresolved'] as const;
export type Reach = (typeof REACHES)[number];

/**
 * The host that decided a run: the last one that was asked, or the one that redirected to it over
 * plain HTTP, if anybody between may have done so.
 */
export interface Contact {
  /** Host name or address of the URL, without port or brackets. */
  host: string;
  /** The address reached, or tried last; null when none was known. */
  address: string | null;
  /**
   * `answered`: a status or code over valid TLS or plain HTTP. `redirected`: over plain HTTP, to
   * another host, or a page without the expected marker: anybody between may have sent it.
   * `refused`: RST, TLS alert, no HTTP. `silent`: no answer in time. `unresolved`: no address.
   */
  reach: Reach;
  /** It was asked for by addresses of this family only. */
  family?: 4 | 6;
  /** Our resolver found no address, but getaddrinfo did. */
  resolver_differs: boolean;
  /** On our side its public name leads to where it cannot be, or was not before. */
  misled?: true;
  /** This machine has no route to the address. */
  no_route?: true;
  /** Its certificate is not valid by our clock; by another it might be. */
  by_dates?: true;
  /** How far our clock was ahead of that of the host, as its answer says; absent: it does not. */
  clock_ahead_ms?: number;
}

/** What was known about our own side when a run was bad, as facts. Judged by judge/proof.ts. */
export interface Proof {
  contact: Contact;
  /** The host is this machine: it needs neither a neutral nor another host. */
  is_local: boolean;
  /** During the run: the sum of the delays above 20 ms of a timer of 50 ms. */
  loop_delay_ms: number;
  /** The answer of another host of the line nearest to the failure, if within ± 10 s. */
  other_answer: { host: string; after_ms: number } | null;
  /** The neutral hosts that had answered within 10 minutes before: whether they answer now. */
  neutrals: { host: string; answered: boolean }[];
  /** Whether the control name resolved within ± 10 s; null without one, or if not asked. */
  control: 'resolved' | 'failed' | null;
  /** Of a name that failed: what other names of the line do now. */
  names?: NameTries;
  /** Of a certificate that is not valid by our clock: what other hosts say of the time. */
  dates?: DateWitnesses;
  /** How long before the host refused us (403, 429, 511, a captcha), if lately. */
  refused_us_ms_ago?: number;
  /** The tries of the line's hosts within max(60 s, longest slot distance), at most 5 min. */
  line: LineTries;
}

export interface LineTries {
  /** Hosts of different registrable domain and /16 that failed below HTTP. */
  failed: number;
  /** Hosts that answered. */
  answered: number;
  /** The one host that is blamed although nothing proves the line; null: none so far. */
  blamed: string | null;
}

/** Owners of names, the failing one among them, but not that of the control name. */
export interface NameTries {
  /** None of their names resolves. */
  failed: number;
  /** Those of them of which a name resolved lately. */
  lost: number;
  /** A name of theirs resolves. */
  resolved: number;
}

/** Owners of other hosts. */
export interface DateWitnesses {
  /** By their answers the time is about that of our clock; the owner of the failing one counts. */
  agreeing: number;
  /** It is another, of which the most other owners say the same. */
  differing: number;
  /** Certificates of other owners are not valid by our clock either. */
  invalid: number;
}

/** Reasons of failures without an HTTP answer that proves that the host itself was reached. */
const BELOW_HTTP: ReadonlySet<Reason> = new Set([...TIMEOUT_REASONS, ...NETWORK_REASONS]);

/** Whether anything between us and the host, our own line too, could cause such a failure. */
export function isBelowHttp(reason: Reason): boolean {
  return BELOW_HTTP.has(reason);
}
