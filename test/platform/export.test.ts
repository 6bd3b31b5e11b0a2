import { context, diag, metrics, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Trace } from '../../model/ports.ts';
import { systemClock } from '../../model/time.ts';
import { startExport } from '../../platform/telemetry/export.ts';
import type { MeasuredProcess } from '../../platform/telemetry/instruments.ts';
import type { Export } from '../../platform/telemetry/opentelemetry.ts';
import { createTelemetry, type ProcessTelemetry } from '../../platform/telemetry/telemetry.ts';
import { type OtlpReceiver, startReceiver, textSamples } from '../otlp/receiver.ts';

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => {
  receiver.close();
  vi.unstubAllEnvs();
  // What the SDK registers for the whole process.
  for (const api of [trace, metrics, context, diag]) api.disable();
});

interface Exporting extends Export {
  telemetry: ProcessTelemetry;
  warnings: string[];
}

/** Starts an export; the SDK reads the variables of the process. */
async function exporting(
  variables: Record<string, string>,
  process_name: MeasuredProcess = 'collector',
): Promise<Exporting> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const warnings: string[] = [];
  const telemetry = createTelemetry(process_name);
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (_: unknown, message: string) => void warnings.push(message),
  };
  const parts = { env: process.env, process_name, telemetry, clock: systemClock, log };
  return { ...(await startExport(parts)), telemetry, warnings };
}

const toReceiver = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });

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
    {
      name: 'processing',
      started_at: 1_767_225_600_050,
      duration_ms: 300.5,
      attributes: {},
      error: null,
    },
  ],
};

