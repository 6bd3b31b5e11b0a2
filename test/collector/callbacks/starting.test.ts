import { expect, test } from 'vitest';
import { createStarting } from '../../../collector/ingest/starting.ts';
import { createTelemetry } from '../../../platform/telemetry/telemetry.ts';
import { quiet } from '../../platform/quiet.ts';
import { HASH_OF_SECRET, SECRET } from './secret.ts';

const CALLBACK = {
  id: 'till',
  sha256: HASH_OF_SECRET,
  networks: null,
  system: 'shop',
  mapping: null,
};

test.each<[string, string, string, number]>([
  ['is counted', 'POST', `/ingest/callbacks/till/${SECRET}`, 1],
  ['is counted, with parameters', 'POST', `/ingest/callbacks/till/${SECRET}?a=b`, 1],
  ['with another secret is not', 'POST', '/ingest/callbacks/till/another-secret_of-it', 0],
  ['of another name is not', 'POST', `/ingest/callbacks/shop/${SECRET}`, 0],
  ['without a secret is not', 'POST', '/ingest/callbacks/till', 0],
  ['that nobody posts is not', 'GET', `/ingest/callbacks/till/${SECRET}`, 0],
  ['that is none is not', 'POST', '/ingest/events', 0],
])('a callback while the collector starts %s', async (_, method, path, counted) => {
  const told: unknown[] = [];
  const telemetry = createTelemetry('collector');
  const log = { ...quiet, warn: (it: object) => void told.push(it) };
  const answerAtStart = createStarting({ callbacks: [CALLBACK], telemetry, log });
  const answer = answerAtStart(new Request(`http://127.0.0.1${path}`, { method }));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  const line = 'fapiao_ingest_callbacks_total{callback="till",result="busy"} ';
  const busy = (await telemetry.text()).split(line)[1]?.split('\n')[0] ?? '0';
  expect(Number(busy)).toBe(counted);
  expect(told).toEqual(counted === 0 ? [] : [{ callback: 'till' }]);
});
