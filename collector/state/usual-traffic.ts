import { NUMBERS } from '../../model/numbers.ts';
import { DAY } from '../../model/time.ts';
import { type UsualTraffics, usualTrafficByCheck } from '../../model/usual-traffic.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { UsualTrafficReads } from '../../store/ports/usual-traffic.ts';
import { ownAlone, type Site } from './site.ts';

/**
 * How many events are usual, of functions of which nothing but own traffic tells, as known at some
 * time in [from, to). Where something else tells of one, that is what is known of it in silence.
 */
export async function usualTrafficIn(
  store: UsualTrafficReads,
  site: Site,
  { from, to }: { from: EpochMs; to: EpochMs },
): Promise<UsualTraffics> {
  const checks = ownAlone(site).map(({ id }) => id);
  if (checks.length === 0) return new Map();
  const known = await store.usualTraffic(from - NUMBERS.usual.days * DAY, to);
  return usualTrafficByCheck(known.filter(({ check }) => checks.includes(check)));
}
