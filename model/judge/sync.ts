import type { Note } from '../component.ts';
import type { Policy } from '../configuration.ts';
import type { Journey } from '../journey.ts';
import { NUMBERS } from '../numbers.ts';
import { type BracketedDelay, CONFIDENCE_99, quantileRanges } from '../quantile-range.ts';
import type { Stall, SyncCourse } from '../sync-course.ts';
import { DAY, earliest } from '../time.ts';
import type { EpochMs, State } from '../vocabulary.ts';
import { wilsonLowerBound } from '../wilson.ts';
import { coveredUntil } from './validity.ts';
import { countUntil } from './watermark.ts';

/**
 * Distance to the next look at an invoice of this age, in whole ms: a tenth of the age, from 5 s to
 * 10 min.
 */
export function lookDistanceMs(age_ms: number): number {
  const { first_look_ms, rarest_look_ms, age_share } = NUMBERS.sync;
  return Math.min(rarest_look_ms, Math.max(first_look_ms, Math.round(age_ms * age_share)));
}

export interface SyncLimits {
  /** null: nobody knows what is slow. */
  slow_wait_ms: number | null;
  overdue_after_ms: number;
  stalled_after_ms: number;
  /** How long an answer is valid while none waits. */
  idle_for_ms: number;
}

/** The parts of its course that are judged. */
type JudgedCourse = Pick<SyncCourse, 'phase' | 'stall' | 'slow_since'>;

/** The last answered look, whatever it found. */
export interface LastAnswer {
  at: EpochMs;
  /** To the next look at that journey. */
  next_distance_ms: number;
  /** Absent: by the distance between looks. */
  valid_until?: EpochMs;
}

export interface SyncInput extends JudgedCourse {
  waiting: readonly Journey[];
  /** Acceptances of all that are followed, of the last days, in order. */
  accepted: readonly EpochMs[];
  /** The latest acceptance of one that arrived; null: none has. */
  latest_arrived_at: EpochMs | null;
  /** Of a day: when they were accepted, and seen to have arrived. */
  arrivals: readonly { accepted_at: EpochMs; at: EpochMs }[];
  /** Delays of those accepted within `slow_over`, which arrived or wait. */
  recent: readonly BracketedDelay[];
  last_answer: LastAnswer | null;
  last_arrival_at: EpochMs | null;
  /**
   * Start of the current period of answered looks: before it, arrivals could not be observed; null:
   * none was answered since that was so.
   */
  watched_since: EpochMs | null;
  now: EpochMs;
  policy: Policy;
  limits: SyncLimits;
  window: { maintenance: string; from: EpochMs } | null;
}

export interface SyncVerdict extends JudgedCourse {
  /** Whether looks are answered, whatever they tell. */
  is_watched: boolean;
  state: State;
  since: EpochMs;
  notes: Note[];
  valid_until: EpochMs | null;
}

/**
 * The state of a sync from its journeys, of which the waiting ones count as soon as they are
 * overdue: a look did not find them at an age above `overdue_after`. Failed looks never count as a
 * failure: when none is answered any more, the state is unknown. Else, in this order: it stands
 * still, it comes up with what is overdue, some invoices do not come, it is slow.
 */
export function judgeSync(input: SyncInput): SyncVerdict {
  const valid_until = syncValidUntil(input);
  const { phase, stall, watched_since } = input;
  const is_watched = watched_since !== null && valid_until !== null && input.now <= valid_until;
  const course = { phase, stall, slow_since: null, is_watched };
  const unknown = { state: 'unknown', valid_until, ...course } as const;
  if (input.window) {
    const { maintenance: maintenance_id, from } = input.window;
    const measured = judgeSync({ ...input, window: null });
    return {
      ...measured,
      state: 'under_maintenance',
      since: from,
      notes: [{ code: 'maintenance', maintenance_id, measured: measured.state }],
      valid_until: coveredUntil(input.now, valid_until),
    };
  }
  if (valid_until === null)
    return { ...unknown, since: input.now, notes: [{ code: 'never_measured' }] };
  if (input.now > valid_until)
    return { ...unknown, since: valid_until, notes: [whyUnknown(input)] };
  // An invoice that is not due a look yet says nothing of the time before.
  if (watched_since === null) return { ...unknown, since: input.now, notes: [whyUnknown(input)] };
  return judgeWatched({ ...input, watched_since }, { ...unknown, valid_until });
}

