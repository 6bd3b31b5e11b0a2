import type { JudgingContext } from '../../collector/judging/evaluation.ts';
import { evaluateResult } from '../../collector/judging/result.ts';
import { stepOf } from '../../collector/judging/step.ts';
import { evaluateGap, stepOfTime } from '../../collector/judging/time.ts';
import { conclude } from '../../collector/recording/conclude.ts';
import { openDraft } from '../../collector/recording/draft.ts';
import {
  advance,
  emptyLiveState,
  type LiveState,
  type Step,
} from '../../collector/state/live-state.ts';
import { type Site, siteOf } from '../../collector/state/site.ts';
import type { Gap } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';

/** A site judged in memory only: rules that need no database. */
export function judgedSite(settings: Configuration = configuration()) {
  const site: Site = siteOf(settings);
  const live: LiveState = emptyLiveState(site, START);
  let ids = 0;
  const around = (now: number): JudgingContext => ({
    site,
    live,
    now,
    newId: () => `id${String(++ids).padStart(10, '0')}`,
  });
  /** What is recorded of a step, with what follows of it. */
  function taken(context: JudgingContext, step: Step | null, is_look = false): Recording | null {
    const draft = openDraft(live);
    if (step) draft.add(step);
    conclude(draft, context, is_look);
    return draft.recording();
  }
  return {
    site,
    live,
    /** Judges a result when it ends; with what was recorded of it. */
    see(seen: Result) {
      const check = site.checks.get(seen.check);
      if (!check) throw new Error(`no check ${seen.check}`);
      const context = around(Math.round(seen.started_at + seen.duration_ms));
      const { slot_at } = seen;
      const next_slot_at = slot_at + MINUTE / 2;
      const dated = { result: seen, valid_until: slot_at + MINUTE, next_slot_at };
      const { judged, evaluation } = evaluateResult(context, dated, check);
      return { ...judged, recording: taken(context, stepOf(context, [evaluation])) ?? {} };
    },
    /** What is recorded because it is `now`. */
    wait(now: number) {
      return taken(around(now), stepOfTime(around(now)), true);
    },
    /** What is recorded of a gap of ours that ends now. */
    away(gap: Gap) {
      const context = around(gap.to);
      advance(live, { recording: { gaps: [gap] } });
      return taken(context, stepOf(context, [evaluateGap(context, gap)])) ?? {};
    },
    stateOf: (component: string) => live.statuses.get(component),
  };
}

/** A result of the bureau's query. */
export const query = (slot_at: number, changed: Partial<Result> = {}) =>
  result(slot_at, { check: 'bureau-query', ...changed });
export const FAILED = { outcome: 'system', reason: 'http_status', detail: 'HTTP 503' } as const;
