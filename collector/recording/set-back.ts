import type { ComponentStatus } from '../../model/component.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import type { JudgedTraffic } from '../../model/judge/own-traffic.ts';
import { NO_SHARE, type Share } from '../../model/judge/share.ts';
import { firstDifference, type Spells } from '../../model/judge/spells.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { earliest, HOUR } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep } from '../../probes/line/batch.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';
import type { StateReads } from '../../store/ports/states.ts';
import type { ComponentChange, Evaluation, JudgingContext } from '../judging/evaluation.ts';
import { judgedTraffic } from '../judging/own-traffic.ts';
import { stepOf } from '../judging/step.ts';
import { statesFrom } from '../judging/timeline.ts';
import { verdictNow } from '../judging/verdict.ts';
import { type Derivation, deriveStates } from '../replay/derive.ts';
import { setBacks } from '../replay/set-backs.ts';
import { windowsOf } from '../replay/windows.ts';
import { judgementOf, type LiveState, statusOf, windowAt } from '../state/live-state.ts';
import { measuredBeside, recentDelays, toldBeside } from '../state/recent.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';
import type { Judging } from './draft.ts';

/** Results that are void now have decided nothing of longer before. */
const DECIDES_WITHIN_MS = HOUR;

/** What the results that are left say, after the clock was set back. */
export interface Left {
  set_back: ClockStep;
  live: LiveState;
}

export type LeftStore = Derivation['store'] & OwnTroubleReads & StateReads;

interface LeftParts {
  store: LeftStore;
  site: Site;
  set_back: ClockStep;
  judged_since: EpochMs;
  now: EpochMs;
}

/** Judges the results of the longest window again, without those that are void. */
export async function judgeLeft(parts: LeftParts): Promise<Left> {
  const { store, site, set_back, judged_since, now } = parts;
  const span = { from: now - NUMBERS.windows_ms.last, to: now + 1 };
  const transitions = await store.transitions(span.from, span.to);
  const components = [...site.components.keys()];
  const windows = windowsOf({ ...span, transitions, components });
  const recorded = await setBacks(store, span.from, span.to);
  const steps = Number.isFinite(set_back.by_ms) ? recorded : [...recorded, set_back];
  const derivation = { ...span, store, site, windows, set_back: steps, judged_since, pause };
  const { live } = await deriveStates(derivation);
  return { set_back, live };

  function pause(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Takes what is left for what is known, and corrects the ledger from where void results had decided
 * something.
 */
export function takeLeft(draft: Judging, context: JudgingContext, left: Left): void {
  for (const component of context.site.components.values())
    if (component.function !== 'sync') takeLeftOf(draft, context, left, component);
}

function takeLeftOf(
  draft: Judging,
  context: JudgingContext,
  left: Left,
  component: MeasuredComponent,
): void {
  const { live, now } = context;
  const { id, checks } = component;
  const void_in = checks.filter((check) => hasVoid(context, left, check.id));
  const known = void_in.map((check) => knownLeft(context, left, check.id));
  const spells = known.map((it): [string, Spells] => [it.judgement.check, it.spells]);
  const share = shareLeft(context, left, id);
  const before = statusOf(live, id, now);
  const from = earliest([
    left.set_back.at,
    ...spells.map(([check, its]) => differenceFrom(left, live.spells.get(check) ?? [], its)),
    shareDifference(live.shares.get(id) ?? NO_SHARE, share),
  ]);
  draft.add({
    recording: { judgements: known.map(({ judgement }) => judgement) },
    histories: void_in.map((check) => [check.id, left.live.histories.get(check.id) ?? null]),
    spells,
    shares: [[id, share]],
    journals: [[id, []]],
  });
  const change = changeFrom(context, component, before, from ?? left.set_back.at);
  // With those that had left the last hour by the time that is void.
  const recent = left.live.recent.get(id);
  const figures = recent ? measuredBeside(recentDelays(recent), change.after.recent) : null;
  const told = change.after.recent?.told ?? null;
  const after = { ...change.after, recent: figures ?? toldBeside(told, null) };
  const component_changes = [{ ...change, after }];
  const counted: Evaluation['recent'] = recent ? [[id, recent]] : [];
  draft.add(stepOf(context, [{ facts: {}, component_changes, recent: counted }]));
}

/** Whether results of the check are void: those that are left are dated before the new time. */
function hasVoid({ live }: JudgingContext, { set_back }: Left, check: string): boolean {
  const { last_slot_at } = judgementOf(live, check);
  return last_slot_at !== null && last_slot_at >= set_back.at;
}

/** Of own traffic all that is kept is judged anew: its silence may be longer than a day. */
function knownLeft(context: JudgingContext, left: Left, check: string): JudgedTraffic {
  const kept = context.live.traffic.get(check);
  const judged = kept && judgedTraffic(context, check, kept);
  const last_at = judged?.judgement.last_slot_at ?? null;
  if (judged && last_at !== null && last_at <= left.set_back.at) return judged;
  return {
    spells: spellsLeft(context, left, check),
    judgement: judgementLeft(context, left, check),
  };
}

/** What was known long before stays as it was known: less than a day was read again. */
function isLongBefore({ set_back }: Left, at: EpochMs): boolean {
  return at < set_back.at - DECIDES_WITHIN_MS;
}

function spellsLeft({ live }: JudgingContext, left: Left, check: string): Spells {
  const known = live.spells.get(check) ?? [];
  const judged = left.live.spells.get(check) ?? [];
  return [
    ...known.filter(({ from }) => isLongBefore(left, from)),
    ...judged.filter(({ from }) => !isLongBefore(left, from)),
  ];
}

function shareLeft({ live }: JudgingContext, left: Left, component: ComponentId): Share {
  const known = live.shares.get(component) ?? NO_SHARE;
  const judged = left.live.shares.get(component) ?? NO_SHARE;
  const { affected_since } = known;
  if (affected_since === null || !isLongBefore(left, affected_since)) return judged;
  return judged.affected_since === null ? known : { ...judged, affected_since };
}

/** With the words of what is known, where that says the same. */
function judgementLeft({ live }: JudgingContext, left: Left, check: string): CheckJudgement {
  const known = judgementOf(live, check);
  const judged = judgementOf(left.live, check);
  const { reason, detail, notes, file } = known;
  if (known.verdict !== judged.verdict) return judged;
  const since = isLongBefore(left, known.since) ? known.since : judged.since;
  return { ...judged, since, reason, detail, notes, file };
}

function changeFrom(
  context: JudgingContext,
  component: MeasuredComponent,
  before: ComponentStatus,
  from: EpochMs,
): ComponentChange {
  const { live, now: at } = context;
  const verdict = verdictNow(context, component);
  const window = windowAt(live, component.id, at);
  const why = { cause: 'result', cause_ref: null, simulated: false } as const;
  const parts = { from, at, window, verdict, why };
  const states = statesFrom(live, component, parts);
  return { before, after: { ...before, ...verdict }, states };
}

function differenceFrom(left: Left, before: Spells, after: Spells): EpochMs | null {
  const late = (it: Spells) => it.filter(({ from }) => !isLongBefore(left, from));
  return firstDifference(late(before), late(after));
}

function shareDifference(before: Share, after: Share): EpochMs | null {
  if (before.affected_since === after.affected_since) return null;
  return earliest([before.affected_since, after.affected_since]);
}
