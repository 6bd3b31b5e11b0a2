import { statusesIn } from '../../model/maintenance/life-cycle.ts';
import { SECOND } from '../../model/time.ts';

/** The heartbeat, by which our own downtime is known, is written this often. */
export const HEARTBEAT_MS = 5 * SECOND;

/** Maintenances that time can advance; the limit exceeds any real number. */
export const MAINTENANCES_TO_ADVANCE = {
  statuses: statusesIn('announced', 'under_way'),
  limit: 1_000,
} as const;
