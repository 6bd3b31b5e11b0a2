import { MINUTE } from '../../../model/time.ts';
import { formatProblem, linkIdentity, readLink } from '../../delivery/link.ts';
import { linkedDownloadOptions } from '../../download.ts';
import type { SystemDefinition } from '../../system.ts';
import { createDppt } from './driver.ts';
import { dpptSettings } from './settings.ts';

/** No rate is published; a person would not open her link oftener. */
const SHORTEST_DISTANCE_MS = 5 * MINUTE;
const REST_MS = 60 * MINUTE;

/**
 * Public delivery of e-invoices ("数电票"): files by the links that the tax bureaus (dppt.….cn) and
 * providers send.
 */
export const dppt: SystemDefinition = {
  functions: ['download'],
  settings: dpptSettings,
  options: { download: linkedDownloadOptions },
  sparing: {
    distance_ms: SHORTEST_DISTANCE_MS,
    rest_ms: REST_MS,
    addressOf(options, settings) {
      const { link: position } = linkedDownloadOptions.parse(options);
      const entry = dpptSettings.safeParse(settings).data?.links[position - 1];
      if (entry === undefined) return null;
      return { identity: linkIdentity(readLink(entry)), words: `link ${position}` };
    },
  },
  problemOf(options, settings) {
    const { link: position, format } = linkedDownloadOptions.parse(options);
    const { links } = dpptSettings.parse(settings);
    const entry = links[position - 1];
    if (entry === undefined) return { option: 'link', problem: `there are ${links.length} links` };
    const problem = formatProblem(readLink(entry), format);
    return problem === null ? null : { option: 'format', problem };
  },
  production_domains: ['gov.cn'],
  createDriver: createDppt,
};
