import { expect, onTestFinished, test, vi } from 'vitest';
import { SECOND } from '../../../model/time.ts';
import type { LineBatch } from '../../../probes/line/batch.ts';
import { createOutbox } from '../../../probes/line/outbox.ts';
import { bad, result, T0 } from '../../model/builders.ts';

const at = (seconds: number) => T0 + seconds * SECOND;

/** Bad results are urgent. */
function open() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const batches: LineBatch[] = [];
  const outbox = createOutbox({
    events: { batch: (batch) => batches.push(batch) },
    leaving: ({ outcome }) => outcome !== 'ok',
    dated: (one) => ({ result: one, next_slot_at: one.slot_at, valid_until: one.slot_at }),
  });
  return {
    outbox,
    batches,
    /** The slots of each batch so far, in seconds. */
    told: () =>
      batches.map(({ results }) => results.map(({ result: it }) => (it.slot_at - T0) / SECOND)),
  };
}

test('results leave together within 100 ms, an urgent one at once with all before it', () => {
  const { outbox, told } = open();
  const places = [0, 15, 30].map((it) => outbox.expect('query', at(it)));
  places[0]?.fill(result(at(0)));
  vi.advanceTimersByTime(99);
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual([[0]]);
  places[1]?.fill(result(at(15)));
  places[2]?.fill(bad(at(30)));
  expect(told()).toEqual([[0], [15, 30]]);
});

test('each batch has its own 100 ms, from its first result', () => {
  const { outbox, told } = open();
  const places = [0, 15, 30].map((it) => outbox.expect('query', at(it)));
  places[0]?.fill(result(at(0)));
  vi.advanceTimersByTime(50);
  places[1]?.fill(bad(at(15)));
  vi.advanceTimersByTime(10);
  places[2]?.fill(result(at(30)));
  vi.advanceTimersByTime(99);
  expect(told()).toEqual([[0, 15]]);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual([[0, 15], [30]]);
});

test('a result that waits for another begins no 100 ms', () => {
  const { outbox, told } = open();
  const [first, second] = [0, 15].map((it) => outbox.expect('query', at(it)));
  second?.fill(result(at(15)));
  vi.advanceTimersByTime(50);
  first?.fill(result(at(0)));
  vi.advanceTimersByTime(99);
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual([[0, 15]]);
});

test('a batch has the results of several checks in the order of slots, and no more', () => {
  const { outbox, told, batches } = open();
  outbox.expect('upload', at(20)).fill(result(at(20)));
  outbox.expect('query', at(0)).fill(result(at(0)));
  vi.advanceTimersByTime(100);
  expect(told()).toEqual([[0, 20]]);
  expect(batches).toMatchObject([{ gaps: [], steps: [], conditions: [] }]);
});

test('of two runs of one slot, as after a step back, the first leaves first', () => {
  const { outbox, batches } = open();
  const places = [1, 2].map((it) => ({ it, place: outbox.expect('query', at(0)) }));
  for (const { it, place } of places.toReversed()) place.fill(result(at(0), { duration_ms: it }));
  outbox.flush();
  const durations = batches.flatMap(({ results }) => results.map((it) => it.result.duration_ms));
  expect(durations).toEqual([1, 2]);
});

test('a result waits for earlier slots of its check, not of others', () => {
  const { outbox, told } = open();
  const later = outbox.expect('query', at(15));
  const earlier = outbox.expect('query', at(0));
  const other = outbox.expect('upload', at(20));
  later.fill(bad(at(15)));
  expect(told()).toEqual([]);
  other.fill(bad(at(20)));
  expect(told()).toEqual([[20]]);
  earlier.fill(result(at(0)));
  expect(told()).toEqual([[20], [0, 15]]);
});

test('what happened to ourselves follows the results that are complete', () => {
  const { outbox, told, batches } = open();
  outbox.expect('query', at(0)).fill(result(at(0)));
  outbox.expect('query', at(15));
  const gaps: LineBatch['gaps'] = [{ from: at(1), to: at(9), cause: 'suspended' }];
  outbox.tell({ gaps });
  expect(told()).toEqual([[0], []]);
  expect(batches[1]).toEqual({ results: [], gaps, steps: [], conditions: [] });
});

test('slots after a step back are awaited no more, one at that instant is', () => {
  const { outbox, told } = open();
  const kept = outbox.expect('query', at(15));
  const forgotten = outbox.expect('query', at(16));
  outbox.forgetAfter(at(15));
  forgotten.fill(bad(at(16)));
  expect(told()).toEqual([]);
  outbox.expect('query', at(15.5)).fill(bad(at(15.5)));
  kept.fill(result(at(15)));
  expect(told()).toEqual([[15, 15.5]]);
});

test('what waits for an earlier slot leaves at the end', () => {
  const { outbox, told } = open();
  outbox.expect('query', at(0));
  outbox.expect('query', at(15)).fill(result(at(15)));
  outbox.flush();
  expect(told()).toEqual([[15]]);
});
