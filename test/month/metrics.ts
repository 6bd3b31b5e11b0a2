import type { Telemetry } from '../../model/ports.ts';
import type { LivedMonth } from './lived-month.ts';
import { COMPONENTS_OF_MONTH } from './site.ts';

/** What `fapiao_function_state` means, by docs/metrics.md. */
const STATES = [
  'unknown',
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
];

/** Metrics of one life of a collector, read as Prometheus reads them. */
export function createMeters() {
  const states = new Map<string, string>();
  const results = new Map<string, number>();
  const telemetry: Telemetry = {
    start() {},
    observe() {},
    count(name, { check }, by = 1) {
      if (name !== 'fapiao_check_total') return;
      results.set(String(check), (results.get(String(check)) ?? 0) + by);
    },
    gauge(name, { system, function: fn }, value) {
      if (name !== 'fapiao_function_state') return;
      states.set(`${system}.${fn}`, STATES[value ?? -1] ?? 'none');
    },
  };
  return { telemetry, states, results };
}

export type Meters = Omit<ReturnType<typeof createMeters>, 'telemetry'>;

/** Where the metric of a function tells another state than was published at that instant. */
export function wrongStatesInMetrics({ lived }: LivedMonth): { n: number; wrong: string[] } {
  const read = lived.samples.filter(({ metrics }) => metrics !== null);
  const wrong = read.flatMap(({ at, states, metrics }) =>
    COMPONENTS_OF_MONTH.flatMap(({ component }) => {
      const [told, published] = [metrics?.get(component), states.get(component)];
      const is_told = told === published;
      return is_told ? [] : [`${new Date(at).toISOString()} ${component}: ${told}, ${published}`];
    }),
  );
  return { n: read.length, wrong };
}

/** Checks of which the collectors together counted more or fewer results than were recorded. */
export function wrongCountsInMetrics({ lived }: LivedMonth): string[] {
  return COMPONENTS_OF_MONTH.flatMap(({ checks }) =>
    checks.flatMap(({ check }) => {
      const counted = lived.meters.reduce((sum, { results }) => sum + (results.get(check) ?? 0), 0);
      const n = lived.findings.filter((it) => it.check === check).length;
      return counted === n ? [] : [`${check}: ${counted} counted, ${n} recorded`];
    }),
  );
}
