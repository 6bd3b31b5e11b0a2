import { expect, test, vi } from 'vitest';
import type { OwnTrafficCheck } from '../../model/configuration.ts';
import { spansOf } from '../../model/ledger.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { configuration, START } from './configuration.ts';
import { differencesSince, ownCheck, ownSettings, startOwnSite } from './own-site.ts';
import { event, post } from './posting.ts';
import { openSiteStore } from './recording.ts';
import { resultsOf, startWorld, statusOf, stopTime, stopWorld } from './world.ts';

const at = (ms: number) => new Date(START + ms).toISOString();
/** An invoice that was issued after so long, without a number: nothing is followed here. */
const issued = (ms: number, duration_ms = 900) =>
  event({ type: 'issued', number: undefined, issued: undefined, at: at(ms), duration_ms });
const failed = (ms: number, changed: Record<string, unknown> = {}) =>
  event({
    type: 'failed',
    number: undefined,
    issued: undefined,
    function: 'issue',
    at: at(ms),
    ...changed,
  });

/** What the ledger says of the time, in minutes from the start. */
async function states(store: Store, to: number, component = 'shop.issue') {
  const transitions = await store.transitions(0, START * 2);
  const spans = spansOf({ transitions, component, from: START - HOUR, to: START + to });
  return spans
    .filter(({ from }) => from >= START)
    .map(({ state, from }) => [(from - START) / MINUTE, state]);
}

const differences = (store: Store) => differencesSince(store, START - MINUTE);

/** 30 in each window of 5 minutes, bad ones of those last. */
const traffic = (from: number, to: number, bad = 0) =>
  Array.from({ length: ((to - from) / MINUTE) * 6 }, (_, i) => {
    const ms = from + i * 10 * SECOND;
    return i % 30 >= 30 - bad ? failed(ms, { code: 'E-1', outcome: 'system' }) : issued(ms);
  });

test('own traffic alone tells of a function: well, some fail, all fail, well, silent', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  for (const [from, to, bad] of [
    [0, 10, 0],
    [10, 15, 12],
    [15, 25, 30],
    [25, 40, 0],
  ] as const) {
    await site.until(START + to * MINUTE);
    await site.post(traffic(from * MINUTE, to * MINUTE, bad));
  }
  const status = async () => (await store.components()).find((it) => it.component === 'shop.issue');
  expect(await status()).toMatchObject({
    state: 'operational',
    notes: [],
    measured_at: START + 40 * MINUTE - 10 * SECOND,
    // Nothing was measured.
    recent: { measured: 0, told: { n: 240, bad: 72, median_ms: expect.closeTo(900, -1.3) } },
    last: { check: 'shop-own-issue', outcome: 'ok', is_judged: true },
  });
  await site.until(START + 80 * MINUTE);
  expect(await status()).toMatchObject({ state: 'unknown', notes: [{ code: 'expired' }] });
  expect(await states(store, 80 * MINUTE)).toEqual([
    [0, 'operational'],
    [13, 'major_outage'],
    [25, 'operational'],
    [39 + 51 / 60, 'unknown'],
  ]);
  expect(await states(store, 80 * MINUTE, 'shop.deliver')).toEqual([]);
  expect(await store.incidents({})).toMatchObject([{ components: ['shop.issue'] }]);
  expect(await differences(store)).toEqual([]);
  await store.close();
});

test('late and shuffled events move the past, and are told once', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  let site = await startOwnSite(store);
  await site.recorder.start();
  const all = [...traffic(0, 30 * MINUTE), ...traffic(30 * MINUTE, 60 * MINUTE)];
  await site.until(START + HOUR);
  await site.post(all);
  expect(await states(store, HOUR)).toEqual([[0, 'operational']]);
  await site.until(START + HOUR + 10 * MINUTE);
  // What failed from minute 20 to 30 is known 40 minutes later.
  const late = traffic(20 * MINUTE, 30 * MINUTE, 30).toReversed();
  expect(await site.post(late)).toMatchObject({ body: { accepted: 60 } });
  const moved = [
    [0, 'operational'],
    [20, 'partial_outage'],
    [30, 'operational'],
  ];
  expect(await states(store, HOUR)).toEqual(moved);
  // The rows say also what was known before.
  const told = await store.transitions(0, START * 2);
  const past = told.filter(({ since }) => since === START + 20 * MINUTE);
  expect(past.map(({ recorded_at }) => recorded_at)).toEqual([START + HOUR + 10 * MINUTE]);
  // Again the same, now over a restart: nothing counts twice.
  site = await startOwnSite(store);
  await site.recorder.start();
  expect(await site.post(late)).toMatchObject({ body: { accepted: 0, duplicate: 60 } });
  await site.until(START + HOUR + 15 * MINUTE);
  expect(await states(store, HOUR)).toEqual(moved);
  const counts = await store.trafficCounts({
    check: 'shop-own-issue',
    from: 0,
    to: START * 2,
  });
  const sum = (pick: (it: (typeof counts)[number]) => number) =>
    counts.reduce((n, it) => n + pick(it), 0);
  expect([sum((it) => it.good), sum((it) => it.bad)]).toEqual([360, 60]);
  expect(await differences(store)).toEqual([]);
  await store.close();
});

