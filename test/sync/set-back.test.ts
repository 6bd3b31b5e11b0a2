import { expect, test } from 'vitest';
import { stepOfClock } from '../../collector/judging/clock.ts';
import { judgeSyncComponent } from '../../collector/judging/sync.ts';
import { emptySyncMemory, type SyncMemory } from '../../collector/state/sync-memory.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from '../collector/configuration.ts';
import { judgedSite } from '../collector/judged-site.ts';
import { journey } from '../model/builders.ts';

const NOW = START + 12 * HOUR;
const BUREAU = 'bureau.sync';

/** Shown in their order, half an hour after their acceptance; the last five wait. */
function inOrder(): SyncMemory {
  const accepted = Array.from({ length: 40 }, (_, i) => NOW - (40 - i) * MINUTE);
  const arrived = accepted.slice(0, 35);
  const waiting = accepted.slice(35).map((at) =>
    journey(at, {
      component: BUREAU,
      last_absent_at: NOW - SECOND,
      last_answered_at: NOW - SECOND,
    }),
  );
  return {
    ...emptySyncMemory(),
    accepted,
    waiting: new Map(waiting.map((it) => [it.id, it])),
    last_answer: { at: NOW - SECOND, next_distance_ms: MINUTE },
    watched_since: START,
    last_arrival_at: NOW - MINUTE,
    latest_arrived: arrived.slice(-20),
    arrivals: arrived.map((accepted_at) => ({
      at: accepted_at + 30 * SECOND,
      accepted_at,
      from_ms: 20 * SECOND,
      to_ms: 30 * SECOND,
      is_delay_known: true,
    })),
  };
}

test('set back, the clock makes none look overtaken by what was accepted before it', () => {
  const { site, live } = judgedSite(configuration({ overdue_after_ms: MINUTE }));
  const component = site.components.get(BUREAU);
  if (!component) throw new Error('no sync');
  live.syncs.set(BUREAU, inOrder());
  const step = { at: NOW - HOUR, by_ms: -HOUR };
  const [[, after] = []] = stepOfClock({ site, live }, step).syncs ?? [];
  if (!after) throw new Error('no memory');
  const [first] = after.waiting.values();
  expect(first?.accepted_at).toBe(NOW - HOUR - 5 * MINUTE);
  expect(Math.max(...after.latest_arrived)).toBeLessThan(first?.accepted_at ?? 0);
  // All are looked for again, and none is there.
  const now = NOW - HOUR + 10 * MINUTE;
  const missed = [...after.waiting.values()].map((it) => ({ ...it, last_absent_at: now - SECOND }));
  const memory = { ...after, waiting: new Map(missed.map((it) => [it.id, it])) };
  const answered = { ...memory, last_answer: { at: now - SECOND, next_distance_ms: MINUTE } };
  const judged = judgeSyncComponent({ live, now }, component, answered);
  expect(judged.change.after.notes.map(({ code }) => code)).not.toContain('part_lost');
});
