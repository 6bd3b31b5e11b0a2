import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { ask } from './request.ts';
import {
  aStatus,
  aSyncStatus,
  aTransition,
  breakDownload,
  NOW,
  type Site,
  seedHistory,
  until,
} from './site.ts';
import { type OpenPage, usePage } from './use-page.ts';

const page = usePage();

interface Asked {
  locale?: string;
  of?: OpenPage;
}

/** The words of the front page, in the language. */
async function words({ locale = 'zh-CN', of = page }: Asked): Promise<string> {
  const { text } = await ask(`${of.url}/${locale}/`);
  const shown = text.replace(/<template[\s\S]*?<\/template>/g, '');
  return shown.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

/** The words of the front page once it says the phrase; it follows what is recorded. */
async function wordsSaying(said: string | RegExp, asked: Asked = {}): Promise<string> {
  const has = (shown: string) =>
    typeof said === 'string' ? shown.includes(said) : said.test(shown);
  await until(async () => has(await words(asked)));
  return words(asked);
}

/** What makes the page look. */
const TOLD = { changes: [{ kind: 'state' as const, ref: 'beijing.query', at: NOW }] };

const recent = (n: number) => ({ window_ms: HOUR, n, bad: 0, median_ms: 320, p95_ms: 810 });

test.each([
  [4, '测量太少，还没有中位数', '320'],
  [5, '中位 0.32 秒', '95%'],
  [59, '中位 0.32 秒', '95%'],
])('W4: of n = %i it says %s, and not %s', async (n, said, unsaid) => {
  await page.site.store.record({
    components: [aStatus('beijing.query', 'operational', { recent: recent(n) })],
    ...TOLD,
  });
  const shown = await wordsSaying(said);
  expect(shown).toContain(`n = ${n}`);
  expect(shown).not.toContain(unsaid);
});

const range = (from: number, to: number | null) => ({
  from: from * SECOND,
  to: to === null ? null : to * SECOND,
});

test('W4: of n = 60 both are said, of invoices too', async () => {
  const delays = { n: 60, median_ms: range(20, 22), p95_ms: range(60, 88) };
  const { sync } = aSyncStatus('operational');
  await page.site.store.record({
    components: [
      aStatus('beijing.query', 'operational', { recent: recent(60) }),
      aSyncStatus('operational', { sync: sync && { ...sync, delays } }),
    ],
    ...TOLD,
  });
  const shown = await wordsSaying('中位 0.32 秒，95% 在 0.81 秒内');
  expect(shown).toContain(
    '受理 60 张，到达用时的中位：20 秒至 22 秒，95 分位：1 分钟至 1 分 28 秒（95% 置信范围）。',
  );
});

test('W4: of 58 invoices there is a median only', async () => {
  await page.site.store.record({ components: [aSyncStatus('operational')], ...TOLD });
  await wordsSaying('受理 58 张，到达用时的中位：19 秒至 24 秒（95% 置信范围）。');
});

test('W6: how long most take is not known while most wait', async () => {
  const delays = { n: 60, median_ms: range(660, null), p95_ms: range(660, null) };
  const { sync } = aSyncStatus('operational');
  await page.site.store.record({
    components: [aSyncStatus('operational', { sync: sync && { ...sync, delays } })],
    ...TOLD,
  });
  await wordsSaying('到达用时的中位：超过 11 分钟，95 分位：超过 11 分钟（95% 置信范围）。');
});

test('invoices that were overtaken are named beside the watermark', async () => {
  const { sync } = aSyncStatus('operational');
  const stragglers = [NOW - 3 * HOUR, NOW - 2 * HOUR];
  await page.site.store.record({
    components: [aSyncStatus('operational', { sync: sync && { ...sync, stragglers } })],
    ...TOLD,
  });
  await wordsSaying('抽样 214 张，24 小时内，另有 2 张未到，最早的');
});

test('W3: before the first result nothing is known of incidents', async () => {
  const shown = await wordsSaying('还没有测量，所以还不知道有没有事件。');
  expect(shown).not.toContain('没有事件，也没有维护');
});

test.each([
  ['zh-CN', '开始测量，此后没有事件，也没有维护。'],
  ['en', 'No incidents and no maintenance since we began to measure on'],
])('W3: none is said since the first measurement, in %s', async (locale, said) => {
  await measuredSince(page.site, NOW - 10 * MINUTE);
  const shown = await wordsSaying(said, { locale });
  expect(shown).not.toMatch(/过去 90 天没有|last 90 days\./);
});

describe('after more than 90 days', () => {
  const old = usePage({ prepare: (site) => measuredSince(site, NOW - 91 * DAY) });

  test('W3: of 90 days it is said that there was none', async () => {
    await wordsSaying('过去 90 天没有事件，也没有维护。', { of: old });
  });

  test('W3: an incident that is open is not none', async () => {
    await breakDownload(old.site);
    const shown = await wordsSaying('没有已经结束的事件或维护；正在发生的见上方。', { of: old });
    expect(shown).not.toContain('没有事件，也没有维护');
  });
});

describe('after less than 90 days', () => {
  const young = usePage({ prepare: (site) => seedHistory(site) });

  test('an availability says since when', async () => {
    await wordsSaying(/9月22日 \d\d:\d\d 起可用 \d+\.\d\d%（[\d,]+ 次测量，成功 \d+\.\d\d%）/, {
      of: young,
    });
  });
});

describe('what an availability rests on', () => {
  const young = usePage({ prepare: (site) => seedHistory(site) });

  test('I13: a partial outage stands beside it, and the share that was good', async () => {
    // Of 61 days partly down for 9 minutes, and never down.
    await wordsSaying(/起可用 100\.00%（[\d,]+ 次测量，成功 \d+\.\d\d%，部分受影响 9 分钟）/, {
      of: young,
    });
    await wordsSaying(/available since .* good, some users affected for 9 min\)/, {
      locale: 'en',
      of: young,
    });
  });

  test('the promise of a sync stands beside since when it is known', async () => {
    await wordsSaying(/9月22日 \d\d:\d\d 起在 1 天内到达 99\.20%（60,000 张到期，逾期 0\.80%）/, {
      of: young,
    });
  });

  test('W8: what was measured does not become less when nothing is measured', async () => {
    await wordsSaying('过去 1 小时 720 次测量', { of: young });
    young.clock.set(NOW + 10 * MINUTE);
    const shown = await wordsSaying('到各自最后一次测量为止的 1 小时共 720 次测量', { of: young });
    expect(shown).toContain('到 11月21日 14:32 为止的 1 小时，n = 240');
    expect(shown).not.toContain('过去 1 小时');
  });
});

