import { describe, expect, test } from 'vitest';
import { createWords } from '../../messages/catalogue.ts';
import {
  maintenanceChatText,
  maintenanceFacts,
  maintenanceStatus,
  maintenanceTime,
  maintenanceUpdateBody,
  maintenanceUpdateStatus,
  scopeText,
} from '../../messages/index.ts';
import { MAINTENANCE_UPDATE_CODES, type Maintenance } from '../../model/maintenance.ts';
import { HOUR } from '../../model/time.ts';
import { REQUIRED_LOCALES } from '../../model/vocabulary.ts';

const ZONE = 'Asia/Shanghai';
/** A Sunday, 22:00 in China. */
const FROM = Date.parse('2026-11-22T14:00:00Z');
const zh = createWords({ locale: 'zh-CN', zone: ZONE, now: () => FROM });
const en = createWords({ locale: 'en', zone: ZONE, now: () => FROM });

const MAINTENANCE: Maintenance = {
  id: 'mnt000000001',
  status: 'scheduled',
  components: ['beijing.query', 'beijing.download', 'pinduoduo.upload'],
  texts: {
    title: { 'zh-CN': '数据库升级', en: 'Database upgrade' },
    description: { 'zh-CN': '升级期间查询会中断。', en: 'Queries are down meanwhile.' },
    stays_open: null,
    workaround: { 'zh-CN': '请提前下载。', en: 'Download beforehand.' },
  },
  announced_from: FROM,
  announced_until: FROM + HOUR,
  expected_recovery_at: FROM + 3 * HOUR,
  actual_from: null,
  actual_until: null,
  plans_before: [],
  notice_ms: 24 * HOUR,
  published_at: FROM - 72 * HOUR,
  revision: 1,
  reminded: [],
  created_at: FROM - 72 * HOUR,
  updated_at: FROM - 72 * HOUR,
};
const SCOPE = [
  { system_name: { 'zh-CN': '北京', en: 'Beijing' }, functions: ['query', 'download'] },
  { system_name: { 'zh-CN': '拼多多', en: 'Pinduoduo' }, functions: ['upload'] },
] satisfies Parameters<typeof scopeText>[0];

describe('the words of a maintenance', () => {
  test('name its scope by system', () => {
    expect(scopeText(SCOPE, zh)).toBe('北京：查询、下载；拼多多：上传');
    expect(scopeText(SCOPE, en)).toBe('Beijing: Query, Download; Pinduoduo: Upload');
  });

  test('name days with their weekday, the day of the end only where it is another', () => {
    expect(zh.period(FROM, FROM + HOUR)).toBe('11月22日周日 22:00 – 23:00');
    expect(zh.period(FROM, FROM + 3 * HOUR)).toBe('11月22日周日 22:00 – 11月23日周一 01:00');
    expect(en.period(FROM, FROM + HOUR)).toBe('Sun, Nov 22, 22:00 – 23:00');
  });

  test('leave out what was not said', () => {
    expect(maintenanceFacts(MAINTENANCE, SCOPE, zh)).toEqual([
      { term: '影响范围', text: '北京：查询、下载；拼多多：上传' },
      { term: '时间', text: '11月22日周日 22:00 – 23:00（中国标准时间）' },
      { term: '预计恢复', text: '11月23日周一 01:00' },
      { term: '替代办法', text: '请提前下载。' },
    ]);
  });

  test('W13: are complete in a chat, with the year', () => {
    const url = 'https://status.example.invalid/en/maintenances/mnt000000001';
    const operator = { 'zh-CN': '某单位', en: 'Somebody' };
    expect(
      maintenanceChatText(MAINTENANCE, { scope: SCOPE, url, operator }, en).split('\n'),
    ).toEqual([
      '[Planned maintenance] Database upgrade',
      'Queries are down meanwhile.',
      'Affected: Beijing: Query, Download; Pinduoduo: Upload',
      'Time: Sun, Nov 22, 2026, 22:00 – 23:00 (China Standard Time)',
      'Expected to work again: Mon, Nov 23, 2026, 01:00',
      'What to do instead: Download beforehand.',
      `Details and progress: ${url}`,
      'Unofficial, measured by Somebody',
    ]);
  });
});

