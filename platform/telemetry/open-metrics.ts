import type { Labels } from '../../model/ports.ts';
import type { Family } from './family.ts';

/** https://prometheus.io/docs/specs/om/open_metrics_spec/, 1.0.0 */
export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** What prom-client has, and does not declare for every kind of metric. */
interface OpenSample {
  /** Of a histogram's samples. */
  metricName?: string;
  labels: Partial<Record<string, string | number>>;
  value: number;
  exemplar?: Exemplar | null;
}

interface Exemplar {
  labelSet: Labels;
  value: number;
  /** Unix time in seconds. */
  timestamp: number;
}

/**
 * Metrics as OpenMetrics, in which samples have exemplars. The samples are those of the Prometheus
 * text: only a counter's family is named without its suffix, and the end is said. (prom-client
 * would rename its counters for good, in the other format too.)
 */
export function openMetricsText(families: readonly Family[]): string {
  return [...families.flatMap(linesOf), '# EOF', ''].join('\n');
}

function linesOf({ name, help, type, values }: Family): string[] {
  // The declared type is a number, the JSON value a string.
  const family = String(type) === 'counter' ? name.replace(/_total$/, '') : name;
  return [
    `# HELP ${family} ${escaped(help)}`,
    `# TYPE ${family} ${type}`,
    ...values.map((it) => sampleLine(it, name)),
  ];
}

function sampleLine({ metricName, labels, value, exemplar }: OpenSample, name: string): string {
  const pairs = labelPairs(labels);
  const series = `${metricName ?? name}${pairs === '' ? '' : `{${pairs}}`}`;
  return `${series} ${numberText(value)}${exemplar ? ` # ${exemplarText(exemplar)}` : ''}`;
}

function exemplarText({ labelSet, value, timestamp }: Exemplar): string {
  return `{${labelPairs(labelSet)}} ${numberText(value)} ${timestamp}`;
}

function labelPairs(labels: OpenSample['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',');
}

/** The only escapes of both texts; OpenMetrics has the third in a description too. */
function escaped(text: string): string {
  return text.replace(/[\\"\n]/g, (it) => (it === '\n' ? '\\n' : `\\${it}`));
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value < 0 ? '-Inf' : '+Inf';
}
