import { expect, test } from 'vitest';
import { falseClaims } from './claims/check-claims.ts';
import { instantOf } from './claims/instant.ts';
import { NOWHERE } from './claims/places.ts';
import { readText } from './claims/read-text.ts';
import type { Lived } from './lived.ts';
import { MINUTE_MS, MONTH_BEGINS } from './site.ts';

/** Worked by hand from docs/sentences.md and docs/judging.md. */
const QUERY = 'beijing.query';
const UPLOAD = 'pinduoduo.upload';
const NAME = '北京电子发票（模拟）';

test.each([
  ['查询中断，其余正常', ['is', 'rest_is']],
  [`${NAME}：查询曾中断（共 5 分钟，分 2 段）`, ['was']],
  [`${NAME}：查询曾中断 1 分 36 秒`, ['was']],
  ['查询曾中断，现在情况不明', ['is_unclear']],
  ['持续中 - 情况加重：查询：部分中断 → 中断。', ['status', 'changed']],
  ['自 10月1日 00:04 起。连续失败：对方报错（HTTP 503）。', ['since', 'failing']],
  ['已解决 · 历时 28 分钟', ['status', 'lasted']],
  ['只列出最近 50 段。', []],
])('%s', (text, says) => {
  const { claims, unread } = readText(text, MONTH_BEGINS);
  expect({ unread, says: claims.map((it) => it.says) }).toEqual({ unread: null, says });
});

test.each(['查询可能中断', '查询中断 大概', '明天恢复', '查询快要恢复了。'])(
  '“%s” is no sentence',
  (text) => {
    expect(readText(text, MONTH_BEGINS).unread).toBe(text);
  },
);

const FOUND: Record<string, 'good' | 'bad'> = { g: 'good', b: 'bad' };

/** One letter a minute, u for not measured: query is as the word says, all others are well. */
function lived(word: string): Lived {
  const checks = ['query', 'download-pdf', 'download-ofd', 'upload', 'seen-from-here'];
  const findings = checks.flatMap((check) =>
    [...word].flatMap((letter, minute) => {
      const slot_at = MONTH_BEGINS + minute * MINUTE_MS + 1_000;
      const found = check === 'query' ? FOUND[letter] : 'good';
      if (found === undefined) return [];
      return { check, slot_at, found, duration_ms: 300, known_at: slot_at + 300, void_at: null };
    }),
  );
  return { findings, windows: [], set_back: [], blind: [], unwritable: [] } as unknown as Lived;
}

function told(word: string, text: string, over_minute: number | null = null): string[] {
  const at = MONTH_BEGINS + word.length * MINUTE_MS - 30_000;
  const minute = (n: number) => MONTH_BEGINS + n * MINUTE_MS;
  return falseClaims(readText(text, at).claims, {
    instant: instantOf(lived(word), { at, true_at: at }),
    placed: { place: 'page', text, ...NOWHERE },
    incident: {
      components: text.includes('上传') ? [UPLOAD] : [QUERY],
      started_at: minute(3),
      over_at: over_minute === null ? null : minute(over_minute),
      fails_in_another: false,
    },
    window: null,
    is_now: true,
    is_set_back: false,
    excused: [],
  });
}

test.each([
  ['gggbbb', `${NAME}：查询中断`, null],
  ['gggbbbggg', `${NAME}：查询曾中断 3 分钟`, 6],
  ['gggbbbggg', `${NAME}：查询已恢复`, null],
  ['gggbbb', '上传正常', null],
  ['gggbbbggg', `${NAME}：查询已于 10月1日 00:06 恢复正常。`, null],
  ['gggbbbgggbb', `${NAME}：查询已于 10月1日 00:06 恢复正常。`, null],
  ['gggbbbggguuuuuu', '测量曾恢复正常：查询：中断 → 正常（此后情况不明）。', null],
])('%s: true is %s', (word, text, over) => {
  expect(told(word, text, over)).toEqual([]);
});

test.each([
  ['gggbbbggg', `${NAME}：查询中断`, null],
  ['gggbbb', `${NAME}：查询曾中断 3 分钟`, null],
  ['gggbbbggg', `${NAME}：查询曾中断 4 分钟`, 6],
  ['gggbbbggg', `${NAME}：查询曾部分中断 3 分钟`, 6],
  ['gggbbb', `${NAME}：查询已恢复`, null],
  ['gggbbb', '已恢复并保持正常，事件结束。', null],
  ['gggbbb', '测量的功能全部正常', null],
  ['ggggggg', '上传中断', null],
  ['gggbbb', '自 10月1日 00:02 起。', null],
  ['gggbbbggg', `${NAME}：查询已于 10月1日 00:07 恢复正常。`, null],
  ['gggbbbggg', '测量曾恢复正常：查询：中断 → 正常（此后情况不明）。', null],
  ['gggbbbuuuuuu', '测量曾恢复正常：查询：中断 → 正常（此后情况不明）。', null],
  ['gggbbb', '维护中 · 影响：严重 · 10月1日 00:03 开始', null],
])('%s: false is %s', (word, text, over) => {
  expect(told(word, text, over)).not.toEqual([]);
});