type WatchedInput = SyncInput & { watched_since: EpochMs };

function judgeWatched(
  input: WatchedInput,
  unknown: Omit<SyncVerdict, 'since' | 'notes'>,
): SyncVerdict {
  if (nothingTells(input)) {
    const { length } = input.waiting;
    const note = length === 0 ? whyUnknown(input) : ({ code: 'none_arrived', n: length } as const);
    return { ...unknown, since: input.now, notes: [note] };
  }
  const slow_since = slowSince(input);
  const stands_still = stallOf(input);
  const stalled = stands_still === null ? input.stall : stallSince(input, stands_still.since);
  const judged = { ...input, slow_since, stall: stalled };
  const finding =
    stands_still ??
    catchingUpOf(judged) ??
    partLossOf(judged) ??
    slownessOf(judged) ??
    wellSince(judged);
  const { valid_until, is_watched } = unknown;
  return { ...finding, valid_until, is_watched, stall: stalled, slow_since };
}

/**
 * Before the first arrival nothing says that it works, nor after a stall of which none is overdue
 * any more, though nothing arrived: they are lost or withdrawn.
 */
function nothingTells(input: WatchedInput): boolean {
  const is_silent = input.last_arrival_at === null || input.phase === 'stalled';
  return is_silent && stallOf(input) === null;
}

/**
 * End of validity of the last answered look: 2 × the distance to the next one. A journey accepted
 * after a quiet period is due an answer only from its own first look on; while none waits, no look
 * is due, and it is valid for `idle_for_ms`.
 */
function syncValidUntil({ waiting, last_answer, limits }: SyncInput): EpochMs | null {
  if (last_answer === null) return null;
  if (last_answer.valid_until !== undefined) return last_answer.valid_until;
  const due_at = earliest(waiting.map(answerDueAt));
  if (due_at === null) return last_answer.at + limits.idle_for_ms;
  return Math.max(
    last_answer.at + NUMBERS.sync.valid_distances * last_answer.next_distance_ms,
    due_at,
  );
}

function answerDueAt(journey: Journey): EpochMs {
  if (journey.looks === 0 && journey.next_look_at !== null)
    return journey.next_look_at + NUMBERS.sync.first_look_ms;
  const answered_at = journey.last_answered_at ?? journey.accepted_at;
  return (
    answered_at + NUMBERS.sync.valid_distances * lookDistanceMs(answered_at - journey.accepted_at)
  );
}

type Finding = Pick<SyncVerdict, 'phase' | 'state' | 'since' | 'notes'>;

/**
 * Enough are overdue and nothing arrives; of a sync of which few are followed, two that have broken
 * the promise are enough. What an invoice accepted later has overtaken says nothing: that one is
 * missing, and the sync went on. It goes on, also after a time in which nobody looked, until
 * something arrives, or none is overdue any more.
 */
