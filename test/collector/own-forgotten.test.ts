import { expect, test } from 'vitest';
import { trafficPartsOf, trafficSince } from '../../collector/judging/own-traffic.ts';
import { emptyLiveState, type KeptTraffic, NO_TRAFFIC } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { type JudgedTraffic, judgeTraffic } from '../../model/judge/own-traffic.ts';
import { spellAt } from '../../model/judge/spells.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import { type TrafficCount, withCounts } from '../../model/traffic.ts';
import { createRandom } from '../random.ts';
import { ownSettings } from './own-site.ts';

const CHECK = 'shop-own-issue';
/** Midnight of a Monday in China. */
const MONDAY = Date.parse('2026-03-02T00:00:00+08:00');
const DAYS = 9;

/** So many an hour by day, hardly any in nights and on weekends, with outages and pauses. */
function eventsOf(rate: number, random: () => number): TrafficCount[] {
  const events: TrafficCount[] = [];
  let is_out = false;
  for (let at = MONDAY; at < MONDAY + DAYS * DAY; ) {
    const since = at - MONDAY;
    const hour = Math.floor((since % DAY) / HOUR);
    const is_open = hour >= 8 && hour < 20 && Math.floor(since / DAY) % 7 < 5;
    at += is_open ? (-Math.log(1 - random()) * HOUR) / rate : HOUR * (0.5 + random());
    if (random() < 0.02) is_out = !is_out;
    if (random() < 0.003) at += random() * 5 * HOUR;
    if (!is_open && random() >= 0.1) continue;
    const is_bad = random() < (is_out ? 0.95 : 0.01);
    const second = { at: at - (at % 1_000) };
    events.push(
      is_bad
        ? { ...second, good: 0, bad: 1, cause: { outcome: 'system', code: null } }
        : { ...second, good: 1, bad: 0, cause: null },
    );
  }
  return events;
}

/** What is known now and was so in the day before it, of which something may be known otherwise. */
function knownOf({ judgement, spells }: JudgedTraffic, now: number) {
  const { verdict, lapsed, last_slot_at, next_slot_at, valid_until } = judgement;
  const past = [4, 8, 12, 20].map((hours) => {
    const it = spellAt(spells, now - hours * HOUR);
    return [it?.verdict ?? 'undecided', it?.ailed ?? null];
  });
  return { verdict, ailed: lapsed?.verdict, last_slot_at, next_slot_at, valid_until, past };
}

test.for([
  [3, true],
  [20, true],
  [200, true],
  [3, false],
  [20, false],
] as const)('of %i an hour, usual: %s, no more is forgotten than says nothing', ([rate, usual]) => {
  const site = siteOf(ownSettings());
  const by_day = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? rate : 0));
  const known = { check: CHECK, from: 0, working: by_day, other: by_day.map(() => 0) };
  const live = emptyLiveState(site, MONDAY);
  live.usual_traffic = new Map([[CHECK, usual ? [known] : []]]);
  let most = 0;
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const events = eventsOf(rate, createRandom(seed));
    let kept: KeptTraffic = NO_TRAFFIC;
    let all = NO_TRAFFIC.traffic;
    let next = 0;
    for (let now = MONDAY + HOUR; now < MONDAY + DAYS * DAY; now += 10 * MINUTE) {
      live.kept_from = now - DAY;
      const from = next;
      while ((events[next]?.at ?? now) < now) next += 1;
      const posted = events.slice(from, next);
      if (posted.length > 0) {
        const left = trafficSince({ site, live }, CHECK, kept);
        kept = { ...left, traffic: withCounts(left.traffic, posted, 0) };
        all = withCounts(all, posted, 0);
      }
      if (now % (3 * HOUR) !== 0) continue;
      const judged = [kept, { ...NO_TRAFFIC, traffic: all }].map((it) =>
        judgeTraffic({
          ...trafficPartsOf({ site, live }, CHECK, it),
          now,
          kept_from: live.kept_from,
        }),
      );
      const [left, whole] = judged.map((it) => knownOf(it, now));
      expect([seed, new Date(now).toISOString(), left]).toEqual([
        seed,
        new Date(now).toISOString(),
        whole,
      ]);
      most = Math.max(most, all.length - kept.traffic.length);
    }
  }
  expect(most).toBeGreaterThan(0);
});
