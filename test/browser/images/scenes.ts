import type { Page } from 'playwright-core';
import type { Note } from '../../../model/component.ts';
import type { IncidentStatus } from '../../../model/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import {
  aCompletedMaintenance,
  aMaintenance,
  anOverrun,
  saveMaintenance,
} from '../../status-page/maintenances.ts';
import {
  anIncident,
  anUpdate,
  aStatus,
  aSyncStatus,
  aTransition,
  breakDownload,
  NOW,
  type Site,
  seedHistory,
} from '../../status-page/site.ts';

/** A page in a state in which its readers meet it. */
export interface Scene {
  /** Of its picture in docs/images/. */
  name: string;
  /** Without the language. */
  path: string;
  /** What is there before the page starts; a token that it returns is handed to `enter`. */
  prepare(site: Site): Promise<unknown>;
  /** What a person does after the page has been opened. */
  enter?(page: Page, secret: string): Promise<void>;
}

const INCIDENT = anIncident();
const RUNNING = {
  status: 'in_progress',
  announced_from: NOW - HOUR,
  announced_until: NOW + HOUR,
  expected_recovery_at: NOW + HOUR,
  actual_from: NOW - HOUR,
} as const;
const FAILING: Note[] = [
  { code: 'checks_failing', checks: ['beijing-query'], reason: 'http_status', detail: 'HTTP 503' },
];

export const SCENES: readonly Scene[] = [
  front('well', async () => {}),
  front('just-started', async () => {}, false),
  front('down', breakDownload),
  front('many-troubles', manyTroubles),
  front('not-known', notKnown),
  front('recovered', recovered),
  front('maintenance-ahead', async (site) => saveMaintenance(site, aMaintenance())),
  front('maintenance-running', maintenanceRunning),
  front('maintenance-overrun', async (site) => saveMaintenance(site, anOverrun())),
  incident('lasting', breakDownload),
  incident('watched', (site) => inStatus(site, 'monitoring', 'operational')),
  incident('not-known', (site) => inStatus(site, 'unclear', 'unknown')),
  incident('over', (site) => inStatus(site, 'resolved', 'operational')),
  maintenance('ahead', aMaintenance()),
  maintenance('running', aMaintenance(RUNNING)),
  maintenance('overrun', anOverrun()),
  maintenance('over', aCompletedMaintenance()),
  maintenance('cancelled', aMaintenance({ status: 'cancelled' })),
  { name: 'subscribe', path: 'subscribe', prepare: seedHistory },
  { name: 'wrong-address', path: 'incidents/000000000000', prepare: seedHistory },
  { name: 'admin-sign-in', path: 'admin/sign-in', prepare: seedHistory },
  { name: 'admin-list', path: 'admin/', prepare: administrated, enter: signIn },
  { name: 'admin-plan', path: 'admin/maintenances/new', prepare: administrated, enter: signInTo },
];

/** The address of a scene in a language. */
export function pathOf({ path }: Scene, language: string): string {
  const [, in_admin] = /^admin\/(.*)$/.exec(path) ?? [];
  return in_admin === undefined ? `/${language}/${path}` : `/admin/${language}/${in_admin}`;
}

function front(state: string, change: (site: Site) => Promise<void>, has_history = true): Scene {
  return {
    name: `front-${state}`,
    path: '',
    async prepare(site) {
      if (has_history) await seedHistory(site);
      await change(site);
    },
  };
}

function incident(state: string, change: (site: Site) => Promise<void>): Scene {
  return {
    name: `incident-${state}`,
    path: `incidents/${INCIDENT.id}`,
    async prepare(site) {
      await seedHistory(site);
      await change(site);
    },
  };
}

function maintenance(state: string, planned: ReturnType<typeof aMaintenance>): Scene {
  return {
    name: `maintenance-${state}`,
    path: `maintenances/${planned.id}`,
    async prepare(site) {
      await seedHistory(site);
      await saveMaintenance(site, planned);
    },
  };
}

async function manyTroubles(site: Site): Promise<void> {
  const stalled: Note = { code: 'stalled', waiting: 21, oldest_accepted_at: NOW - HOUR };
  await site.store.record({
    components: [
      aSyncStatus('major_outage', { notes: [stalled] }),
      aStatus('pinduoduo.upload', 'partial_outage', { notes: FAILING }),
      aStatus('beijing.query', 'major_outage', { notes: FAILING }),
      aStatus('beijing.download', 'degraded_performance', {
        notes: [{ code: 'degraded', checks: [], reason: null, detail: null }],
      }),
    ],
  });
}

async function notKnown(site: Site): Promise<void> {
  await site.store.record({
    components: ['pinduoduo.upload', 'beijing.query', 'beijing.download'].map((id) =>
      aStatus(id, 'unknown', {
        notes: [{ code: 'expired', last_slot_at: NOW - 3 * MINUTE }],
        measured_at: NOW - 3 * MINUTE,
        valid_until: NOW - 2 * MINUTE,
      }),
    ),
  });
}

async function recovered(site: Site): Promise<void> {
  await inStatus(site, 'resolved', 'operational');
}

async function maintenanceRunning(site: Site): Promise<void> {
  await saveMaintenance(site, aMaintenance(RUNNING));
  await site.store.record({
    components: ['beijing.query', 'beijing.download'].map((id) =>
      aStatus(id, 'under_maintenance', { since: NOW - HOUR, notes: FAILING }),
    ),
  });
}

/** The download was out for 20 minutes, 50 minutes ago. */
async function inStatus(site: Site, status: IncidentStatus, state: State): Promise<void> {
  await breakDownload(site);
  const until = NOW - 30 * MINUTE;
  const resolved_at = status === 'resolved' ? until + 5 * MINUTE : null;
  const update = anUpdate({
    id: 'upd000000002',
    status: status === 'unclear' ? status : 'monitoring',
    code: status === 'unclear' ? 'unclear' : 'recovered',
    affected: [{ component: 'beijing.download', from: 'major_outage', to: state }],
    created_at: until + MINUTE,
  });
  await site.store.record({
    components: [aStatus('beijing.download', state, { since: until })],
    transitions: [aTransition('beijing.download', 'major_outage', state, until)],
    incidents: [
      anIncident({
        status,
        monitoring_at: status === 'unclear' ? null : until + 10 * SECOND,
        resolved_at,
        updated_at: resolved_at ?? update.created_at,
      }),
    ],
    updates:
      resolved_at === null
        ? [update]
        : [
            update,
            anUpdate({
              id: 'upd000000003',
              status,
              code: 'resolved',
              affected: [],
              created_at: resolved_at,
            }),
          ],
    changes: [{ kind: 'incident', ref: INCIDENT.id, at: NOW }],
  });
}

async function administrated(site: Site): Promise<string> {
  await seedHistory(site);
  await saveMaintenance(site, aMaintenance());
  await saveMaintenance(site, anOverrun());
  await saveMaintenance(site, aCompletedMaintenance());
  return site.store.renewAdminToken();
}

async function signIn(page: Page, token: string): Promise<void> {
  await page.locator('#token').fill(token);
  await page.locator('main button').click();
}

/** Signing in leads to the list, whatever was asked for. */
async function signInTo(page: Page, token: string): Promise<void> {
  const [, language] = page.url().split('/admin/');
  await signIn(page, token);
  await page.goto(new URL(`/admin/${language?.split('/')[0]}/maintenances/new`, page.url()).href);
}
