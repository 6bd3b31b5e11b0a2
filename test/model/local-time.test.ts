import { expect, test } from 'vitest';
import { readLocalTime, toLocalTime } from '../../model/local-time.ts';
import { DAY, HOUR, iso, MINUTE } from '../../model/time.ts';
import { offsetText } from '../../model/zone.ts';
import { createRandom } from '../random.ts';

/** A reading with its instants as text. */
function read(zone: string, text: string) {
  const it = readLocalTime(zone, text);
  switch (it.is) {
    case 'once':
      return iso(it.at);
    case 'repeated':
      return it.times.map(iso);
    case 'skipped':
      return { before: toLocalTime(zone, it.before), after: toLocalTime(zone, it.after) };
    case 'no_time':
      return null;
  }
}

test.each([
  ['Asia/Shanghai', '2026-11-21T14:32', '2026-11-21T06:32:00.000Z'],
  ['Asia/Shanghai', '2026-11-21T00:00:30', '2026-11-20T16:00:30.000Z'],
  ['UTC', '2024-02-29T23:59', '2024-02-29T23:59:00.000Z'],
  ['Europe/Berlin', '2026-07-01T12:00', '2026-07-01T10:00:00.000Z'],
  ['Europe/Berlin', '2026-12-01T12:00', '2026-12-01T11:00:00.000Z'],
  ['Europe/Berlin', '2027-03-28T01:59', '2027-03-28T00:59:00.000Z'],
  ['Europe/Berlin', '2027-03-28T03:00', '2027-03-28T01:00:00.000Z'],
  ['Pacific/Apia', '2011-12-29T23:59', '2011-12-30T09:59:00.000Z'],
  ['Pacific/Apia', '2011-12-31T00:00', '2011-12-30T10:00:00.000Z'],
  // Ahead of summer time.
  ['Australia/Lord_Howe', '2027-04-04T01:29', '2027-04-03T14:29:00.000Z'],
])('in %s %s is %s', (zone, text, expected) => {
  expect(read(zone, text)).toBe(expected);
});

/** By the tz database, 2026c. */
test.each([
  ['Europe/Berlin', '2027-10-31T02:00', ['2027-10-31T00:00:00.000Z', '2027-10-31T01:00:00.000Z']],
  ['Europe/Berlin', '2027-10-31T02:59', ['2027-10-31T00:59:00.000Z', '2027-10-31T01:59:00.000Z']],
  ['Europe/Berlin', '1945-11-18T02:30', ['1945-11-18T00:30:00.000Z', '1945-11-18T01:30:00.000Z']],
  [
    'Australia/Lord_Howe',
    '2027-04-04T01:45',
    ['2027-04-03T14:45:00.000Z', '2027-04-03T15:15:00.000Z'],
  ],
  ['America/Havana', '2027-11-07T00:30', ['2027-11-07T04:30:00.000Z', '2027-11-07T05:30:00.000Z']],
  // Summer time of China ended here for the last time.
  ['Asia/Shanghai', '1991-09-15T01:30', ['1991-09-14T16:30:00.000Z', '1991-09-14T17:30:00.000Z']],
  // A whole day twice, when the date line moved.
  [
    'Pacific/Kwajalein',
    '1969-09-30T12:00',
    ['1969-09-30T01:00:00.000Z', '1969-10-01T00:00:00.000Z'],
  ],
])('in %s %s comes twice', (zone, text, times) => {
  expect(read(zone, text)).toEqual(times);
});

test.each([
  ['Europe/Berlin', '2027-03-28T02:00', '2027-03-28T01:59', '2027-03-28T03:00'],
  ['Europe/Berlin', '2027-03-28T02:59:59', '2027-03-28T01:59', '2027-03-28T03:00'],
  ['Australia/Lord_Howe', '2027-10-03T02:15', '2027-10-03T01:59', '2027-10-03T02:30'],
  ['Africa/Cairo', '2027-04-30T00:30', '2027-04-29T23:59', '2027-04-30T01:00'],
  ['Pacific/Apia', '2011-12-30T00:00', '2011-12-29T23:59', '2011-12-31T00:00'],
  ['Pacific/Apia', '2011-12-30T12:00', '2011-12-29T23:59', '2011-12-31T00:00'],
  // The first summer time of China.
  ['Asia/Shanghai', '1940-06-01T00:30', '1940-05-31T23:59', '1940-06-01T01:00'],
])('in %s %s does not exist; next to it are %s and %s', (zone, text, before, after) => {
  expect(read(zone, text)).toEqual({ before, after });
});

