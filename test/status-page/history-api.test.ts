import { expect, test } from 'vitest';
import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { DAY, HOUR, iso, MINUTE, SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { aResult, aStatus, aTransition, NOW, RUNS_A_DAY, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage();
const DOWNLOAD = 'beijing.download';
const QUERY = 'beijing.query';
type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

async function history(parameters: Record<string, string>) {
  const answer = await ask(`${page.url}/api/v1/history?${new URLSearchParams(parameters)}`);
  return { ...answer, json: () => JSON.parse(answer.text) as { rows: Row[] } & Row };
}

/** Rows of a CSV without quoted fields, by column. */
function table(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text.split('\r\n').slice(0, -1);
  const columns = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [columns[i] ?? '', cell])),
  );
}

test('a day has the figures that the page shows, as CSV and as JSON', async () => {
  await seedHistory(page.site);
  const asked = { component: DOWNLOAD, from: '2026-11-01', to: '2026-11-04' };
  const csv = await history({ ...asked, format: 'csv' });
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
  const rows = table(csv.text);
  expect(rows.map(({ from, down_ms }) => [from, down_ms])).toEqual([
    ['2026-10-31T16:00:00.000Z', '0'],
    ['2026-11-01T16:00:00.000Z', '7200000'],
    ['2026-11-02T16:00:00.000Z', '0'],
  ]);
  // Two hours of 24 are 8.333… %; three checks.
  expect(rows[1]).toMatchObject({
    component: DOWNLOAD,
    to: '2026-11-02T16:00:00.000Z',
    since: '',
    n: String(3 * RUNS_A_DAY),
    availability_percent: '91.66',
    unadjusted_percent: '91.66',
    known_ms: String(DAY),
    simulated: 'true',
  });
  const json = (await history(asked)).json();
  expect(json).toMatchObject({ kind: 'figures', grain: 'day', zone: 'Asia/Shanghai' });
  expect(json.rows.map((row) => Object.values(row).map((it) => String(it ?? '')))).toEqual(
    rows.map((row) => Object.values(row)),
  );
});

test('months and years are the sums of their days, and say since when', async () => {
  await seedHistory(page.site);
  const asked = { component: DOWNLOAD, from: '2026-01-01', to: '2026-12-01' };
  const months = (await history({ ...asked, grain: 'month' })).json().rows;
  const [year] = (await history({ ...asked, grain: 'year' })).json().rows;
  const measured = months.filter(({ n }) => n !== 0);
  expect(measured.map(({ from }) => from)).toEqual([
    '2026-08-31T16:00:00.000Z',
    '2026-09-30T16:00:00.000Z',
    '2026-10-31T16:00:00.000Z',
  ]);
  expect(measured.reduce((sum, { n }) => sum + Number(n), 0)).toBe(60 * 3 * RUNS_A_DAY);
  expect(year).toMatchObject({
    n: 60 * 3 * RUNS_A_DAY,
    down_ms: 2 * HOUR,
    since: iso(NOW - 60 * DAY),
    to: iso(NOW),
  });
  const before = months.filter(({ n }) => n === 0);
  expect(before.map(({ availability_percent }) => availability_percent)).toEqual(
    before.map(() => null),
  );
});

test('states are the ledger to the millisecond, as corrected, as run out', async () => {
  await page.site.store.record({
    components: [aStatus(QUERY, 'operational', { valid_until: NOW - MINUTE })],
    transitions: [
      aTransition(QUERY, 'unknown', 'operational', NOW - HOUR),
      aTransition(QUERY, 'operational', 'major_outage', NOW - 30 * MINUTE),
      aTransition(QUERY, 'major_outage', 'operational', NOW - 20 * MINUTE),
      // Recorded later: it was well again 96.5 s after it began.
      {
        ...aTransition(QUERY, 'operational', 'operational', NOW - 30 * MINUTE + 96_500),
        recorded_at: NOW - 2 * MINUTE,
      },
    ],
  });
  const { rows } = (
    await history({ component: QUERY, kind: 'states', from: iso(NOW - 2 * HOUR) })
  ).json();
  expect(rows.map(({ state, length_ms, lasts }) => [state, length_ms, lasts])).toEqual([
    ['unknown', HOUR, false],
    ['operational', 30 * MINUTE, false],
    ['major_outage', 96_500, false],
    ['operational', 30 * MINUTE - 96_500 - MINUTE, false],
    ['unknown', MINUTE, true],
  ]);
  expect(rows.map(({ recorded_at }) => recorded_at)).toEqual([
    null,
    iso(NOW - HOUR + 10 * SECOND),
    iso(NOW - 30 * MINUTE + 10 * SECOND),
    iso(NOW - 2 * MINUTE),
    null,
  ]);
  const [hour] = (
    await history({ component: QUERY, grain: 'year', from: iso(NOW - 2 * HOUR) })
  ).json().rows;
  expect(hour).toMatchObject({ down_ms: 96_500, known_ms: 59 * MINUTE, since: iso(NOW - HOUR) });
});

