import type { Contact, LineTries } from '../../../model/proof.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { type Owner, ownerOf, provesWayTo } from './hosts.ts';

/** What the hosts of a line answered lately, by the monotonic clock. */
export interface LineLedger {
  /**
   * A host answered, or a run failed below HTTP. `asked` is the host that was asked first: it may
   * have redirected to this one.
   */
  note(host: string, contact: Contact, at: number, asked?: string): void;
  /** It refused us: by its status, or by a check of its visitor. */
  refused(host: string, at: number, check?: string): void;
  /** It answered a check, and did not refuse it. */
  served(host: string, at: number, check: string): void;
  /** The last try of a host; null: none. */
  lastOf(host: string): Try | null;
  /** When a host last answered, or one to which it redirects; null: never. */
  answeredBy(host: string): number | null;
  /** When any host answered last. */
  lastAnswerAt(): number | null;
  /**
   * The answer of another host nearest to an instant, at most 10 s away; of one that has failed
   * since, or that was asked first and has failed since, none counts: the line may have failed in
   * between.
   */
  nearestAnswer(host: string, to: Contact, at: number): { host: string; after_ms: number } | null;
  /**
   * The tries within a window before an instant, of hosts that prove the way to this one; those
   * that answered, and have not failed since, within a window of their own.
   */
  tries(
    to: Contact,
    at: number,
    window_ms: number,
    answered_within_ms?: number,
  ): Omit<LineTries, 'blamed'>;
  /**
   * How long ago it refused us; null: not lately, or it has served this check since it began to
   * refuse the other, which then is a matter of the other alone.
   */
  refusedMsAgo(host: string, at: number, check?: string): number | null;
}

export interface Try {
  contact: Contact;
  /** The host that was asked first. */
  asked: string;
  at: number;
  has_answered: boolean;
  /** When it last answered; null: never. */
  answered_at: number | null;
}

export const ANSWER_WITHIN_MS = 10 * SECOND;
const REFUSED_KEPT_MS = 60 * MINUTE;
/** Redirects lead to ever new hosts; those of a configuration are asked again and stay. */
const MOST_HOSTS = 20_000;
const MOST_ANSWERS = 20_000;
/** More owners than this prove no more. */
const MOST_OWNERS = 20;

/** Of a host, by check. */
interface Refusals {
  /** Refusals that nothing else came between. */
  series: Map<string, { since: number; last_at: number }>;
  /** When it last answered a check without refusing. */
  served: Map<string, number>;
}

const NONE: Refusals = { series: new Map(), served: new Map() };

interface Answer {
  host: string;
  /** The host that was asked first. */
  asked: string;
  contact: Contact;
  at: number;
}