test('what is known goes on over a restart in an outage', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const before = await startOwnSite(store);
  await before.recorder.start();
  await before.until(START + 10 * MINUTE);
  await before.post(traffic(0, 10 * MINUTE, 12));
  await before.recorder.time();
  // The last 12 of each 5 minutes.
  const failing = [
    [3, 'major_outage'],
    [5, 'partial_outage'],
    [8, 'major_outage'],
  ];
  expect(await states(store, 10 * MINUTE)).toEqual(failing);
  const site = await startOwnSite(store);
  await site.recorder.start();
  await site.until(START + 12 * MINUTE);
  expect(await states(store, 12 * MINUTE)).toEqual(failing);
  await site.until(START + 15 * MINUTE);
  await site.post(traffic(10 * MINUTE, 15 * MINUTE));
  expect(await states(store, 15 * MINUTE)).toEqual([...failing, [10, 'operational']]);
  expect(await differences(store)).toEqual([]);
  await store.close();
});

test('beside what is measured it is one line more, and counted in figures', async () => {
  stopTime();
  const measured = configuration().checks;
  const of = ownSettings([...measured, { ...ownCheck('upload'), id: 'shop-own-upload' }]);
  const world = await startWorld({ settings: of });
  await world.pass(MINUTE);
  const bad = Array.from({ length: 12 }, (_, i) =>
    failed(i * 6 * SECOND - 30 * SECOND, { function: 'upload', code: 'T99', outcome: 'timeout' }),
  );
  expect(await post(world, bad)).toMatchObject({ status: 200 });
  expect(await statusOf(world, 'shop.upload')).toMatchObject({
    state: 'partial_outage',
    notes: [{ code: 'line_failing', lines: ['own_traffic'], reason: 'error_code' }],
  });
  expect(await resultsOf(world, 'shop-upload')).not.toEqual([]);
  expect(await world.telemetry.text()).toContain(
    'fapiao_check_total{system="shop",function="upload",check="shop-own-upload",' +
      'line="own_traffic",outcome="timeout"} 12',
  );
  await stopWorld(world);
  const counted = async (store: Store) =>
    (await store.rollupCounts('hour', 0, START * 2)).filter((it) => it.check === 'shop-own-upload');
  const again = await startWorld({ path: world.path, settings: of });
  await again.pass(2 * MINUTE);
  expect(await counted(again.store)).toMatchObject([{ n: 5 }, { n: 7 }]);
  await stopWorld(again);
});

test('a stage that says ok counts although nobody knows how long it took', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  await site.post([issued(0), { ...issued(0), duration_ms: undefined, outcome: 'ok' }]);
  // Nobody says how it went.
  await site.post([{ ...issued(0), duration_ms: undefined }]);
  const all = { check: 'shop-own-issue', from: 0, to: Number.MAX_SAFE_INTEGER };
  expect(await store.trafficCounts(all)).toMatchObject([{ good: 2, bad: 0 }]);
  const status = (await store.components()).find((it) => it.component === 'shop.issue');
  expect(status?.recent).toMatchObject({ measured: 0, told: { measured: 2, n: 1 } });
});

test('a stage may name the function that it stands for', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  // Where nobody tells of applications, they are steps of issuing; then they are none.
  for (const fn of ['issue', 'apply'])
    await site.post([{ ...issued(0, 5), type: 'applied', function: fn, outcome: 'ok' }]);
  const all = { check: 'shop-own-issue', from: 0, to: Number.MAX_SAFE_INTEGER };
  expect(await store.trafficCounts(all)).toMatchObject([{ good: 1, bad: 0 }]);
  await store.close();
});

test('what was taken is known when it is posted again, however long ago it happened', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  const [first, second] = [issued(0), issued(0)];
  await site.post([first]);
  vi.setSystemTime(START + 100 * HOUR);
  const repeated = { accepted: 0, duplicate: 1, refused: 1 };
  expect(await site.post([first, second])).toMatchObject({
    status: 207,
    body: { ...repeated, lines: [{ status: 'duplicate' }, { errors: [{ pointer: '/at' }] }] },
  });
  const again = await startOwnSite(store);
  expect(await again.post([first, second])).toMatchObject({ body: repeated });
  await store.close();
});

