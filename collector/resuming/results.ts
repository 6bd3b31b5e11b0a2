import { toldAfter } from '../../model/correction.ts';
import { gradeAfter, judgeCheck } from '../../model/judge/check.ts';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { historyAfter } from '../../model/judge/counted.ts';
import { cleared, greatestBadShare } from '../../model/judge/history.ts';
import { type CheckJudgement, freshJudgement } from '../../model/judge/judgement.ts';
import { judgeProof } from '../../model/judge/proof.ts';
import { NO_SHARE, type Share, shareAfter } from '../../model/judge/share.ts';
import { spellsAfter, spellsKnown } from '../../model/judge/spells.ts';
import { validAfterSetBack, validWhileHeld } from '../../model/judge/validity.ts';
import { type StateSpan, spansOf } from '../../model/ledger.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { delayMs } from '../../model/result.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import { usualByCheck } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep, LineResult } from '../../probes/line/batch.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import type { StateReads } from '../../store/ports/states.ts';
import type { UsualDelayReads } from '../../store/ports/usual-delays.ts';
import { checkPolicyAt } from '../judging/limits.ts';
import { regularDistanceMs } from '../judging/result.ts';
import { setBacks } from '../replay/set-backs.ts';
import { judgementOf, type LiveState } from '../state/live-state.ts';
import { RECENT_WINDOW_MS, withRecent } from '../state/recent.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';
import { USUAL_KEPT_MS } from '../upkeep/look-up-usual.ts';
import { datedBy } from './dated.ts';

/** Results read at once: a few ms with some hundred checks. */
const SLICE_MS = 10 * MINUTE;

/**
 * What was known is learnt from so much at least: the longest window of shares of bad results, and
 * one before, since what counts as bad depends on the share until then.
 */
export const LEARNS_FOR_MS = 2 * NUMBERS.windows_ms.last;

/**
 * Restores what the results of the last days before we stopped say: which were bad, the shares of
 * bad ones, and the delays of the last hour. Judges them again, with the same functions.
 */
export async function resumeResults(
  store: ResultReads & StateReads & UsualDelayReads & OwnTroubleReads,
  site: Site,
  live: LiveState,
  now: EpochMs,
): Promise<void> {
  const from = live.kept_from - NUMBERS.windows_ms.last;
  // Of a clock that was set back some lie ahead.
  const transitions = await store.transitions(from, Number.MAX_SAFE_INTEGER);
  const covered = new Map(
    [...site.components.keys()].map((component) => [
      component,
      spansOf({ transitions, component, from, to: now }).filter(
        ({ state }) => state === 'under_maintenance',
      ),
    ]),
  );
  for (const { id } of site.components.values())
    live.told.set(
      id,
      toldAfter(
        [],
        transitions.filter(({ component }) => component === id),
        from,
      ),
    );
  const set_back = await setBacks(store, from, now);
  const replay: Replay = { live, now, covered, set_back, judged: new Map() };
  const dated = datedBy(site, live.judged_since);
  const firstAfter = async (at: EpochMs) =>
    (await store.results({ from: at, to: now + 1, limit: 1 }))[0]?.slot_at ?? null;
  let usual_until: EpochMs = 0;
  for (let at = await firstAfter(from); at !== null && at <= now; ) {
    const until = at + SLICE_MS;
    if (until > usual_until) {
      usual_until = at + HOUR;
      live.usual = usualByCheck(await store.usualDelays(at, usual_until));
    }
    const results = await store.shortResults(at, Math.min(until, now + 1));
    for (const short of results) {
      const given = dated(short);
      if (given) replayResult(replay, site, given);
    }
    // Where nothing was measured, each slice would be a query for nothing.
    at = results.length === 0 ? await firstAfter(until) : until;
  }
  for (const [check, spells] of live.spells)
    live.spells.set(check, spellsKnown(spells, judgementOf(live, check)));
  for (const it of site.components.values()) keepShown(live, it);
  live.usual = usualByCheck(await store.usualDelays(now - USUAL_KEPT_MS, now + 2 * HOUR));
}

interface Replay {
  live: LiveState;
  now: EpochMs;
  covered: ReadonlyMap<string, readonly StateSpan[]>;
  set_back: readonly ClockStep[];
  judged: Map<string, CheckJudgement>;
}

function replayResult(replay: Replay, site: Site, given: LineResult): void {
  const { live, now, covered, set_back, judged } = replay;
  const check = site.checks.get(given.result.check);
  const component = site.measured_by.get(given.result.check);
  if (!check || !component) return;
  const policy = checkPolicyAt(live, component, given.result);
  const { result, is_perhaps_ours } = judgeProof(given.result, check.deadline_ms);
  const { slot_at } = result;
  const before = judged.get(check.id) ?? freshJudgement(check.id);
  const slot_distance_ms = regularDistanceMs(given, check.deadline_ms);
  const spans = covered.get(component.id) ?? [];
  const in_window = spans.some(({ from, to }) => from <= slot_at && slot_at < to);
  const known = live.histories.get(check.id) ?? null;
  const context = {
    policy,
    next_slot_at: given.next_slot_at,
    valid_until: set_back
      .filter(({ at }) => slot_at <= at)
      .reduce(validAfterSetBack, validWhileHeld({ ...given, ...policy, slot_distance_ms })),
    in_window,
    is_perhaps_ours,
    confirmations: confirmationsOf(policy, {
      slot_distance_ms,
      bad_share: greatestBadShare(known, slot_at),
    }),
  };
  const grade = gradeAfter(before, result, context);
  const after = judgeCheck(before, result, context);
  judged.set(check.id, after);
  if (grade === 'unjudged') return;
  const spells = live.spells.get(check.id) ?? [];
  const { kept_from } = live;
  live.spells.set(check.id, spellsAfter(spells, { slot_at, before, after, kept_from }));
  const seen = { result, grade, in_window, before, after };
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
function keepShown(live: LiveState, { id: component }: MeasuredComponent): void {
  const status = live.statuses.get(component);
  const told = status?.notes.find(
    (it) => it.code === 'some_users_affected' && it.source === undefined,
  );
  const share: Share = live.shares.get(component) ?? NO_SHARE;
  if (!status || told?.code !== 'some_users_affected' || share.affected_since !== null) return;
  const { n, bad } = told;
  const is_perhaps_ours = status.notes.some(({ code }) => code === 'maybe_our_line');
  const { since } = status;
  live.shares.set(component, { ...share, n, bad, is_perhaps_ours, affected_since: since });
}
