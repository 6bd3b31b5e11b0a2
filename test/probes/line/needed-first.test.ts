import { expect, test } from 'vitest';
import type { Result } from '../../../model/result.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import type { EndedRun } from '../../../probes/line/proof/gatherer.ts';
import {
  checkOf,
  HTTP_500,
  proven,
  SILENT,
  type stageLine,
  stageNeeding,
  WELL,
} from './staged-line.ts';

const QUERY = checkOf('query', '0 * * * * *');
const LOGIN = { ...checkOf('login', '0 */30 * * * *'), function: 'login' as const };
const NEEDS = { 's.query': ['s.login'] };

const of = (line: ReturnType<typeof stageLine>, id: string): Result[] =>
  line.results().filter(({ check }) => check === id);
const isBad = ({ outcome }: Result) => outcome !== 'ok';
const outcomesOf = (results: readonly Result[]) => results.map(({ outcome }) => outcome);

/** How long after the end of its run a result was handed over, in ms. */
function heldMs(line: ReturnType<typeof stageLine>, result: Result | undefined): number {
  const handed = line.batches.find(({ results }) => results.some((it) => it.result === result));
  return (handed?.at ?? 0) - (result?.started_at ?? 0) - (result?.duration_ms ?? 0);
}

const after = <T>(ms: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(resolve, ms, value));

/** A proof that our own line fails. */
function ofOurs(run: EndedRun) {
  const proof = proven(run);
  const line = { failed: 3, answered: 0, blamed: null };
  return proof && { ...proof, other_answer: null, line };
}

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
  // Asked once, confirmed once, and asked again after 5 minutes.
  expect(outcomesOf(of(line, 'login').filter(isBad))).toEqual(['system', 'system', 'system']);
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
  for (const result of [first, second])
    expect(heldMs(line, result) - (WELL.duration_ms ?? 0)).toBeLessThanOrEqual(1);
});

