import { endedAt } from '../../model/result.ts';
import { earliest } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import type { Evaluation, JudgingContext } from '../judging/evaluation.ts';
import { stepBackTo } from '../judging/journal.ts';
import { evaluateAsOfEnd, type JudgedResult } from '../judging/result.ts';
import { stepOf } from '../judging/step.ts';
import { evaluateChecksNow, evaluateGap, lapses } from '../judging/time.ts';
import { statesFrom } from '../judging/timeline.ts';
import { type JournalEvent, splitAt } from '../state/journal.ts';
import { type LiveState, statusOf, windowAt } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { Judging } from './draft.ts';

/** Whether something later than the slot was judged of the component already. */
export function isLate(live: LiveState, component: ComponentId, slot_at: EpochMs): boolean {
  const last = live.journals.get(component)?.at(-1);
  return last !== undefined && last.event.at > slot_at;
}

/**
 * Whether the ledger says something that begins after the end of the result, of which no journal is
 * kept, as after a start: the result says something of what is known now, not of its end.
 */
export function isToldLater(live: LiveState, component: ComponentId, { result }: LineResult) {
  const last = live.told.get(component)?.at(-1);
  return last !== undefined && last.since > endedAt(result);
}

interface LateJudging {
  draft: Judging;
  context: JudgingContext;
  component: MeasuredComponent;
}

/**
 * Judges a result that comes after later ones of its component as if it had come in its order: what
 * was judged since is taken back and judged again, so that the ledger is the same in whichever
 * order results are known. Where it says something else, it is corrected from there on; told is
 * only what is known now.
 */
export function judgeLate(judging: LateJudging, late: LineResult): JudgedResult {
  const { draft, context, component } = judging;
  const { live, now } = context;
  const { check, slot_at, simulated } = late.result;
  const said = statusOf(live, component.id, now);
  const { before, after } = splitAt(live.journals.get(component.id) ?? [], slot_at);
  const [first] = after;
  if (!first) throw new Error(`nothing was judged after ${check}@${slot_at}`);
  const touched: (EpochMs | null)[] = after.map((it) => it.touched_at);
  let judged_at = endedAt(late.result);
  draft.add(stepBackTo(first.before, before, said.recent));
  takeLapses(slot_at);
  const { judged, evaluation } = evaluateAsOfEnd(context, late);
  take(evaluation);
  for (const { event } of after) takeAgain(event);
  tell();
  return judged;

  function takeAgain(event: JournalEvent): void {
    if (event.kind === 'gap') {
      takeLapses(event.gap.from);
      take(ofThis(evaluateGap(context, event.gap)));
      judged_at = Math.max(judged_at, event.at);
    } else {
      takeLapses(event.at);
      if (event.kind === 'result') take(again(evaluateAsOfEnd(context, event.given).evaluation));
      else evaluateChecksNow({ ...context, now: event.at }, component).forEach(take);
      const at = event.kind === 'result' ? endedAt(event.given.result) : event.at;
      judged_at = Math.max(judged_at, at);
    }
  }

  function takeLapses(at: EpochMs): void {
    for (const lapse of lapses(context, component, at)) take(lapse);
  }

  /** Nothing of it is told: what follows may say otherwise. */
  function take(evaluated: Evaluation): void {
    touched.push(...evaluated.component_changes.map(({ states }) => states?.[0].since ?? null));
    const { recording, ...rest } = stepOf(context, [evaluated]);
    draft.add({ ...rest, recording: { ...recording, transitions: [], changes: [] } });
  }

  function ofThis(evaluated: Evaluation): Evaluation {
    const { component_changes, ...rest } = evaluated;
    return {
      ...rest,
      component_changes: component_changes.filter(
        ({ before: it }) => it.component === component.id,
      ),
    };
  }

  /** What is known now of the time that anything of it touched. */
  function tell(): void {
    const known = statusOf(live, component.id, now);
    const why = { cause: 'result', cause_ref: `${check}@${slot_at}`, simulated } as const;
    const from = earliest(touched);
    const at = Math.min(now, judged_at);
    const window = windowAt(live, component.id, at);
    const parts = { at, window, verdict: known, why };
    const states = from === null ? null : statesFrom(live, component, { ...parts, from });
    draft.add({ recording: { components: [said] } });
    const change = { before: said, after: known, states };
    const { journals: _, ...step } = stepOf(context, [{ facts: {}, component_changes: [change] }]);
    draft.add(step);
  }
}

/** What was recorded of a result, and counted, is so already. */
function again({ facts, component_changes, recent: _, ...rest }: Evaluation): Evaluation {
  return {
    ...rest,
    facts: { judgements: facts.judgements ?? [] },
    component_changes: component_changes.map((it) => ({
      ...it,
      after: { ...it.after, recent: it.before.recent },
    })),
  };
}