test.each([
  '',
  'tomorrow',
  '2026-02-30T10:00',
  '2026-11-21T24:61',
  '2026-11-21',
  '2026-11-21T10:00Z',
])('"%s" is no time', (text) => {
  expect(read('Asia/Shanghai', text)).toBeNull();
});

test.each([
  ['Asia/Shanghai', '2026-11-21T00:00Z', 'UTC+8'],
  ['UTC', '2026-11-21T00:00Z', 'UTC'],
  ['Australia/Lord_Howe', '2026-07-01T00:00Z', 'UTC+10:30'],
  ['America/St_Johns', '2026-12-01T00:00Z', 'UTC\u22123:30'],
  ['Africa/Monrovia', '1971-01-01T00:00Z', 'UTC\u22120:44:30'],
])('the offset of %s at %s is written %s', (zone, at, expected) => {
  expect(offsetText(zone, Date.parse(at))).toBe(expected);
});

/** Zones with odd rules, and others. */
const ZONES = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/Havana',
  'America/Asuncion',
  'America/Nuuk',
  'America/St_Johns',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Shanghai',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Pyongyang',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];

test('a local time means what a wall clock shows, minute by minute, in any zone', () => {
  const kinds: string[] = [];
  for (const [i, zone] of ZONES.entries()) {
    const random = createRandom(i + 1);
    const changes = changesOf(zone);
    const drawn = () => changes[Math.floor(random() * changes.length)];
    for (const around of [drawn(), drawn(), Date.parse('2026-11-21')]) {
      if (around === undefined) continue;
      const shown = wallClock(zone, around - 56 * HOUR, around + 56 * HOUR);
      const there = Date.parse(`${wallText(zone, around)}Z`);
      for (let n = 0; n < 60; n += 1) {
        const spread = random() < 0.5 ? 4 * HOUR : 48 * HOUR;
        const text = iso(there + (random() - 0.5) * spread).slice(0, 16);
        const it = readLocalTime(zone, text);
        kinds.push(it.is);
        const times = it.is === 'once' ? [it.at] : it.is === 'repeated' ? it.times : [];
        expect([zone, text, times.map(iso)]).toEqual([zone, text, shown.get(text) ?? []]);
        if (it.is !== 'skipped') continue;
        // The minutes that are shown next to each other there.
        const order = [...shown.keys()].toSorted();
        const after = order.findIndex((other) => other > text);
        expect([it.before, it.after].map((at) => wallText(zone, at))).toEqual(
          order.slice(after - 1, after + 1),
        );
      }
    }
  }
  for (const kind of ['once', 'repeated', 'skipped']) {
    expect(kinds.filter((it) => it === kind).length).toBeGreaterThan(50);
  }
});

/** What a wall clock shows between two instants, and when: by another way of Intl than ours. */
function wallClock(zone: string, from: number, to: number): Map<string, string[]> {
  const shown = new Map<string, string[]>();
  for (let at = Math.ceil(from / MINUTE) * MINUTE; at < to; at += MINUTE) {
    const text = wallText(zone, at);
    shown.set(text, [...(shown.get(text) ?? []), iso(at)]);
  }
  return shown;
}

const wallFormats = new Map<string, Intl.DateTimeFormat>();

function wallText(zone: string, at: number): string {
  const format =
    wallFormats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  wallFormats.set(zone, format);
  return format.format(at).replace(' ', 'T');
}

/** Instants at which the zone changes its clocks, to a quarter of an hour. */
function changesOf(zone: string): number[] {
  const gapAt = (at: number) => Date.parse(`${wallText(zone, at)}Z`) - at;
  const found: number[] = [];
  let gap = gapAt(Date.parse('2000-01-01'));
  for (let day = Date.parse('2000-01-01'); day < Date.parse('2035-01-01'); day += DAY) {
    if (gapAt(day + DAY) === gap) continue;
    let at = day;
    while (gapAt(at) === gap) at += 15 * MINUTE;
    found.push(at);
    gap = gapAt(day + DAY);
  }
  return found;
}
