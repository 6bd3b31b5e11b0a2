import { context, diag, metrics, trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import type { Trace } from '../../model/ports.ts';
import { systemClock } from '../../model/time.ts';
import { startExport } from '../../platform/telemetry/export.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { keptLog } from '../platform/quiet.ts';
import { startPython } from './python.ts';

/**
 * Interface: OTLP in its three protocols. Outside: grpcio and the messages of opentelemetry-proto,
 * which refuse what they do not know.
 */

afterEach(() => {
  vi.unstubAllEnvs();
  for (const api of [trace, metrics, context, diag]) api.disable();
});

interface Push {
  refused?: string;
  signal: 'traces' | 'metrics';
  protocol: string;
  message: { resourceSpans?: ResourceSpans[]; resourceMetrics?: ResourceMetrics[] };
}

interface KeyValue {
  key: string;
  value: Record<string, unknown>;
}
interface ResourceSpans {
  resource: { attributes: KeyValue[] };
  scopeSpans: { spans: Record<string, unknown>[] }[];
}
interface ResourceMetrics {
  scopeMetrics: { metrics: ({ name: string } & Record<string, unknown>)[] }[];
}

const RUN: Trace = {
  trace_id: '0123456789abcdef0123456789abcdef',
  span_id: 'fedcba9876543210',
  name: 'query beijing',
  started_at: 1_767_225_600_000,
  duration_ms: 350.5,
  attributes: { 'fapiao.outcome': 'timeout', 'fapiao.confirming': true, 'server.port': 443 },
  error: 'timeout_processing',
  parts: [
    {
      name: 'connect',
      started_at: 1_767_225_600_000,
      duration_ms: 50,
      attributes: {},
      error: null,
    },
  ],
};

/** What a collector that exports by this protocol has pushed by its end. */
async function pushed(protocol: string): Promise<Push[]> {
  const { ready, events } = await startPython<{ grpc: number; http: number }, Push>([
    'otlp_receiver.py',
  ]);
  const port = protocol === 'grpc' ? ready.grpc : ready.http;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', protocol);
  const telemetry = createTelemetry('collector');
  const { log, entries } = keptLog();
  const parts = { env: process.env, process_name: 'collector', telemetry } as const;
  const { tracing, stop } = await startExport({ ...parts, clock: systemClock, log });
  telemetry.gauge('fapiao_function_state', { system: 'beijing', function: 'query' }, 4);
  telemetry.count('fapiao_gap_total', { cause: 'disk' }, 3);
  for (const seconds of [0.003, 0.003, 50])
    telemetry.observe('fapiao_collector_slot_lag_seconds', {}, seconds);
  tracing?.send(RUN);
  await stop();
  await expect.poll(() => events.length, { timeout: 60_000 }).toBe(2);
  expect(entries).toEqual([]);
  return events;
}

test.each([
  ['grpc', 'grpc'],
  ['http/protobuf', 'http application/x-protobuf'],
  ['http/json', 'http application/json'],
])('OTLP by %s is taken by others, value for value', async (protocol, seen_as) => {
  const pushes = await pushed(protocol);
  expect(pushes.map((it) => [it.refused, it.signal, it.protocol]).toSorted()).toEqual([
    [undefined, 'metrics', seen_as],
    [undefined, 'traces', seen_as],
  ]);
  const [spans] = pushes.flatMap(({ message }) => message.resourceSpans ?? []);
  const attributes = spans?.resource.attributes ?? [];
  expect(attributes).toContainEqual({
    key: 'service.name',
    value: { stringValue: 'piaokuang-collector' },
  });
  const [root, part] = (spans?.scopeSpans.flatMap((it) => it.spans) ?? []).toSorted((a) =>
    a.parentSpanId === undefined ? -1 : 1,
  );
  expect(root).toMatchObject({
    traceId: RUN.trace_id,
    spanId: RUN.span_id,
    name: RUN.name,
    kind: 'SPAN_KIND_CLIENT',
    startTimeUnixNano: '1767225600000000000',
    endTimeUnixNano: '1767225600350500000',
    status: { code: 'STATUS_CODE_ERROR', message: 'timeout_processing' },
    attributes: [
      { key: 'fapiao.outcome', value: { stringValue: 'timeout' } },
      { key: 'fapiao.confirming', value: { boolValue: true } },
      { key: 'server.port', value: { intValue: '443' } },
    ],
  });
  expect(part).toMatchObject({ traceId: RUN.trace_id, parentSpanId: RUN.span_id, name: 'connect' });

  const found = pushes.flatMap(({ message }) => message.resourceMetrics ?? []);
  const all = found.flatMap((it) => it.scopeMetrics.flatMap((scope) => scope.metrics));
  const metric = (name: string) => all.find((it) => it.name === name);
  expect(metric('fapiao_function_state')).toMatchObject({
    gauge: {
      dataPoints: [{ asDouble: 4, attributes: pairs({ system: 'beijing', function: 'query' }) }],
    },
  });
  expect(metric('fapiao_gap_total')).toMatchObject({
    sum: {
      aggregationTemporality: 'AGGREGATION_TEMPORALITY_CUMULATIVE',
      isMonotonic: true,
      dataPoints: expect.arrayContaining([
        expect.objectContaining({ asDouble: 3, attributes: pairs({ cause: 'disk' }) }),
      ]),
    },
  });
  expect(metric('fapiao_collector_slot_lag_seconds')).toMatchObject({
    unit: 's',
    histogram: {
      dataPoints: [
        {
          count: '3',
          sum: 50.006,
          explicitBounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
          bucketCounts: ['0', '2', ...Array(10).fill('0'), '1'],
        },
      ],
    },
  });
});

function pairs(labels: Record<string, string>): KeyValue[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

test('the receiver itself refuses what is not as published', async () => {
  const { ready, events } = await startPython<{ http: number }, Push>(['otlp_receiver.py']);
  const post = async (path: string, type: string, body: string) => {
    const url = `http://127.0.0.1:${ready.http}${path}`;
    const headers = { 'content-type': type };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  const span = (ids: object) =>
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [ids] }] }] });
  const JSON_TYPE = 'application/json';
  expect(await post('/v1/traces', JSON_TYPE, span({ traceId: RUN.trace_id }))).toBe(200);
  expect(await post('/v1/traces', JSON_TYPE, span({ trace: RUN.trace_id }))).toBe(400);
  expect(await post('/v1/traces', JSON_TYPE, span({ traceId: 'no hex' }))).toBe(400);
  expect(await post('/v1/traces', 'application/x-protobuf', '\xff\xff')).toBe(400);
  expect(await post('/v1/nothing', JSON_TYPE, '{}')).toBe(400);
  // What it says comes by its output, later than its answers.
  const refused = () => events.filter((it) => it.refused !== undefined);
  await expect.poll(refused).toHaveLength(4);
});
