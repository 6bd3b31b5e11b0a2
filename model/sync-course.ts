import type { EpochMs } from './vocabulary.ts';

/**
 * What a sync goes through: it stands still, then comes up with what is overdue; or some invoices
 * do not come, or it is slow.
 */
export type SyncPhase = 'stalled' | 'catching_up' | 'part_lost' | 'slow' | null;

/** Invoices that stood still together: accepted from `from` on, up to the next arrival. */
export interface Stall {
  from: EpochMs;
  /** Since when there were enough; rows of earlier versions do not know. */
  since?: EpochMs;
  /** null: nothing has arrived since. */
  to: EpochMs | null;
}

/** What a sync went through: its next judgement rests on that, also after a restart. */
export interface SyncCourse {
  /** As of when it was last known. */
  phase: SyncPhase;
  /** The last time that it stood still; null: it has not. */
  stall: Stall | null;
  /** Since when the median has surely been slow, as far as was known; null: it is not. */
  slow_since: EpochMs | null;
  /** Start of the current period of answered looks; null without one. */
  watched_since: EpochMs | null;
}
