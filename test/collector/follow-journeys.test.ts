import { expect, test, vi } from 'vitest';
import { createJourneyLooks } from '../../collector/follow-journeys.ts';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import { SECOND } from '../../model/time.ts';
import { journey } from '../model/builders.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration, START } from './configuration.ts';
import { fakeClock, stopTime } from './world.ts';

/** Sixty looks a minute; those of ten seconds at once. */
const AT_ONCE = 10;

test('within the budget the most overdue are looked for first', async () => {
  stopTime();
  const site = siteOf(configuration());
  const live = emptyLiveState(site, START);
  const due_in_s = [5, -3, -30, -1, 0, -20, ...Array.from({ length: 20 }, (_, n) => -40 - n)];
  const waiting = due_in_s.map((seconds) =>
    journey(START, {
      id: `due ${seconds}`,
      number: `${seconds}`,
      component: 'bureau.sync',
      check: 'bureau-sync',
      next_look_at: START + seconds * SECOND,
    }),
  );
  live.syncs.set('bureau.sync', {
    ...emptySyncMemory(),
    waiting: new Map(waiting.map((it) => [it.id, it])),
  });
  const looked: number[] = [];
  const looks = createJourneyLooks({
    site,
    live,
    line: {
      look({ number }) {
        looked.push(Number(number));
        return new Promise(() => {});
      },
    },
    recorder: { look: async () => {}, outage: () => null },
    clock: fakeClock,
    log: quiet,
  });
  looks.tick();
  const most_overdue = due_in_s.toSorted((a, b) => a - b);
  expect(looked).toEqual(most_overdue.slice(0, AT_ONCE));
  vi.advanceTimersByTime(3 * SECOND);
  looks.tick();
  expect(looked).toEqual(most_overdue.slice(0, AT_ONCE + 3));
});
