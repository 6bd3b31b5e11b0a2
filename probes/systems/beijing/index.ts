import { downloadOptions } from '../../download.ts';
import type { SystemDefinition } from '../../system.ts';
import { createBeijing } from './driver.ts';
import { beijingSettings } from './settings.ts';
import { KNOWN_SPECIMEN } from './specimens.ts';

/** A delivery host of the tax bureau: finds invoices and hands their files out. */
export const beijing: SystemDefinition = {
  functions: ['query', 'sync', 'download'],
  settings: beijingSettings,
  options: { download: downloadOptions },
  // chinatax.gov.cn and every bureau below it, and whatever else is the state's.
  production_domains: ['gov.cn'],
  createDriver: createBeijing,
  simulator: () => import('./simulator.ts'),
  demo: { settings: { known: KNOWN_SPECIMEN } },
};
