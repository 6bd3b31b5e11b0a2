import type { Maintenance, MaintenanceUpdate } from '../../../model/maintenance.ts';
import { HOUR } from '../../../model/time.ts';
import type { Recording } from '../../../store/record.ts';

export const SCOPE = ['beijing.download'];

/** A time announced for a maintenance, in hours since the epoch. */
export const hours = (from: number, until: number) => ({
  announced_from: from * HOUR,
  announced_until: until * HOUR,
  expected_recovery_at: until * HOUR,
});

/** Announced two days before, for two hours. */
export function aMaintenance(parts: Partial<Maintenance>): Maintenance {
  const text = { 'zh-CN': '升级', en: 'Upgrade' };
  return {
    id: 'maintenance1',
    status: 'scheduled',
    components: SCOPE,
    texts: { title: text, description: text, stays_open: null, workaround: text },
    ...hours(48, 50),
    actual_from: null,
    actual_until: null,
    notice_ms: 24 * HOUR,
    published_at: 0,
    revision: 1,
    reminded: [],
    created_at: 0,
    updated_at: 0,
    ...parts,
  };
}

/** A maintenance that is new. */
export const made = (maintenance: Maintenance): Recording => ({
  maintenances: [{ maintenance, expected_updated_at: null }],
});
/** A maintenance that follows the one as it was read. */
export const changed = (maintenance: Maintenance, expected_updated_at: number): Recording => ({
  maintenances: [{ maintenance, expected_updated_at }],
});

export function aMaintenanceUpdate(parts: Partial<MaintenanceUpdate>): MaintenanceUpdate {
  return {
    id: 'update000001',
    maintenance: 'maintenance1',
    status: 'scheduled',
    code: 'text',
    text: null,
    created_at: 0,
    ...parts,
  };
}
