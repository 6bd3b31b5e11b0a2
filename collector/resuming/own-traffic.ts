import { isBad, isJudged } from '../../model/judge/bad.ts';
import { judgeTraffic } from '../../model/judge/own-traffic.ts';
import { windowFrom, withCounts } from '../../model/traffic.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import { TRAFFIC_LEARNS_FOR_MS } from '../judging/own-traffic.ts';
import { judgementOf, type LiveState, NO_TRAFFIC } from '../state/live-state.ts';
import { RECENT_WINDOW_MS, withRecents } from '../state/recent.ts';
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
  for (const [component, { id: check }] of site.own_traffic) {
    const from = windowFrom(kept_from - TRAFFIC_LEARNS_FOR_MS);
    const counts = await store.trafficCounts({ check, from, to: now + 1 });
    const traffic = withCounts([], counts, from);
    const { reason, detail, unjudged } = judgementOf(live, check);
    const parts = { check, traffic, now: judged_at, kept_from, reason, detail };
    live.spells.set(check, judgeTraffic(parts).spells);
    live.traffic.set(check, {
      ...NO_TRAFFIC,
      traffic,
      last_bad: detail === null ? null : { at: 0, code: detail, reason },
      last_unjudged: unjudged,
      judged_until: windowFrom(judged_at),
    });
    await resumeRecent(store, live, {
      check,
      component,
      from: now - RECENT_WINDOW_MS,
      to: now + 1,
    });
  }
}

interface ResumedRecent {
  check: string;
  component: string;
  from: EpochMs;
  to: EpochMs;
}

async function resumeRecent(
  store: OwnResultReads,
  live: LiveState,
  { component, ...rows }: ResumedRecent,
): Promise<void> {
  for (let after: { at: EpochMs; event: string } | undefined; ; ) {
    const results = await store.ownResults({ ...rows, after, limit: ROWS_AT_A_TIME });
    const judged = results.filter(({ outcome }) => isJudged(outcome));
    const recent = withRecents(
      live.recent.get(component),
      judged.map(({ at, outcome, duration_ms }) => ({
        slot_at: at,
        delay_ms: duration_ms,
        is_bad: isBad(outcome),
      })),
    );
    if (recent) live.recent.set(component, recent);
    after = results.at(-1);
    if (results.length < ROWS_AT_A_TIME) return;
  }
}
