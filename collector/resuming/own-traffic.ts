import { isBad, isJudged } from '../../model/judge/bad.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { judgeTraffic } from '../../model/judge/own-traffic.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DAY } from '../../model/time.ts';
import { type Traffic, windowFrom, withCounts } from '../../model/traffic.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import type { UsualTrafficReads } from '../../store/ports/usual-traffic.ts';
import { judgedAt, trafficKeptFrom, trafficPartsOf } from '../judging/own-traffic.ts';
import { judgementOf, type LiveState, NO_TRAFFIC } from '../state/live-state.ts';
import { RECENT_WINDOW_MS, withRecents } from '../state/recent.ts';
import type { Site } from '../state/site.ts';
import { usualTrafficIn } from '../state/usual-traffic.ts';

const ROWS_AT_A_TIME = 5_000;

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
  const judged_at = Math.min(live.heartbeat_at ?? now, now);
  live.usual_traffic = await usualTrafficIn(store, site, { from: now, to: now + DAY });
  for (const [component, { id: check }] of site.own_traffic) {
    const from = await keptFromOf(store, live, check);
    const counts = await store.trafficCounts({ check, from, to: now + 1 });
    const traffic = withCounts([], counts, from);
    const judgement = judgementOf(live, check);
    const { reason, detail, unjudged } = judgement;
    const is_usual_known = live.usual_traffic.has(check);
    const known = { traffic, well_at: is_usual_known ? wellBefore(traffic, judgement) : null };
    const parts = trafficPartsOf({ site, live }, check, known);
    live.spells.set(check, judgeTraffic({ ...parts, now: judged_at, reason, detail }).spells);
    live.traffic.set(check, {
      ...NO_TRAFFIC,
      ...known,
      last_bad: detail === null ? null : { at: 0, code: detail },
      last_unjudged: unjudged,
      ...judgedAt(live, check, judged_at),
    });
    await resumeRecent(store, live, {
      check,
      component,
      from: now - RECENT_WINDOW_MS,
      to: now + 1,
    });
  }
}

/** Where silence is judged by what is usual, with those before a silence. */
async function keptFromOf(
  store: OwnResultReads,
  { kept_from, usual_traffic }: LiveState,
  check: string,
): Promise<EpochMs> {
  const span = { from: kept_from - NUMBERS.usual.days * DAY, to: kept_from + 1 };
  const last_before = usual_traffic.has(check)
    ? await store.lastTrafficAt({ check, ...span })
    : null;
  return windowFrom(trafficKeptFrom(last_before, kept_from));
}

/** Of its last event the row may be gone, after a holiday. */
function wellBefore([first]: Traffic, { verdict, last_slot_at }: CheckJudgement): EpochMs | null {
  if (verdict !== 'well' || last_slot_at === null) return null;
  return last_slot_at < (first?.first_at ?? Number.POSITIVE_INFINITY) ? last_slot_at : null;
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
