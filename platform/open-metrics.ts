/** https://github.com/prometheus/OpenMetrics, 1.0.0 */
export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/**
 * Metrics in the Prometheus text format as OpenMetrics: a counter is described without its suffix,
 * there are no empty lines, and the end is said. (prom-client would do so as well, but renames its
 * counters for good.)
 */
export function asOpenMetrics(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  return [...lines.map(withoutSuffix), '# EOF', ''].join('\n');
}

function withoutSuffix(line: string): string {
  return line.replace(/^(# (?:HELP|TYPE) \w+)_total /, '$1 ');
}
