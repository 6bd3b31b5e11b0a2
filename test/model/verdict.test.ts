import { describe, expect, it } from 'vitest';
import { taskState, verdict } from '../../model/verdict.ts';
import type { State } from '../../model/vocabulary.ts';

describe('tasks and the verdict', () => {
  it('orders major, partial, maintenance, degraded, unknown, operational', () => {
    const order: State[] = [
      'operational',
      'unknown',
      'degraded_performance',
      'under_maintenance',
      'partial_outage',
      'major_outage',
    ];
    order.forEach((state, i) => {
      expect(taskState(order.slice(0, i + 1)).state).toBe(state);
    });
  });
  it('always mentions an unknown', () => {
    expect(taskState(['operational', 'unknown'])).toEqual({
      state: 'unknown',
      unknown: 1,
      components: 2,
    });
    expect(taskState(['major_outage', 'unknown'])).toMatchObject({
      state: 'major_outage',
      unknown: 1,
    });
    expect(taskState([])).toMatchObject({ state: 'unknown' });
  });

  const named = (states: Record<string, State>) =>
    verdict(Object.entries(states).map(([component, state]) => ({ component, state })));
  it('never says yes while something is unknown', () => {
    expect(named({ a: 'operational', b: 'operational' }).code).toBe('all_operational');
    expect(named({ a: 'operational', b: 'unknown' })).toEqual({
      code: 'partly_unknown',
      state: 'unknown',
      unknown: ['b'],
    });
    expect(named({ a: 'unknown' }).code).toBe('nothing_measured');
    expect(named({}).code).toBe('nothing_measured');
  });
  it('says what is worst, what else, and whether the rest is fine', () => {
    expect(
      named({ a: 'major_outage', b: 'degraded_performance', c: 'unknown', d: 'operational' }),
    ).toEqual({
      code: 'affected',
      state: 'major_outage',
      worst: ['a'],
      also: ['b'],
      unknown: ['c'],
      rest_operational: true,
    });
  });
});
