import { createHash } from 'node:crypto';
import { SIMULATED_TOKEN } from '../../demo/erp-feed.ts';
import type { Configuration } from '../../model/configuration.ts';
import { demoAt } from '../probes/simulated.ts';

/** Only the way from the ERP to Beijing. */
export function fromErpToBeijing(url: string): Configuration {
  const demo = demoAt(url);
  const named = { 'zh-CN': 'erp', en: 'erp' };
  const common = { environment: 'simulator', neutral: false, ca: null, settings: {} } as const;
  return {
    ...demo,
    systems: [
      ...demo.systems,
      { ...common, id: 'erp', name: named, driver: 'erp', url: `${url}/erp` },
    ],
    checks: [
      {
        id: 'erp-sync',
        system: 'erp',
        function: 'sync',
        line: 'local',
        follows: 'erp',
        looks_at: 'beijing',
        deadline_ms: 3_000,
        looks_per_minute: 600,
      },
    ],
    ingest: [
      {
        id: 'erp',
        sha256: createHash('sha256').update(SIMULATED_TOKEN).digest('hex'),
        systems: ['erp'],
      },
    ],
  };
}
