import { expect, test } from 'vitest';
import { evaluateEvents } from '../../collector/judging/events.ts';
import {
  journeyToldExactly,
  journeyToldToArrive,
  type ToldArrival,
} from '../../collector/judging/journey.ts';
import { stagesReached } from '../../collector/judging/reached.ts';
import { siteOf } from '../../collector/state/site.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import type { Gap } from '../../model/component.ts';
import type { EventType, InvoiceEvent } from '../../model/event.ts';
import { type Journey, journeyDelay } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { journey, T0 } from '../model/builders.ts';
import { signedBy } from '../model/signed-by.ts';
import { configuration, START } from './configuration.ts';
import { judgedSite } from './judged-site.ts';

const clockSet = (from: number, to = from): Gap => ({ from, to, cause: 'clock' });
const restart = (from: number, to: number): Gap => ({ from, to, cause: 'restart' });
const telling = (gaps: Gap[] = [], now = T0 + HOUR) => ({ now, gaps, policy: DEFAULT_POLICY });

/** Accepted at T0, not there after a minute. */
const looked = journey(T0, {
  last_absent_at: T0 + MINUTE,
  last_answered_at: T0 + MINUTE + 50,
  looks: 3,
});

/** In which time it arrived, in minutes since its acceptance; null: it did not. */
function bracketOf(told: ToldArrival, gaps: Gap[] = [], before: Journey = looked) {
  const after = journeyToldToArrive(before, told, telling(gaps));
  const minutes = (at: number | null) => (at === null ? null : (at - T0) / MINUTE);
  return after && [minutes(after.last_absent_at), minutes(after.first_present_at)];
}

test('an arrival is a point, or no more than an upper limit', () => {
  expect(bracketOf({ at: T0 + 3 * MINUTE })).toEqual([3, 3]);
  expect(bracketOf({ at: T0 + 3 * MINUTE, at_latest: true })).toEqual([1, 3]);
  // A look at that very time did not find it.
  expect(bracketOf({ at: T0 + MINUTE })).toEqual([1, 1]);
  expect(bracketOf({ at: T0 + MINUTE, at_latest: true })).toBeNull();
  expect(bracketOf({ at: T0 + MINUTE - 1 })).toBeNull();
  const unseen = journey(T0);
  expect(bracketOf({ at: T0 + 3 * MINUTE, at_latest: true }, [], unseen)).toEqual([null, 3]);
  expect(bracketOf({ at: T0 - 1 }, [], unseen)).toBeNull();
  expect(bracketOf({ at: T0 - 1, at_latest: true }, [], unseen)).toBeNull();
});

test('where our clock was set since the acceptance, it is an upper limit', () => {
  const told = { at: T0 + 3 * MINUTE };
  expect(bracketOf(told, [restart(T0 + MINUTE, T0 + 2 * MINUTE)])).toEqual([3, 3]);
  expect(bracketOf(told, [clockSet(T0 + 2 * MINUTE)])).toEqual([1, 3]);
  expect(bracketOf(told, [clockSet(T0 + 3 * MINUTE)])).toEqual([3, 3]);
  expect(bracketOf(told, [clockSet(T0 - HOUR, T0)])).toEqual([3, 3]);
});

test('an event is as good as a look only while the answer to one of then would count', () => {
  // At an age of 100 s the next look follows after 10 s, and an answer counts for 20.
  const answeredAt = (told_after_ms: number) => {
    const at = T0 + 100 * SECOND;
    const after = journeyToldToArrive(looked, { at }, telling([], at + told_after_ms));
    return after?.last_answered_at;
  };
  expect(answeredAt(20 * SECOND)).toBe(T0 + 100 * SECOND);
  expect(answeredAt(20 * SECOND + 1)).toBe(looked.last_answered_at);
});

test('the delay of a point is known across our gaps, but not across a step of the clock', () => {
  const point = journey(T0, {
    state: 'arrived',
    last_absent_at: T0 + 10 * SECOND,
    first_present_at: T0 + 10 * SECOND,
  });
  const known = { from_ms: 10_000, to_ms: 10_000 };
  expect(journeyDelay(point, [restart(T0, T0 + MINUTE)])).toEqual(known);
  expect(journeyDelay(point, [clockSet(T0 + 9_999)])).toBeNull();
  expect(journeyDelay(point, [clockSet(T0 + 10_000)])).toEqual(known);
  expect(journeyDelay(point, [clockSet(T0)])).toEqual(known);
  expect(journeyDelay(point, [clockSet(T0 - MINUTE, T0 + 1)])).toBeNull();
});