const at = (minutes: number) => NOW - (NOW % MINUTE) - HOUR + minutes * MINUTE;
const ok = (slot_at: number, duration_ms: number) =>
  aResult('beijing-query', slot_at, { outcome: 'ok', reason: null, detail: null, duration_ms });

test('single results and the figures of their minutes', async () => {
  const good = Array.from({ length: 60 }, (_, i) => ok(at(0) + i * SECOND, 101 + i));
  await page.site.store.record({
    results: [
      ...good,
      ...[0, 1, 2, 3].map((i) => ok(at(1) + i * SECOND, 500)),
      aResult('beijing-query', at(2), { outcome: 'throttled', reason: 'blocked' }),
      aResult('beijing-query', at(2) + SECOND),
      aResult('beijing-download-pdf', at(2) + SECOND),
    ],
  });
  const range = { component: QUERY, from: iso(at(0)), to: iso(at(3)) };
  const minutes = (await history({ ...range, grain: 'minute' })).json().rows;
  expect(minutes).toMatchObject([
    { from: iso(at(0)), n: 60, ok: 60, slow: null, ok_percent: 100, not_judged: 0 },
    { n: 4, ok: 4, median_ms: null, p95_ms: null },
    { n: 1, ok: 0, ok_percent: 0, not_judged: 1 },
  ]);
  // Nearest ranks 30 and 57, within the 1 % of a sketch.
  expect(Number(minutes[0]?.median_ms)).toBeCloseTo(130, -1);
  expect(Math.abs(Number(minutes[0]?.p95_ms) - 157)).toBeLessThanOrEqual(2);
  const results = table((await history({ ...range, kind: 'results', format: 'csv' })).text);
  expect(results).toHaveLength(66);
  expect(results[0]).toMatchObject({
    slot_at: iso(at(0)),
    check: 'beijing-query',
    delay_ms: '101',
  });
  expect(
    results.slice(-2).map(({ outcome, judged, delay_ms }) => [outcome, judged, delay_ms]),
  ).toEqual([
    ['throttled', 'false', ''],
    ['system', 'true', ''],
  ]);
});

test('a bad result counts as longer than any good one', async () => {
  const delays = emptySketch();
  // Of one of the 96 good ones nobody knows how much was our own delay.
  for (let i = 0; i < 95; i += 1) addDelay(delays, 200);
  const hour = { check: 'beijing-query', from: at(0) - (at(0) % HOUR), slow: 3, simulated: false };
  const outcomes = { ok: 96, timeout: 4, self: 7 };
  const rollup = { ...hour, n: 107, outcomes, delays: encodeSketch(delays) };
  const worse = { ...rollup, from: hour.from - HOUR, outcomes: { ok: 96, timeout: 97 }, n: 193 };
  await page.site.store.saveRollups('hour', [rollup, worse]);
  const asked = { component: QUERY, grain: 'hour', from: iso(worse.from), to: iso(hour.from + 1) };
  const { rows } = (await history(asked)).json();
  expect(rows).toMatchObject([
    { n: 193, delays_n: 192, median_ms: null, p95_ms: null },
    { n: 100, delays_n: 99, ok: 96, slow: 3, not_judged: 7, ok_percent: 96, simulated: false },
  ]);
  expect(Math.abs(Number(rows[1]?.p95_ms) - 200)).toBeLessThanOrEqual(2);
});

test.each([
  ['hour', 91 * DAY],
  ['minute', 8 * DAY],
])('what is no longer kept is not told as nothing: by %s', async (grain, age_ms) => {
  const from = iso(NOW - age_ms);
  const to = iso(NOW - age_ms + MINUTE);
  const { rows } = (await history({ component: QUERY, grain, from, to })).json();
  expect(rows[0]).toMatchObject({
    n: null,
    ok: null,
    not_judged: null,
    availability_percent: null,
  });
});

test('without a component, every one is told', async () => {
  const { rows } = (await history({ from: iso(NOW - HOUR), to: iso(NOW) })).json();
  expect(rows.map(({ component }) => component).toSorted()).toEqual([
    'beijing.download',
    'beijing.query',
    'beijing.sync',
    'pinduoduo.upload',
  ]);
});

test.each<[Record<string, string>, string]>([
  [{ component: 'beijing.nothing' }, 'component'],
  [{ from: 'yesterday' }, 'from'],
  [{ from: '2026-11-02', to: '2026-11-02' }, 'from'],
  [{ grain: 'minute', from: '2026-01-01', to: '2026-03-01' }, 'from'],
  [{ kind: 'results', from: '2020-01-01' }, 'from'],
  [{ grain: 'week' }, 'grain'],
  [{ format: 'xml' }, 'format'],
])('%o is refused, naming the parameter', async (parameters, parameter) => {
  const { status, text } = await history(parameters);
  expect(status).toBe(422);
  expect(JSON.parse(text).errors).toMatchObject([{ parameter }]);
});

test('who asks for the head alone starts no read', async () => {
  for (let i = 0; i < 20; i += 1) {
    const head = await ask(`${page.url}/api/v1/history?format=csv`, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
  }
  expect((await history({})).status).toBe(200);
});
