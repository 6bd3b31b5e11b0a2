import type { Configuration } from '../../model/configuration.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { slotOffsetMs } from '../../probes/line/schedule/plan.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import type { CheckFacts, ComponentFacts } from './oracle/facts.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Midnight in China. */
export const MONTH_BEGINS = Date.parse('2026-10-01T00:00:00+08:00');
export const SLOW_MS = 1_500;

const LOCAL = 'local';
export const AGENT = 'agent';

/** At the slots of the product, so that what it reads again later is dated as it was. */
const every = (check: string, every_ms: number, line = LOCAL): CheckFacts => ({
  check,
  line,
  every_ms,
  offset_ms: slotOffsetMs(check, every_ms),
  deadline_ms: 5_000,
});

/** One check, two checks of one line, one that chooses its confirmations, and two lines. */
export const COMPONENTS_OF_MONTH: readonly ComponentFacts[] = [
  {
    component: 'beijing.query',
    confirmations: 2,
    checks: [every('query', MINUTE_MS)],
  },
  {
    component: 'beijing.download',
    confirmations: 3,
    checks: [every('download-pdf', MINUTE_MS), every('download-ofd', MINUTE_MS)],
  },
  {
    component: 'pinduoduo.upload',
    confirmations: 'auto',
    checks: [every('upload', MINUTE_MS)],
  },
  {
    component: 'pinduoduo.query',
    confirmations: 2,
    checks: [
      every('seen-from-here', 2 * MINUTE_MS),
      every('seen-from-there', 2 * MINUTE_MS, AGENT),
    ],
  },
];

const named = (name: string) => ({ 'zh-CN': name, en: name });

/** The same for the product. */
export function monthConfiguration(): Configuration {
  const base = siteConfiguration({ demo: false });
  const policies = COMPONENTS_OF_MONTH.map(({ component, confirmations }) => [
    component,
    { ...DEFAULT_POLICY, confirmations, slow_ms: SLOW_MS },
  ]);
  return {
    ...base,
    lines: [LOCAL, AGENT].map((id) => ({ id, name: named(id), proxy: null })),
    checks: COMPONENTS_OF_MONTH.flatMap(({ component, checks }) =>
      checks.map(({ check, line, deadline_ms, every_ms }) => {
        const [system = '', fn] = component.split('.');
        return {
          id: check,
          system,
          function: fn as 'query',
          line,
          deadline_ms,
          schedule: `*/${every_ms / MINUTE_MS} * * * *`,
          zone: base.page.zone,
          options: {},
        };
      }),
    ),
    tasks: [],
    depends_on: {},
    policies: Object.fromEntries(policies),
  };
}
