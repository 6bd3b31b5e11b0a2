import type { Gap } from './component.ts';
import type { ComponentId, EpochMs, Outcome, Reason } from './vocabulary.ts';

export type JourneyState = 'waiting' | 'arrived' | 'rejected' | 'voided' | 'lost';

/** One invoice followed from acceptance by one system until another shows it. */
export interface Journey {
  /** SHA-256 of installation, component and number, 32 hex digits: the journey's identity. */
  id: string;
  /** The sync component that this journey measures. */
  component: ComponentId;
  check: string;
  /** The invoice number, stored only while the journey waits. */
  number: string | null;
  issued: string;
  accepted_at: EpochMs;
  state: JourneyState;
  /** The arrival lies in (last_absent_at, first_present_at]; a failed look moves neither. */
  last_absent_at: EpochMs | null;
  first_present_at: EpochMs | null;
  /** Last look that was answered, with the finding `found` or `absent`. */
  last_answered_at: EpochMs | null;
  next_look_at: EpochMs | null;
  looks: number;
  simulated: boolean;
}

export type LookFinding = 'found' | 'absent' | 'failed';

/** One attempt to find a journey's invoice; stored apart from results. */
export interface Look {
  journey: string;
  started_at: EpochMs;
  duration_ms: number;
  finding: LookFinding;
  /** The outcome of the exchange; `ok` unless the look failed. */
  outcome: Outcome;
  reason: Reason | null;
}

/**
 * Delay of an arrived journey, in ms: the midpoint between the last look that did not find the
 * invoice and the first that did, because the latter alone would add half the distance between
 * looks to every delay. null while it has not arrived, and where one of our `gaps` lies between
 * both, so that nobody knows when it did.
 */
export function journeyDelayMs(journey: Journey, gaps: readonly Gap[]): number | null {
  const { accepted_at, first_present_at } = journey;
  if (first_present_at === null) return null;
  const absent_at = Math.max(accepted_at, journey.last_absent_at ?? 0);
  if (gaps.some(({ from, to }) => from < first_present_at && to > absent_at)) return null;
  return Math.max(0, (absent_at + first_present_at) / 2 - accepted_at);
}
