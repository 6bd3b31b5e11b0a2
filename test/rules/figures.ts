import { expect } from 'vitest';
import { stagesText } from '../../messages/stages.ts';
import { type Figure, medianFigure, p95Figure } from '../../model/figure.ts';
import { dayBars } from '../../model/figures.ts';
import type { ToldStage } from '../../model/stage.ts';
import { DAY, MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { zh } from '../messages/words.ts';
import { T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const A_DAY = { day: '2026-11-02', from: T0, to: T0 + DAY };

/** The bar of a day in which a component was so long in these states, and unknown else. */
function barOf(...spent: readonly (readonly [State, number])[]) {
  let from = T0;
  const spans = spent.map(([state, ms]) => {
    const span = { state, from, to: from + ms };
    from += ms;
    return span;
  });
  return dayBars(spans, [A_DAY])[0];
}

const delays = (n: number) => ({ n, median_ms: 300, p95_ms: 800 });
const basis = { window: { days: 1 }, since: null };
const isSaid = ({ is_known }: Figure) => is_known;

/** What is said of how long so many invoices took to a stage. */
function tookOf(n: number) {
  const stage: ToldStage = 'issued';
  const reached = [{ stage, ...delays(n) }];
  return stagesText({ reached, waiting: null, simulated: false }, zh).lines[0]?.took ?? '';
}

export const FIGURES = [
  ...rowsOf('FIGURE-1', {
    'the worst state of 5 minutes, a worse one counted': () => {
      const well = ['operational', DAY / 2] as const;
      expect(barOf(well, ['major_outage', 5 * MINUTE])?.state).toBe('major_outage');
      expect(barOf(well, ['major_outage', 5 * MINUTE - 1])?.state).toBe('operational');
      const both = barOf(well, ['major_outage', 2 * MINUTE], ['partial_outage', 3 * MINUTE]);
      expect(both?.state).toBe('partial_outage');
      expect(both?.shorter).toEqual({ state: 'major_outage', ms: 2 * MINUTE });
    },
    'none of which less is known': () => {
      expect(barOf(['operational', 5 * MINUTE - 1])?.state).toBeNull();
      expect(barOf(['operational', 5 * MINUTE])?.state).toBe('operational');
    },
  }),
  ...rowsOf('FIGURE-2', {
    'a median from 5 measurements on': () => {
      expect([4, 5].map((n) => isSaid(medianFigure(delays(n), basis)))).toEqual([false, true]);
    },
    'a 95th percentile from 60 on': () => {
      expect([59, 60].map((n) => isSaid(p95Figure(delays(n), basis)))).toEqual([false, true]);
    },
  }),
  ...rowsOf('FIGURE-3', {
    'of a stage a median from 5 invoices on': () => {
      expect([4, 5].map((n) => tookOf(n).includes('中位 '))).toEqual([false, true]);
    },
    'and a 95th percentile from 60 on': () => {
      expect([59, 60].map((n) => tookOf(n).includes('95%'))).toEqual([false, true]);
    },
  }),
];