describe('when it is', () => {
  const MINUTE = 60_000;
  /** Announced for that Sunday, 22:00 to 23:00. */
  const at = (changed: Partial<Maintenance>) => ({ ...MAINTENANCE, ...changed });
  /** The Thursday before, 20:37. */
  const THURSDAY = Date.parse('2026-11-19T12:37:00Z');

  test.each<[string, Partial<Maintenance>, string, string]>([
    ['to come', {}, '计划维护', '11月22日周日 22:00 – 23:00'],
    [
      'begun within a minute of its announced start',
      { status: 'in_progress', actual_from: FROM + MINUTE - 1 },
      '维护中',
      '11月22日周日 22:00 – 23:00',
    ],
    [
      'M1: started early',
      { status: 'in_progress', actual_from: THURSDAY },
      '维护中',
      '11月19日周四 20:37 开始（原定 11月22日周日 22:00 – 23:00）',
    ],
    [
      'M1: started and ended early',
      { status: 'completed', actual_from: THURSDAY, actual_until: THURSDAY + HOUR },
      '已完成',
      '11月19日周四 20:37 – 21:37（原定 11月22日周日 22:00 – 23:00）',
    ],
    [
      'started and ended within a minute',
      { status: 'completed', actual_from: THURSDAY, actual_until: THURSDAY + MINUTE - 1 },
      '已完成',
      '11月19日周四 20:37（不到 1 分钟）（原定 11月22日周日 22:00 – 23:00）',
    ],
    [
      'ended as announced, to the minute',
      { status: 'verifying', actual_from: FROM, actual_until: FROM + HOUR + MINUTE - 1 },
      '已结束，确认恢复中',
      '11月22日周日 22:00 – 23:00',
    ],
    [
      'ended late',
      { status: 'completed', actual_from: FROM, actual_until: FROM + 2 * HOUR },
      '已完成',
      '11月22日周日 22:00 – 11月23日周一 00:00（原定 11月22日周日 22:00 – 23:00）',
    ],
    [
      'overrun',
      { status: 'overrun', actual_from: FROM },
      '公告维护已超时',
      '11月22日周日 22:00 开始，公告 11月22日周日 23:00 结束，尚未宣布结束',
    ],
    ['M4: passed unseen', { status: 'verifying' }, '公告时间已过', '11月22日周日 22:00 – 23:00'],
    [
      'M4: passed unseen, found well',
      { status: 'completed' },
      '公告时间已过',
      '11月22日周日 22:00 – 23:00',
    ],
    ['cancelled', { status: 'cancelled' }, '已取消', '原定 11月22日周日 22:00 – 23:00'],
  ])('%s', (_, changed, status, time) => {
    expect([maintenanceStatus(at(changed), zh), maintenanceTime(at(changed), zh)]).toEqual([
      status,
      time,
    ]);
    expect(maintenanceFacts(at(changed), SCOPE, zh)[1]?.text).toContain('（中国标准时间）');
  });

  test('of its updates, what was known then', () => {
    const said = (status: Maintenance['status'], actual_from: number | null) =>
      maintenanceUpdateStatus({ status }, { actual_from }, zh);
    expect(said('scheduled', FROM)).toBe('计划维护');
    expect(said('verifying', FROM)).toBe('已结束，确认恢复中');
    expect(said('completed', FROM)).toBe('已完成');
    // What passed unseen, and whatever is commented on it then.
    expect(said('scheduled', null)).toBe('计划维护');
    expect(said('verifying', null)).toBe('公告时间已过');
    expect(said('completed', null)).toBe('公告时间已过');
  });

  test.each<[Maintenance['status'], string, string]>([
    ['scheduled', '预计恢复', '原预计恢复'],
    ['in_progress', '预计恢复', '原预计恢复'],
    ['overrun', '预计恢复', '原预计恢复'],
    ['verifying', '预计恢复', '原预计恢复'],
    ['completed', '原预计恢复', '原预计恢复'],
    ['cancelled', '原预计恢复', '原预计恢复'],
  ])('%s: recovery is %s before its time, then %s', (status, before, after) => {
    const recovery_at = MAINTENANCE.expected_recovery_at;
    const termAt = (now: number) => {
      const words = createWords({ locale: 'zh-CN', zone: ZONE, now: () => now });
      return maintenanceFacts(at({ status }), SCOPE, words)[2]?.term;
    };
    expect([termAt(recovery_at - 1), termAt(recovery_at)]).toEqual([before, after]);
  });
});

describe('its updates', () => {
  test.each(MAINTENANCE_UPDATE_CODES)('%s has words in every language', (code) => {
    const text = { 'zh-CN': '请谅解。', en: 'Sorry.' };
    for (const locale of REQUIRED_LOCALES) {
      const words = createWords({ locale, zone: ZONE, now: () => FROM, in_full: true });
      const body = maintenanceUpdateBody({ code, text }, words);
      expect(body).toMatch(/[。.]$/);
      expect(body.endsWith(text[locale])).toBe(true);
      if (code !== 'text') {
        expect(maintenanceUpdateBody({ code, text: null }, words)).toMatch(/.[。.]$/);
      }
    }
  });

  test('past the announced end say no more of what is shown: another may cover the scope', () => {
    const overrun = { code: 'overrun', text: null } as const;
    expect(maintenanceUpdateBody(overrun, zh)).toBe('已过公告的结束时间，还没有宣布结束。');
    expect(maintenanceUpdateBody(overrun, en)).toBe(
      'The announced end has passed, and nobody has said that maintenance is over.',
    );
  });

  test('end with a person’s words, as they are', () => {
    const text = { 'zh-CN': '{n} <b>', en: '{n} <b>' };
    expect(maintenanceUpdateBody({ code: 'text', text }, zh)).toBe('{n} <b>');
    expect(maintenanceUpdateBody({ code: 'started', text }, zh)).toBe('维护已开始。{n} <b>');
  });
});
