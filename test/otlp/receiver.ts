import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import protobuf from 'protobufjs';

/** A receiver of OTLP over HTTP, which decodes the protobuf it gets. */
export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  endpoint: string;
  /** Every push of metrics, oldest first. */
  pushes: Push[];
  spans: ReceivedSpan[];
  /** From now on answers that the data is bad, and keeps nothing. */
  refuse(): void;
  close(): void;
}

export interface Push {
  resource: Attributes;
  /** As Prometheus would write them: `name{a="b"}` and value. */
  samples: Map<string, number>;
}

export interface ReceivedSpan {
  trace_id: string;
  span_id: string;
  /** Empty for a root. */
  parent_id: string;
  name: string;
  start_ms: number;
  end_ms: number;
  attributes: Attributes;
  error: string | null;
}

type Attributes = Record<string, string | number | boolean>;

const { root } = protobuf.parse(
  readFileSync(new URL('./otlp.proto', import.meta.url), 'utf8'),
  new protobuf.Root(),
);

export async function startReceiver(): Promise<OtlpReceiver> {
  const pushes: Push[] = [];
  const spans: ReceivedSpan[] = [];
  let refusing = false;
  const server = createServer(async (request, answer) => {
    const body = await buffer(request);
    if (refusing || !isProtobuf(request)) return answer.writeHead(400).end();
    if (request.url === '/v1/metrics') pushes.push(...readMetrics(body));
    if (request.url === '/v1/traces') spans.push(...readSpans(body));
    return answer.writeHead(200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushes,
    spans,
    refuse() {
      refusing = true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function isProtobuf({ headers }: IncomingMessage): boolean {
  return headers['content-type'] === 'application/x-protobuf';
}

interface KeyValue {
  key: string;
  value: Record<string, string | number | boolean>;
}
interface WireSpan {
  traceId: Uint8Array;
  spanId: Uint8Array;
  parentSpanId: Uint8Array;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status: { message: string; code: number } | null;
}
interface NumberPoint {
  attributes: KeyValue[];
  asDouble?: number;
  asInt?: string;
}
interface HistogramPoint {
  attributes: KeyValue[];
  count: string;
  sum: number;
  bucketCounts: string[];
  explicitBounds: number[];
}
interface WireMetric {
  name: string;
  gauge?: { dataPoints: NumberPoint[] };
  sum?: { dataPoints: NumberPoint[] };
  histogram?: { dataPoints: HistogramPoint[] };
}
interface WireResource {
  attributes: KeyValue[];
}

function decode<T>(type: string, body: Buffer): T {
  const message = root.lookupType(`otlp.${type}`);
  return message.toObject(message.decode(body), {
    longs: String,
    arrays: true,
    defaults: false,
  }) as T;
}

const STATUS_ERROR = 2;

function readSpans(body: Buffer): ReceivedSpan[] {
  const { resourceSpans } = decode<{ resourceSpans: { scopeSpans: { spans: WireSpan[] }[] }[] }>(
    'TracesRequest',
    body,
  );
  const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
  const ms = (nanoseconds: string) => Number(BigInt(nanoseconds) / 1_000n) / 1_000;
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map((span) => ({
      trace_id: hex(span.traceId),
      span_id: hex(span.spanId),
      parent_id: hex(span.parentSpanId),
      name: span.name,
      start_ms: ms(span.startTimeUnixNano),
      end_ms: ms(span.endTimeUnixNano),
      attributes: attributesOf(span.attributes),
      error: span.status?.code === STATUS_ERROR ? span.status.message : null,
    }));
}

function readMetrics(body: Buffer): Push[] {
  const { resourceMetrics } = decode<{
    resourceMetrics: { resource: WireResource; scopeMetrics: { metrics: WireMetric[] }[] }[];
  }>('MetricsRequest', body);
  return resourceMetrics.map(({ resource, scopeMetrics }) => ({
    resource: attributesOf(resource.attributes),
    samples: new Map(
      scopeMetrics.flatMap(({ metrics }) => metrics.flatMap((metric) => samplesOf(metric))),
    ),
  }));
}

function samplesOf({ name, gauge, sum, histogram }: WireMetric): [string, number][] {
  const numbers = (gauge ?? sum)?.dataPoints ?? [];
  return [
    ...numbers.map(({ attributes, asDouble, asInt }): [string, number] => [
      series(name, attributesOf(attributes)),
      asDouble ?? Number(asInt),
    ]),
    ...(histogram?.dataPoints ?? []).flatMap((point) => histogramSamples(name, point)),
  ];
}

function histogramSamples(name: string, point: HistogramPoint): [string, number][] {
  const labels = attributesOf(point.attributes);
  const bounds = [...point.explicitBounds.map(String), '+Inf'];
  let below = 0;
  return [
    ...bounds.map((le, n): [string, number] => {
      below += Number(point.bucketCounts[n]);
      return [series(`${name}_bucket`, { ...labels, le }), below];
    }),
    [series(`${name}_sum`, labels), point.sum],
    [series(`${name}_count`, labels), Number(point.count)],
  ];
}

function attributesOf(pairs: readonly KeyValue[]): Attributes {
  return Object.fromEntries(
    pairs.map(({ key, value }) => {
      const [given = ''] = Object.values(value);
      // A long is a string to protobufjs.
      return [key, 'intValue' in value ? Number(given) : given];
    }),
  );
}

/** The samples of a Prometheus text, with labels in the order of their names. */
export function textSamples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, it]) => [key, it]);
      return [series(name, Object.fromEntries(pairs)), Number(value)];
    }),
  );
}

function series(name: string, labels: Attributes): string {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${pairs.map(([key, value]) => `${key}="${value}"`).join(',')}}`;
}
