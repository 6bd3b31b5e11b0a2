import { describe, expect, type TestContext, test } from 'vitest';
import type { Configuration } from '../../../model/configuration.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { LineBatch } from '../../../probes/line/batch.ts';
import { type LocalLineParts, startLocalLine } from '../../../probes/line/local-line.ts';
import { keptLog } from '../../platform/quiet.ts';
import { read, sendJson, startPortal } from '../http/portal.ts';
import { demoAt, startSimulated, testClock } from '../simulated.ts';

const NOTHING_KNOWN = { known: new Map(), confirmations: new Map() };

/** A line in its own thread, what it handed over, and why its threads died. */
async function open(
  { onTestFinished }: TestContext,
  configuration: Configuration,
  worker?: Pick<LocalLineParts, 'worker_url'> & Partial<Pick<LocalLineParts, 'installation'>>,
) {
  const batches: LineBatch[] = [];
  const { log, entries } = keptLog();
  const line = await startLocalLine({
    configuration,
    installation: 'test',
    start: NOTHING_KNOWN,
    events: { batch: (batch) => void batches.push(batch) },
    log,
    ...worker,
  });
  onTestFinished(() => line.stop(0));
  return {
    line,
    results: () => batches.flatMap((it) => it.results.map(({ result }) => result)),
    gaps: () => batches.flatMap((it) => it.gaps),
    conditions: () => batches.flatMap((it) => it.conditions),
    deaths: () => entries.map(({ err }) => (err as Error | undefined)?.message),
  };
}

test('measures in its own thread what the configuration says, at its slots', async (context) => {
  const { onTestFinished } = context;
  const clock = testClock(Date.now());
  const simulated = await startSimulated(clock);
  onTestFinished(() => simulated.close());
  const demo = demoAt(simulated.url, 30 * SECOND);
  const checks = demo.checks.map((check) => ({ ...check, schedule: '*/5 * * * * *' }));
  const { line, results } = await open(context, { ...demo, checks });
  const measured = () => new Set(results().map(({ check }) => check)).size;
  await expect.poll(measured, { timeout: MINUTE }).toBe(6);
  expect(results().map(({ outcome, detail }) => [outcome, detail])).toEqual(
    results().map(() => ['ok', null]),
  );
  const accepted = results().find(({ check }) => check === 'upload')?.accepted;
  if (!accepted) throw new Error('nothing accepted');
  const { number, issued } = accepted;
  expect(await line.look({ check: 'sync', number, issued })).toMatchObject({ finding: 'absent' });
});

test('a configuration it cannot work with is refused at the start', async (context) => {
  const configuration = demoAt('http://127.0.0.1:1');
  const systems = configuration.systems.map((system) => ({ ...system, driver: 'telex' }));
  await expect(open(context, { ...configuration, systems })).rejects.toThrow(
    'there is no driver telex; there are pinduoduo, beijing',
  );
});

test('what depends on a login that fails waits for it, as configured', async (context) => {
  const portal = await startPortal((_, response) => sendJson(response, {}, 500));
  const every_2_s = "schedule: '*/2 * * * * *', deadline: 1s";
  const configuration = read({
    url: portal.url,
    functions: [],
    checks: `
  login: { system: portal, function: login, ${every_2_s} }
  api: { system: portal, function: api, ${every_2_s} }`,
    settings: `
login: [{ post: /login, capture: { session: { json: $.token } } }]
api: [{ get: /none, expect: { status: 404, json: { $.error: unknown } } }]`,
  });
  const depends_on = { 'portal.api': ['portal.login'] };
  const { results } = await open(context, { ...configuration, depends_on });
  const of = (id: string) => results().filter(({ check }) => check === id);
  await expect.poll(() => of('api').length, { timeout: MINUTE }).toBeGreaterThanOrEqual(3);
  for (const { outcome, reason } of of('api'))
    expect([outcome, reason]).toEqual(['prerequisite', 'waits_for_login']);
  expect(of('login')[0]).toMatchObject({ outcome: 'system', reason: 'http_status' });
});