test('W5: while no invoice is due, that is said', async () => {
  await page.site.store.record({ components: [aSyncStatus('operational')], ...TOLD });
  const shown = await wordsSaying('尚无到期的发票');
  expect(shown).not.toMatch(/内到达 \d/);
  expect(shown).not.toContain('未到期的');
});

describe('W5, S3: with it is said which share of younger ones is late', () => {
  test.each([
    ['zh-CN', 1, 1, /未到期的 1 张中 100\.00% 仍未到，已等超过 1 分 30 秒。.*尚无到期的发票/],
    ['zh-CN', 100, 50, /未到期的 100 张中 50\.00% 仍未到，已等超过 1 分 30 秒。.*尚无到期的发票/],
    ['en', 100, 50, /50\.00% of 100 not due yet are not there after more than 1 min 30 s\./],
  ])('in %s, of %i', async (locale, n, overdue, said) => {
    await recordYoung('operational', { n, overdue });
    await wordsSaying(said, { locale });
  });

  test('but not while nobody knows what has arrived', async () => {
    await recordYoung('unknown', { n: 100, overdue: 50 });
    const shown = await wordsSaying('抽样 214 张');
    expect(shown).toContain('同步 未知');
    expect(shown).not.toContain('未到期的');
  });

  async function recordYoung(state: State, counts: { n: number; overdue: number }) {
    const { sync } = aSyncStatus(state);
    const young = { ...counts, limit_ms: 90 * SECOND };
    const component = aSyncStatus(state, { sync: sync && { ...sync, young } });
    await page.site.store.record({ components: [component], ...TOLD });
  }
});

test('W7: a day with an outage of 3 minutes and no more is not unmeasured', async () => {
  const since = NOW - 3 * MINUTE;
  await page.site.store.record({
    components: [aStatus('beijing.query', 'major_outage', { since })],
    transitions: [aTransition('beijing.query', 'unknown', 'major_outage', since)],
    ...TOLD,
  });
  await wordsSaying('测到不足 5 分钟 短暂中断 3 分钟');
});

async function measuredSince(site: Site, since: number): Promise<void> {
  await site.store.record({
    components: [aStatus('beijing.query', 'operational', { since })],
    transitions: [aTransition('beijing.query', 'unknown', 'operational', since)],
    ...TOLD,
  });
}
