import type { Contact, Proof } from '../../../model/proof.ts';
import { provesWayTo, wayOf } from './way.ts';

/** What is known of the line: a part of each proof. */
export type LineFacts = Pick<Proof, 'other_answer' | 'neutrals' | 'line'>;

/**
 * The spans in which nothing proved that the line carries anything. A run that began in one may
 * have failed by it, whoever answers afterwards. Each way (public or not, by IPv6 alone or not) has
 * spans of its own: a host that stays down does not keep the others in doubt.
 */
export interface Doubt {
  /** Nothing proved it when this host failed, given these facts. */
  feed(contact: Contact, facts: LineFacts, at: number): void;
  /** A host answered; returns whether that ended a doubt. */
  answered(by: Contact): boolean;
  /** What was known when it was last fed, if that was after a run began, and it is over. */
  since(contact: Contact, started_at: number): LineFacts | null;
  /** Whether any way was in doubt after a run began, and is no longer: names are asked by any. */
  anySince(started_at: number): boolean;
}

export function createDoubt(): Doubt {
  const by_way = new Map<string, Doubted>();
  return {
    feed(contact, facts, at) {
      by_way.set(wayOf(contact), { contact, facts, fed_at: at, is_over: false });
    },
    answered(by) {
      const ended = [...by_way.values()].filter(
        ({ is_over, contact }) => !is_over && provesWayTo(by, contact),
      );
      for (const it of ended) it.is_over = true;
      return ended.length > 0;
    },
    since(contact, started_at) {
      const last = by_way.get(wayOf(contact));
      return last && isPast(last, started_at) ? last.facts : null;
    },
    anySince: (started_at) => by_way.values().some((it) => isPast(it, started_at)),
  };
}

function isPast({ is_over, fed_at }: Doubted, started_at: number): boolean {
  return is_over && fed_at > started_at;
}

interface Doubted {
  contact: Contact;
  facts: LineFacts;
  fed_at: number;
  is_over: boolean;
}