test.for([
  ['a failure without its function', { function: undefined }, '/function', /issue, deliver/],
  ['a function that is not told of', { function: 'verify' }, '/function', /issue, deliver/],
  ['a stage that is no function', { function: 'sync' }, '/function', /expected one of/],
  ['an outcome that is none', { outcome: 'good' }, '/outcome', /expected one of ok, timeout/],
  ['a failure that is good', { outcome: 'ok' }, '/outcome', /not said of what failed/],
  ['a stage that timed out', { type: 'issued', outcome: 'timeout' }, '/outcome', /what failed/],
  [
    'a voided invoice that is good',
    { type: 'voided', outcome: 'ok', function: undefined },
    '/outcome',
    /voided/,
  ],
  [
    'a function that the stage does not stand for',
    { type: 'issued', function: 'deliver', outcome: 'ok' },
    '/function',
    /issued stands for: issue$/,
  ],
  [
    'a good result that is an invoice rejected',
    { type: 'rejected', outcome: 'ok' },
    '/outcome',
    /rejected/,
  ],
  ['a function of what was voided', { type: 'voided' }, '/function', /voided/],
  ['half a truth', { at_latest: 'yes' }, '/at_latest', /true or false/],
  ['a number in a code', { code: 'E26000000000000000001' }, '/code', /no number of an invoice/],
  ['a duration below 0', { duration_ms: -1 }, '/duration_ms', /./],
  ['a duration of years', { duration_ms: 1e12 }, '/duration_ms', /30 days/],
  ['half a millisecond', { duration_ms: 0.5 }, '/duration_ms', /whole/],
  ['a code of what was issued', { type: 'issued', code: 'E1' }, '/code', /what failed/],
  [
    'a duration of what was voided',
    { type: 'voided', duration_ms: 1, function: undefined },
    '/duration_ms',
    /voided/,
  ],
  ['30 February', { at: '2026-02-30T10:00:00+08:00' }, '/at', /ISO 8601/],
  ['last year', { at: '2025-11-02T10:00:00+08:00' }, '/at', /long ago/],
  ['tomorrow', { at: '2026-11-03T10:00:00+08:00' }, '/at', /has come/],
  ['8 digits without a code', { number: '12345678' }, '/number', /invoice_code/],
  [
    'a code with 20 digits',
    { number: '1'.repeat(20), invoice_code: '1'.repeat(10) },
    '/invoice_code',
    /8/,
  ],
  ['a code without a number', { invoice_code: '1'.repeat(12) }, '/number', /8/],
  [
    'a code of 11 digits',
    { number: '12345678', invoice_code: '1'.repeat(11) },
    '/invoice_code',
    /10 or 12/,
  ],
] as const)('%s is refused in its line', async ([, given, pointer, detail]) => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  const { status, body } = await site.post([failed(0, given), failed(0)]);
  const [line] = body.lines as { errors: unknown[] }[];
  expect([status, line?.errors]).toEqual([
    207,
    [{ pointer, detail: expect.stringMatching(detail) }],
  ]);
  await store.close();
});

test('every stage and every form of number is taken', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  const stages =
    'applied requested accepted reviewed issued sealed queryable downloadable delivered';
  const told = [...stages.split(' '), 'verified', 'rejected', 'voided'].flatMap((type) => [
    event({ type }),
    event({ type, number: '12345678', invoice_code: '011002300111', issued: undefined }),
    event({ type, number: '12345678', invoice_code: '4403192130', issued: undefined }),
    event({ type, number: undefined, issued: undefined }),
  ]);
  expect(await site.post(told)).toMatchObject({ status: 200, body: { accepted: 48 } });
  await store.close();
});

test('applications and reviews tell of their own functions where those are measured', async () => {
  stopTime();
  const stages = [
    { type: 'applied', duration_ms: 1_000 },
    { type: 'reviewed', duration_ms: 2_000 },
    { type: 'issued', duration_ms: 3_000 },
  ].map((it) => event({ ...it, number: undefined, issued: undefined, at: at(MINUTE) }));
  const told = async (functions: OwnTrafficCheck['function'][]) => {
    const settings = { ...ownSettings(), checks: functions.map(ownCheck) };
    const { store } = await openSiteStore(settings);
    const site = await startOwnSite(store, settings);
    await site.recorder.start();
    await site.until(START + 2 * MINUTE);
    expect((await site.post(stages)).status).toBe(200);
    const all = { from: START, to: START + HOUR, limit: 10 };
    const found = await Promise.all(
      functions.map((fn) => store.ownResults({ ...all, check: ownCheck(fn).id })),
    );
    await store.close();
    return found.map((its) => its.map(({ duration_ms }) => duration_ms).toSorted());
  };
  // Without checks of their own, they are steps of issuing: it is done once it was issued.
  expect(await told(['issue'])).toEqual([[3_000]]);
  expect(await told(['apply', 'review', 'issue'])).toEqual([[1_000], [2_000], [3_000]]);
  expect(await told(['review', 'issue'])).toEqual([[2_000], [3_000]]);
});

test('an attempt counts once, whichever steps are told of', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  const steps = ['applied', 'requested', 'accepted', 'reviewed', 'issued', 'sealed'];
  const plain = { number: undefined, issued: undefined, at: at(0) };
  await site.post(steps.map((type) => event({ ...plain, type, duration_ms: 900 })));
  const all = { check: 'shop-own-issue', from: 0, to: Number.MAX_SAFE_INTEGER };
  expect(await store.trafficCounts(all)).toMatchObject([{ good: 1, bad: 0 }]);
  // A step that says itself that it was good is one.
  await site.post([event({ ...plain, type: 'sealed', outcome: 'ok' })]);
  expect(await store.trafficCounts(all)).toMatchObject([{ good: 2, bad: 0 }]);
  await store.close();
});
