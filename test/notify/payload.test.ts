import { expect, onTestFinished, test } from 'vitest';
import type { Notice } from '../../model/notice.ts';
import { SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { loadPayload } from '../../notify/payload.ts';
import { openStore } from '../../store/sqlite/open.ts';
import {
  incident,
  incidentUpdate,
  maintenance,
  maintenanceUpdate,
  transition,
} from '../model/builders.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAlert, NOTICE, START } from './samples.ts';

const at = (seconds: number) => START + seconds * SECOND;

/** What a notice says of an alert that was acknowledged at 10 s and resolved at 20 s. */
async function told(kind: 'alert_opened' | 'alert_resolved', seconds: number) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const alert = anAlert({ acknowledged_at: at(10), resolved_at: at(20), resolved_since: at(18) });
  await store.record({ alerts: [alert] });
  const notice = { ...NOTICE, kind, ref: alert.id, update: null, created_at: at(seconds) };
  const payload = await loadPayload(store, notice, notice.created_at);
  if (payload?.subject !== 'alert') throw new Error('no alert');
  const { acknowledged_at, resolved_at, resolved_since } = payload.alert;
  return { acknowledged_at, resolved_at, resolved_since };
}

test('a notice that is sent late says what was known when it was made', async () => {
  expect(await told('alert_opened', 0)).toEqual({
    acknowledged_at: null,
    resolved_at: null,
    resolved_since: null,
  });
  expect(await told('alert_resolved', 20)).toEqual({
    acknowledged_at: at(10),
    resolved_at: at(20),
    resolved_since: at(18),
  });
});

test('an alert that was acknowledged by then is told as that', async () => {
  expect((await told('alert_opened', 10)).acknowledged_at).toBe(at(10));
  expect((await told('alert_opened', 9)).acknowledged_at).toBeNull();
});

/** A ledger that was corrected after incident and alert were told to last from 0 to 60 s. */
async function corrected(end: State, now = at(100)) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const component = 'beijing.query';
  const since = [at(-300), at(-20), at(50)];
  const transitions = (['operational', 'major_outage', end] as const).map((to, i) => ({
    ...transition(since[i] ?? 0, to, component),
    recorded_at: at(90),
  }));
  const times = { monitoring_at: at(60), resolved_at: at(70) };
  const over = incident({ components: [component], started_at: START, ...times });
  const update = incidentUpdate({ incident: over.id, status: 'resolved' });
  const state = { kind: 'state', subject: component, since: START } as const;
  const alert = anAlert({ ...state, resolved_at: at(70), resolved_since: at(60) });
  await store.record({
    transitions,
    incidents: [over],
    updates: [update],
    alerts: [alert],
  });
  const notice = { ...NOTICE, created_at: at(100) };
  const of_incident = { ...notice, kind: 'incident_resolved', ref: over.id, update: update.id };
  const of_alert = { ...notice, kind: 'alert_resolved', ref: alert.id, update: null };
  return [of_incident, of_alert].map(async (it) => await loadPayload(store, it as Notice, now));
}

test('beginnings and ends that are told are those of the ledger, as it was corrected', async () => {
  const [of_incident, of_alert] = await Promise.all(await corrected('operational'));
  expect(of_incident).toMatchObject({
    incident: { started_at: at(-20) },
    bad_time: { from: at(-20), bad_ms: 70 * SECOND },
    corrected_at: at(90),
  });
  expect(of_alert).toMatchObject({
    alert: { since: at(-20), resolved_since: at(50) },
    bad_time: { bad_ms: 70 * SECOND },
  });
});

test('an end that was not seen is told as when it was well again', async () => {
  const [, of_alert] = await Promise.all(await corrected('unknown'));
  expect(of_alert).toMatchObject({
    alert: { since: at(-20), resolved_since: at(60) },
    bad_time: { bad_ms: 70 * SECOND, end: 'not_seen' },
    states: new Map([['beijing.query', 'unknown']]),
  });
});

