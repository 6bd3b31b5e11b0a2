import type { System } from '../../../model/configuration.ts';
import { entryPage } from '../../entry-page.ts';
import type { ReachDriver } from '../../reach.ts';

/** The title of the entry page: 国家税务总局全国增值税发票查验平台. */
export const ENTRY_TITLE = '发票查验平台';

/**
 * The tax authority's public platform for verifying invoices (inv-veri.chinatax.gov.cn). Queries
 * require a captcha, which is meant for people: this driver only requests the public entry page.
 */
export function createInvVeri(system: System): ReachDriver {
  const entry = entryPage(system);
  return {
    reach: (exchange, options) => entry.reach(exchange, { title: ENTRY_TITLE, ...options }),
  };
}
