import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { START } from '../collector/configuration.ts';
import { createRandom } from '../random.ts';
import {
  type Delay,
  drawInvoices,
  emptiedEvery,
  type Invoice,
  lognormal,
  losing,
  standingStill,
  switched,
} from './invoices.ts';
import { liveSync, type ToldSync, usualOf } from './lived-sync.ts';

/** What is said of an invoice is known with the next look at it, and a judgement each minute. */
const LOOK_MS = 11 * MINUTE;

interface Trouble {
  before: Delay;
  delay: Delay;
  per_hour: number;
  until: number;
}

function lived({ before, delay, per_hour, until }: Trouble, seed = 7) {
  const random = createRandom(seed);
  const past = { from: START - 28 * DAY, to: START, per_hour };
  const usual = usualOf(drawInvoices(past, before, random));
  const invoices = drawInvoices({ from: START, to: until, per_hour }, delay, random);
  return { usual, invoices, told: liveSync({ invoices, usual, until }) };
}

const first = (told: readonly ToldSync[], code: string) =>
  told.find(({ notes }) => notes.some((it) => it === code));

const UNTIL = START + 14 * HOUR;
const span = { from: START + 4 * HOUR, to: START + 9 * HOUR };

describe.each([
  ['lognormal, σ 0.5, 20 an hour', lognormal(MINUTE, 0.5), 20],
  ['lognormal, σ 1, 40 an hour', lognormal(2 * MINUTE, 1), 40],
  ['a queue emptied each hour', emptiedEvery(HOUR), 20],
])('a stall of %s', (_, before, per_hour) => {
  const delay = standingStill(span, before);
  const { usual, invoices, told } = lived({ before, delay, per_hour, until: UNTIL });
  const stalled = first(told, 'stalled');
  const catching_up = first(told, 'catching_up');
  const ended = told.find((it) => it.known_at > (catching_up?.known_at ?? Infinity));

  test('is called so within the time of the rule', () => {
    const arrivals = invoices.flatMap(({ arrives_at }) => arrives_at ?? []);
    const last_arrival_at = Math.max(...arrivals.filter((at) => at < span.from));
    const late = invoices
      .filter((it) => it.accepted_at < span.to && (it.arrives_at ?? Infinity) >= span.to)
      .map(({ accepted_at }) => accepted_at + (usual.p99_ms ?? 0));
    const fifth_at = late.sort((a, b) => a - b)[4] ?? 0;
    const quiet_ms = Math.max(10 * MINUTE, 3 * (usual.apart_ms ?? 0));
    const begins_at = Math.max(fifth_at, last_arrival_at);
    const due_at = Math.max(fifth_at, last_arrival_at + quiet_ms);
    expect(stalled?.state).toBe('partial_outage');
    expect(Math.abs((stalled?.since ?? 0) - begins_at)).toBeLessThan(LOOK_MS);
    expect(stalled?.known_at).toBeGreaterThan(due_at - LOOK_MS);
    expect(stalled?.known_at).toBeLessThan(due_at + LOOK_MS);
  });

  test('is caught up with from the first arrival, until fewer than 5 are overdue', () => {
    expect(catching_up?.state).toBe('degraded_performance');
    expect(catching_up?.known_at).toBeGreaterThanOrEqual(span.to);
    expect(catching_up?.known_at).toBeLessThan(span.to + LOOK_MS);
    expect(ended?.state).toBe('operational');
    expect(ended?.known_at).toBeLessThan(span.to + backlogMs(invoices) + 2 * LOOK_MS);
    expect(told.filter(({ notes }) => notes.includes('stalled'))).toHaveLength(1);
  });
});

/** 5 s for each of those that stood still. */
function backlogMs(invoices: readonly Invoice[]): number {
  const behind = invoices.filter(
    ({ accepted_at, arrives_at }) => accepted_at < span.to && (arrives_at ?? 0) >= span.to,
  );
  return behind.length * 5 * SECOND;
}

test('a loss of 10 % is called so once Wilson says more than 5 %', () => {
  const before = lognormal(MINUTE, 1);
  const delay = switched(span.from, before, losing(0.1, before));
  const trouble = { before, delay, per_hour: 60, until: UNTIL };
  const { usual, invoices, told } = lived(trouble);
  const lost = first(told, 'part_lost');
  expect(lost?.state).toBe('partial_outage');
  const due_at = lossKnownAt(invoices, usual.p99_ms ?? 0);
  expect(lost?.known_at).toBeGreaterThan(due_at - LOOK_MS);
  expect(lost?.known_at).toBeLessThan(due_at + LOOK_MS);
});

/** By the rule and the truth, minute by minute. */
function lossKnownAt(invoices: readonly Invoice[], overdue_ms: number): number {
  for (let at = span.from; at < UNTIL; at += MINUTE) {
    const due = invoices.filter(
      ({ accepted_at }) =>
        accepted_at > at - overdue_ms - 2 * HOUR && accepted_at <= at - overdue_ms,
    );
    const missing = due.filter(({ arrives_at }) => (arrives_at ?? Infinity) > at).length;
    if (missing >= 3 && lowerBound(missing, due.length) > 0.05) return at;
  }
  return Number.NaN;
}

/** Wilson, JASA 22 (1927), 95 %. */
function lowerBound(bad: number, n: number): number {
  const z = 1.96;
  const p = bad / n;
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return (p + (z * z) / (2 * n) - spread) / (1 + (z * z) / n);
}

test.each([
  ['some are lost', losing(0.08, lognormal(2 * MINUTE, 1))],
  ['some take very long', lognormal(10 * MINUTE, 2)],
  ['it stands still', standingStill(span, lognormal(MINUTE, 0.5))],
])('the watermark lies beyond no invoice that waits and is not named: %s', (_, delay) => {
  const random = createRandom(3);
  const invoices = drawInvoices({ from: START, to: UNTIL, per_hour: 20 }, delay, random);
  let named = 0;
  const wrong: number[] = [];
  liveSync({
    invoices,
    until: UNTIL,
    seen({ sync }, now, waiting) {
      const { watermark_at = null, stragglers = [] } = sync ?? {};
      named = Math.max(named, stragglers.length);
      if (watermark_at === null) return;
      const before = waiting.filter((it) => it <= watermark_at && !stragglers.includes(it));
      const unseen = invoices.filter(
        (it) => it.accepted_at <= watermark_at && (it.arrives_at ?? Infinity) > now,
      );
      const untold = unseen.filter((it) => !stragglers.includes(it.accepted_at));
      if (before.length + untold.length > 0 || watermark_at >= now) wrong.push(now);
    },
  });
  expect(wrong).toEqual([]);
  expect(named).toBeGreaterThan(0);
});
