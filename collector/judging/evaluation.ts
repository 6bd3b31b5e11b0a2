import type { ComponentStatus, TransitionCause } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { LiveState, Step } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';

/** What every judging step is given. */
export interface JudgingContext {
  site: Site;
  live: LiveState;
  now: EpochMs;
  /** 12 characters of [a-z0-9], new each time. */
  newId: () => string;
}

/**
 * What one event says by itself: rows that are facts, components judged anew, and what the live
 * state remembers.
 */
export interface Evaluation {
  facts: Facts;
  component_changes: readonly ComponentChange[];
  recent?: Step['recent'];
  syncs?: Step['syncs'];
}

export type Facts = Pick<Recording, 'results' | 'judgements' | 'journeys' | 'looks' | 'gaps'>;

/**
 * A component as it was and as it is judged now, with what a transition would say if the state
 * differs.
 */
export interface ComponentChange {
  before: ComponentStatus;
  /** Its own `since` is ignored: a state that stays keeps the old one. */
  after: ComponentStatus;
  /** From when a new state counts. */
  since: EpochMs;
  cause: TransitionCause;
  cause_ref: string | null;
  simulated: boolean;
}
