import type { Contact, Proof } from '../../../model/proof.ts';
import { provesWayTo } from './hosts.ts';

/** What is known of the line: a part of each proof. */
export type LineFacts = Pick<Proof, 'other_answer' | 'neutrals' | 'line'>;

/**
 * The spans in which nothing proved that the line carries anything. A run that began in one may
 * have failed by it, whoever answers afterwards.
 */
export interface Doubt {
  /** Nothing proved it when this host failed, given these facts. */
  feed(contact: Contact, facts: LineFacts, at: number): void;
  /** A host answered; returns whether that ended a doubt. */
  answered(by: Contact): boolean;
  /** What was known when it was last fed, if that was after a run began, and it is over. */
  since(started_at: number): LineFacts | null;
}

export function createDoubt(): Doubt {
  let last: { contact: Contact; facts: LineFacts; fed_at: number; is_over: boolean } | null = null;
  return {
    feed(contact, facts, at) {
      last = { contact, facts, fed_at: at, is_over: false };
    },
    answered(by) {
      if (last === null || last.is_over || !provesWayTo(by, last.contact)) return false;
      last.is_over = true;
      return true;
    },
    since(started_at) {
      return last?.is_over && last.fed_at > started_at ? last.facts : null;
    },
  };
}
