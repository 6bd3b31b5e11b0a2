import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Variables } from '../config/environment.ts';
import { UnrecoverableError } from '../unrecoverable.ts';

/**
 * Exporters by the values of OTEL_EXPORTER_OTLP_PROTOCOL; each reads endpoint, headers and
 * certificates itself.
 */
const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'] as const;
type Protocol = (typeof PROTOCOLS)[number];

const METRIC_EXPORTERS: Record<Protocol, () => Promise<PushMetricExporter>> = {
  'http/protobuf': async () =>
    new (await import('@opentelemetry/exporter-metrics-otlp-proto')).OTLPMetricExporter(),
  'http/json': async () =>
    new (await import('@opentelemetry/exporter-metrics-otlp-http')).OTLPMetricExporter(),
  grpc: async () =>
    new (await import('@opentelemetry/exporter-metrics-otlp-grpc')).OTLPMetricExporter(),
};

const SPAN_EXPORTERS: Record<Protocol, () => Promise<SpanExporter>> = {
  'http/protobuf': async () =>
    new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter(),
  'http/json': async () =>
    new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter(),
  grpc: async () =>
    new (await import('@opentelemetry/exporter-trace-otlp-grpc')).OTLPTraceExporter(),
};

/** @throws {UnrecoverableError} for an exporter or a protocol that we do not have */
export function metricExporter(env: Variables): Promise<PushMetricExporter> {
  requireOtlp('OTEL_METRICS_EXPORTER', env.OTEL_METRICS_EXPORTER);
  return METRIC_EXPORTERS[protocol(env, env.OTEL_EXPORTER_OTLP_METRICS_PROTOCOL)]();
}

/** @throws {UnrecoverableError} for an exporter or a protocol that we do not have */
export function spanExporter(env: Variables): Promise<SpanExporter> {
  requireOtlp('OTEL_TRACES_EXPORTER', env.OTEL_TRACES_EXPORTER);
  return SPAN_EXPORTERS[protocol(env, env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL)]();
}

/**
 * The value of a numeric variable; per the specification, non-positive and invalid values count as
 * not set.
 */
export function positive(text: string | undefined): number | null {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : null;
}

function requireOtlp(variable: string, given: string | undefined): void {
  const exporter = given?.trim() || 'otlp';
  if (exporter !== 'otlp')
    throw new UnrecoverableError(`${variable}: expected otlp or none; found "${exporter}".`);
}

function protocol(env: Variables, of_signal: string | undefined): Protocol {
  const found = of_signal?.trim() || env.OTEL_EXPORTER_OTLP_PROTOCOL?.trim() || PROTOCOLS[0];
  const known = PROTOCOLS.find((it) => it === found);
  if (known) return known;
  throw new UnrecoverableError(
    `The protocol of OTLP (OTEL_EXPORTER_OTLP_PROTOCOL): expected ${PROTOCOLS.join(', ')}; ` +
      `found "${found}".`,
  );
}
