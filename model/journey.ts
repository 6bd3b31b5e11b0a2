import type { Gap } from './component.ts';
import type { BracketedDelay } from './quantile-range.ts';
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
  /** It was accepted then or before; absent: then. */
  accepted_at_latest?: boolean;
  state: JourneyState;
  /**
   * The arrival lies in (last_absent_at, first_present_at]; a failed look moves neither. Both are
   * the same where an event says when it was: whoever looked then does not matter.
   */
  last_absent_at: EpochMs | null;
  first_present_at: EpochMs | null;
  /** Last look that was answered, with the finding `found` or `absent`. */
  last_answered_at: EpochMs | null;
  next_look_at: EpochMs | null;
  looks: number;
  simulated: boolean;
  /** What its acceptance says of the invoice, the newest where there were several; absent: none. */
  submitted?: Submitted;
}

/** What was accepted counts for nothing any more. */
export function isWithdrawn({ state }: Pick<Journey, 'state'>): boolean {
  return state === 'rejected' || state === 'voided';
}

/** What is known of a journey otherwise than when it was counted. */
export interface CorrectedJourney {
  before: Journey;
  after: Journey;
}

/** Digests by the installation's key, which are only compared. */
export interface Submitted {
  /** Says which key they are by: those of another say nothing. */
  key: string;
  amount?: string;
  tax_id?: string;
  /** When, where it is not what began the journey. */
  at?: EpochMs;
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

/** A delay that lies in (from_ms, to_ms]. */
export interface JourneyDelay {
  from_ms: number;
  to_ms: number;
}

/**
 * Delay of an arrived journey, from its acceptance: after the last look that did not find the
 * invoice, and by the first that did. null while it has not arrived, and where one of our `gaps`
 * lies between both, so that nobody knows when it did. Who says when does not have to look; but
 * where our clock was set since the acceptance, both are of two clocks.
 */
export function journeyDelay(journey: Journey, gaps: readonly Gap[]): JourneyDelay | null {
  const { accepted_at, first_present_at, last_absent_at } = journey;
  if (first_present_at === null) return null;
  const absent_at = Math.max(accepted_at, last_absent_at ?? 0);
  const is_point = last_absent_at === first_present_at;
  const unseen = is_point ? gaps.filter(({ cause }) => cause === 'clock') : gaps;
  const unseen_from = is_point ? accepted_at : absent_at;
  if (unseen.some(({ from, to }) => from < first_present_at && to > unseen_from)) return null;
  const [from_ms, to_ms] = [absent_at - accepted_at, first_present_at - accepted_at];
  return { from_ms: Math.min(from_ms, Math.max(0, to_ms)), to_ms: Math.max(0, to_ms) };
}

/**
 * What its delay says: it came within its bracket, or had not come when it was last looked for. A
 * gap of ours, or an invoice that was heard of late, makes the bracket wider: it neither lengthens
 * the shortest that a delay may be, nor leaves one out that was looked for as long.
 */
export function bracketedDelay(journey: Journey): BracketedDelay {
  const { accepted_at, last_absent_at, first_present_at } = journey;
  const from_ms = Math.max(0, (last_absent_at ?? accepted_at) - accepted_at);
  if (first_present_at === null) return { from_ms, to_ms: null };
  const to_ms = Math.max(0, first_present_at - accepted_at);
  return { from_ms: Math.min(from_ms, to_ms), to_ms };
}

/**
 * Its middle, for sums and medians of many that judge and are not told: its end would add half the
 * distance between looks to every one.
 */
export function middleMs({ from_ms, to_ms }: JourneyDelay): number {
  return (from_ms + to_ms) / 2;
}
