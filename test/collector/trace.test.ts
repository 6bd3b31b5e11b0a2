import { expect, test } from 'vitest';
import { createTraceSender } from '../../collector/trace.ts';
import type { Trace } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';

/** Names by OpenTelemetry's semantic conventions for spans of HTTP clients. */
test.each<[string, Partial<Result>, Record<string, unknown>]>([
  [
    'the last request',
    { asked: { method: 'POST', origin: 'https://api.example:8443' }, http_status: 503 },
    {
      'http.request.method': 'POST',
      'url.full': 'https://api.example:8443/',
      'server.address': 'api.example',
      'server.port': 8443,
      'http.response.status_code': 503,
    },
  ],
  [
    'the last request, at the usual port',
    { asked: { method: 'GET', origin: 'https://api.example' } },
    { 'url.full': 'https://api.example/', 'server.address': 'api.example', 'server.port': 443 },
  ],
  [
    'the system, where nothing was sent',
    { asked: null, http_status: null, outcome: 'self', reason: 'starved' },
    {
      'http.request.method': undefined,
      'url.full': undefined,
      'server.address': '127.0.0.1',
      'server.port': 80,
      'error.type': 'starved',
    },
  ],
])('O8: the span of a run names %s', (_, given, expected) => {
  const sent: Trace[] = [];
  const tracing = { send: (it: Trace) => sent.push(it) > 0 };
  createTraceSender(configuration(), 'ins000000001', tracing)(query(START, given));
  const attributes = sent[0]?.attributes ?? {};
  for (const [name, value] of Object.entries(expected))
    expect([name, attributes[name]]).toEqual([name, value]);
});

test('O8: what is counted of a run names its trace, unless that is not exported', () => {
  const sent: Trace[] = [];
  const traceOf = (is_exported: boolean) => {
    const tracing = { send: (it: Trace) => sent.push(it) > 0 && is_exported };
    return createTraceSender(configuration(), 'ins000000001', tracing)(query(START));
  };
  expect(traceOf(true)).toEqual({ trace_id: sent[0]?.trace_id, span_id: sent[0]?.span_id });
  expect(traceOf(false)).toBeUndefined();
});
