import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ReachedStage, ToldStage } from '../../model/stage.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { createOverviewBuilder, expireOverview } from '../../status-page/overview/overview.ts';
import { journey, reachedStage } from '../model/builders.ts';
import { ask } from './request.ts';
import { aSyncStatus, NOW, openSite, type Site, siteConfiguration, until } from './site.ts';
import { usePage } from './use-page.ts';

const TOLD = { changes: [{ kind: 'state' as const, ref: 'beijing.sync', at: NOW }] };

let serial = 0;

/** Invoices that reached a stage after so many seconds each, just now. */
function took(stage: ToldStage, seconds: readonly number[], at = NOW): ReachedStage[] {
  return seconds.map((it) => {
    serial += 1;
    return reachedStage(at, { journey: `of-${serial}`, stage, delay_ms: it * SECOND });
  });
}

/** One to so many, in an order that is none. */
const upTo = (n: number) => Array.from({ length: n }, (_, i) => ((i * 7) % n) + 1);

/** An invoice that waits, accepted so long ago, with the stages that it reached as long ago. */
function waiting(id: string, ago_ms: number, stages: Partial<Record<ToldStage, number>> = {}) {
  const accepted_at = NOW - ago_ms;
  const reached = Object.entries(stages).map(([stage, ms]) =>
    reachedStage(NOW - ms, { journey: id, stage: stage as ToldStage, delay_ms: ago_ms - ms }),
  );
  return { journeys: [journey(accepted_at, { id })], reached };
}

async function record(site: Site, reached_stages: ReachedStage[], ...those: (typeof NOBODY)[]) {
  await site.store.record({
    components: [aSyncStatus('operational')],
    journeys: those.flatMap((it) => it.journeys),
    reached_stages: [...reached_stages, ...those.flatMap((it) => it.reached)],
    ...TOLD,
  });
}
const NOBODY = waiting('nobody', 0);

async function openEmpty(configuration = siteConfiguration()) {
  const site = await openSite(configuration);
  onTestFinished(() => site.close());
  return { site, build: createOverviewBuilder(site) };
}

async function stagesAt(build: ReturnType<typeof createOverviewBuilder>, now = NOW) {
  const overview = await build(now);
  const components = overview.systems.flatMap((it) => it.components);
  expect(components.filter((it) => it.function !== 'sync' && it.stages !== null)).toEqual([]);
  return components.find((it) => it.function === 'sync')?.stages;
}

describe('how long invoices took to a stage', () => {
  // Nearest ranks by hand: of 60 the 30th and the 57th; of 59 the 30th; of 5 the 3rd.
  test.each([
    [4, null, null],
    [5, 3, null],
    [20, 10, null],
    [59, 30, null],
    [60, 30, 57],
    [61, 31, 58],
  ])('of %i: median %j s, 95th percentile %j s', async (n, median, p95) => {
    const { site, build } = await openEmpty();
    await record(site, took('sealed', upTo(n)));
    const ms = (seconds: number | null) => seconds && seconds * SECOND;
    expect(await stagesAt(build)).toEqual({
      reached: [{ stage: 'sealed', n, median_ms: ms(median), p95_ms: ms(p95) }],
      waiting: [],
      simulated: true,
    });
  });

  test('of the last 24 hours by when it was reached, in the order of the stages', async () => {
    const { site, build } = await openEmpty();
    await record(site, [
      ...took('verified', [9, 8, 7, 6, 5], NOW - DAY + 1),
      ...took('issued', [1, 2, 3, 4, 1000], NOW - MINUTE),
      ...took('issued', [900, 900, 900], NOW - DAY),
      ...took('reviewed', [0, 0, 0, 0, 0]),
      ...took('delivered', [1], NOW + 1),
    ]);
    expect((await stagesAt(build))?.reached).toEqual([
      { stage: 'reviewed', n: 5, median_ms: 0, p95_ms: null },
      { stage: 'issued', n: 5, median_ms: 3_000, p95_ms: null },
      { stage: 'verified', n: 5, median_ms: 7_000, p95_ms: null },
    ]);
    // A day later all of it is over.
    expect(await stagesAt(build, NOW + DAY + 10 * SECOND)).toBeNull();
  });

  test('read again every ten seconds, more rarely where there is much to read', async () => {
    const { site, build } = await openEmpty();
    await record(site, took('sealed', [1]));
    const counts = async (now: number) => (await stagesAt(build, now))?.reached[0]?.n;
    expect(await counts(NOW)).toBe(1);
    await site.store.record({ reached_stages: took('sealed', [1]) });
    expect(await counts(NOW)).toBe(1);
    expect(await counts(NOW + 10 * SECOND)).toBe(2);
    // At 0.2 ms each, 60,000 are read again after 12 seconds.
    const many = took(
      'sealed',
      Array.from({ length: 60_000 - 2 }, () => 1),
    );
    await site.store.record({ reached_stages: many });
    expect(await counts(NOW + 20 * SECOND)).toBe(60_000);
    await site.store.record({ reached_stages: took('sealed', [1]) });
    expect(await counts(NOW + 32 * SECOND - 1)).toBe(60_000);
    expect(await counts(NOW + 32 * SECOND)).toBe(60_001);
    // After the clock was set back nobody waits for it.
    expect(await counts(NOW)).toBe(60_001);
  });
});