function stallOf(input: WatchedInput): Finding | null {
  const { last_arrival_at, watched_since, phase, now, policy, limits } = input;
  const behind = notOvertaken(input);
  const oldest_at = oldestAcceptance(behind);
  if (oldest_at === null) return null;
  const quiet_since = Math.max(last_arrival_at ?? 0, watched_since, oldest_at);
  const is_few = isFew(input);
  const overdue = overdueSince(behind, is_few ? policy.visible_within_ms : limits.overdue_after_ms);
  const enough_at = overdue[(is_few ? NUMBERS.sync.few_stalled : policy.stalled_waiting) - 1];
  const is_quiet = (since: EpochMs) =>
    is_few ? (last_arrival_at ?? 0) <= since : now - quiet_since >= limits.stalled_after_ms;
  const begins = enough_at !== undefined && is_quiet(enough_at);
  const goes_on = phase === 'stalled' && overdueSince(behind, limits.overdue_after_ms).length > 0;
  if (!begins && !goes_on) return null;
  const since = Math.max(enough_at ?? 0, last_arrival_at ?? 0, watched_since);
  const notes: Note[] = [
    { code: 'stalled', waiting: behind.length, oldest_accepted_at: oldest_at },
  ];
  const promise_broken_at = oldest_at + policy.visible_within_ms;
  const stalled = { phase: 'stalled', notes } as const;
  return now > promise_broken_at
    ? { ...stalled, state: 'major_outage', since: Math.max(since, promise_broken_at) }
    : { ...stalled, state: 'partial_outage', since };
}

/** The invoices that stand still, of one that goes on with those before. */
function stallSince(input: SyncInput, now_since: EpochMs): Stall | null {
  const { phase, stall } = input;
  const before = phase === 'stalled' ? stall : null;
  const from = earliest([before?.from ?? null, oldestAcceptance(notOvertaken(input))]);
  if (from === null) return null;
  const since = before === null ? now_since : before.since;
  return { from, ...(since !== undefined && { since }), to: null };
}

function isFew({ accepted, now }: SyncInput): boolean {
  return (accepted.at(-NUMBERS.sync.few_followed) ?? 0) <= now - DAY;
}

/** Those that wait and were accepted after all that arrived. */
function notOvertaken({ waiting, latest_arrived_at }: SyncInput): Journey[] {
  return waiting.filter(({ accepted_at }) => accepted_at > (latest_arrived_at ?? 0));
}

/** From the first arrival after a stall until fewer of its invoices are overdue than make one. */
function catchingUpOf(input: SyncInput): Finding | null {
  const { waiting, phase, stall, policy, limits, last_arrival_at, now } = input;
  if ((phase !== 'stalled' && phase !== 'catching_up') || stall === null) return null;
  const its = waiting.filter((it) => isOf(stall, it));
  const overdue = overdueSince(its, limits.overdue_after_ms).length;
  if (overdue < policy.stalled_waiting) return null;
  const since = stall.to ?? last_arrival_at ?? now;
  const notes: Note[] = [{ code: 'catching_up', overdue }];
  return { phase: 'catching_up', state: 'degraded_performance', since, notes };
}

function isOf({ from, to }: Stall, { accepted_at }: Journey): boolean {
  return from <= accepted_at && accepted_at <= (to ?? Number.POSITIVE_INFINITY);
}

/** Since when each of those that wait has been overdue, oldest first, as far as looks tell. */
function overdueSince(waiting: readonly Journey[], after_ms: number): EpochMs[] {
  return waiting
    .filter((it) => isOverdue(it, after_ms))
    .map(({ accepted_at }) => accepted_at + after_ms)
    .sort((a, b) => a - b);
}

/** What nobody looked for at that age is not. */
export function isOverdue({ accepted_at, last_absent_at }: Journey, after_ms: number): boolean {
  return (last_absent_at ?? 0) - accepted_at > after_ms;
}

/**
 * Of those that should be there by now a share is not, although later ones are; over longer while
 * too few were accepted.
 */
function partLossOf(input: SyncInput): Finding | null {
  const { waiting, accepted, arrivals, stall, limits, now } = input;
  const { overdue_after_ms } = limits;
  const { lost_from, lost_share, lost_n, lost_over_ms, lost_over_at_most_ms } = NUMBERS.sync;
  const until = now - overdue_after_ms;
  const over_ms = Math.max(lost_over_ms, overdue_after_ms);
  const short = { from: until - over_ms, until };
  const is_enough = countWithin(accepted, short) >= lost_n;
  const span = is_enough ? short : { from: until - Math.max(over_ms, lost_over_at_most_ms), until };
  const n = countWithin(accepted, span);
  const late = waiting.filter(
    (it) =>
      isOverdue(it, overdue_after_ms) &&
      isWithin(it.accepted_at, span) &&
      // What stood still may still be coming.
      (stall === null || !isOf(stall, it)),
  );
  if (late.length < lost_from) return null;
  const missing = overtaken(late, arrivals).length;
  const is_lost = missing >= lost_from && wilsonLowerBound(missing, n) > lost_share;
  if (!is_lost) return null;
  const notes: Note[] = [{ code: 'part_lost', n, missing }];
  return { phase: 'part_lost', state: 'partial_outage', since: now, notes };
}

