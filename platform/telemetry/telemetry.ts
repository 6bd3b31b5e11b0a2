import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
  type RegistryContentType,
} from 'prom-client';
import type { Labels, Telemetry } from '../../model/ports.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { Family } from './family.ts';
import { INSTRUMENTS, type Instrument, type MeasuredProcess } from './instruments.ts';
import { OPEN_METRICS_TYPE, openMetricsText } from './open-metrics.ts';

/** The telemetry of one process, and its texts for scrapers. */
export interface ProcessTelemetry extends Telemetry {
  /** All metrics in the Prometheus text format 0.0.4, `content_type`. */
  text(): Promise<string>;
  content_type: string;
  /** The same as OpenMetrics, with exemplars. */
  openText(): Promise<string>;
  open_content_type: string;
  /** The same metrics as data, for other exporters. */
  families(): Promise<Family[]>;
}

/** Gauges of prom-client whose names end in `_total`, which Prometheus reserves for counters. */
const MISNAMED_DEFAULTS = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/** Creates the instruments of one process in a prom-client registry. */
export function createTelemetry(process_name: MeasuredProcess): ProcessTelemetry {
  const registry = new Registry<RegistryContentType>();
  // Otherwise it takes no metrics with exemplars.
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED_DEFAULTS) registry.removeSingleMetric(name);

  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const instrument of INSTRUMENTS[process_name]) {
    const options = optionsOf(instrument, registry);
    if (instrument.type === 'counter') counters.set(instrument.name, new Counter(options));
    if (instrument.type === 'gauge') gauges.set(instrument.name, unsetGauge(options));
    if (instrument.type === 'histogram') histograms.set(instrument.name, new Histogram(options));
    if (instrument.labels.every((label) => instrument.closed?.[label])) start(instrument, {});
  }

  registry.setContentType(Registry.PROMETHEUS_CONTENT_TYPE);
  const build = { version: manifest.version, node: process.versions.node };
  known(gauges, 'fapiao_build_info', 'gauge').set(build, 1);

  /** Series with all values of the closed labels. */
  function start({ name, closed = {} }: Instrument, labels: Labels): void {
    for (const all of combinations(labels, closed)) {
      counters.get(name)?.inc({ labels: all, value: 0 });
      histograms.get(name)?.zero(all);
    }
  }

  return {
    start(name, labels) {
      const instrument = INSTRUMENTS[process_name].find((it) => it.name === name);
      if (instrument === undefined || instrument.type === 'gauge')
        throw new Error(
          `no counter or histogram named ${name} in platform/telemetry/instruments.ts`,
        );
      start(instrument, labels);
    },
    count: (name, labels, by = 1, exemplar) =>
      known(counters, name, 'counter').inc({ labels, value: by, ...exemplarLabels(exemplar) }),
    gauge(name, labels, value) {
      const gauge = known(gauges, name, 'gauge');
      if (value === null) gauge.remove(labels);
      else gauge.set(labels, value);
    },
    observe: (name, labels, value, exemplar) =>
      known(histograms, name, 'histogram').observe({ labels, value, ...exemplarLabels(exemplar) }),
    text: () => registry.metrics(),
    content_type: registry.contentType,
    openText: async () => openMetricsText(await registry.getMetricsAsJSON()),
    open_content_type: OPEN_METRICS_TYPE,
    families: () => registry.getMetricsAsJSON(),
  };
}

function optionsOf(
  { name, help, labels, buckets }: Instrument,
  registry: Registry<RegistryContentType>,
) {
  return {
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    // Of counters and histograms, which then take one object instead of arguments.
    enableExemplars: true,
    ...(buckets ? { buckets: [...buckets] } : {}),
  };
}

/** prom-client keeps the last exemplar where none is given. */
function exemplarLabels(exemplar: Labels | undefined): { exemplarLabels?: Labels } {
  return exemplar ? { exemplarLabels: exemplar } : {};
}

/** The labels with each combination of the values of the closed ones. */
function combinations(labels: Labels, closed: NonNullable<Instrument['closed']>): Labels[] {
  return Object.entries(closed).reduce<Labels[]>(
    (all, [label, values]) =>
      all.flatMap((some) => values.map((value) => ({ ...some, [label]: value }))),
    [labels],
  );
}

/** A gauge that was never set has no series, instead of 0. */
function unsetGauge(options: ReturnType<typeof optionsOf>): Gauge {
  const gauge = new Gauge(options);
  gauge.remove({});
  return gauge;
}

function known<M>(metrics: Map<string, M>, name: string, type: string): M {
  const metric = metrics.get(name);
  if (!metric) throw new Error(`no ${type} named ${name} in platform/telemetry/instruments.ts`);
  return metric;
}
