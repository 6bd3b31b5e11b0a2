import { expect, test } from 'vitest';
import { alertChanges } from '../../collector/judging/alerts.ts';
import type { JudgingContext } from '../../collector/judging/evaluation.ts';
import { advance, emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { ComponentStatus, Note } from '../../model/component.ts';
import { unmeasured } from '../../model/judge/validity.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { configuration, START } from './world.ts';

const FAILING: Note = { code: 'checks_failing', checks: [], reason: 'http_status', detail: null };
const EXPIRED: Note = { code: 'expired', last_slot_at: START };
const GAP: Note = { code: 'gap', from: START };

/** Alerts of one component in memory. */
function desk() {
  const site = siteOf(configuration());
  const live = emptyLiveState(site, START);
  let ids = 0;
  return {
    live,
    /**
     * What is told at `now` of a component that is in the state since `since`, as "notice state".
     */
    see(now: number, state: State, since: number, notes: Note[] = [FAILING]) {
      const newId = () => `id${String(++ids).padStart(10, '0')}`;
      const around: JudgingContext = { site, live, now, newId };
      const status: ComponentStatus = {
        ...unmeasured('bureau.query', START),
        state,
        since,
        notes,
      };
      const changes = alertChanges(around, [status]);
      advance(live, { recording: { alerts: changes.map(({ alert }) => alert) } });
      return changes.map(({ alert, notice }) => {
        expect(notice).toMatchObject({ ref: alert.id, created_at: now });
        return { told: `${notice.kind} ${alert.kind}`, alert };
      });
    },
  };
}

test('an outage is told when it opens, when it changes and when it ends, with its true duration', () => {
  const { see } = desk();
  const [opened] = see(START + 12 * SECOND, 'partial_outage', START);
  expect(opened).toMatchObject({
    told: 'alert_opened state',
    alert: {
      subject: 'bureau.query',
      state: 'partial_outage',
      notes: [FAILING],
      since: START,
      opened_at: START + 12 * SECOND,
      resolved_at: null,
    },
  });
  expect(see(START + 20 * SECOND, 'partial_outage', START)).toEqual([]);
  const [changed] = see(START + 30 * SECOND, 'major_outage', START + 25 * SECOND);
  expect(changed).toMatchObject({
    told: 'alert_changed state',
    alert: { id: opened?.alert?.id, state: 'major_outage', since: START },
  });
  const [ended] = see(START + 5 * MINUTE, 'operational', START + 4 * MINUTE, []);
  expect(ended).toMatchObject({
    told: 'alert_resolved state',
    alert: {
      id: opened?.alert?.id,
      since: START,
      resolved_at: START + 5 * MINUTE,
      resolved_since: START + 4 * MINUTE,
    },
  });
  expect(see(START + 6 * MINUTE, 'operational', START + 4 * MINUTE, [])).toEqual([]);
});

test('inside a maintenance nothing is told, and what still fails after it is no news', () => {
  const { see } = desk();
  expect(see(START, 'under_maintenance', START, [])).toEqual([]);
  expect(see(START + MINUTE, 'major_outage', START + MINUTE)).toMatchObject([
    { told: 'alert_opened state' },
  ]);
  expect(see(START + 2 * MINUTE, 'under_maintenance', START + 2 * MINUTE, [])).toEqual([]);
  expect(see(START + 3 * MINUTE, 'major_outage', START + 3 * MINUTE)).toEqual([]);
  expect(see(START + 4 * MINUTE, 'operational', START + 4 * MINUTE, [])).toMatchObject([
    { told: 'alert_resolved state', alert: { since: START + MINUTE } },
  ]);
});

test('a measurement that stopped is told beside the outage it left open', () => {
  const { see } = desk();
  see(START, 'major_outage', START);
  const stopped = see(START + MINUTE, 'unknown', START + MINUTE - SECOND, [EXPIRED]);
  expect(stopped).toMatchObject([
    { told: 'alert_opened stale', alert: { state: 'unknown', since: START + MINUTE - SECOND } },
  ]);
  const again = see(START + 2 * MINUTE, 'operational', START + 2 * MINUTE, []);
  expect(again.map(({ told }) => told)).toEqual(['alert_resolved state', 'alert_resolved stale']);
});

test('what was never measured is stale only after a while', () => {
  const { see } = desk();
  const never: Note[] = [{ code: 'never_measured' }];
  expect(see(START + 5 * MINUTE - 1, 'unknown', START, never)).toEqual([]);
  expect(see(START + 5 * MINUTE, 'unknown', START, never)).toMatchObject([
    { told: 'alert_opened stale' },
  ]);
  expect(see(START + 9 * MINUTE, 'unknown', START, never)).toEqual([]);
});

test('our own downtime is not held against a measurement', () => {
  const { see, live } = desk();
  const back_at = START + 60 * MINUTE;
  live.last_gap = { from: START, to: back_at, cause: 'restart' };
  expect(see(back_at, 'unknown', START + MINUTE, [GAP])).toEqual([]);
  expect(see(back_at + 5 * MINUTE, 'unknown', START + MINUTE, [GAP])).toMatchObject([
    { told: 'alert_opened stale', alert: { since: back_at } },
  ]);
});