describe('metrics by OTLP', () => {
  it('are those of the Prometheus text, name by name and value by value', async () => {
    const { telemetry, stop } = await exporting(toReceiver());
    const beijing = { system: 'beijing', stage: 'queryable' };
    telemetry.gauge('fapiao_function_state', { system: 'beijing', function: 'query' }, 4);
    telemetry.gauge('fapiao_function_state', { system: 'erp', function: 'issue' }, 1);
    telemetry.gauge('fapiao_function_state', { system: 'erp', function: 'issue' }, null);
    for (const seconds of [0.05, 0.1, 7, 7, 1e7])
      telemetry.observe('fapiao_invoice_stage_delay_seconds', beijing, seconds);
    telemetry.observe('fapiao_invoice_stage_delay_seconds', { ...beijing, system: 'erp' }, 3);
    telemetry.count(
      'fapiao_look_total',
      { system: 'a', check: 'b', line: 'c', result: 'found' },
      3,
    );
    const expected = textSamples(await telemetry.text());
    await stop();

    const [push, ...more] = receiver.pushes;
    expect(more).toEqual([]);
    const names = (samples: Map<string, number> = new Map()) =>
      new Set([...samples.keys()].map((series) => series.replace(/\{.*/, '')));
    expect(names(push?.samples)).toEqual(names(expected));
    const ours = (samples: Map<string, number>) =>
      Object.fromEntries([...samples].filter(([series]) => series.startsWith('fapiao_')));
    expect(ours(push?.samples ?? new Map())).toEqual(ours(expected));
    expect(Object.keys(ours(expected)).length).toBeGreaterThan(40);
  });

  it('say which process they are of, and nothing of the machine', async () => {
    const { stop } = await exporting(
      { ...toReceiver(), OTEL_RESOURCE_ATTRIBUTES: 'site=north' },
      'page',
    );
    await stop();
    const { resource } = receiver.pushes[0] ?? { resource: {} };
    expect(resource).toMatchObject({ 'service.name': 'piaokuang-page', site: 'north' });
    expect(Object.keys(resource).filter((it) => /^(process|host|os)\./.test(it))).toEqual([]);
  });
});

describe('a trace by OTLP', () => {
  it('is a span under its own ids, with its parts', async () => {
    const { tracing, stop } = await exporting(toReceiver());
    tracing?.send(RUN);
    await stop();
    const root = receiver.spans.find((it) => it.parent_id === '');
    expect(root).toEqual({
      trace_id: RUN.trace_id,
      span_id: RUN.span_id,
      parent_id: '',
      name: 'query beijing',
      start_ms: 1_767_225_600_000,
      end_ms: 1_767_225_600_350.5,
      attributes: RUN.attributes,
      error: 'timeout_processing',
    });
    const parts = receiver.spans.filter((it) => it.parent_id === RUN.span_id);
    expect(parts.map((it) => [it.trace_id, it.name, it.start_ms, it.end_ms, it.error])).toEqual([
      [RUN.trace_id, 'connect', 1_767_225_600_000, 1_767_225_600_050, null],
      [RUN.trace_id, 'processing', 1_767_225_600_050, 1_767_225_600_350.5, null],
    ]);
    expect(receiver.spans).toHaveLength(3);
  });

  it('is dropped whole, and counted, when too many wait', async () => {
    const { tracing, telemetry, stop } = await exporting({
      ...toReceiver(),
      OTEL_BSP_MAX_QUEUE_SIZE: '8',
      OTEL_METRICS_EXPORTER: 'none',
    });
    const is_exported = Array.from({ length: 5 }, () => tracing?.send(RUN));
    expect(is_exported).toEqual([true, true, false, false, false]);
    await stop();
    expect(receiver.spans).toHaveLength(6);
    expect(receiver.pushes).toEqual([]);
    const counted = textSamples(await telemetry.text());
    expect(counted.get('fapiao_trace_spans_total{result="sent"}')).toBe(6);
    expect(counted.get('fapiao_trace_spans_total{result="dropped"}')).toBe(9);
  });

  it('is counted as failed, and said, when it is refused', async () => {
    receiver.refuse();
    const { tracing, telemetry, warnings, stop } = await exporting(toReceiver());
    tracing?.send(RUN);
    await stop();
    const counted = textSamples(await telemetry.text());
    expect(counted.get('fapiao_trace_spans_total{result="failed"}')).toBe(3);
    expect(warnings.join()).toContain('OpenTelemetry');
  });

  it('does not hold up the end of the process when nobody is there', async () => {
    receiver.close();
    const { tracing, stop } = await exporting(toReceiver());
    tracing?.send(RUN);
    const begun = performance.now();
    await stop();
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it('is not made when the sampler does not want it', async () => {
    const { tracing, stop } = await exporting({
      ...toReceiver(),
      OTEL_TRACES_SAMPLER: 'always_off',
    });
    expect(tracing?.send(RUN)).toBe(false);
    await stop();
    expect(receiver.spans).toEqual([]);
  });
});

describe('an export', () => {
  it.each([
    ['no endpoint', {}],
    [
      'an endpoint and OTEL_SDK_DISABLED',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'on', OTEL_SDK_DISABLED: 'true' },
    ],
  ])('does nothing with %s', async (_, variables) => {
    const given = 'OTEL_SDK_DISABLED' in variables ? { ...variables, ...toReceiver() } : variables;
    const { tracing, stop } = await exporting(given);
    expect(tracing).toBeNull();
    await stop();
    expect(receiver.pushes).toEqual([]);
  });

  it('has traces of the collector only, and of one signal what was asked for', async () => {
    expect((await exporting(toReceiver(), 'notifier')).tracing).toBeNull();
    vi.unstubAllEnvs();
    const endpoint = `${receiver.endpoint}/v1/metrics`;
    const { tracing, stop } = await exporting({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint });
    expect(tracing).toBeNull();
    await stop();
    expect(receiver.pushes).toHaveLength(1);
  });

  it.each([
    [
      'OTEL_TRACES_EXPORTER',
      'zipkin',
      'OTEL_TRACES_EXPORTER: expected otlp or none; found "zipkin"',
    ],
    [
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'http',
      'expected http/protobuf, http/json, grpc; found "http"',
    ],
  ])('refuses %s=%s in words', async (name, value, words) => {
    await expect(exporting({ ...toReceiver(), [name]: value })).rejects.toThrow(words);
  });
});
