import { test } from 'vitest';
import { stagesText, waitingSinceText, waitingText } from '../../../messages/stages.ts';
import { KNOWN_STAGES, type StagesView, TOLD_STAGES } from '../../../model/stage.ts';
import { HOUR } from '../../../model/time.ts';
import { AT, zh } from '../words.ts';
import { expectSaid } from './said.ts';

const delaysOf = (n: number): StagesView['reached'] =>
  TOLD_STAGES.map((stage) => ({
    stage,
    n,
    median_ms: n < 5 ? null : 0,
    p95_ms: n < 60 ? null : 810,
  }));
const ALL_WAIT = KNOWN_STAGES.map((stage, i) => ({
  stage,
  n: i + 1,
  oldest_accepted_at: AT - i * HOUR,
}));

test('stages are told by what is known of them', () => {
  const all = [[], ...[1, 4, 5, 59, 60, 1_234].map(delaysOf)].flatMap((reached) =>
    [null, [], ALL_WAIT].map((waiting) => ({ reached, waiting, simulated: false })),
  );
  type It = StagesView;
  const n = ({ reached }: It) => reached[0]?.n ?? 0;
  const waits = ({ waiting }: It) => (waiting ?? []).length > 0;
  const say = (it: It) => [waitingText(it.waiting ?? [], zh), stagesText(it, zh)];
  expectSaid(all, say, {
    families: ['figure.stages_waiting', 'figure.stage'],
    allowed: {
      'figure.stages_waiting': waits,
      'figure.at_stage': waits,
      'figure.stages': () => true,
      'figure.stages_basis': () => true,
      'figure.stage_waiting': waits,
      'figure.stage_delays': (it) => n(it) >= 60,
      'figure.stage_median': (it) => n(it) >= 5 && n(it) < 60,
      'figure.stage_few': (it) => n(it) > 0 && n(it) < 5,
    },
  });
});

test('who sees to it is told since when the oldest of each waits', () => {
  expectSaid([ALL_WAIT], (it) => waitingSinceText(it, zh), {
    families: [],
    allowed: { 'figure.stages_waiting': () => true, 'figure.at_stage_since': () => true },
  });
});
