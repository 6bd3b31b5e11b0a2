import { expect, test } from 'vitest';
import type { Result } from '../../../model/result.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { checkOf, HTTP_500, type stageLine, stageNeeding, WELL } from './staged-line.ts';

const QUERY = checkOf('query', '0 * * * * *');
const LOGIN = { ...checkOf('login', '0 */30 * * * *'), function: 'login' as const };
const NEEDS = { 's.query': ['s.login'] };

const of = (line: ReturnType<typeof stageLine>, id: string): Result[] =>
  line.results().filter(({ check }) => check === id);
const isBad = ({ outcome }: Result) => outcome !== 'ok';

/** A line on which both have succeeded, and what the two of them find from now on. */
async function failing(
  query: Partial<LineRun>,
  login: Partial<LineRun>,
  login_deadline_ms = 5_000,
) {
  const checks = [QUERY, { ...LOGIN, deadline_ms: login_deadline_ms }];
  const line = stageNeeding(checks, NEEDS);
  await line.pass(2 * MINUTE);
  expect(line.results().filter(isBad)).toEqual([]);
  expect(of(line, 'login')).toHaveLength(1);
  line.stage.run = (check) => (check === 'login' ? login : query);
  return line;
}

test('what depends on a login that fails is not judged, and says what it waits for', async () => {
  const line = await failing(HTTP_500, HTTP_500);
  await line.pass(10 * MINUTE);
  const bad = of(line, 'query').filter(isBad);
  expect(bad.length).toBeGreaterThanOrEqual(9);
  for (const result of bad) {
    expect(result).toMatchObject({
      outcome: 'prerequisite',
      reason: 'waits_for_login',
      detail: 's.login: system, http_status',
      http_status: 500,
    });
  }
  // Asked once, confirmed once, and then left in peace.
  expect(
    of(line, 'login')
      .filter(isBad)
      .map(({ outcome }) => outcome),
  ).toEqual(['system', 'system']);
});

test('after a login that succeeded since, a failure is its own', async () => {
  const line = await failing(HTTP_500, WELL);
  await line.pass(MINUTE);
  const [first, second] = of(line, 'query').filter(isBad);
  expect([first, second]).toMatchObject([
    { outcome: 'system', reason: 'http_status' },
    { outcome: 'system', reason: 'http_status' },
  ]);
  // Each is handed over as soon as the login that it asked for has ended; a timer takes 1 ms.
  for (const result of [first, second]) {
    const ended = (result?.started_at ?? 0) + (result?.duration_ms ?? 0);
    const handed = line.batches.find(({ results }) => results.some((it) => it.result === result));
    expect((handed?.at ?? 0) - ended - (WELL.duration_ms ?? 0)).toBeLessThanOrEqual(1);
  }
});

test.for<[string, Partial<LineRun>, string, string | null]>([
  ['refused', { outcome: 'credential', reason: 'http_status' }, 'prerequisite', 'waits_for_login'],
  ['held back', { outcome: 'throttled', reason: 'blocked' }, 'prerequisite', 'waits_for_login'],
  ['not measured for our own reasons', { outcome: 'self', reason: 'starved' }, 'system', null],
])('a login that is %s', async ([_, login, outcome, reason]) => {
  const line = await failing(HTTP_500, { ...login, duration_ms: 100 });
  await line.pass(3 * MINUTE);
  const bad = of(line, 'query').filter(isBad);
  expect(new Set(bad.map((it) => it.outcome))).toEqual(new Set([outcome]));
  if (reason !== null) expect(new Set(bad.map((it) => it.reason))).toEqual(new Set([reason]));
});

test('a login that does not end is waited for as long as for a proof', async () => {
  const hanging = { ...WELL, duration_ms: 30 * SECOND };
  const line = await failing(HTTP_500, hanging, 40 * SECOND);
  await line.pass(MINUTE + 20 * SECOND);
  const [first] = of(line, 'query').filter(isBad);
  expect(first).toMatchObject({ outcome: 'system' });
  const handed = line.batches.find(({ results }) => results.some((it) => it.result === first));
  const ended = (first?.started_at ?? 0) + (first?.duration_ms ?? 0);
  expect(handed?.at).toBe(ended + 10 * SECOND);
});

test('a file that came is judged as what it is, whatever the login does', async () => {
  const corrupt = { ...HTTP_500, outcome: 'corrupt', reason: 'truncated' } as const;
  const line = await failing(corrupt, HTTP_500);
  await line.pass(2 * MINUTE);
  const outcomes = of(line, 'query')
    .filter(isBad)
    .map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['corrupt']));
  expect(of(line, 'login')).toHaveLength(1);
});

test('what succeeds is good, whatever the login does, and nothing is asked for it', async () => {
  const line = await failing(WELL, HTTP_500);
  await line.pass(5 * MINUTE);
  expect(of(line, 'query').filter(isBad)).toEqual([]);
  expect(of(line, 'login')).toHaveLength(1);
});

test('what is needed by what is needed is waited for, too', async () => {
  const upload = { ...checkOf('upload', '0 * * * * *'), function: 'upload' as const };
  const needs = { 's.upload': ['s.query'], 's.query': ['s.login'] };
  const line = stageNeeding([upload, LOGIN], needs);
  await line.pass(2 * MINUTE);
  line.stage.run = () => HTTP_500;
  await line.pass(2 * MINUTE);
  const reasons = of(line, 'upload')
    .filter(isBad)
    .map(({ reason }) => reason);
  expect(new Set(reasons)).toEqual(new Set(['waits_for_login']));
});

test('of several logins all must fail', async () => {
  const other = { ...LOGIN, id: 'login-b' };
  const line = stageNeeding([QUERY, LOGIN, other], NEEDS);
  await line.pass(2 * MINUTE);
  line.stage.run = (check) => (check === 'login-b' ? WELL : HTTP_500);
  await line.pass(2 * MINUTE);
  const outcomes = of(line, 'query')
    .filter(isBad)
    .map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['system']));
});

test('a stop does not wait for it for long', async () => {
  const line = await failing(HTTP_500, { ...WELL, duration_ms: 30 * SECOND }, 40 * SECOND);
  const before = line.started.length;
  while (line.started.length === before) await line.pass(100);
  await line.pass(SECOND);
  const stopped = line.line.stop(5 * SECOND);
  await line.pass(3 * SECOND);
  await line.pass(3 * SECOND);
  await stopped;
  expect(of(line, 'query').at(-1)).toMatchObject({ outcome: 'system' });
});
