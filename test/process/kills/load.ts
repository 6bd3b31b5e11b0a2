import { everySecond, PAGE_AND_LINE, simulatedSystems } from '../config.ts';

/** The check that posted events tell of. */
export const OWN_UPLOADS = 'erp-upload';

/** About 12 runs a second, looks, own traffic, and an operator who is told by webhook. */
export function loadConfig(origin: string, receiver: string): string {
  const checks = [
    ...Array.from({ length: 3 }, (_, i) => everySecond(`upload-${i}`, 'pinduoduo', 'upload')),
    ...Array.from({ length: 6 }, (_, i) => everySecond(`query-${i}`, 'beijing', 'query')),
    ...['pdf', 'ofd', 'xml'].map((format) =>
      everySecond(format, 'beijing', 'download', `options: { format: ${format} }`),
    ),
  ];
  return `${PAGE_AND_LINE}systems:
${simulatedSystems(origin)}  erp:
    name: { zh-CN: 企业财务系统, en: ERP }
    driver: erp
    environment: simulator
    url: ${origin}/erp
checks:
${checks.join('\n')}
  sync: { system: beijing, function: sync, follows: pinduoduo, deadline: 5s, looks_per_minute: 300 }
  erp-sync:
    system: erp
    function: sync
    follows: erp
    looks_at: beijing
    deadline: 5s
    looks_per_minute: 60
  ${OWN_UPLOADS}: { system: erp, function: upload, source: own_traffic }
policies:
  default: { confirmations: 2, confirm_distance: 1s, settle: 1s, resolve_after: 3s }
ingest:
  tokens:
    sender: { token: { env: INGEST_TOKEN }, systems: [erp] }
notify:
  operators:
    - channel: webhook
      url: http://${receiver}/operator
      secret: { env: OPERATOR_SECRET }
  webhook: { allow: ['${receiver}'] }
`;
}
