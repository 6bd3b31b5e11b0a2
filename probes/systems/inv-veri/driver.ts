import type { System } from '../../../model/configuration.ts';
import { entryPage } from '../../entry-page.ts';
import type { ReachDriver } from '../../reach.ts';

/** What the entry page calls itself: 国家税务总局全国增值税发票查验平台. */
export const ENTRY_TITLE = '发票查验平台';

/**
 * The tax authority's platform on which anybody verifies an invoice (inv-veri.chinatax.gov.cn).
 * Every query there stands behind a captcha, which asks for a person: this driver opens the public
 * entry page and never a query.
 */
export function createInvVeri(system: System): ReachDriver {
  const entry = entryPage(system);
  return {
    reach: (exchange, options) => entry.reach(exchange, { title: ENTRY_TITLE, ...options }),
  };
}
