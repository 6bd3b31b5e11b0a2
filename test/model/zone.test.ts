import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../model/time.ts';
import { createDays, dayAt, daysOf, startOfDay } from '../../model/zone.ts';
import { T0 } from './builders.ts';

describe('days of a zone', () => {
  it('begin at the zone’s midnight', () => {
    const days = daysOf({ zone: 'Asia/Shanghai', now: T0, count: 90 });
    expect(days).toHaveLength(90);
    expect(days.at(-1)).toEqual({
      day: '2026-11-02',
      from: Date.parse('2026-11-02T00:00:00+08:00'),
      to: Date.parse('2026-11-03T00:00:00+08:00'),
    });
  });
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Africa/Cairo', '2026-04-24', 23], // midnight does not exist
    ['America/Havana', '2026-11-01', 25], // clocks go back from 1:00 to 0:00
    ['Asia/Kolkata', '2026-11-02', 24],
  ])('in %s, %s has %i hours', (zone, day, hours) => {
    const from = startOfDay(zone, day);
    const next = new Date(Date.parse(`${day}T12:00:00Z`) + DAY).toISOString().slice(0, 10);
    expect((startOfDay(zone, next) - from) / HOUR).toBe(hours);
    expect(dayAt(zone, from)).toBe(day);
    expect(dayAt(zone, from - 1)).not.toBe(day);
  });
  it('tile the year in zones with odd rules', () => {
    for (const zone of [
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Cairo',
    ]) {
      const days = daysOf({ zone, now: T0, count: 400 });
      for (const [i, day] of days.entries()) {
        if (i > 0) expect(day.from).toBe(days[i - 1]?.to);
        expect(dayAt(zone, day.from)).toBe(day.day);
        expect(dayAt(zone, day.to - 1)).toBe(day.day);
      }
    }
  });
  it('that are remembered end where another day begins, and where the clock is set back', () => {
    const zone = 'Europe/Berlin';
    const daysAt = createDays({ zone, count: 3 });
    const midnight = startOfDay(zone, '2026-10-25');
    const instants = [midnight, midnight + 25 * HOUR - 1, midnight + 25 * HOUR, midnight - 1];
    for (const now of instants) expect(daysAt(now)).toEqual(daysOf({ zone, now, count: 3 }));
  });
});
