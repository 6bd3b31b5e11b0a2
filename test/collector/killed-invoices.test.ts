import { expect, test, vi } from 'vitest';
import type { EventType, InvoiceEvent } from '../../model/event.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import { HOUR, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { START } from './configuration.ts';
import { startCounting } from './counting.ts';
import { openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

/** Rows are kept for 49 hours then, whatever else is said. */
const SHORTEST = { ...DEFAULT_RETENTION, results_ms: HOUR, evidence_ms: HOUR };

let serial = 0;
/** An event of an invoice, so many hours from the start on; an arrival is told by the bureau. */
function told(type: EventType, hours: number, number = '26000000000000000001'): InvoiceEvent {
  serial += 1;
  return {
    id: serial.toString(16).padStart(32, '0'),
    system: type === 'queryable' ? 'bureau' : 'shop',
    type,
    at: START + hours * HOUR,
    invoice: { number, issued: '20261030080000' },
    says: null,
    told: null,
  };
}

/** Invoices that were due, in hours from the start on. */
async function dueIn(store: Store, grain: 'hour' | 'day') {
  const rollups = await store.rollups(grain, 0, START * 2);
  return rollups
    .filter(({ check }) => check === 'bureau-sync')
    .map(({ from, outcomes }) => [(from - START) / HOUR, outcomes]);
}

/** What is told when all was written, before we are killed; and a start after that. */
async function killedAfter(
  events: readonly InvoiceEvent[],
  { before = [] as InvoiceEvent[], retention = DEFAULT_RETENTION } = {},
) {
  stopTime();
  const { store } = await openSiteStore();
  const first = await startCounting(store, { retention });
  await first.recorder.events(before);
  await first.upkeep.run();
  vi.setSystemTime(START + SECOND);
  await first.recorder.events(events);
  vi.setSystemTime(START + 2 * SECOND);
  await (await startCounting(store, { retention })).upkeep.run();
  const due = { hours: await dueIn(store, 'hour'), days: await dueIn(store, 'day') };
  await store.close();
  return due;
}

// A day is promised, and it is 10:00: what was accepted 40 hours ago was due at 18:00 yesterday.
test.each([
  ['its whole day', DEFAULT_RETENTION],
  ['nothing from before it was due', SHORTEST],
])('an acceptance told late counts when it was due, also if killed: kept is %s', async (...of) => {
  const due = await killedAfter([told('accepted', -40)], { retention: of[1] });
  expect(due).toEqual({ hours: [[-16, { timeout: 1 }]], days: [[-34, { timeout: 1 }]] });
});

test('one that came too late counts when it was due, not when it came', async () => {
  const due = await killedAfter([told('accepted', -60), told('queryable', -20)]);
  expect(due).toEqual({ hours: [[-36, { timeout: 1 }]], days: [[-58, { timeout: 1 }]] });
});

test('a withdrawal takes back what was written, alone in its hour or not', async () => {
  const other = told('accepted', -39.5, '26000000000000000002');
  const both = { before: [told('accepted', -40), other] };
  expect(await killedAfter([told('rejected', 0)], both)).toEqual({
    hours: [[-16, { timeout: 1 }]],
    days: [[-34, { timeout: 1 }]],
  });
  const alone = { before: [told('accepted', -40)] };
  expect(await killedAfter([told('voided', 0)], alone)).toEqual({
    hours: [[-16, {}]],
    days: [[-34, {}]],
  });
});