describe('where invoices wait', () => {
  test('is the last stage that is known of each, with the oldest of it', async () => {
    const { site, build } = await openEmpty();
    await record(
      site,
      [],
      waiting('first', 9 * MINUTE, { reviewed: 8 * MINUTE, sealed: 5 * MINUTE }),
      waiting('second', 20 * MINUTE, { sealed: 4 * MINUTE }),
      waiting('third', 3 * MINUTE),
    );
    expect((await stagesAt(build))?.waiting).toEqual([
      { stage: 'accepted', n: 1, oldest_accepted_at: NOW - 3 * MINUTE },
      { stage: 'sealed', n: 2, oldest_accepted_at: NOW - 20 * MINUTE },
    ]);
  });

  test('is not said where events tell of nothing but acceptances and arrivals', async () => {
    const { site, build } = await openEmpty();
    await record(site, [], waiting('one', MINUTE), waiting('two', MINUTE));
    expect(await stagesAt(build)).toBeNull();
  });

  test('nobody knows once the sync is not known; how long it took stays', async () => {
    const { site, build } = await openEmpty();
    await record(site, took('sealed', [4]), waiting('one', MINUTE, { sealed: SECOND }));
    const known = await stagesAt(build);
    expect(known?.waiting).toHaveLength(1);
    expect((await stagesAt(build, NOW + MINUTE))?.waiting).toBeNull();
    const expired = expireOverview(await build(NOW), site.configuration, NOW + MINUTE);
    const [sync] = expired.systems
      .flatMap((it) => it.components)
      .filter((it) => it.function === 'sync');
    expect(sync?.stages).toEqual({ ...known, waiting: null });
  });

  test('nothing is left to say where that was all', async () => {
    const { site, build } = await openEmpty();
    await record(site, [], waiting('one', 2 * DAY, { sealed: DAY + MINUTE }));
    expect(await stagesAt(build)).not.toBeNull();
    expect(await stagesAt(build, NOW + MINUTE)).toBeNull();
  });
});

test('simulated is what a simulator tells, and what says so', async () => {
  const configuration = siteConfiguration({ demo: false });
  const systems = configuration.systems.map((it) => ({
    ...it,
    environment: 'production' as const,
  }));
  const { site, build } = await openEmpty({ ...configuration, systems });
  await record(site, took('sealed', [1]));
  expect((await stagesAt(build))?.simulated).toBe(false);
  const [one] = took('sealed', [1]);
  if (one) await record(site, [{ ...one, simulated: true }]);
  expect((await stagesAt(build, NOW + 10 * SECOND))?.simulated).toBe(true);
});

