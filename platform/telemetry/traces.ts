import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import {
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { Telemetry, Trace, Tracing } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { Variables } from '../config/environment.ts';
import { positive, spanExporter } from './otlp.ts';

/**
 * Holds ten seconds of 10,000 checks every 30 s, six spans each. The SDK's default of 2,048 would
 * drop a burst of starting checks.
 */
const QUEUE_SIZE = 20_480;
const BATCH_SIZE = 512;
const DELAY_MS = 5 * SECOND;
const TIMEOUT_MS = 30 * SECOND;

/** Spans by result: `sent`, `failed` (refused or unreachable) or `dropped` (queue full). */
const COUNTER = 'fapiao_trace_spans_total';

interface Traces {
  processor: SpanProcessor;
  idGenerator: IdGenerator;
  tracing: Tracing;
}

/** Converts completed traces to spans of the SDK, with a bounded queue. */
export async function createTraces(
  env: Variables,
  telemetry: Telemetry,
  onFailure: (error: unknown) => void,
): Promise<Traces> {
  const queue_size = positive(env.OTEL_BSP_MAX_QUEUE_SIZE) ?? QUEUE_SIZE;
  let waiting = 0;
  const count = (result: string, spans: number) => telemetry.count(COUNTER, { result }, spans);
  const exporter = await spanExporter(env);
  const processor = new BatchSpanProcessor({
    exporter: withCallbacks(exporter, {
      taken(spans) {
        waiting -= spans;
      },
      done(spans, { code, error }) {
        const is_sent = code === ExportResultCode.SUCCESS;
        count(is_sent ? 'sent' : 'failed', spans);
        if (!is_sent) onFailure(error);
      },
    }),
    maxQueueSize: queue_size,
    maxExportBatchSize: Math.min(
      queue_size,
      positive(env.OTEL_BSP_MAX_EXPORT_BATCH_SIZE) ?? BATCH_SIZE,
    ),
    scheduledDelayMillis: positive(env.OTEL_BSP_SCHEDULE_DELAY) ?? DELAY_MS,
    exportTimeoutMillis: positive(env.OTEL_BSP_EXPORT_TIMEOUT) ?? TIMEOUT_MS,
  });
  const ids = createIds();
  return {
    processor,
    idGenerator: ids.generator,
    tracing: {
      send(it) {
        const spans = 1 + it.parts.length;
        // The SDK would silently truncate the trace.
        if (waiting + spans > queue_size) {
          count('dropped', spans);
          return false;
        }
        const is_sampled = writeSpans(trace.getTracer('piaokuang'), it, ids);
        if (is_sampled) waiting += spans;
        return is_sampled;
      },
    },
  };
}

/** Creates the spans of a trace; false when the sampler rejects it. */
function writeSpans(tracer: Tracer, it: Trace, ids: Ids): boolean {
  const root = ids.under(it, () =>
    tracer.startSpan(
      it.name,
      { kind: SpanKind.CLIENT, startTime: it.started_at, attributes: it.attributes },
      ROOT_CONTEXT,
    ),
  );
  const inside = trace.setSpan(ROOT_CONTEXT, root);
  for (const part of it.parts) {
    const options = { startTime: part.started_at, attributes: part.attributes };
    tracer.startSpan(part.name, options, inside).end(part.started_at + part.duration_ms);
  }
  if (it.error !== null) root.setStatus({ code: SpanStatusCode.ERROR, message: it.error });
  root.end(it.started_at + it.duration_ms);
  return (root.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}

interface Ids {
  generator: IdGenerator;
  /** Spans started in `work` get the ids of the trace. */
  under<T>(it: Pick<Trace, 'trace_id' | 'span_id'>, work: () => T): T;
}

/**
 * The SDK requests ids without context: those of a run are predetermined, all others are random.
 */
function createIds(): Ids {
  const random = new RandomIdGenerator();
  let known: Pick<Trace, 'trace_id' | 'span_id'> | null = null;
  return {
    generator: {
      generateTraceId: () => known?.trace_id ?? random.generateTraceId(),
      generateSpanId: () => known?.span_id ?? random.generateSpanId(),
    },
    under(it, work) {
      known = it;
      try {
        return work();
      } finally {
        known = null;
      }
    },
  };
}

/** Callbacks for the stages of exporting a batch. */
interface BatchCallbacks {
  taken(spans: number): void;
  done(spans: number, result: ExportResult): void;
}

function withCallbacks(exporter: SpanExporter, watch: BatchCallbacks): SpanExporter {
  return {
    shutdown: () => exporter.shutdown(),
    export(spans, settle) {
      watch.taken(spans.length);
      exporter.export(spans, (result) => {
        watch.done(spans.length, result);
        settle(result);
      });
    },
  };
}
