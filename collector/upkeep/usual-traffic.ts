import type { Gap } from '../../model/component.ts';
import type { OwnTrafficCheck } from '../../model/configuration.ts';
import { judgedCount } from '../../model/judge/bad.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { TOLD_WITHIN_MS } from '../../model/traffic.ts';
import {
  type CountedHour,
  teachingHours,
  type UsualTraffic,
  usualOf,
} from '../../model/usual-traffic.ts';
import { componentId, type EpochMs } from '../../model/vocabulary.ts';
import type { ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';
import type { RollupReads } from '../../store/ports/rollups.ts';
import type { UsualTrafficReads } from '../../store/ports/usual-traffic.ts';
import { ownAlone, type Site } from '../state/site.ts';
import { usualTrafficIn } from '../state/usual-traffic.ts';
import { type DisturbedHours, disturbedHours, undisturbed } from './disturbed-hours.ts';

/** Roll-ups read between yields: a few ms. */
const SLICE = 200;

export type CountedTrafficReads = RollupReads &
  ExcludedTimeReads &
  IncidentReads &
  GapReads &
  UsualTrafficReads;

export interface UsualTrafficQuery {
  store: CountedTrafficReads;
  site: Site;
  /** Whole hours that are over for a day by then count: what is told in time has come. */
  now: EpochMs;
  /** From when on it is known. */
  from: EpochMs;
}

/**
 * How many events are usual in each hour of the day, by the roll-ups of 28 days: of each check of a
 * function of which nothing else tells. Without hours that we did not watch, those before its first
 * event, those in which events were missing, in an announced maintenance or an incident of its
 * component, and simulated ones. In slices, so that measuring continues.
 */
export async function usualTraffic(query: UsualTrafficQuery): Promise<UsualTraffic[]> {
  const { store, site, now, from } = query;
  const checks = ownAlone(site);
  if (checks.length === 0) return [];
  const told_until = now - TOLD_WITHIN_MS;
  const to = told_until - (told_until % HOUR);
  const begin = to - NUMBERS.usual.days * DAY;
  const before = await usualTrafficIn(store, site, { from: begin, to });
  const disturbed = await disturbedHours(store, to);
  const gaps = (await store.gaps(begin, to)).filter(isLong);
  const usual: UsualTraffic[] = [];
  for (const check of checks) {
    const { counted, simulated } = await countedHours(store, check.id, begin, to);
    const taught = teachingHours(counted, before.get(check.id) ?? [], site.calendar);
    const hours = watchedHours(taught, check, {
      ...disturbed,
      excluded: [...disturbed.excluded, ...unwatched(gaps, check)],
    }).filter((it) => !simulated.has(it.from));
    usual.push({ check: check.id, from, ...usualOf(hours, site.calendar) });
  }
  return usual;
}

/** Of a shorter pause senders keep what happens, and none is silence. */
function isLong({ from, to }: Gap): boolean {
  return to - from >= NUMBERS.traffic.window_ms;
}

/** As if they were announced. */
function unwatched(gaps: readonly Gap[], { system, function: fn }: OwnTrafficCheck) {
  return gaps.map(({ from, to }) => ({ components: [componentId(system, fn)], from, to }));
}

function watchedHours(
  hours: readonly CountedHour[],
  { system, function: fn }: OwnTrafficCheck,
  disturbed: DisturbedHours,
): CountedHour[] {
  const lasting = hours.map(({ from, n }) => ({ from, to: from + HOUR, n }));
  return undisturbed(lasting, componentId(system, fn), disturbed);
}

/** The hours since the first in which anything happened, and how much in each of them. */
async function countedHours(
  store: RollupReads,
  check: string,
  begin: EpochMs,
  end: EpochMs,
): Promise<{ counted: CountedHour[]; simulated: ReadonlySet<EpochMs> }> {
  const counts = new Map<EpochMs, number>();
  const simulated = new Set<EpochMs>();
  for (let at = begin; at < end; at += SLICE * HOUR) {
    const length = Math.min(SLICE, (end - at) / HOUR);
    const starts = Array.from({ length }, (_, i) => at + i * HOUR);
    for (const rollup of await store.rollupsAt('hour', [check], starts)) {
      counts.set(rollup.from, judgedCount(rollup));
      if (rollup.simulated) simulated.add(rollup.from);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const [first = end] = counts.keys();
  const length = Math.max(0, (end - first) / HOUR);
  const hours = Array.from({ length }, (_, i) => first + i * HOUR);
  return { counted: hours.map((from) => ({ from, n: counts.get(from) ?? 0 })), simulated };
}