export function createLineLedger(isLocal: (contact: Contact) => boolean): LineLedger {
  const tries = new Map<string, Try>();
  /** When a host that redirects last led to an answer. */
  const led_to_answer = new Map<string, number>();
  const refusals = new Map<string, Refusals>();
  /** In the order in which they came. */
  let answers: Answer[] = [];
  let last_answer_at: number | null = null;

  function keep(host: string, it: Try): void {
    tries.delete(host);
    tries.set(host, it);
    if (tries.size > MOST_HOSTS) tries.delete(tries.keys().next().value ?? '');
  }

  function keepAnswer(answer: Answer): void {
    answers.push(answer);
    const oldest_at = answer.at - 3 * ANSWER_WITHIN_MS;
    if (answers.length > MOST_ANSWERS) answers = answers.slice(MOST_ANSWERS / 2);
    else if ((answers[0]?.at ?? 0) < oldest_at && answers.length % 100 === 0)
      answers = answers.filter((it) => it.at >= oldest_at);
  }

  /** Neither its host nor the one that was asked first has failed since. */
  function stands({ host, asked }: Pick<Answer, 'host' | 'asked'>): boolean {
    return tries.get(host)?.has_answered !== false && !hasFailedSince(asked);
  }

  function hasFailedSince(asked: string): boolean {
    const last = tries.get(asked);
    if (last === undefined || last.has_answered) return false;
    return last.at >= (led_to_answer.get(asked) ?? Number.NEGATIVE_INFINITY);
  }

  return {
    note(host, contact, at, asked = host) {
      // What anybody between may have sent says nothing of the line.
      if (isLocal(contact) || contact.reach === 'redirected') return;
      const has_answered = contact.reach === 'answered';
      const before = tries.get(host)?.answered_at ?? null;
      keep(host, { contact, asked, at, has_answered, answered_at: has_answered ? at : before });
      if (!has_answered) return;
      last_answer_at = at;
      if (asked !== host) led_to_answer.set(asked, at);
      keepAnswer({ host, asked, contact, at });
    },
    refused(host, at, check = '') {
      const its = refusals.get(host) ?? { series: new Map(), served: new Map() };
      its.series.set(check, { since: its.series.get(check)?.since ?? at, last_at: at });
      refusals.delete(host);
      refusals.set(host, its);
      if (refusals.size > MOST_HOSTS) refusals.delete(refusals.keys().next().value ?? '');
    },
    served(host, at, check) {
      const its = refusals.get(host);
      its?.series.delete(check);
      its?.served.set(check, at);
    },
    lastOf: (host) => tries.get(host) ?? null,
    answeredBy(host) {
      const direct_at = tries.get(host)?.answered_at ?? null;
      const led_at = led_to_answer.get(host) ?? null;
      return direct_at === null || led_at === null
        ? (direct_at ?? led_at)
        : Math.max(direct_at, led_at);
    },
    lastAnswerAt: () => last_answer_at,
    nearestAnswer(host, to, at) {
      const near = answers.filter(
        (it) =>
          it.host !== host &&
          stands(it) &&
          Math.abs(it.at - at) <= ANSWER_WITHIN_MS &&
          provesWayTo(it.contact, to),
      );
      const nearest = near.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
      return nearest === undefined ? null : { host: nearest.host, after_ms: nearest.at - at };
    },
    tries(to, at, window_ms, answered_within_ms = window_ms) {
      const those = [...tries].filter(([, it]) => provesWayTo(it.contact, to));
      const failed = those.filter(([, it]) => !it.has_answered && it.at >= at - window_ms);
      const answered = those.filter(
        ([host, it]) => it.at >= at - answered_within_ms && stands({ host, asked: it.asked }),
      );
      return {
        failed: countOwners(failed.map(([, it]) => ownerOf(it.contact))),
        answered: answered.length,
      };
    },
    refusedMsAgo(host, at, check = '') {
      const { series, served } = refusals.get(host) ?? NONE;
      const served_at = served.get(check) ?? Number.NEGATIVE_INFINITY;
      const agos = [...series.values()]
        .filter(({ since }) => since > served_at)
        .map(({ last_at }) => at - last_at)
        .filter((ago) => ago <= REFUSED_KEPT_MS);
      return agos.length === 0 ? null : Math.min(...agos);
    },
  };
}

/** Hosts that share a domain or a network, with each other or with a third, count once. */
function countOwners(owners: readonly Owner[]): number {
  const groups: { domains: Set<string>; networks: Set<string> }[] = [];
  for (const { domain, network } of owners) {
    const isIts = (it: (typeof groups)[number]) =>
      it.domains.has(domain) || (network !== null && it.networks.has(network));
    const joined = groups.filter(isIts);
    const first = joined[0] ?? { domains: new Set(), networks: new Set() };
    if (joined.length === 0) groups.push(first);
    first.domains.add(domain);
    if (network !== null) first.networks.add(network);
    for (const other of joined.slice(1)) {
      for (const it of other.domains) first.domains.add(it);
      for (const it of other.networks) first.networks.add(it);
      groups.splice(groups.indexOf(other), 1);
    }
    if (groups.length >= MOST_OWNERS) break;
  }
  return groups.length;
}
