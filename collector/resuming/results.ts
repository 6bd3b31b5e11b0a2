import type { Check } from '../../model/configuration.ts';
import { gradeAfter, judgeCheck } from '../../model/judge/check.ts';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { historyAfter } from '../../model/judge/counted.ts';
import { cleared, greatestBadShare, windowLengths } from '../../model/judge/history.ts';
import { type CheckJudgement, freshJudgement } from '../../model/judge/judgement.ts';
import { judgeProof } from '../../model/judge/proof.ts';
import { NO_SHARE, type Share, shareAfter } from '../../model/judge/share.ts';
import { validWhileHeld } from '../../model/judge/validity.ts';
import { type StateSpan, spansOf } from '../../model/ledger.ts';
import { delayMs, type Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ResultReads, ShortResult } from '../../store/ports/results.ts';
import type { StateReads } from '../../store/ports/states.ts';
import type { LiveState } from '../state/live-state.ts';
import { RECENT_WINDOW_MS, withRecent } from '../state/recent.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';

/** Results read at once: a few ms with some hundred checks. */
const SLICE_MS = 10 * MINUTE;
/** Until two regular slots of a check have been seen. */
const SLOT_DISTANCE_MS = MINUTE;

/**
 * Restores what the results of the longest window say: which were bad, the shares of bad ones, and
 * the delays of the last hour. Judges them again, with the same functions.
 */
export async function resumeResults(
  store: ResultReads & StateReads,
  site: Site,
  live: LiveState,
  now: EpochMs,
): Promise<void> {
  const from = now - Math.max(...windowLengths());
  const transitions = await store.transitions(from, now);
  const covered = new Map(
    [...site.components.keys()].map((component) => [
      component,
      spansOf({ transitions, component, from, to: now }).filter(
        ({ state }) => state === 'under_maintenance',
      ),
    ]),
  );
  const replay: Replay = { live, now, covered, judged: new Map() };
  for (let at = from; at <= now; at += SLICE_MS) {
    for (const it of await store.shortResults(at, Math.min(at + SLICE_MS, now + 1)))
      replayResult(replay, site, it);
  }
  for (const { id } of site.components.values()) keepShown(live, id);
}

interface Replay {
  live: LiveState;
  now: EpochMs;
  covered: ReadonlyMap<string, readonly StateSpan[]>;
  judged: Map<string, ReplayedCheck>;
}

interface ReplayedCheck {
  judgement: CheckJudgement;
  /** Of the last regular slot, and its distance from the one before. */
  regular_at: EpochMs | null;
  distance_ms: number;
}

function replayResult(replay: Replay, site: Site, short: ShortResult): void {
  const { live, now, covered, judged } = replay;
  const check = site.checks.get(short.check);
  const component = site.measured_by.get(short.check);
  if (!check || !component) return;
  const { result, is_perhaps_ours } = judgeProof(fullResult(short), check.deadline_ms);
  const { slot_at } = result;
  const before = judged.get(check.id) ?? fresh(check.id);
  const distance_ms = distanceAfter(before, short);
  const spans = covered.get(component.id) ?? [];
  const in_window = spans.some(({ from, to }) => from <= slot_at && slot_at < to);
  const known = live.histories.get(check.id) ?? null;
  const context = {
    ...rulesOf(check, component, slot_at, distance_ms),
    in_window,
    is_perhaps_ours,
    confirmations: confirmationsOf(component.policy, {
      slot_distance_ms: distance_ms,
      bad_share: greatestBadShare(known, slot_at),
    }),
  };
  const grade = gradeAfter(before.judgement, result, context);
  const after = judgeCheck(before.judgement, result, context);
  const regular_at = short.confirming ? before.regular_at : slot_at;
  judged.set(check.id, { judgement: after, regular_at, distance_ms });
  if (grade === 'unjudged') return;
  const seen = { result, grade, in_window, before: before.judgement, after };
  const history = historyAfter(known, seen);
  if (history !== null) live.histories.set(check.id, history);
  replayShare(live, component, { slot_at, is_bad: grade === 'bad' && !in_window });
  if (slot_at <= now - RECENT_WINDOW_MS) return;
  const recent = { slot_at, delay_ms: delayMs(result), is_bad: grade === 'bad' };
  live.recent.set(component.id, withRecent(live.recent.get(component.id), recent));
}

function replayShare(
  live: LiveState,
  { id, checks }: MeasuredComponent,
  seen: { slot_at: EpochMs; is_bad: boolean },
): void {
  const before = live.shares.get(id) ?? NO_SHARE;
  const histories = checks.flatMap((check) => live.histories.get(check.id) ?? []);
  const share = shareAfter(before, histories, seen);
  live.shares.set(id, share);
  if (before.affected_since === null || share.affected_since !== null) return;
  for (const check of checks) {
    const history = live.histories.get(check.id);
    if (history) live.histories.set(check.id, cleared(history));
  }
}

/** A share that is told goes on, though it began before what is read again. */
function keepShown(live: LiveState, component: string): void {
  const status = live.statuses.get(component);
  const told = status?.notes.find((it) => it.code === 'some_users_affected');
  const share: Share = live.shares.get(component) ?? NO_SHARE;
  if (!status || !told || share.affected_since !== null) return;
  const { n, bad } = told;
  const is_perhaps_ours = status.notes.some(({ code }) => code === 'maybe_our_line');
  const { since } = status;
  live.shares.set(component, { ...share, n, bad, is_perhaps_ours, affected_since: since });
}

function fresh(check: string): ReplayedCheck {
  return { judgement: freshJudgement(check), regular_at: null, distance_ms: SLOT_DISTANCE_MS };
}

function distanceAfter({ regular_at, distance_ms }: ReplayedCheck, short: ShortResult): number {
  if (short.confirming || regular_at === null) return distance_ms;
  return Math.max(SECOND, Math.min(short.slot_at - regular_at, 2 * distance_ms));
}

function rulesOf(
  { deadline_ms }: Check,
  { policy }: MeasuredComponent,
  slot_at: EpochMs,
  distance_ms: number,
) {
  const next_slot_at = slot_at + distance_ms;
  const valid_until = validWhileHeld({
    valid_until: next_slot_at + distance_ms + deadline_ms,
    slot_distance_ms: distance_ms,
    proof_wait_ms: policy.proof_wait_ms,
  });
  return { policy, next_slot_at, valid_until };
}

/** With what is not needed to judge it left empty. */
export function fullResult(short: ShortResult): Result {
  return {
    ...short,
    detail: null,
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    file: null,
    accepted: null,
    contact: null,
    simulated: false,
  };
}
