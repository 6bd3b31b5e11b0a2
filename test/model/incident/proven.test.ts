import { expect, it } from 'vitest';
import type { Note } from '../../../model/component.ts';
import { incidentProven, type JudgedComponent } from '../../../model/incident/change.ts';
import { incident, T0 } from '../builders.ts';

const FAILS: Note = {
  code: 'checks_failing',
  checks: [],
  reason: 'timeout_connect',
  detail: null,
};
const MAYBE: Note = { code: 'maybe_our_line', line: 'local' };
const DOUBTED = incident({ seen_from: 'local', maybe_our_line: true });

function component(name: string, changed: Partial<JudgedComponent> = {}): JudgedComponent {
  return {
    component: `beijing.${name}`,
    function: 'download',
    state: 'major_outage',
    was: 'operational',
    simulated: false,
    now: 'major_outage',
    uncovered_since: null,
    past: [],
    last_over: null,
    since: T0,
    ails_since: T0,
    notes: [FAILS, MAYBE],
    ...changed,
  };
}

const after = (...components: JudgedComponent[]) => incidentProven(DOUBTED, components, T0 + 1_000);

it('is as before while nothing proves what fails in it', () =>
  expect(after(component('download'))).toBeNull());

it('loses its doubt with what is proven', () =>
  expect(after(component('download', { notes: [FAILS] }))).toEqual({
    ...DOUBTED,
    maybe_our_line: false,
    updated_at: T0 + 1_000,
  }));

it('loses the line, too, with what answers', () => {
  const notes: Note[] = [{ ...FAILS, reason: 'http_status' }];
  expect(after(component('download', { notes }))).toMatchObject({
    seen_from: null,
    maybe_our_line: false,
  });
  const slow: Note[] = [{ code: 'slow', checks: [] }];
  const is_slow = component('download', { state: 'degraded_performance', notes: slow });
  expect(after(is_slow)?.seen_from).toBeNull();
});

it('says nothing of what is not in it, or does not fail', () => {
  expect(after(component('download'), component('query', { notes: [FAILS] }))).toBeNull();
  for (const state of ['operational', 'unknown', 'under_maintenance'] as const)
    expect(after(component('download', { state, notes: [] }))).toBeNull();
});
