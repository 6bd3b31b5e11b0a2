import { NUMBERS } from '../../model/numbers.ts';
import type { Clock } from '../../model/ports.ts';
import { DAY } from '../../model/time.ts';
import { type ChinaDay, chinaDay } from '../../model/working-days.ts';
import type { UsualTrafficWrites } from '../../store/ports/usual-traffic.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { usualTrafficIn } from '../state/usual-traffic.ts';
import { type CountedTrafficReads, usualTraffic } from './usual-traffic.ts';

interface LookUpParts {
  store: CountedTrafficReads & UsualTrafficWrites;
  site: Site;
  live: Pick<LiveState, 'usual_traffic'>;
  clock: Clock;
}

/**
 * Determines and keeps how many events are usual, once on each day in China, so that silence can be
 * judged again by that. Once what was measured by then is rolled up.
 */
export function createTrafficLookUp(parts: LookUpParts): () => Promise<void> {
  const { store, site, live, clock } = parts;
  let known_day: ChinaDay | null = null;

  return async () => {
    const now = clock.now();
    const today = chinaDay(now);
    if (today === known_day) return;
    const span = { from: now, to: now + DAY };
    const before = await usualTrafficIn(store, site, span);
    const from = now + NUMBERS.usual.holds_after_ms;
    const isOfToday = (check: string) =>
      before.get(check)?.some((it) => chinaDay(it.from) === today) ?? false;
    const found = await usualTraffic({ store, site, now, from });
    await store.saveUsualTraffic(found.filter(({ check }) => !isOfToday(check)));
    live.usual_traffic = await usualTrafficIn(store, site, span);
    known_day = today;
  };
}