/** Those that a look missed when one accepted later had been seen already. */
function overtaken(waiting: readonly Journey[], arrivals: SyncInput['arrivals']): Journey[] {
  const from = oldestAcceptance(waiting) ?? 0;
  const accepted = arrivals
    .filter(({ accepted_at }) => accepted_at > from)
    .sort((a, b) => a.accepted_at - b.accepted_at);
  /** When the first of those from there on was seen. */
  const seen_at: EpochMs[] = [];
  for (const { at } of accepted.toReversed()) seen_at.push(Math.min(at, seen_at.at(-1) ?? at));
  seen_at.reverse();
  const instants = accepted.map(({ accepted_at }) => accepted_at);
  return waiting.filter(({ accepted_at, last_absent_at }) => {
    const first_seen_at = seen_at[countUntil(instants, accepted_at)];
    return first_seen_at !== undefined && first_seen_at <= (last_absent_at ?? 0);
  });
}

/** After `from`, up to `until`. */
interface Span {
  from: EpochMs;
  until: EpochMs;
}

function isWithin(at: EpochMs, { from, until }: Span): boolean {
  return from < at && at <= until;
}

function countWithin(instants: readonly EpochMs[], { from, until }: Span): number {
  return countUntil(instants, until) - countUntil(instants, from);
}

/** Since when the median surely takes longer than the limit; null: it does not. */
function slowSince({ recent, limits, slow_since, now }: SyncInput): EpochMs | null {
  const { slow_wait_ms } = limits;
  if (slow_wait_ms === null || recent.length < NUMBERS.sync.slow_journeys) return null;
  const is_slow = quantileRanges(recent, CONFIDENCE_99)(0.5).from > slow_wait_ms;
  return is_slow ? (slow_since ?? now) : null;
}

/** Slow for long enough: one late batch is none. */
function slownessOf({ recent, limits, slow_since, now, policy }: SyncInput): Finding | null {
  const { slow_wait_ms: limit_ms } = limits;
  if (slow_since === null || limit_ms === null) return null;
  if (now - slow_since < policy.slow_for_ms) return null;
  const note = { code: 'sync_slow', n: recent.length, limit_ms } as const;
  return { phase: 'slow', state: 'degraded_performance', since: slow_since, notes: [note] };
}

/**
 * What loses some or is slow is well again when that ends: no arrival says so. Nor does one where
 * the last that were to come are lost or withdrawn.
 */
function wellSince(input: WatchedInput): Finding {
  const { phase, last_answer, last_arrival_at, watched_since, now } = input;
  const is_by_arrival = phase !== 'catching_up' || last_answer?.at === last_arrival_at;
  const ends_by_itself = phase === 'part_lost' || phase === 'slow' || !is_by_arrival;
  const since = ends_by_itself ? now : (last_arrival_at ?? watched_since);
  return { phase: null, state: 'operational', since, notes: [] };
}

export function oldestAcceptance(waiting: readonly Journey[]): EpochMs | null {
  return earliest(waiting.map((it) => it.accepted_at));
}

function whyUnknown({ waiting, last_answer }: SyncInput): Note {
  const last_answered_at = last_answer?.at ?? null;
  return waiting.every((it) => it.looks === 0 && it.last_answered_at === null)
    ? { code: 'nothing_to_follow', last_answered_at }
    : { code: 'look_unanswered', last_answered_at };
}
