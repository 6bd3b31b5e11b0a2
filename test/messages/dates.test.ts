import { describe, expect, test } from 'vitest';
import { createWords } from '../../messages/catalogue.ts';
import { HOUR } from '../../model/time.ts';
import type { Locale } from '../../model/vocabulary.ts';

const SHANGHAI = 'Asia/Shanghai';
/** A Friday. */
const NOW = Date.parse('2026-11-27T14:00:00+08:00');
const wordsOf = (locale: Locale, zone = SHANGHAI) => createWords({ locale, zone, now: () => NOW });
const zh = wordsOf('zh-CN');
const en = wordsOf('en');

/** Expected by the Unicode locale data (CLDR 44) and the calendar. */
describe('W13: the year is said whenever it is not this one', () => {
  const NEXT = Date.parse('2027-11-27T22:00:00+08:00');
  test('of a window a year ahead, which would be read as tomorrow', () => {
    expect(zh.period(NEXT, NEXT + HOUR)).toBe('2027年11月27日周六 22:00 – 23:00');
    expect(en.period(NEXT, NEXT + HOUR)).toBe('Sat, Nov 27, 2027, 22:00 – 23:00');
  });
  test('of every form with a date', () => {
    expect(zh.dateTime(NEXT)).toBe('2027年11月27日 22:00');
    expect(zh.dateTimeSeconds(NEXT)).toBe('2027年11月27日 22:00:00');
    expect(zh.timeNear(NEXT, NOW)).toBe('2027年11月27日 22:00');
    expect(zh.appointment(NEXT)).toBe('2027年11月27日周六 22:00');
    expect(zh.day('2025-12-31')).toBe('2025年12月31日');
    expect(en.day('2025-12-31')).toBe('Dec 31, 2025');
  });
  test('by the calendar of the zone, of a night over New Year too', () => {
    const eve = Date.parse('2026-12-31T23:30:00+08:00');
    expect(zh.dateTime(eve)).toBe('12月31日 23:30');
    expect(zh.dateTime(eve + HOUR)).toBe('2027年1月1日 00:30');
    expect(zh.period(eve, eve + HOUR)).toBe('12月31日周四 23:30 – 2027年1月1日周五 00:30');
    // In London it is still the old year.
    expect(wordsOf('en', 'Europe/London').dateTime(eve + HOUR)).toBe('Dec 31, 16:30');
  });
  test('not of this year, and a time needs no date', () => {
    expect(zh.period(NOW, NOW + HOUR)).toBe('11月27日周五 14:00 – 15:00');
    expect(zh.day('2026-01-01')).toBe('1月1日');
    expect(zh.clock(NEXT)).toBe('22:00:00');
  });
  test('and what lasted less than a minute is not told as a time without a length', () => {
    const end = NOW + 60_000;
    expect(zh.period(NOW, end - 1)).toBe('11月27日周五 14:00\uff08不到 1 分钟\uff09');
    expect(en.period(NOW, end - 1)).toBe('Fri, Nov 27, 14:00 (less than a minute)');
    expect(zh.period(NOW, end)).toBe('11月27日周五 14:00 – 14:01');
    expect(zh.periodInZone(NOW, end - 1)).toBe(
      '11月27日周五 14:00\uff08不到 1 分钟\uff09\uff08中国标准时间\uff09',
    );
  });
  test('and the date whenever it is not today, where the seconds count', () => {
    const midnight = Date.parse('2026-11-27T00:00:00+08:00');
    expect(zh.clockToday(midnight)).toBe('00:00:00');
    expect(zh.clockToday(midnight - 1)).toBe('11月26日 23:59:59');
    expect(zh.clockToday(NEXT)).toBe('2027年11月27日 22:00:00');
    expect(zh.inFull().clockToday(midnight)).toBe('2026年11月27日 00:00:00');
  });
  test('nor is one that is today, of an appointment that is spoken of at once', () => {
    const midnight = Date.parse('2026-11-28T00:00:00+08:00');
    expect(zh.appointmentToday(midnight - 1)).toBe('23:59');
    expect(zh.appointmentToday(midnight)).toBe('11月28日周六 00:00');
    expect(zh.inFull().appointmentToday(midnight - 1)).toBe('2026年11月27日周五 23:59');
  });
  test('changes with the year in which it is read', () => {
    let now = NOW;
    const read = createWords({ locale: 'zh-CN', zone: SHANGHAI, now: () => now });
    expect(read.dateTime(NOW)).toBe('11月27日 14:00');
    now = NEXT;
    expect(read.dateTime(NOW)).toBe('2026年11月27日 14:00');
    expect(read.thisYear()).toBe('2027');
  });
  test('always where it may be read later', () => {
    expect(zh.inFull().dateTime(NOW)).toBe('2026年11月27日 14:00');
    expect(zh.inFull().thisYear()).toBeNull();
    const later = createWords({ locale: 'en', zone: SHANGHAI, now: () => NOW, in_full: true });
    expect(later.appointment(NOW)).toBe('Fri, Nov 27, 2026, 14:00');
  });
});

describe('W14: a zone has the name that it has then', () => {
  const berlin = wordsOf('en', 'Europe/Berlin');
  // Clocks go forward at 01:00 UTC on 28 March 2027, and back on 31 October.
  test.each([
    ['2027-03-28T00:59:59Z', 'Central European Standard Time'],
    ['2027-03-28T01:00:00Z', 'Central European Summer Time'],
    ['2027-10-31T00:59:59Z', 'Central European Summer Time'],
    ['2027-10-31T01:00:00Z', 'Central European Standard Time'],
  ])('at %s', (at, name) => {
    expect(berlin.zoneName(Date.parse(at))).toBe(name);
  });
  test('of a window on that day, and of one across the change at both ends', () => {
    const evening = Date.parse('2027-03-28T20:00:00Z');
    expect(berlin.periodInZone(evening, evening + HOUR)).toBe(
      'Sun, Mar 28, 2027, 22:00 – 23:00 (Central European Summer Time)',
    );
    const night = Date.parse('2027-03-28T00:30:00Z');
    expect(berlin.periodInZone(night, night + HOUR)).toBe(
      'Sun, Mar 28, 2027, 01:30 (Central European Standard Time) – ' +
        'Sun, Mar 28, 2027, 03:30 (Central European Summer Time)',
    );
  });
  test('of all times of a page one that holds whatever its clocks show', () => {
    // In 1970 Germany had no summer time.
    const of_mails = { zone: 'Europe/Berlin', now: () => NOW, in_full: true };
    expect(createWords({ locale: 'en', ...of_mails }).zone()).toBe(berlin.zone());
    expect(berlin.inFull().zone()).toBe(berlin.zone());
    expect(berlin.zone()).toBe('Central European Time (Europe/Berlin)');
    expect(zh.zone()).toBe('中国标准时间\uff08Asia/Shanghai\uff09');
    expect(wordsOf('en', 'UTC').zone()).toMatch(/^(Coordinated Universal Time \(UTC\)|UTC)$/);
  });
});
