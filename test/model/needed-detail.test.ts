import { expect, test } from 'vitest';
import { neededDetail, waitedForIn } from '../../model/needed-detail.ts';

test('what a result waits for is in its detail', () => {
  const detail = neededDetail('my-shop.login', { outcome: 'timeout', reason: 'timeout_tls' });
  expect(detail).toBe('my-shop.login: timeout, timeout_tls');
  const waits = { outcome: 'prerequisite', detail } as const;
  expect(waitedForIn(waits)).toEqual({ waits_for: 'my-shop.login' });
  expect(neededDetail('s.login', { outcome: 'ok', reason: null })).toBe('s.login: ok');
});

test.for([
  ['a step of its own', 'prerequisite', 'step 1: system, http_status, HTTP 500'],
  ['a query before a download', 'prerequisite', 'query: system, http_status, HTTP 500'],
  ['what is not known', 'prerequisite', 'not known yet: s.login'],
  ['a host', 'prerequisite', 'a.example: system, http_status'],
  ['nothing', 'prerequisite', null],
  ['an error that looks alike', 'system', 's.login: system, http_status'],
] as const)('%s is no other function', ([_, outcome, detail]) => {
  expect(waitedForIn({ outcome, detail })).toEqual({});
});
