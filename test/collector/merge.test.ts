import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { merged } from '../../collector/recording/merge.ts';
import type { OwnTrouble } from '../../model/own-trouble.ts';
import { MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import { openStore } from '../../store/sqlite/open.ts';
import {
  aComponent,
  aJourney,
  aJudgement,
  aLook,
  aMaintenance,
  aMaintenanceUpdate,
  aNotice,
  anAlert,
  anIncident,
  anIncidentUpdate,
  aReachedStage,
  aResult,
  aSpecimen,
  aSpecimenChange,
  aTransition,
  QUERY,
  SYNC,
  T0,
  UPLOAD,
} from '../store/contract/samples.ts';
import { temporaryPath } from '../store/temporary.ts';

const notice = (id: string) => aNotice({ id });
const status = (state: State, since: number) => aComponent({ state, since });
const trouble = (since: number, until: number | null): OwnTrouble => ({
  kind: 'disk',
  line: null,
  since,
  until,
  detail: 'full',
});
const maintenance = aMaintenance({});

/** What happens to the same rows, one event after the other. */
const EVENTS: Recording[] = [
  {
    results: [aResult({ slot_at: T0 })],
    judgements: [aJudgement({ verdict: 'well' })],
    specimens: [aSpecimen({ last_seen_at: T0 })],
    specimen_changes: [aSpecimenChange({})],
    components: [status('operational', T0)],
    transitions: [aTransition({ since: T0 })],
    journeys: [aJourney({ accepted_at: T0 })],
    reached_stages: [aReachedStage({ at: T0 + 1 })],
    incidents: [anIncident({ impact: 'minor' })],
    updates: [anIncidentUpdate({ id: 'update000001' })],
    alerts: [anAlert({})],
    notices: [notice('notice000001')],
    changes: [{ kind: 'state', ref: QUERY.component, at: T0 }],
    gaps: [{ from: T0 - 20_000, to: T0 - 10_000, cause: 'restart' }],
    own_troubles: [trouble(T0, null), trouble(T0 - MINUTE, T0 - 1)],
    heartbeat_at: T0,
    judge: { judged_by: 'a', judged_since: T0 },
  },
  {
    results: [aResult({ slot_at: T0 + 1 })],
    judgements: [aJudgement({ verdict: 'failing' })],
    specimens: [aSpecimen({ last_seen_at: T0 + 1 })],
    components: [status('major_outage', T0 + 1)],
    transitions: [aTransition({ since: T0 + 1, from: 'operational', to: 'major_outage' })],
    incidents: [anIncident({ impact: 'critical' })],
    updates: [anIncidentUpdate({ id: 'update000002', created_at: T0 + 1 })],
    alerts: [anAlert({ resolved_at: T0 + 1 })],
    notices: [notice('notice000002')],
    changes: [{ kind: 'incident', ref: 'incident0000', at: T0 + 1 }],
    gaps: [{ from: T0 - 20_000, to: T0 - 5_000, cause: 'restart' }],
    own_troubles: [trouble(T0, T0 + 1)],
    heartbeat_at: T0 + 1,
    maintenances: [
      {
        maintenance: { ...maintenance, status: 'in_progress', updated_at: 1 },
        expected_updated_at: 0,
      },
    ],
    maintenance_updates: [aMaintenanceUpdate({ id: 'mupdate00001' })],
  },
  {
    journeys: [aJourney({ accepted_at: T0, state: 'arrived', number: null })],
    looks: [aLook({})],
    reached_stages: [aReachedStage({ at: T0 + 9 }), aReachedStage({ stage: 'sealed' })],
    events: [{ id: 'b'.repeat(32), received_at: T0 }],
    heartbeat_at: T0 + 2,
    maintenances: [
      {
        maintenance: { ...maintenance, status: 'verifying', updated_at: 2 },
        expected_updated_at: 1,
      },
    ],
    maintenance_updates: [aMaintenanceUpdate({ id: 'mupdate00002', created_at: 1 })],
  },
];

/** Every row of every table, after these recordings. */
async function rowsAfter(recordings: readonly Recording[]) {
  const path = temporaryPath();
  const store = await openStore({ path });
  await store.register([UPLOAD, QUERY, SYNC]);
  await store.record({
    maintenances: [{ maintenance, expected_updated_at: null }],
  });
  for (const it of recordings) await store.record(it);
  await store.close();
  const database = new Database(path, { readonly: true });
  const names = database
    .prepare<[], { name: string }>(`select name from sqlite_schema where type = 'table'`)
    .all()
    .filter(({ name }) => !/^(sqlite|kysely)_/.test(name));
  const tables = names.map(({ name }) => {
    const rows = database.prepare<[], Record<string, unknown>>(`select * from ${name}`).all();
    // The id of an installation is random.
    return [name, rows.map((row) => (name === 'installation' ? { ...row, id: null } : row))];
  });
  database.close();
  return Object.fromEntries(tables);
}

test('what is recorded at once leaves what it leaves one after the other', async () => {
  const apart = await rowsAfter(EVENTS);
  expect(await rowsAfter([merged(EVENTS)])).toEqual(apart);
  expect(await rowsAfter([merged(EVENTS.slice(0, 2)), ...EVENTS.slice(2)])).toEqual(apart);
  expect(apart.incident).toMatchObject([{ impact: 'critical' }]);
  expect(apart.transition).toHaveLength(2);
});

test('of one recording, and of none, there is nothing to merge', () => {
  const [only = {}] = EVENTS;
  expect(merged([only])).toBe(only);
  expect(merged([])).toEqual({});
});

test('the earliest step of the clock and the last checks count', () => {
  const one: Recording = { void_after: T0 - 5, checks: [QUERY] };
  const other: Recording = { void_after: T0, checks: [QUERY, SYNC] };
  for (const them of [
    [one, other, {}],
    [other, { ...one, checks: [QUERY, SYNC] }],
  ])
    expect(merged(them)).toMatchObject({ void_after: T0 - 5, checks: [QUERY, SYNC] });
});
