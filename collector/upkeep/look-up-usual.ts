import { NUMBERS } from '../../model/numbers.ts';
import type { Clock } from '../../model/ports.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { type UsualDelay, usualByCheck } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { UsualDelayReads, UsualDelayWrites } from '../../store/ports/usual-delays.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { type UsualStore, usualHour } from './usual.ts';

export type LookUpStore = UsualStore & UsualDelayReads & UsualDelayWrites;

interface LookUpParts {
  store: LookUpStore;
  site: Site;
  live: Pick<LiveState, 'usual'>;
  zone: string;
  clock: Clock;
}

/** A result may be judged so long after its slot. */
export const USUAL_KEPT_MS = 6 * HOUR;

/**
 * Determines and keeps what is usual in this hour and, in advance, in the next, once for each, so
 * that it can be judged again by that; past days do not change.
 */
export function createUsualLookUp(parts: LookUpParts): () => Promise<void> {
  const { store, site, live, zone, clock } = parts;
  let known_hours: EpochMs[] = [];
  /** Of syncs, by check, as read for an hour: not again for a day, since days change little. */
  let of_days = new Map<string, UsualDelay>();

  return async () => {
    const now = clock.now();
    const this_hour = now - (now % HOUR);
    const wanted = [this_hour, this_hour + HOUR];
    for (const hour of wanted) {
      if (known_hours.includes(hour)) continue;
      await lookUpHour(hour);
      known_hours = [...known_hours, hour].filter((it) => wanted.includes(it));
    }
  };

  async function lookUpHour(hour: EpochMs): Promise<void> {
    of_days = new Map([...of_days].filter(([, it]) => hour - it.from < DAY));
    const found = [...(await usualHour({ store, site, zone, from: hour, of_days })).values()];
    for (const it of found)
      if (isKnownOfDays(it) && !of_days.has(it.check)) of_days.set(it.check, it);
    const kept = usualByCheck(await store.usualDelays(hour, hour + HOUR));
    const from = Math.max(hour, clock.now() + NUMBERS.usual.holds_after_ms);
    const delays = found
      // Of a clock that was set back it may be kept of the rest of the hour only.
      .map((it): UsualDelay => ({ ...it, from, to: kept.get(it.check)?.[0]?.from ?? it.to }))
      .filter((it) => it.from < it.to);
    await store.saveUsualDelays(delays);
    const since = Math.min(hour, clock.now()) - USUAL_KEPT_MS;
    live.usual = usualByCheck(await store.usualDelays(since, hour + 2 * HOUR));
  }

  /** Until then it is asked for each hour. */
  function isKnownOfDays({ check, p99_ms, apart_ms }: UsualDelay): boolean {
    const overdue_after_ms = site.measured_by.get(check)?.policy.overdue_after_ms ?? null;
    return apart_ms !== null && (p99_ms ?? overdue_after_ms) !== null;
  }
}