describe('on the page', () => {
  const page = usePage();
  // What was reached is read again by then.
  beforeEach(() => page.clock.set(NOW + 10 * SECOND));
  const read = async (locale: string) => (await ask(`${page.url}/${locale}/`)).text;
  const its = (text: string) => /id="beijing\.sync".*?<\/live-component>/s.exec(text)?.[0] ?? '';
  const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

  test.each([
    [
      'zh-CN',
      '在等的发票走到哪一步（已知的最后一步）：受理 1 张、签章 2 张。',
      '各步用时',
      '从受理起算，过去 1 天到达各步且知道用时的发票。 模拟',
      ['受理 1 张在等，最早的 11月21日 14:29 受理', '开具 中位 30 秒，95% 在 57 秒内，n = 60'],
      '签章 n = 2，太少，还没有中位数 2 张在等，最早的 11月21日 14:12 受理',
    ],
    [
      'en',
      'Last known stage of those that wait: Accepted 1, Sealed 2.',
      'Time to each stage',
      'Since the acceptance, of invoices that reached the stage in the last 1 d, ' +
        'as far as it is known when. simulated',
      [
        'Accepted 1 waits, the oldest accepted Nov 21, 14:29',
        'Issued median 30 s, 95% within 57 s, n = 60',
      ],
      'Sealed n = 2, too few for a median 2 wait, the oldest accepted Nov 21, 14:12',
    ],
    [
      'ja',
      '到着待ちの発票が達した段階（判明している最後のもの）：受理1件、電子署名2件。',
      '各段階までの時間',
      '受理からの時間、過去1日に各段階に達し、時刻の分かる発票。 シミュレーション',
      [
        '受理 1件が到着待ちで、最も早いものは11月21日 14:29に受理',
        '発行 中央値30秒、95%が57秒以内、n = 60',
      ],
      '電子署名 n = 2、少なく、中央値はまだありません 2件が到着待ちで、最も早いものは11月21日 14:12に受理',
    ],
  ])('in %s it is said without scripts', async (locale, where, title, basis, lines, last) => {
    await record(
      page.site,
      took('issued', upTo(60)),
      waiting('first', 9 * MINUTE, { sealed: 5 * MINUTE }),
      waiting('second', 20 * MINUTE, { sealed: 4 * MINUTE }),
      waiting('third', 3 * MINUTE),
    );
    await until(async () => its(await read(locale)).includes('<details class="stages">'));
    const shown = wordsOf(its(await read(locale)));
    for (const said of [where, title, basis, ...lines, last]) expect(shown).toContain(said);
  });

  test('while it is not well, it is said, too', async () => {
    await page.site.store.record({
      components: [
        aSyncStatus('major_outage', {
          notes: [{ code: 'stalled', waiting: 1, oldest_accepted_at: NOW - 9 * MINUTE }],
        }),
      ],
      ...{ journeys: [journey(NOW - 9 * MINUTE, { id: 'one' })], ...TOLD },
      reached_stages: [reachedStage(NOW - 8 * MINUTE, { journey: 'one' })],
    });
    await until(async () => its(await read('zh-CN')).includes('走到哪一步'));
    expect(wordsOf(its(await read('zh-CN')))).toContain(
      '在等的发票走到哪一步（已知的最后一步）：开具 1 张。',
    );
  });

  test('nothing is there where no more is known than acceptances', async () => {
    await record(page.site, [], waiting('one', MINUTE));
    await until(async () => its(await read('zh-CN')).includes('抽样 214 张'));
    for (const locale of ['zh-CN', 'en', 'ja'])
      expect(its(await read(locale))).not.toMatch(/stages|走到哪一步|known stage|達した段階/);
    const { status, json } = await stagesDocument();
    expect([status, json]).toEqual([200, { over_ms: 86_400_000, components: [] }]);
  });

  test('programs read the same, and when it is not known which wait', async () => {
    await record(
      page.site,
      took('issued', upTo(60)),
      waiting('first', 9 * MINUTE, { sealed: 5 * MINUTE }),
      waiting('second', 3 * MINUTE),
    );
    await until(async () => (await stagesDocument()).json.components.length > 0);
    const { json, headers } = await stagesDocument();
    const reached = [
      { stage: 'issued', n: 60, median_ms: 30_000, p95_ms: 57_000 },
      { stage: 'sealed', n: 1, median_ms: null, p95_ms: null },
    ];
    const of_sync = { component: 'beijing.sync', simulated: true, reached };
    expect(json).toEqual({
      over_ms: 86_400_000,
      components: [
        {
          ...of_sync,
          waiting: [
            { stage: 'accepted', n: 1, oldest_accepted_at: '2026-11-21T06:29:10.000Z' },
            { stage: 'sealed', n: 1, oldest_accepted_at: '2026-11-21T06:23:10.000Z' },
          ],
        },
      ],
    });
    const again = await ask(`${page.url}/api/v1/stages`, {
      headers: { 'if-none-match': headers.etag ?? '' },
    });
    expect(again.status).toBe(304);
    page.clock.set(NOW + MINUTE);
    await until(async () => (await stagesDocument()).json.components[0]?.waiting === null);
    expect((await stagesDocument()).json.components).toEqual([{ ...of_sync, waiting: null }]);
  });

  async function stagesDocument() {
    const { status, headers, text } = await ask(`${page.url}/api/v1/stages`);
    const json: { over_ms: number; components: { waiting: unknown }[] } = JSON.parse(text);
    return { status, headers, json };
  }
});
