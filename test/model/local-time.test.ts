import { expect, test } from 'vitest';
import { fromLocalTime, toLocalTime } from '../../model/local-time.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

test.each([
  ['Asia/Shanghai', '2026-11-21T14:32', '2026-11-21T06:32:00.000Z'],
  ['Asia/Shanghai', '2026-11-21T00:00:30', '2026-11-20T16:00:30.000Z'],
  ['UTC', '2024-02-29T23:59', '2024-02-29T23:59:00.000Z'],
  ['Europe/Berlin', '2026-07-01T12:00', '2026-07-01T10:00:00.000Z'],
  ['Europe/Berlin', '2026-12-01T12:00', '2026-12-01T11:00:00.000Z'],
  // Shown twice: the first.
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  // Skipped: after the gap.
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
])('in %s %s is %s', (zone, text, expected) => {
  expect(iso(fromLocalTime(zone, text))).toBe(expected);
});

test.each([
  '',
  'tomorrow',
  '2026-02-30T10:00',
  '2026-11-21T24:61',
  '2026-11-21',
  '2026-11-21T10:00Z',
])('"%s" is no time', (text) => {
  expect(fromLocalTime('Asia/Shanghai', text)).toBeNull();
});

test('what is shown can be read back', () => {
  const at = Date.parse('2026-11-21T06:32:00Z');
  for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu']) {
    expect(fromLocalTime(zone, toLocalTime(zone, at))).toBe(at);
  }
});
