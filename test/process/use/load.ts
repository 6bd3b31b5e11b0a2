import { LOCALES } from '../../../model/vocabulary.ts';
import { everySecond, PAGE_AND_LINE, simulatedSystems } from '../config.ts';

const FORMATS_OF_FILES = ['pdf', 'ofd', 'xml'];
/** Runs of everything that is measured at all, in a second. */
const OF_EACH_KIND = 2 + FORMATS_OF_FILES.length;
/**
 * Of a site that is merely reached, which is the cheapest way to results. Neither a page of
 * hundreds of functions nor one function with hundreds of checks is what anybody has.
 */
const CHECKS_OF_A_SITE = 8;

export interface Loading {
  /** Of the simulators. */
  origin: string;
  /** Of a small page, that is reached. */
  site: string;
  /** `host:port` of what takes the operators' messages. */
  receiver: string;
  results_per_second: number;
}

/** Checks of every kind, with files and journeys, and so many results a second. */
export function usedConfig({ origin, site, receiver, results_per_second }: Loading): string {
  const reached = Math.max(1, Math.ceil(results_per_second) - OF_EACH_KIND);
  const number_of_sites = Math.ceil(reached / CHECKS_OF_A_SITE);
  const checks = [
    everySecond('upload', 'pinduoduo', 'upload'),
    everySecond('query', 'beijing', 'query'),
    ...FORMATS_OF_FILES.map((format) =>
      everySecond(format, 'beijing', 'download', `options: { format: ${format} }`),
    ),
    ...Array.from({ length: reached }, (_, n) =>
      everySecond(
        `site-${n}`,
        `site-${n % number_of_sites}`,
        'reach',
        'options: { path: /, status: 200 }',
      ),
    ),
  ];
  const sites = Array.from(
    { length: number_of_sites },
    (_, n) =>
      `  site-${n}: { name: { zh-CN: 网站 ${n}, en: Site ${n} }, driver: web, ` +
      `environment: sandbox, url: '${site}' }`,
  );
  const page = PAGE_AND_LINE.replace('page:\n', `page:\n  languages: [${LOCALES}]\n`);
  return `${page}systems:
${simulatedSystems(origin)}${sites.join('\n')}
checks:
${checks.join('\n')}
  sync: { system: beijing, function: sync, follows: pinduoduo, deadline: 5s, looks_per_minute: 600 }
policies:
  default: { confirmations: 2, confirm_distance: 1s, settle: 1s, resolve_after: 3s }
notify:
  operators:
    - channel: webhook
      url: http://${receiver}/operator
      secret: { env: OPERATOR_SECRET }
  webhook: { allow: ['${receiver}'] }
`;
}
