import { downloadOptions } from '../../download.ts';
import type { SystemDefinition } from '../../system.ts';
import { createBeijing } from './driver.ts';
import { beijingSettings } from './settings.ts';
import { KNOWN_SPECIMEN } from './specimens.ts';

/** A delivery host of the tax bureau: queries invoices and delivers their files. */
export const beijing: SystemDefinition = {
  functions: ['query', 'sync', 'download'],
  settings: beijingSettings,
  requires: { query: ['known'], download: ['known'] },
  options: { download: downloadOptions },
  // chinatax.gov.cn, every bureau below it, and all other government domains.
  production_domains: ['gov.cn'],
  createDriver: createBeijing,
  simulator: () => import('./simulator.ts'),
  demo: { settings: { known: KNOWN_SPECIMEN } },
};
