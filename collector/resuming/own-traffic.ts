import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { ailingOf } from '../../model/judge/lapsed.ts';
import { judgeTraffic } from '../../model/judge/own-traffic.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { type Traffic, windowFrom, withCounts } from '../../model/traffic.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import type { UsualTrafficReads } from '../../store/ports/usual-traffic.ts';
import {
  judgedAt,
  recentOf,
  TRAFFIC_LEARNS_FOR_MS,
  trafficPartsOf,
  trafficSince,
} from '../judging/own-traffic.ts';
import { judgementOf, type KeptTraffic, type LiveState, NO_TRAFFIC } from '../state/live-state.ts';
import { RECENT_WINDOW_MS } from '../state/recent.ts';
import { type RecentTraffic, withRecentEvents } from '../state/recent-traffic.ts';
import type { Site } from '../state/site.ts';
import { usualTrafficIn } from '../state/usual-traffic.ts';

const ROWS_AT_A_TIME = 5_000;

interface Resumed {
  store: OwnResultReads & UsualTrafficReads;
  site: Site;
  live: LiveState;
  now: EpochMs;
  /** When we stopped. */
  judged_at: EpochMs;
}

/**
 * Restores what own traffic said when we stopped; what is over since then is judged as soon as time
 * is looked at.
 */
export async function resumeOwnTraffic(
  store: OwnResultReads & UsualTrafficReads,
  site: Site,
  live: LiveState,
  now: EpochMs,
): Promise<void> {
  const { kept_from } = live;
  const judged_at = Math.min(live.heartbeat_at ?? now, now);
  live.usual_traffic = await usualTrafficIn(store, site, { from: now, to: now + DAY });
  for (const { id: check } of site.own_traffic.values()) {
    const known = judgementOf(live, check);
    const kept = await keptTraffic({ store, site, live, now, judged_at }, check, known);
    const parts = trafficPartsOf({ site, live }, check, kept);
    live.spells.set(check, judgeTraffic({ ...parts, now: judged_at, kept_from }).spells);
    // Of the hour before the last event, however long ago that was.
    const last_at = known.last_slot_at ?? now;
    const hour_from = last_at - (last_at % MINUTE) - RECENT_WINDOW_MS;
    live.traffic.set(check, {
      ...kept,
      recent: await recentTraffic(store, { check, from: hour_from, to: now + 1 }),
      last_unjudged: known.unjudged,
      ...judgedAt(live, check, judged_at),
    });
  }
}

/** As it is kept while we run, of what is read from longer ago where that matters. */
async function keptTraffic(
  { store, site, live, now, judged_at }: Resumed,
  check: string,
  known: CheckJudgement,
): Promise<KeptTraffic> {
  const from = await neededFrom(store, live, check);
  const traffic = withCounts([], await store.trafficCounts({ check, from, to: now + 1 }), from);
  const read = { ...NO_TRAFFIC, traffic };
  const parts = trafficPartsOf({ site, live }, check, read);
  const { judgement } = judgeTraffic({ ...parts, now: judged_at, kept_from: live.kept_from });
  // What that does not say by itself is known by earlier ones, of which no row says anything.
  const is_by_earlier = judgement.verdict === 'undecided' && !saysTheSame(judgement, known);
  const before = is_by_earlier
    ? { ailed_before: ailingOf(known), well_at: wellBefore(traffic, known) }
    : {};
  return trafficSince({ site, live }, check, { ...read, ...before });
}

/**
 * As long before the last event that says what was when something may be known otherwise, as is
 * kept.
 */
async function neededFrom(
  store: OwnResultReads,
  { kept_from }: LiveState,
  check: string,
): Promise<EpochMs> {
  const span = { from: kept_from - NUMBERS.usual.days * DAY, to: kept_from + 1 };
  const last_at = await store.lastTrafficAt({ check, ...span });
  return windowFrom((last_at ?? kept_from) - 2 * TRAFFIC_LEARNS_FOR_MS);
}

function saysTheSame(a: CheckJudgement, b: CheckJudgement): boolean {
  return a.verdict === b.verdict && ailingOf(a) === ailingOf(b);
}

/** The last event before the first that is left, if it was well by that: after a holiday. */
function wellBefore([first]: Traffic, { verdict, last_slot_at }: CheckJudgement): EpochMs | null {
  if (verdict !== 'well') return null;
  return first === undefined ? last_slot_at : first.first_at - SECOND;
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
