import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

/** The least time between what is told to begin, by INCIDENT-7: the last one holds from then on. */
const APART_MS = [10 * MINUTE, 30 * MINUTE, HOUR];
const STEP_MS = 5 * SECOND;

interface Told {
  at: number;
  /** That something fails, or that it is over. */
  is_end: boolean;
}

/** What everyone is told in a day of a function that fails as long as it is well, in turn. */
function toldInADay(flap_ms: number): Told[] {
  const story = new Story();
  story.settle_ms = MINUTE;
  const told: Told[] = [];
  for (let ms = 0; ms < 24 * HOUR; ms += STEP_MS) {
    const fails = Math.floor(ms / flap_ms) % 2 === 0;
    const code = story.at(T0 + ms, { query: fails ? 'major_outage' : 'operational' });
    if (code !== null && story.last?.told) told.push({ at: ms, is_end: code === 'resolved' });
  }
  return told;
}

/** By how long it fails and is well: messages in a day. */
const MESSAGES: [flap_ms: number, messages: number][] = [
  [10 * SECOND, 1],
  [30 * SECOND, 1],
  [MINUTE, 1],
  [2 * MINUTE, 1],
  [5 * MINUTE, 1],
  // It begins after 0, 21, 61 minutes and every hour from then on, each time with its end.
  [10 * MINUTE, 50],
];

test.each(MESSAGES)('flaps of %d ms for a day are told in %d messages', (flap_ms, messages) => {
  const told = toldInADay(flap_ms);
  expect(told).toHaveLength(messages);
  const beginnings = told.filter(({ is_end }) => !is_end).map(({ at }) => at);
  for (const [i, at] of beginnings.slice(1).entries()) {
    const least_ms = APART_MS[Math.min(i, APART_MS.length - 1)] ?? HOUR;
    expect([i, at - (beginnings[i] ?? 0) >= least_ms]).toEqual([i, true]);
  }
  // Nobody is told twice in a row that it is over.
  for (const [i, { is_end }] of told.slice(1).entries())
    if (is_end) expect([i, told[i]?.is_end]).toEqual([i, false]);
});
