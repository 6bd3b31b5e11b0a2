import { NUMBERS } from '../../../model/numbers.ts';
import type { Contact, LineTries } from '../../../model/proof.ts';
import { countOwners, ownerOf } from './owners.ts';
import { provesWayTo, sharesLineWith } from './way.ts';

/** What the hosts of a line answered lately, by the monotonic clock. */
export interface LineLedger {
  /**
   * A host answered, or a run failed below HTTP. `asked` is the host that was asked first: it may
   * have redirected to this one.
   */
  note(host: string, contact: Contact, at: number, asked?: string): void;
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
  /** Whether another host answered within 10 s of an instant, by whichever way of this line. */
  carriedTo(to: Contact, at: number): boolean;
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
}

export interface Try {
  contact: Contact;
  /** The host that was asked first. */
  asked: string;
  at: number;
  has_answered: boolean;
  /** When it last answered, and at which address; null: never. */
  answered_at: number | null;
  answered_address: string | null;
}

/** Redirects lead to ever new hosts; those of a configuration are asked again and stay. */
const MOST_HOSTS = 20_000;
const MOST_ANSWERS = 20_000;

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
    const oldest_at = answer.at - 3 * NUMBERS.proof.answer_within_ms;
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
      const before = tries.get(host);
      keep(host, {
        contact,
        asked,
        at,
        has_answered,
        answered_at: has_answered ? at : (before?.answered_at ?? null),
        answered_address: has_answered ? contact.address : (before?.answered_address ?? null),
      });
      if (!has_answered) return;
      last_answer_at = at;
      if (asked !== host) led_to_answer.set(asked, at);
      keepAnswer({ host, asked, contact, at });
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
          Math.abs(it.at - at) <= NUMBERS.proof.answer_within_ms &&
          provesWayTo(it.contact, to),
      );
      const nearest = near.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
      return nearest === undefined ? null : { host: nearest.host, after_ms: nearest.at - at };
    },
    carriedTo: (to, at) =>
      answers.some(
        (it) =>
          it.host !== to.host &&
          stands(it) &&
          Math.abs(it.at - at) <= NUMBERS.proof.answer_within_ms &&
          sharesLineWith(it.contact, to),
      ),
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
  };
}
