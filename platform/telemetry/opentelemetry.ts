import { DiagLogLevel, diag } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import {
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Clock, Log, Tracing } from '../../model/ports.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { Variables } from '../config/environment.ts';
import type { MeasuredProcess } from './instruments.ts';
import { metricData } from './metric-data.ts';
import { metricExporter, positive } from './otlp.ts';
import type { ProcessTelemetry } from './telemetry.ts';
import { createTraces } from './traces.ts';

const STOP_LIMIT_MS = 2 * SECOND;

/** What an export is made of. */
export interface ExportParts {
  env: Variables;
  process_name: MeasuredProcess;
  telemetry: ProcessTelemetry;
  clock: Clock;
  log: Log;
}

/** What leaves a process by OTLP. */
export interface Export {
  /** null: nobody wants traces. */
  tracing: Tracing | null;
  /** Sends what is left, for at most two seconds, and nothing more. */
  stop(): Promise<void>;
}

/** Which signals the standard OTEL_* variables ask for. */
export interface Wanted {
  traces: boolean;
  metrics: boolean;
}

/**
 * Starts the SDK: what the standard variables leave open is decided here, the rest it reads itself.
 */
export async function startOpenTelemetry(parts: ExportParts, wanted: Wanted): Promise<Export> {
  const traces = wanted.traces ? await createTraces(parts.env, parts.telemetry) : null;
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({
      'service.name': `piaokuang-${parts.process_name}`,
      'service.namespace': 'piaokuang',
      'service.version': manifest.version,
    }),
    // The others would tell the paths, arguments and users of this machine.
    resourceDetectors: [serviceInstanceIdDetector, envDetector],
    metricReaders: wanted.metrics ? [await metricReader(parts)] : [],
    spanProcessors: traces ? [traces.processor] : [],
    ...(traces ? { idGenerator: traces.idGenerator } : {}),
    logRecordProcessors: [],
    textMapPropagator: null,
  });
  logTroubles(parts.log);
  sdk.start();
  return { tracing: traces?.tracing ?? null, stop: () => stopped(sdk, parts.log) };
}

/** Pushes the numbers of `/metrics` every OTEL_METRIC_EXPORT_INTERVAL ms; there are no others. */
async function metricReader({ env, telemetry, clock }: ExportParts): Promise<MetricReader> {
  const startTime = millisToHrTime(clock.now());
  const exportIntervalMillis = positive(env.OTEL_METRIC_EXPORT_INTERVAL) ?? MINUTE;
  const timeout_ms = positive(env.OTEL_METRIC_EXPORT_TIMEOUT) ?? 30 * SECOND;
  return new PeriodicExportingMetricReader({
    exporter: await metricExporter(env),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(timeout_ms, exportIntervalMillis),
    metricProducers: [
      {
        async collect() {
          const families = await telemetry.families();
          const metrics = metricData(families, { startTime, endTime: millisToHrTime(clock.now()) });
          const scopeMetrics = [{ scope: { name: 'piaokuang' }, metrics }];
          // The SDK puts its own resource in the place of this one.
          return {
            resourceMetrics: { resource: resourceFromAttributes({}), scopeMetrics },
            errors: [],
          };
        },
      },
    ],
  });
}

/** The SDK reports failed exports here, and nowhere else. */
function logTroubles(log: Log): void {
  const warn = (message: string, ...rest: unknown[]) =>
    log.warn({ rest: rest.map(String) }, `OpenTelemetry: ${message}`);
  const ignore = () => undefined;
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

/** Sends what is left; an endpoint that is away must not hold up the end of the process. */
async function stopped(sdk: NodeSDK, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_LIMIT_MS);
  });
  const sent = sdk
    .shutdown()
    .catch((err) => log.warn({ err }, 'OpenTelemetry: the rest is not sent'));
  await Promise.race([sent, limit]);
  clearTimeout(timer);
}
