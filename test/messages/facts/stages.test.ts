import { test } from 'vitest';
import { stagesText, stuckText, waitingText } from '../../../messages/stages.ts';
import { KNOWN_STAGES, type StagesView, TOLD_STAGES } from '../../../model/stage.ts';
import { HOUR } from '../../../model/time.ts';
import { STATES } from '../../../model/vocabulary.ts';
import { AT, zh } from '../words.ts';
import { expectSaid } from './said.ts';

const delaysOf = (n: number): StagesView['reached'] =>
  TOLD_STAGES.map((stage) => ({
    stage,
    n,
    median_ms: n < 5 ? null : 0,
    p95_ms: n < 20 ? null : 810,
  }));
const ALL_WAIT = KNOWN_STAGES.map((stage, i) => ({
  stage,
  n: i + 1,
  oldest_accepted_at: AT - i * HOUR,
}));

test('stages are told by what is known of them', () => {
  const all = [[], ...[1, 4, 5, 19, 20, 1_234].map(delaysOf)].flatMap((reached) =>
    [null, [], ALL_WAIT].flatMap((waiting) =>
      STATES.map((state) => ({ state, view: { reached, waiting, simulated: false } })),
    ),
  );
  type It = (typeof all)[number];
  const n = ({ view }: It) => view.reached[0]?.n ?? 0;
  const waits = ({ view }: It) => (view.waiting ?? []).length > 0;
  const say = ({ view, state }: It) => [
    waitingText(view.waiting ?? [], state, zh),
    stagesText(view, zh),
  ];
  expectSaid(all, say, {
    families: ['figure.stages_waiting', 'figure.stuck_at', 'figure.stage'],
    allowed: {
      'figure.stages_waiting': (it) => waits(it) && it.state === 'operational',
      'figure.stuck_at': (it) => waits(it) && it.state !== 'operational',
      'figure.at_stage': waits,
      'figure.stages': () => true,
      'figure.stages_basis': () => true,
      'figure.stage_waiting': waits,
      'figure.stage_delays': (it) => n(it) >= 20,
      'figure.stage_median': (it) => n(it) >= 5 && n(it) < 20,
      'figure.stage_few': (it) => n(it) > 0 && n(it) < 5,
    },
  });
});

test('who sees to it is told since when the oldest of each waits', () => {
  expectSaid([ALL_WAIT], (it) => stuckText(it, zh), {
    families: [],
    allowed: { 'figure.stuck_at': () => true, 'figure.at_stage_since': () => true },
  });
});
