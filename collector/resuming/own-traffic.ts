import { ailingOf } from '../../model/judge/lapsed.ts';
import { judgeTraffic } from '../../model/judge/own-traffic.ts';
import { MINUTE } from '../../model/time.ts';
import { windowFrom, withCounts } from '../../model/traffic.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import { recentOf, TRAFFIC_LEARNS_FOR_MS } from '../judging/own-traffic.ts';
import { judgementOf, type LiveState } from '../state/live-state.ts';
import { RECENT_WINDOW_MS } from '../state/recent.ts';
import { type RecentTraffic, withRecentEvents } from '../state/recent-traffic.ts';
import type { Site } from '../state/site.ts';

const ROWS_AT_A_TIME = 5_000;

/**
 * Restores what own traffic said when we stopped; what is over since then is judged as soon as time
 * is looked at.
 */
export async function resumeOwnTraffic(
  store: OwnResultReads,
  site: Site,
  live: LiveState,
  now: EpochMs,
): Promise<void> {
  const { kept_from } = live;
  const judged_at = Math.min(live.heartbeat_at ?? now, now);
  for (const { id: check } of site.own_traffic.values()) {
    const from = windowFrom(kept_from - TRAFFIC_LEARNS_FOR_MS);
    const counts = await store.trafficCounts({ check, from, to: now + 1 });
    const traffic = withCounts([], counts, from);
    const known = judgementOf(live, check);
    const is_by_earlier = traffic.length === 0 || known.verdict === 'undecided';
    const ailed_before = is_by_earlier ? ailingOf(known) : null;
    const parts = { check, traffic, now: judged_at, kept_from, ailed_before };
    live.spells.set(check, judgeTraffic(parts).spells);
    // Of the hour before the last event, however long ago that was.
    const last_at = known.last_slot_at ?? now;
    const hour_from = last_at - (last_at % MINUTE) - RECENT_WINDOW_MS;
    live.traffic.set(check, {
      traffic,
      recent: await recentTraffic(store, { check, from: hour_from, to: now + 1 }),
      ailed_before,
      last_unjudged: known.unjudged,
      judged_until: windowFrom(judged_at),
    });
  }
}

/** However many there are, a page of them after the other. */
async function recentTraffic(
  store: OwnResultReads,
  rows: { check: string; from: EpochMs; to: EpochMs },
): Promise<RecentTraffic> {
  let recent: RecentTraffic = [];
  for (let after: { at: EpochMs; event: string } | undefined; ; ) {
    const results = await store.ownResults({ ...rows, after, limit: ROWS_AT_A_TIME });
    recent = withRecentEvents(recent, recentOf(results));
    after = results.at(-1);
    if (results.length < ROWS_AT_A_TIME) return recent;
  }
}
