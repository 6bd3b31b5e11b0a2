import { LOCALES } from '../../../model/vocabulary.ts';
import { everySecond, PAGE_AND_LINE, simulatedSystems } from '../config.ts';

const FORMATS_OF_FILES = ['pdf', 'ofd', 'xml'];
/** Runs of everything that is measured at all, in a second. */
const OF_EACH_KIND = 2 + FORMATS_OF_FILES.length;
/** Sites that are merely reached, which is the cheapest way to results. */
const SITES = 4;

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
  const reached = Math.max(SITES, Math.ceil(results_per_second) - OF_EACH_KIND);
  const checks = [
    everySecond('upload', 'pinduoduo', 'upload'),
    everySecond('query', 'beijing', 'query'),
    ...FORMATS_OF_FILES.map((format) =>
      everySecond(format, 'beijing', 'download', `options: { format: ${format} }`),
    ),
    ...Array.from({ length: reached }, (_, n) =>
      everySecond(`site-${n}`, `site-${n % SITES}`, 'reach', 'options: { path: /, status: 200 }'),
    ),
  ];
  const sites = Array.from(
    { length: SITES },
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
