import { expect, test } from 'vitest';
import { createWords } from '../../messages/catalogue.ts';
import { gapSentence } from '../../messages/index.ts';

const FROM = Date.parse('2026-11-21T14:02:05+08:00');
const words = createWords({ locale: 'zh-CN', zone: 'Asia/Shanghai', now: () => FROM });

test('what could not be recorded was measured', () => {
  const gap = { from: FROM, to: FROM + 60_000, cause: 'disk' } as const;
  expect(gapSentence(gap, words)).toBe(
    '其中 11月21日 14:02 – 14:03 没能及时记下测量（我们的磁盘写不进去）。',
  );
});

test.each([
  [12_000, '其中 11月21日 14:02:05 – 14:02:17 没有测量（我们的机器被暂停）。'],
  [59_999, '其中 11月21日 14:02:05 – 14:03:04 没有测量（我们的机器被暂停）。'],
  [60_000, '其中 11月21日 14:02 – 14:03 没有测量（我们的机器被暂停）。'],
])('a gap of %d ms', (ms, said) => {
  const gap = { from: FROM, to: FROM + ms, cause: 'suspended' } as const;
  expect(gapSentence(gap, words)).toBe(said);
});
