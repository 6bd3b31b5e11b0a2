import type { Variables } from '../config/environment.ts';
import type { Export, ExportParts, Signals } from './opentelemetry.ts';

/**
 * Starts exporting metrics (and, from the collector, traces) to OTEL_EXPORTER_OTLP_ENDPOINT or its
 * per-signal variants. Without these the SDK, which takes 0.3 s and 30 MB, is not loaded.
 * @throws {UnrecoverableError} naming the variable with an unsupported value
 */
export async function startExport(parts: ExportParts): Promise<Export> {
  const signals = signalsFrom(parts.env);
  const has_traces = parts.process_name === 'collector' && signals.traces;
  if (!has_traces && !signals.metrics) return { tracing: null, stop: () => Promise.resolve() };
  const { startOpenTelemetry } = await import('./opentelemetry.ts');
  return startOpenTelemetry(parts, { ...signals, traces: has_traces });
}

function signalsFrom(env: Variables): Signals {
  const off = env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  const wants = (endpoint: string | undefined, exporter: string | undefined) =>
    !off && exporter?.trim() !== 'none' && Boolean(endpoint || env.OTEL_EXPORTER_OTLP_ENDPOINT);
  return {
    traces: wants(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, env.OTEL_TRACES_EXPORTER),
    metrics: wants(env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, env.OTEL_METRICS_EXPORTER),
  };
}