test('what a look has found is not told to count otherwise than it did', () => {
  const found = { ...looked, state: 'arrived', number: null, first_present_at: T0 + 9 * MINUTE };
  const exactly = (told: ToldArrival, changed: Partial<Journey> = {}, gaps: Gap[] = []) =>
    journeyToldExactly({ ...found, ...changed } as Journey, told, telling(gaps))?.first_present_at;
  const at = T0 + 3 * MINUTE;
  expect(exactly({ at })).toBe(at);
  expect(exactly({ at, at_latest: true })).toBeUndefined();
  // The promise is a day: 23 h 59 min are in time, a minute more is not.
  const day_before = { accepted_at: T0 + 4 * MINUTE - DAY, last_absent_at: T0 + MINUTE };
  expect(exactly({ at: T0 + 4 * MINUTE }, day_before)).toBeUndefined();
  expect(exactly({ at: T0 + 5 * MINUTE }, day_before)).toBe(T0 + 5 * MINUTE);
  // Nobody knew how long it took, and that is how it was counted.
  expect(exactly({ at }, {}, [restart(T0 + 5 * MINUTE, T0 + 6 * MINUTE)])).toBeUndefined();
  expect(exactly({ at }, {}, [restart(T0, T0 + 30 * SECOND)])).toBe(at);
  expect(exactly({ at: T0 + 5 * MINUTE }, {}, [clockSet(T0 + 2 * MINUTE)])).toBeUndefined();
});

let serial = 0;
function anEvent(type: EventType, changed: Partial<InvoiceEvent> = {}): InvoiceEvent {
  serial += 1;
  const invoice = { number: '26000000000000000001', issued: '20261102080000' };
  const none = { says: null, told: null };
  return { id: `e${serial}`, system: 'shop', type, at: START, invoice, ...none, ...changed };
}

test('when a stage was reached at the latest says nothing of how long it took', () => {
  const named_in = { site: siteOf(configuration()), installation: 'test' };
  const at = START + MINUTE;
  const reached = (told: InvoiceEvent, accepted = anEvent('accepted'), gaps: Gap[] = []) => {
    const known = { journeys: [], stages: [], gaps };
    const { reached: rows, took } = stagesReached(named_in, [accepted, told], known);
    expect(took).toEqual(
      rows.flatMap(({ delay_ms }) =>
        delay_ms === null ? [] : { system: 'shop', stage: 'sealed', delay_ms },
      ),
    );
    return rows.map((it) => [it.at - START, it.at_latest, it.delay_ms]);
  };
  const sealed = anEvent('sealed', { at });
  expect(reached(sealed)).toEqual([[MINUTE, false, MINUTE]]);
  expect(reached({ ...sealed, at_latest: true })).toEqual([[MINUTE, true, null]]);
  // Nor does one that was accepted at the latest then: it may have been sealed before or after.
  const accepted = anEvent('accepted', { at: START + 2 * MINUTE, at_latest: true });
  expect(reached(sealed, accepted)).toEqual([[2 * MINUTE, true, null]]);
  // Nor two instants between which our clock was set, in whichever order they seem to be.
  expect(reached(sealed, undefined, [clockSet(START + SECOND)])).toEqual([[MINUTE, true, null]]);
  const later = anEvent('accepted', { at: START + 2 * MINUTE });
  expect(reached(sealed, later, [clockSet(at + SECOND)])).toEqual([[2 * MINUTE, true, null]]);
  expect(reached(sealed, later)).toEqual([[MINUTE, false, null]]);
  expect(reached(sealed, undefined, [restart(START, at)])).toEqual([[MINUTE, false, MINUTE]]);
});

/** What waits, and how often all of it is read. */
class ReadMap<K, V> extends Map<K, V> {
  reads = 0;
  override [Symbol.iterator]() {
    this.reads += 1;
    return super[Symbol.iterator]();
  }
  override values() {
    this.reads += 1;
    return super.values();
  }
}

test('however many events come at once, what waits is read as often as for one', () => {
  const component = 'bureau.sync';
  const numbers = Array.from({ length: 100 }, (_, i) => `2600${String(i).padStart(16, '0')}`);
  const readsFor = (n: number) => {
    const { site, live } = judgedSite();
    const waiting = new ReadMap(
      numbers.map((number, i) => {
        const id = journeyId({ installation: 'test', component, number });
        const its = { id, component, check: 'bureau-sync', number };
        return [id, journey(START - MINUTE - i, its)] as const;
      }),
    );
    const accepted = [...waiting.values()].map((it) => it.accepted_at).reverse();
    live.syncs.set(component, { ...emptySyncMemory(), waiting, accepted });
    waiting.reads = 0;
    const context = { site, live, now: START, newId: () => 'id' };
    const events = numbers.slice(0, n).map((number) =>
      anEvent('queryable', {
        system: 'bureau',
        at: START - SECOND,
        invoice: { number, issued: '20261102080000' },
      }),
    );
    const by = { installation: 'test', signer: signedBy('test') };
    const [evaluation] = evaluateEvents(context, events, by, new Map());
    const memory = evaluation?.syncs?.[0]?.[1];
    expect(evaluation?.facts.journeys?.map(({ state }) => state)).toEqual(
      numbers.slice(0, n).map(() => 'arrived'),
    );
    expect([memory?.waiting.size, memory?.arrivals.length]).toEqual([100 - n, n]);
    return waiting.reads;
  };
  expect(readsFor(1)).toBeGreaterThan(0);
  expect(readsFor(100)).toBe(readsFor(1));
});
