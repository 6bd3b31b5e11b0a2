import type { Variables } from '../config/environment.ts';
import type { Export, ExportParts, Wanted } from './opentelemetry.ts';

/**
 * Starts sending metrics (and, from the collector, traces) to the endpoint that
 * OTEL_EXPORTER_OTLP_ENDPOINT or its forms for one signal name. Without any it does nothing, and
 * the SDK is not even loaded: that takes 0.3 s and 30 MB.
 * @throws {UnrecoverableError} naming the variable whose value we cannot do
 */
export async function startExport(parts: ExportParts): Promise<Export> {
  const wanted = wantedBy(parts.env);
  const has_traces = parts.process_name === 'collector' && wanted.traces;
  if (!has_traces && !wanted.metrics) return { tracing: null, stop: () => Promise.resolve() };
  const { startOpenTelemetry } = await import('./opentelemetry.ts');
  return startOpenTelemetry(parts, { ...wanted, traces: has_traces });
}

function wantedBy(env: Variables): Wanted {
  const off = env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  const wants = (endpoint: string | undefined, exporter: string | undefined) =>
    !off && exporter?.trim() !== 'none' && Boolean(endpoint || env.OTEL_EXPORTER_OTLP_ENDPOINT);
  return {
    traces: wants(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, env.OTEL_TRACES_EXPORTER),
    metrics: wants(env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, env.OTEL_METRICS_EXPORTER),
  };
}
