import { expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { ask } from './request.ts';
import { aStatus, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({ prepare: seedHistory });

const NEW_YEAR = Date.parse('2027-01-01T00:00:00+08:00');

async function frontAt(now: number): Promise<string> {
  page.clock.set(now);
  const measured = { since: NEW_YEAR - 30 * MINUTE, measured_at: now, valid_until: now + MINUTE };
  await page.site.store.record({
    components: [aStatus('beijing.query', 'degraded_performance', measured)],
    changes: [{ kind: 'state', ref: 'beijing.query', at: now }],
  });
  const time = new RegExp(`${now < NEW_YEAR ? '23:5[0-9]' : '00:0[0-9]'}:\\d\\d 测量`);
  await expect.poll(async () => (await ask(`${page.url}/zh-CN/`)).text).toMatch(time);
  const { text } = await ask(`${page.url}/zh-CN/`);
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test('W13: at New Year the dates of the page get the year that is over', async () => {
  const before = await frontAt(NEW_YEAR - 5 * MINUTE);
  expect(before).toMatch(/(?<!年)10月\d+日/);
  expect(before).toContain('没有写年份的日期都在 2026 年。');
  const after = await frontAt(NEW_YEAR + 5 * MINUTE);
  expect(after).not.toMatch(/(?<!年)1[012]月\d+日/);
  expect(after).toMatch(/2026年10月\d+日/);
  expect(after).toContain('没有写年份的日期都在 2027 年。');
});
