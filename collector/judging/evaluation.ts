import type { ComponentStatus, Transition, TransitionCause } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { JournalEvent } from '../state/journal.ts';
import type { LiveState, Step } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';

/** Context of every judging step. */
export interface JudgingContext {
  site: Site;
  live: LiveState;
  now: EpochMs;
  /** Generates 12 characters of [a-z0-9]. */
  newId: () => string;
}

/**
 * The direct results of one event: rows to write, judged components, and updates of the live state.
 */
export interface Evaluation {
  facts: Facts;
  component_changes: readonly ComponentChange[];
  /** What is to be judged again if something comes late; absent: that ends what can be. */
  event?: JournalEvent;
  histories?: Step['histories'];
  shares?: Step['shares'];
  recent?: Step['recent'];
  syncs?: Step['syncs'];
}

export type Facts = Pick<
  Recording,
  'results' | 'judgements' | 'specimens' | 'specimen_changes' | 'journeys' | 'looks'
>;

/**
 * A component before and after judging, with the properties of the transition if the state differs.
 */
export interface ComponentChange {
  before: ComponentStatus;
  /** Its `since` is ignored: an unchanged state keeps the previous one. */
  after: ComponentStatus;
  /** Start of the new state. */
  since: EpochMs;
  cause: TransitionCause;
  cause_ref: string | null;
  /** The state stays, but its cause was another than was recorded. */
  is_correction?: boolean;
  /** What the ledger is to say from the first of them on, instead of what it said. */
  corrects?: readonly Transition[];
  simulated: boolean;
}