/** What is said at `seconds` of an alert that was resolved at 60 s, of a ledger corrected since. */
async function saidLate(seconds: number, states: readonly (readonly [number, State])[]) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const component = 'beijing.query';
  const alert = anAlert({
    kind: 'state',
    subject: component,
    since: START,
    resolved_at: at(70),
    resolved_since: at(60),
  });
  const transitions = states.map(([since, to]) => ({
    ...transition(at(since), to, component),
    recorded_at: at(300),
  }));
  await store.record({ transitions, alerts: [alert] });
  const kind = 'alert_resolved' as const;
  const notice = { ...NOTICE, kind, ref: alert.id, update: null, created_at: at(70) };
  const payload = await loadPayload(store, notice, at(seconds));
  if (payload?.subject !== 'alert') throw new Error('no alert');
  const { resolved_since } = payload.alert;
  return { resolved_since, bad_ms: payload.bad_time?.bad_ms ?? null };
}

test('one that is sent late says no length that is known to be wrong by then', async () => {
  const was_longer = [
    [-300, 'operational'],
    [0, 'major_outage'],
    [400, 'operational'],
  ] as const;
  expect(await saidLate(500, was_longer)).toEqual({
    resolved_since: at(400),
    bad_ms: 400 * SECOND,
  });
  // Another alert tells of what lasts.
  expect(await saidLate(350, was_longer.slice(0, 2))).toEqual({
    resolved_since: null,
    bad_ms: null,
  });
});

/** What a function is said to be that was told to be unknown at 60 s, in a notice of another's. */
async function saidOfUnknown(seconds: number, by_ledger: readonly (readonly [number, State])[]) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const [query, download] = ['beijing.query', 'beijing.download'];
  const transitions = by_ledger.map(([since, to]) => ({
    ...transition(at(since), to, query),
    recorded_at: at(since + 12),
  }));
  const open = incident({ components: [query, download], started_at: START });
  const affected = (component: string, to: State) => [
    { component, from: 'major_outage' as const, to },
  ];
  const lost = { affected: affected(query, 'unknown'), created_at: at(60) };
  const better = { affected: affected(download, 'partial_outage'), created_at: at(seconds) };
  const updates = [
    incidentUpdate({ id: 'lost00000000', incident: open.id, code: 'unclear_in_part', ...lost }),
    incidentUpdate({ id: 'better000000', incident: open.id, code: 'better', ...better }),
  ];
  await store.record({ transitions, incidents: [open], updates });
  const notice = { ...NOTICE, kind: 'incident_updated', ref: open.id } as const;
  const of_better = { ...notice, update: 'better000000', created_at: at(seconds) };
  const payload = await loadPayload(store, of_better, at(1_000));
  if (payload?.subject !== 'incident') throw new Error('no incident');
  return payload.affected.find(({ component }) => component === query)?.now;
}

test('what is known again by then is not said to be unknown, though nobody was told', async () => {
  const lost = [
    [0, 'major_outage'],
    [50, 'unknown'],
  ] as const;
  expect(await saidOfUnknown(100, lost)).toBe('unknown');
  const down_again = [...lost, [90, 'major_outage']] as const;
  expect(await saidOfUnknown(102, down_again)).toBe('outage');
  // Recorded 12 s later.
  expect(await saidOfUnknown(101, down_again)).toBe('unknown');
  expect(await saidOfUnknown(102, [...lost, [90, 'operational']])).toBeNull();
  const maintained = [...lost, [90, 'under_maintenance']] as const;
  expect(await saidOfUnknown(102, maintained)).toBe('under_maintenance');
});

test.each([0, 1])('a notice of a maintenance brings its own update, be it number %i', async (n) => {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const updates = [
    maintenanceUpdate({ id: 'announced000' }),
    maintenanceUpdate({ id: 'cancelled000', code: 'cancelled', status: 'cancelled' }),
  ];
  await store.record({
    maintenances: [{ maintenance: maintenance(), expected_updated_at: null }],
    maintenance_updates: updates,
  });
  const update = updates[n]?.id ?? '';
  const notice = { ...NOTICE, kind: 'maintenance_updated', ref: maintenance().id, update } as const;
  expect(await loadPayload(store, notice, notice.created_at)).toMatchObject({ update: updates[n] });
  expect(await loadPayload(store, { ...notice, update: 'gone00000000' }, START)).toBeNull();
});
