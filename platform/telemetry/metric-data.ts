import type { Attributes, HrTime } from '@opentelemetry/api';
import { ValueType } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import type { MetricValueWithName } from 'prom-client';
import type { Family } from './family.ts';

type Sample = MetricValueWithName<string>;

/** The time range of cumulative values. */
export interface Covered {
  startTime: HrTime;
  endTime: HrTime;
}

/**
 * Converts the metrics of a prom-client registry to OpenTelemetry metric data, with the same names,
 * labels and values as in the Prometheus text. Families without a series are omitted.
 * @throws for unsupported types (summary)
 */
export function metricData(families: readonly Family[], covered: Covered): MetricData[] {
  return families.filter(({ values }) => values.length > 0).map((it) => dataOf(it, covered));
}

function dataOf(family: Family, covered: Covered): MetricData {
  const { name, help, values } = family;
  const about = {
    descriptor: { name, description: help, unit: unitOf(name), valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const dataPoints = values.map(({ labels, value }) => ({ ...covered, attributes: labels, value }));
  // The declared type is a number, the JSON value a string.
  const type = String(family.type);
  switch (type) {
    case 'counter':
      return { ...about, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
    case 'gauge':
      return { ...about, dataPointType: DataPointType.GAUGE, dataPoints };
    case 'histogram':
      return {
        ...about,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: histograms(values).map((it) => ({ ...covered, ...it })),
      };
    default:
      throw new Error(`${name}: metric type ${type} is not supported`);
  }
}

/** The UCUM unit, from the Prometheus suffix of the name. */
function unitOf(name: string): string {
  if (/_seconds(_total)?$/.test(name)) return 's';
  return /_bytes(_total)?$/.test(name) ? 'By' : '';
}

type HistogramPoint = Pick<DataPoint<Histogram>, 'attributes' | 'value'>;

/** Groups the samples of each series: cumulative buckets, sum and count. */
function histograms(samples: readonly Sample[]): HistogramPoint[] {
  const series = new Map<string, { attributes: Attributes; samples: Sample[] }>();
  for (const sample of samples) {
    const { le: _, ...attributes } = sample.labels;
    const key = JSON.stringify(attributes);
    const known = series.get(key) ?? { attributes, samples: [] };
    known.samples.push(sample);
    series.set(key, known);
  }
  return [...series.values()].map((it) => ({
    attributes: it.attributes,
    value: histogramOf(it.samples),
  }));
}

function histogramOf(samples: readonly Sample[]): Histogram {
  const ending = (suffix: string) => samples.filter((it) => it.metricName?.endsWith(suffix));
  const upTo = ending('_bucket').map((it) => ({ le: it.labels.le, count: it.value }));
  return {
    buckets: {
      // The last bucket (+Inf) has no boundary in OpenTelemetry.
      boundaries: upTo.slice(0, -1).map(({ le }) => Number(le)),
      counts: upTo.map(({ count }, n) => count - (upTo[n - 1]?.count ?? 0)),
    },
    sum: ending('_sum')[0]?.value ?? 0,
    count: ending('_count')[0]?.value ?? 0,
  };
}
