import type { Maintenance, MaintenanceUpdate } from '../../model/maintenance.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { maintenance, maintenanceUpdate } from '../model/builders.ts';
import { NOW, type Site } from './site.ts';

/** Announced three days ahead: tomorrow from 22:00 to 23:30 in China. */
export const TOMORROW = Date.parse('2026-11-22T14:00:00Z');

export function aMaintenance(given: Partial<Maintenance> = {}): Maintenance {
  return maintenance({
    id: 'mnt000000001',
    texts: {
      title: { 'zh-CN': '数据库升级', en: 'Database upgrade' },
      description: {
        'zh-CN': '升级数据库。\n期间查询和下载会中断。',
        en: 'The database is upgraded.\nQuery and download are down meanwhile.',
      },
      stays_open: { 'zh-CN': '上传照常。', en: 'Upload works as usual.' },
      workaround: { 'zh-CN': '请提前下载。', en: 'Please download beforehand.' },
    },
    announced_from: TOMORROW,
    announced_until: TOMORROW + 1.5 * HOUR,
    expected_recovery_at: TOMORROW + 2 * HOUR,
    published_at: NOW - 2 * DAY,
    created_at: NOW - 2 * DAY - HOUR,
    updated_at: NOW - 2 * DAY,
    ...given,
  });
}

/** Under way for three hours, one longer than announced. */
export function anOverrun(given: Partial<Maintenance> = {}): Maintenance {
  return aMaintenance({
    id: 'mntoverrun01',
    status: 'overrun',
    components: ['pinduoduo.upload'],
    announced_from: NOW - 3 * HOUR,
    announced_until: NOW - HOUR,
    actual_from: NOW - 3 * HOUR,
    ...given,
  });
}

/** An hour, nine days ago, as announced. */
export function aCompletedMaintenance(given: Partial<Maintenance> = {}): Maintenance {
  return aMaintenance({
    id: 'mntcompleted',
    status: 'completed',
    announced_from: NOW - 9 * DAY,
    announced_until: NOW - 9 * DAY + HOUR,
    actual_from: NOW - 9 * DAY,
    actual_until: NOW - 9 * DAY + HOUR,
    ...given,
  });
}

export function aMaintenanceUpdate(given: Partial<MaintenanceUpdate> = {}): MaintenanceUpdate {
  return maintenanceUpdate({
    id: 'mup000000001',
    maintenance: 'mnt000000001',
    created_at: NOW - 2 * DAY,
    ...given,
  });
}

/** Writes a new maintenance with its updates, as the administrator's process does. */
export async function saveMaintenance(
  { store }: Site,
  maintenance: Maintenance,
  updates: MaintenanceUpdate[] = [
    aMaintenanceUpdate({ id: `${maintenance.id.slice(0, -1)}u`, maintenance: maintenance.id }),
  ],
): Promise<void> {
  await store.record({
    maintenances: [{ maintenance, expected_updated_at: null }],
    maintenance_updates: updates,
    changes: [{ kind: 'maintenance', ref: maintenance.id, at: NOW }],
  });
}

/** Replaces what is there by a later version of it. */
export async function changeMaintenance(
  { store }: Site,
  before: Maintenance,
  change: Partial<Maintenance>,
  update: MaintenanceUpdate,
): Promise<Maintenance> {
  const maintenance = { ...before, updated_at: update.created_at, ...change };
  await store.record({
    maintenances: [{ maintenance, expected_updated_at: before.updated_at }],
    maintenance_updates: [update],
    changes: [{ kind: 'maintenance', ref: before.id, at: update.created_at }],
  });
  return maintenance;
}
