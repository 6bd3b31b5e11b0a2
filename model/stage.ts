import type { EventType } from './event.ts';
import { DAY } from './time.ts';
import type { ComponentId, EpochMs } from './vocabulary.ts';

/**
 * Stages that follow the acceptance, and that only events tell of, in their order. That an invoice
 * is queryable is looked for: its journey knows.
 */
export const TOLD_STAGES = [
  'reviewed',
  'issued',
  'sealed',
  'delivered',
  'downloadable',
  'verified',
] as const satisfies EventType[];
export type ToldStage = (typeof TOLD_STAGES)[number];

/** Where an invoice that waits is known to be: accepted at least. */
export const KNOWN_STAGES = ['accepted', ...TOLD_STAGES] as const;
export type KnownStage = (typeof KNOWN_STAGES)[number];

/** Of those reached within it is told how long they took. */
export const STAGES_OVER_MS = DAY;

/** That a followed invoice reached a stage, by the first event that said when. */
export interface ReachedStage {
  /** Its id. */
  journey: string;
  /** That follows it. */
  check: string;
  stage: ToldStage;
  at: EpochMs;
  /** Then or before. */
  at_latest: boolean;
  /**
   * Since the acceptance; null: nobody knows, or it began the journey, or is said to have been
   * before that.
   */
  delay_ms: number | null;
  simulated: boolean;
}

/** How long it took until the invoices that a component follows were at a stage. */
export interface StageDelays {
  component: ComponentId;
  stage: ToldStage;
  /** Since their acceptance, in no order. */
  delays_ms: number[];
  /** Whether any of them is. */
  simulated: boolean;
}

/** How many invoices that wait are known to be at a stage, and no further. */
export interface WaitingAtStage {
  stage: KnownStage;
  n: number;
  oldest_accepted_at: EpochMs;
}

export interface WaitingOfComponent extends WaitingAtStage {
  component: ComponentId;
}

/** How long invoices took to a stage since their acceptance, by values that were observed. */
export interface StageFigure {
  stage: ToldStage;
  n: number;
  /** null: of too few. */
  median_ms: number | null;
  p95_ms: number | null;
}

/** How far the invoices came that a component follows. */
export interface StagesView {
  /** Of those reached lately (STAGES_OVER_MS), in the order of the stages. */
  reached: StageFigure[];
  /** Of those that wait now, in that order; null: nobody knows which do. */
  waiting: WaitingAtStage[] | null;
  /** Whether any of them is. */
  simulated: boolean;
}
