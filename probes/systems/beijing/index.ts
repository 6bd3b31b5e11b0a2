import { downloadOptions } from '../../download.ts';
import type { SystemDefinition } from '../../system.ts';
import { createBeijing } from './driver.ts';
import { beijingSettings } from './settings.ts';

const NO_PUBLIC_QUERY =
  'no query by number is published, so only the simulator has one; measure delivery links of ' +
  'your own with driver dppt, and your own traffic by POST /ingest/events where a system can be ' +
  'asked for your invoices';

/**
 * A delivery host of the tax bureau as the demo plays it: queries invoices by number, which no real
 * one does, and delivers their files.
 */
export const beijing: SystemDefinition = {
  functions: ['query', 'sync', 'download'],
  settings: beijingSettings,
  simulator_only: { query: NO_PUBLIC_QUERY, sync: NO_PUBLIC_QUERY, download: NO_PUBLIC_QUERY },
  options: { download: downloadOptions },
  // chinatax.gov.cn, every bureau below it, and all other government domains.
  production_domains: ['gov.cn'],
  createDriver: createBeijing,
  simulator: () => import('./simulator.ts'),
};
