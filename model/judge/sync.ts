import type { Note } from '../component.ts';
import type { Policy } from '../configuration.ts';
import type { Journey } from '../journey.ts';
import { medianExceeds, type Observation } from '../kaplan-meier.ts';
import { NUMBERS } from '../numbers.ts';
import { earliest } from '../time.ts';
import type { EpochMs, State } from '../vocabulary.ts';
import { coveredUntil } from './validity.ts';

/**
 * Distance to the next look at an invoice of this age, in whole ms: a tenth of the age, from 5 s to
 * 10 min.
 */
export function lookDistanceMs(age_ms: number): number {
  const { first_look_ms, rarest_look_ms, age_share } = NUMBERS.sync;
  return Math.min(rarest_look_ms, Math.max(first_look_ms, Math.round(age_ms * age_share)));
}

export interface SyncInput {
  waiting: readonly Journey[];
  /**
   * The last answered look, whatever it found, and the distance to the next look at that journey.
   */
  last_answer: { at: EpochMs; next_distance_ms: number } | null;
  last_arrival_at: EpochMs | null;
  /** Journeys accepted within `slow_over`, with their duration or their wait so far. */
  recent: readonly Observation[];
  /** Start of the current period of answered looks: before it, arrivals could not be observed. */
  watched_since: EpochMs;
  /** It was stalled when it was last known, and nothing has arrived since. */
  was_stalled: boolean;
  now: EpochMs;
  policy: Policy;
  window: { maintenance: string; from: EpochMs } | null;
}

export interface SyncVerdict {
  state: State;
  since: EpochMs;
  notes: Note[];
  valid_until: EpochMs | null;
}

/**
 * The state of a sync from its waiting journeys. Stalled when at least 5 wait and nothing arrived
 * for `stalled_after`: partial outage, major once the oldest waits longer than promised. A stall
 * goes on after a time in which nobody looked, until something arrives. Slow when
 * the median of recently accepted journeys exceeds the limit: degraded. Failed looks never count as
 * a failure: when none is answered any more, the state is unknown.
 */
export function judgeSync(input: SyncInput): SyncVerdict {
  const valid_until = syncValidUntil(input);
  if (input.window) {
    const { maintenance: maintenance_id, from } = input.window;
    const { state: measured } = judgeSync({ ...input, window: null });
    return {
      state: 'under_maintenance',
      since: from,
      notes: [{ code: 'maintenance', maintenance_id, measured }],
      valid_until: coveredUntil(input.now, valid_until),
    };
  }
  if (valid_until === null)
    return { state: 'unknown', since: input.now, notes: [{ code: 'never_measured' }], valid_until };
  if (input.now > valid_until)
    return { state: 'unknown', since: valid_until, notes: [whyUnknown(input)], valid_until };
  return { ...(stallOf(input) ?? slownessOf(input) ?? wellSince(input)), valid_until };
}

/**
 * End of validity of the last answered look: 2 × the distance to the next one. A journey accepted
 * after a quiet period is due an answer only from its own first look on; while none waits, no look
 * is due and the verdict is valid for `stalled_after`.
 */
function syncValidUntil({ waiting, last_answer, policy }: SyncInput): EpochMs | null {
  if (last_answer === null) return null;
  const due_at = earliest(waiting.map(answerDueAt));
  if (due_at === null) return last_answer.at + policy.stalled_after_ms;
  return Math.max(
    last_answer.at + NUMBERS.sync.valid_distances * last_answer.next_distance_ms,
    due_at,
  );
}

function answerDueAt(journey: Journey): EpochMs {
  if (journey.looks === 0 && journey.next_look_at !== null)
    return journey.next_look_at + lookDistanceMs(0);
  const answered_at = journey.last_answered_at ?? journey.accepted_at;
  return (
    answered_at + NUMBERS.sync.valid_distances * lookDistanceMs(answered_at - journey.accepted_at)
  );
}

type Finding = Omit<SyncVerdict, 'valid_until'>;

function stallOf(input: SyncInput): Finding | null {
  const { waiting, last_arrival_at, watched_since, was_stalled, now, policy } = input;
  const quiet_since = Math.max(last_arrival_at ?? 0, watched_since);
  const oldest_accepted_at = oldestAcceptance(waiting);
  const stalled =
    oldest_accepted_at !== null &&
    waiting.length >= policy.stalled_waiting &&
    (was_stalled || now - quiet_since >= policy.stalled_after_ms);
  if (!stalled) return null;
  const notes: Note[] = [{ code: 'stalled', waiting: waiting.length, oldest_accepted_at }];
  const promise_broken_at = oldest_accepted_at + policy.visible_within_ms;
  return now > promise_broken_at
    ? { state: 'major_outage', since: Math.max(quiet_since, promise_broken_at), notes }
    : { state: 'partial_outage', since: quiet_since, notes };
}

/**
 * Waiting journeys count as censored observations (Kaplan–Meier), so that a slow sync shows at
 * once.
 */
function slownessOf({ recent, policy, now }: SyncInput): Finding | null {
  const { slow_wait_ms: limit_ms } = policy;
  const n = recent.length;
  if (limit_ms === null || n < NUMBERS.sync.slow_journeys || !medianExceeds(recent, limit_ms))
    return null;
  const notes: Note[] = [{ code: 'sync_slow', n, limit_ms }];
  return { state: 'degraded_performance', since: now, notes };
}

function wellSince({ last_arrival_at, watched_since }: SyncInput): Finding {
  return { state: 'operational', since: last_arrival_at ?? watched_since, notes: [] };
}

export function oldestAcceptance(waiting: readonly Journey[]): EpochMs | null {
  return earliest(waiting.map((it) => it.accepted_at));
}

function whyUnknown({ waiting, last_answer }: SyncInput): Note {
  return waiting.length === 0
    ? { code: 'nothing_to_follow', last_answered_at: last_answer?.at ?? null }
    : { code: 'look_unanswered', last_answered_at: last_answer?.at ?? null };
}
