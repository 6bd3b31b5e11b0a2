import { DiagLogLevel, diag } from '@opentelemetry/api';
import { ExportResultCode, millisToHrTime } from '@opentelemetry/core';
import {
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  type MetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Clock, Log, Tracing } from '../../model/ports.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { Variables } from '../config/environment.ts';
import { exportTrouble, type Signal } from './export-trouble.ts';
import type { MeasuredProcess } from './instruments.ts';
import { metricData } from './metric-data.ts';
import { metricExporter, positive } from './otlp.ts';
import type { ProcessTelemetry } from './telemetry.ts';
import { createTraces } from './traces.ts';

const STOP_LIMIT_MS = 2 * SECOND;

/** Dependencies of an export. */
export interface ExportParts {
  env: Variables;
  process_name: MeasuredProcess;
  telemetry: ProcessTelemetry;
  clock: Clock;
  log: Log;
}

/** The OTLP export of a process. */
export interface Export {
  /** null when traces are off. */
  tracing: Tracing | null;
  /** Flushes for at most two seconds and shuts down. */
  stop(): Promise<void>;
}

/** Signals enabled by the standard OTEL_* variables. */
export interface Signals {
  traces: boolean;
  metrics: boolean;
}

/**
 * Starts the SDK. Sets only what the standard variables, which the SDK reads itself, leave open.
 */
export async function startOpenTelemetry(parts: ExportParts, signals: Signals): Promise<Export> {
  const failed = (signal: Signal) => (error: unknown) =>
    parts.log.warn({ signal, why: exportTrouble(error, signal, parts.env) }, 'export failed');
  const traces = signals.traces
    ? await createTraces(parts.env, parts.telemetry, failed('traces'))
    : null;
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({
      'service.name': `piaokuang-${parts.process_name}`,
      'service.namespace': 'piaokuang',
      'service.version': manifest.version,
    }),
    // The other detectors would disclose paths, arguments and users of this machine.
    resourceDetectors: [serviceInstanceIdDetector, envDetector],
    metricReaders: signals.metrics ? [await metricReader(parts, failed('metrics'))] : [],
    spanProcessors: traces ? [traces.processor] : [],
    ...(traces ? { idGenerator: traces.idGenerator } : {}),
    logRecordProcessors: [],
    textMapPropagator: null,
  });
  logDiagnostics(parts.log);
  sdk.start();
  return { tracing: traces?.tracing ?? null, stop: () => shutDown(sdk, parts.log) };
}

/** Pushes the metrics of `/metrics` every OTEL_METRIC_EXPORT_INTERVAL ms. */
async function metricReader(
  { env, telemetry, clock }: ExportParts,
  onFailure: (error: unknown) => void,
): Promise<MetricReader> {
  const startTime = millisToHrTime(clock.now());
  const exportIntervalMillis = positive(env.OTEL_METRIC_EXPORT_INTERVAL) ?? MINUTE;
  const timeout_ms = positive(env.OTEL_METRIC_EXPORT_TIMEOUT) ?? 30 * SECOND;
  return new PeriodicExportingMetricReader({
    exporter: withFailures(await metricExporter(env), onFailure),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(timeout_ms, exportIntervalMillis),
    metricProducers: [
      {
        async collect() {
          const families = await telemetry.families();
          const metrics = metricData(families, { startTime, endTime: millisToHrTime(clock.now()) });
          const scopeMetrics = [{ scope: { name: 'piaokuang' }, metrics }];
          // The SDK replaces this resource with its own.
          return {
            resourceMetrics: { resource: resourceFromAttributes({}), scopeMetrics },
            errors: [],
          };
        },
      },
    ],
  });
}

/** The exporter, which tells of each push that failed. */
function withFailures(
  exporter: PushMetricExporter,
  onFailure: (error: unknown) => void,
): PushMetricExporter {
  const push = exporter.export.bind(exporter);
  exporter.export = (metrics, settle) =>
    push(metrics, (result) => {
      if (result.code !== ExportResultCode.SUCCESS) onFailure(result.error);
      settle(result);
    });
  return exporter;
}

/** What the SDK says of its settings; of failed exports the exporters tell, in our words. */
function logDiagnostics(log: Log): void {
  const warn = (message: string, ...rest: unknown[]) =>
    log.warn({ rest: rest.map(String) }, `OpenTelemetry: ${message}`);
  const ignore = () => undefined;
  diag.setLogger(
    { error: ignore, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

/** Flushes and shuts down; an unreachable endpoint must not delay the exit. */
async function shutDown(sdk: NodeSDK, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_LIMIT_MS);
  });
  const sent = sdk.shutdown().catch((err) => log.warn({ err }, 'OpenTelemetry: flush failed'));
  await Promise.race([sent, limit]);
  clearTimeout(timer);
}
