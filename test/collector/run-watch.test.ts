import { describe, expect, it } from 'vitest';
import { createRunWatch } from '../../collector/run-watch.ts';
import { isScheduled } from '../../model/configuration.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Reason } from '../../model/vocabulary.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';

/** One check with a deadline of 5 s and a slot every 10 s, watched at a settable time. */
function watched() {
  const settings = configuration();
  const [check] = settings.checks.filter(isScheduled);
  if (!check) throw new Error('no check');
  const time = { monotonic: 0, wall: START };
  const clock = { now: () => time.wall, monotonic: () => time.monotonic };
  const checks = [{ ...check, deadline_ms: 5 * SECOND }];
  const watch = createRunWatch({ checks }, clock);
  const seen = (outcome: 'ok' | 'self', reason: Reason | null = null, distance_ms = 10 * SECOND) =>
    watch.seen([
      {
        result: { ...result(START), outcome, reason, check: check.id, slot_at: START },
        valid_until: START + 2 * distance_ms + 5 * SECOND,
        next_slot_at: START + distance_ms,
      },
    ]);
  return { time, watch, seen, problem: `check ${check.id} has not run for two slots` };
}

it('a check has a minute and its deadline for its first slot', () => {
  const { time, watch, problem } = watched();
  time.monotonic = 95 * SECOND;
  expect(watch.problem()).toBeNull();
  time.monotonic = 95 * SECOND + 1;
  expect(watch.problem()).toBe(problem);
});

it.each(['ok', 'self'] as const)('a result (%s) shows that its check runs', (outcome) => {
  const { time, watch, seen, problem } = watched();
  seen(outcome);
  time.monotonic = 55 * SECOND;
  expect(watch.problem()).toBeNull();
  time.monotonic = 55 * SECOND + 1;
  expect(watch.problem()).toBe(problem);
});

describe.each(['worker_died', 'missed_slot'] as const)('a slot without a run (%s)', (reason) => {
  it('shows nothing, however many there are', () => {
    const { time, watch, seen, problem } = watched();
    seen('ok');
    for (let seconds = 10; seconds <= 55; seconds += 5) {
      time.monotonic = seconds * SECOND;
      seen('self', reason);
      expect(watch.problem()).toBeNull();
    }
    time.monotonic = 55 * SECOND + 1;
    expect(watch.problem()).toBe(problem);
    seen('self', 'starved');
    expect(watch.problem()).toBeNull();
  });

  it('after a start leaves the check its second slot, and no third one', () => {
    const { time, watch, seen, problem } = watched();
    time.monotonic = 40 * SECOND;
    seen('self', reason, 5 * MINUTE);
    // The next slot in 5 min, its deadline of 5 s, and 30 s of patience.
    time.monotonic = 375 * SECOND;
    expect(watch.problem()).toBeNull();
    seen('self', reason, 5 * MINUTE);
    time.monotonic = 375 * SECOND + 1;
    expect(watch.problem()).toBe(problem);
  });

  it('after a start shortens nothing', () => {
    const { time, watch, seen } = watched();
    time.monotonic = SECOND;
    seen('self', reason);
    time.monotonic = 95 * SECOND;
    expect(watch.problem()).toBeNull();
  });
});

it('a wall clock set by hours changes nothing (B6)', () => {
  const { time, watch, seen } = watched();
  seen('ok');
  for (const hours of [-2, 2]) {
    time.wall = START + hours * 3_600_000;
    expect(watch.problem()).toBeNull();
  }
});