test('while a function fails by itself, its login is not asked for each failure', async () => {
  const line = await failing(HTTP_500, WELL);
  await line.pass(20 * MINUTE);
  const [first, ...more] = of(line, 'query').filter(isBad);
  expect(new Set(outcomesOf(more))).toEqual(new Set(['system']));
  // A slot every minute. Asked at the first failure, and at that which confirms it 10 s later; then
  // at the first that is more than 5 minutes after it was asked last.
  const asked = of(line, 'login').filter((it) => it.slot_at >= (first?.slot_at ?? 0));
  const minutes = asked.map((it) => (it.slot_at - (first?.slot_at ?? 0)) / MINUTE);
  expect(minutes.map(Math.floor)).toEqual([0, 0, 6, 12, 18]);
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

test('a page that keeps us out hides no failure, and is left in peace', async () => {
  const reach = { ...checkOf('reach', '0 */30 * * * *'), function: 'reach' as const };
  const line = stageNeeding([QUERY, reach], { 's.query': ['s.reach'] });
  const kept_out: Partial<LineRun> = { outcome: 'throttled', reason: 'blocked' };
  line.stage.run = (check) => (check === 'reach' ? kept_out : WELL);
  await line.pass(2 * MINUTE);
  line.stage.run = (check) => (check === 'reach' ? kept_out : HTTP_500);
  await line.pass(2 * MINUTE);
  expect(new Set(outcomesOf(of(line, 'query').filter(isBad)))).toEqual(new Set(['system']));
  expect(outcomesOf(of(line, 'reach'))).toEqual(['throttled']);
});

test('a login that was mended since is asked again, and hides nothing', async () => {
  const line = await failing(HTTP_500, HTTP_500);
  await line.pass(MINUTE);
  line.stage.run = () => WELL;
  await line.pass(8 * MINUTE);
  expect(outcomesOf(of(line, 'login'))).toEqual(['ok', 'system', 'system']);
  const before = of(line, 'query').length;
  line.stage.run = (check) => (check === 'login' ? WELL : HTTP_500);
  await line.pass(2 * MINUTE);
  const since = of(line, 'query').slice(before);
  expect(since.length).toBeGreaterThanOrEqual(2);
  expect(new Set(outcomesOf(since))).toEqual(new Set(['system']));
});

test('while a login that answers late is under way, a failure is not judged', async () => {
  const line = await failing(HTTP_500, { ...WELL, duration_ms: 30 * SECOND }, 40 * SECOND);
  await line.pass(MINUTE + 40 * SECOND);
  // It begins as the first of them ends; the third is the first in whose time it has ended.
  const [first, second, third] = of(line, 'query').filter(isBad);
  for (const result of [first, second]) {
    expect(result).toMatchObject({
      outcome: 'prerequisite',
      reason: 'needed_unknown',
      detail: 'not known yet: s.login',
    });
    expect(heldMs(line, result)).toBe(10 * SECOND);
  }
  expect(third).toMatchObject({ outcome: 'system', reason: 'http_status' });
});

test('a login that hangs until its deadline makes nothing fail that needs it', async () => {
  const line = await failing(HTTP_500, { ...SILENT, duration_ms: 40 * SECOND }, 40 * SECOND);
  await line.pass(4 * MINUTE);
  const bad = of(line, 'query').filter(isBad);
  const reasons = bad.map(({ reason }) => reason);
  const known_from = reasons.indexOf('waits_for_login');
  // One after another, until it is known; from then on at their slots.
  expect(reasons.slice(0, known_from)).toEqual(Array(3).fill('needed_unknown'));
  expect(new Set(reasons.slice(known_from))).toEqual(new Set(['waits_for_login']));
  expect(bad.slice(known_from + 1).every(({ confirming }) => !confirming)).toBe(true);
  expect(new Set(outcomesOf(of(line, 'login').filter(isBad)))).toEqual(new Set(['timeout']));
});

test('for its proof and for what it needs a result waits no longer than for either', async () => {
  const line = await failing(HTTP_500, { ...WELL, duration_ms: 30 * SECOND }, 40 * SECOND);
  line.stage.proofFor = (run) => after(6 * SECOND, proven(run));
  await line.pass(MINUTE + 20 * SECOND);
  const [first] = of(line, 'query').filter(isBad);
  expect(first).toMatchObject({ outcome: 'prerequisite', reason: 'needed_unknown' });
  expect(heldMs(line, first)).toBe(10 * SECOND);
});

test.for<[string, (run: EndedRun) => ReturnType<typeof proven>, string, string, string | null]>([
  ['to be ours', ofOurs, 'self', 'system', 'http_status'],
  ['to be theirs', proven, 'timeout', 'prerequisite', 'waits_for_login'],
])('a login that fails is %s only once that is proven', async ([_, proof, login, ...found]) => {
  const line = await failing(HTTP_500, { ...SILENT, duration_ms: 4 * SECOND });
  line.stage.proofFor = (run) =>
    run.check.id === 'login' ? after(3 * SECOND, proof(run)) : proven(run);
  await line.pass(MINUTE + 10 * SECOND);
  const [first] = of(line, 'query').filter(isBad);
  expect([first?.outcome, first?.reason]).toEqual(found);
  expect(heldMs(line, first) - 7 * SECOND).toBeLessThanOrEqual(1);
  expect(heldMs(line, first)).toBeGreaterThanOrEqual(7 * SECOND);
  expect(of(line, 'login').find(isBad)?.outcome).toBe(login);
});

test('a login that failed while our own line did says nothing a minute later', async () => {
  const line = stageNeeding([QUERY, LOGIN], NEEDS);
  line.stage.run = (check) => (check === 'login' ? SILENT : WELL);
  line.stage.proofFor = ofOurs;
  await line.pass(MINUTE);
  expect(outcomesOf(of(line, 'login'))).toEqual(['self']);
  line.stage.run = (check) => (check === 'login' ? WELL : HTTP_500);
  line.stage.proofFor = proven;
  await line.pass(2 * MINUTE);
  const bad = of(line, 'query').filter(isBad);
  expect(bad.length).toBeGreaterThanOrEqual(2);
  expect(new Set(outcomesOf(bad))).toEqual(new Set(['system']));
});

test('after the clock was set back nothing counts that was found before', async () => {
  const line = stageNeeding([QUERY, LOGIN], NEEDS);
  await line.pass(2 * MINUTE);
  line.setClock(-HOUR);
  await line.pass(2 * MINUTE);
  line.stage.run = () => HTTP_500;
  await line.pass(2 * MINUTE);
  const bad = of(line, 'query').filter(isBad);
  expect(bad.length).toBeGreaterThanOrEqual(2);
  expect(new Set(outcomesOf(bad))).toEqual(new Set(['prerequisite']));
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

test('what is needed and waits itself is not what fails', async () => {
  const upload = { ...checkOf('upload', '0 * * * * *'), function: 'upload' as const };
  const needs = { 's.upload': ['s.query'], 's.query': ['s.login'] };
  const line = stageNeeding([upload, QUERY, LOGIN], needs);
  await line.pass(2 * MINUTE);
  line.stage.run = () => HTTP_500;
  await line.pass(4 * MINUTE);
  const reasons = line
    .results()
    .filter((it) => isBad(it) && it.check !== 'login')
    .map(({ reason }) => reason);
  expect(reasons.length).toBeGreaterThanOrEqual(6);
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
  expect(of(line, 'query').at(-1)).toMatchObject({ reason: 'needed_unknown' });
});
