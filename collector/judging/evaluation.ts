import type { ComponentStatus } from '../../model/component.ts';
import type { StateFrom } from '../../model/correction.ts';
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
  spells?: Step['spells'];
  traffic?: Step['traffic'];
  shares?: Step['shares'];
  recent?: Step['recent'];
  syncs?: Step['syncs'];
}

export type Facts = Pick<
  Recording,
  | 'results'
  | 'own_results'
  | 'judgements'
  | 'specimens'
  | 'specimen_changes'
  | 'journeys'
  | 'corrected_journeys'
  | 'looks'
>;

/** A component before and after judging. */
export interface ComponentChange {
  before: ComponentStatus;
  /** Its `since` is ignored: it is that of the last state told. */
  after: ComponentStatus;
  /** Its states from the first of them on, the last one that of `after`; null: what is told. */
  states: readonly [StateFrom, ...StateFrom[]] | null;
  /** The last state stays, but its cause was another than was recorded. */
  is_told_anew?: boolean;
}