describe('a measuring thread that', () => {
  const worker_url = new URL('./odd-line.ts', import.meta.url);
  const demo = demoAt('http://127.0.0.1:1', SECOND);
  const checks = demo.checks.map((check) => ({ ...check, schedule: '* * * * * *' }));

  test.concurrent.for([
    ['dies', 'the thread ended with exit code 1'],
    ['throws', 'a fault of the thread itself'],
    ['hangs', 'the thread said nothing for 15 s'],
  ] as const)(
    '%s is replaced, its slots are results of our own fault, each once, and the log says why: %s',
    { timeout: 3 * MINUTE },
    async ([how, why], context) => {
      const { expect } = context;
      const parts = { worker_url };
      const { line, results, ...told } = await open(context, { ...demo, checks }, parts);
      const query = () => results().filter(({ check }) => check === 'query');
      await expect.poll(() => query().length, { timeout: 30 * SECOND }).toBeGreaterThan(2);
      await line.look({ check: 'sync', number: 'ails', issued: '' });
      const lost = await line.look({ check: 'sync', number: how, issued: '' });
      expect(lost).toMatchObject({ finding: 'failed', outcome: 'self', reason: 'worker_died' });
      expect(lost.duration_ms).toBeGreaterThan(0);
      const healed = () => {
        const dead = query().findIndex(({ reason }) => reason === 'worker_died');
        return dead >= 0 && query().length > dead + 3 && query().at(-1)?.outcome === 'ok';
      };
      await expect.poll(healed, { timeout: 90 * SECOND }).toBe(true);
      const slots = query().map(({ slot_at }) => slot_at);
      const [first = 0] = slots;
      expect(slots).toEqual(slots.map((_, n) => first + n * SECOND));
      // A busy machine may miss a slot, which is our own fault too.
      const reasons = new Set(query().map(({ reason }) => reason));
      reasons.delete('missed_slot');
      expect([...reasons].toSorted()).toEqual([null, 'worker_died']);
      expect(told.deaths()).toEqual([why]);
      // What it said of itself ends with it.
      const said = told.conditions().filter(({ neutral }) => neutral === 'example');
      expect(said.map(({ is_failing }) => is_failing)).toEqual([true, false]);
    },
  );

  test.concurrent('gets to a look late is believed what it found then', {
    timeout: MINUTE,
  }, async (context) => {
    const { expect } = context;
    const { line } = await open(context, { ...demo, checks }, { worker_url });
    const asked_at = Date.now();
    const found = await line.look({ check: 'sync', number: 'late', issued: '' });
    expect(found).toMatchObject({ finding: 'found', outcome: 'ok' });
    expect(found.started_at - asked_at).toBeGreaterThan(7 * SECOND);
  });

  test.concurrent('is stopped loses the looks under way at once', async (context) => {
    const { expect } = context;
    const { line } = await open(context, { ...demo, checks }, { worker_url });
    const asked_at = Date.now();
    const looking = line.look({ check: 'sync', number: 'late', issued: '' });
    await line.stop(0);
    expect(await looking).toMatchObject({ finding: 'failed', reason: 'worker_died' });
    expect(Date.now() - asked_at).toBeLessThan(7 * SECOND);
  });

  test.concurrent('dies again and again before it is ready is told, and leaves a gap', {
    timeout: 5 * MINUTE,
  }, async (context) => {
    const { expect } = context;
    const lost = { worker_url, installation: 'lost' };
    const { line, ...told } = await open(context, { ...demo, checks }, lost);
    const asked_at = Date.now();
    void line.look({ check: 'sync', number: 'throws', issued: '' });
    await expect.poll(told.deaths, { timeout: MINUTE }).toContain('a fault of the thread itself');
    const died_at = Date.now();
    await expect
      .poll(() => told.conditions().at(-1), { timeout: 2 * MINUTE })
      .toMatchObject({ kind: 'process', line: 'local', is_failing: true });
    expect(told.conditions().at(-1)?.detail).toMatch(/^thread_dies n=3 span_ms=\d+$/);
    expect(told.deaths().slice(1, 3)).toEqual(['it cannot start', 'it cannot start']);
    await expect.poll(() => Date.now() - died_at, { timeout: MINUTE }).toBeGreaterThan(11_000);
    const stopped_at = Date.now();
    await line.stop(0);
    const [gap, ...others] = told.gaps();
    expect([gap?.cause, others]).toEqual(['restart', []]);
    expect(gap?.from).toBeGreaterThan(asked_at - 10 * SECOND);
    expect(gap?.from).toBeLessThanOrEqual(died_at);
    expect(Math.abs((gap?.to ?? 0) - stopped_at)).toBeLessThan(SECOND);
  });
});
