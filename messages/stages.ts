import { medianFigure, p95Figure } from '../model/figure.ts';
import {
  KNOWN_STAGES,
  type KnownStage,
  STAGES_OVER_MS,
  type StageFigure,
  type StagesView,
  type WaitingAtStage,
} from '../model/stage.ts';
import { valueText } from './figures.ts';
import type { PageWords } from './words.ts';

/** At which stage those are that wait; empty where none does. */
export function waitingText(waiting: readonly WaitingAtStage[], words: PageWords): string {
  if (waiting.length === 0) return '';
  const stages = words.list(
    waiting.map(({ stage, n }) =>
      words.text('figure.at_stage', { stage: words.text(`stage.${stage}`), n }),
    ),
  );
  return words.text('figure.stages_waiting', { stages });
}

/** The same for those who see to it, with when the oldest of each was accepted. */
export function waitingSinceText(waiting: readonly WaitingAtStage[], words: PageWords): string {
  const stages = waiting.map(({ stage, n, oldest_accepted_at }) =>
    words.text('figure.at_stage_since', {
      stage: words.text(`stage.${stage}`),
      n,
      time: words.dateTime(oldest_accepted_at),
    }),
  );
  return words.text('figure.stages_waiting', { stages: words.list(stages) });
}

/** What is known of a stage. */
export interface StageLine {
  stage: KnownStage;
  name: string;
  /** How long it takes; null: nothing is known of that. */
  took: string | null;
  /** null: none waits there. */
  waiting: string | null;
}

/** The stages of which something is known, in their order, and what their lengths rest on. */
export function stagesText(
  { reached, waiting }: StagesView,
  words: PageWords,
): { title: string; basis: string; lines: StageLine[] } {
  const lines = KNOWN_STAGES.flatMap((stage): StageLine[] => {
    const delays = reached.find((it) => it.stage === stage);
    const those = waiting?.find((it) => it.stage === stage);
    if (delays === undefined && those === undefined) return [];
    return [
      {
        stage,
        name: words.text(`stage.${stage}`),
        took: delays === undefined ? null : tookText(delays, words),
        waiting: those === undefined ? null : stageWaitingText(those, words),
      },
    ];
  });
  const window = words.duration(STAGES_OVER_MS);
  return {
    title: words.text('figure.stages'),
    basis: words.text('figure.stages_basis', { window }),
    lines,
  };
}

function stageWaitingText({ n, oldest_accepted_at }: WaitingAtStage, words: PageWords): string {
  return words.text('figure.stage_waiting', { n, time: words.dateTime(oldest_accepted_at) });
}

function tookText(delays: StageFigure, words: PageWords): string {
  const { n } = delays;
  const basis = { window: { last_ms: STAGES_OVER_MS, until: null }, since: null };
  const median = medianFigure(delays, basis);
  if (!median.is_known) return words.text('figure.stage_few', { n });
  const p95 = p95Figure(delays, basis);
  const known = { median: valueText(median, words), n };
  return p95.is_known
    ? words.text('figure.stage_delays', { ...known, p95: valueText(p95, words) })
    : words.text('figure.stage_median', known);
}
