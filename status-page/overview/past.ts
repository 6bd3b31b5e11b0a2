import type { Configuration } from '../../model/configuration.ts';
import type { ComponentHistory, ComponentView } from '../../model/overview.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { MINUTE } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';
import type { StoreReader } from '../../store/store.ts';
import { loadCounts } from './counts.ts';
import { type DaysKnown, dayViews, joinHistory } from './history.ts';
import { createLedgerWatch } from './ledger-watch.ts';
import { memoizeLast, memoizePerComponent } from './memoize.ts';

/** Days that normally change; earlier ones change only when they are corrected. */
const RECENT_DAYS = 2;
/** Of what else is known of a day: what was measured late, and what maintenance excuses. */
const CORRECTING = ['history', 'maintenance'] as const;

/** The history of a component as of the time of loading. */
export type HistoryOf = (component: ComponentView) => ComponentHistory;

/** Loads the past of all components. */
export type LoadPast = (
  days: readonly Day[],
  at: { seq: number; now: EpochMs },
) => Promise<HistoryOf>;

/**
 * Creates the function that loads the past. Earlier days are cached until midnight or until they
 * are corrected, recent ones until a public change or the next minute, so that the cost does not
 * grow with the number of measurements.
 */
export function createPast(reader: StoreReader, configuration: Configuration): LoadPast {
  const earlier = memoizeLast<DaysOf>();
  const recent = memoizeLast<HistoryOf>();
  const recorded = createLedgerWatch(reader);
  let corrections = 0;
  let seen_seq: number | null = null;

  return (days, { seq, now }) => {
    const today = days.at(-1)?.day;
    return recent(`${seq} ${today} ${Math.floor(now / MINUTE)}`, async () => {
      const recent_days = days.slice(-RECENT_DAYS);
      const border = recent_days[0]?.from ?? now;
      const gaps = await reader.gaps(days[0]?.from ?? now, now);
      const gaps_key = `${gaps.length} ${gaps.at(-1)?.to}`;
      await countCorrections(border, seq);
      const before = await earlier(`${today} ${corrections} ${gaps_key}`, () =>
        loadDays(days.slice(0, -RECENT_DAYS), border),
      );
      const lately = await loadDays(recent_days, now + 1);
      return historyOf([before, lately], configuration, now);
    });
  };

  /** Whether what is known of the time before `border` may be another than when last asked. */
  async function countCorrections(border: EpochMs, seq: number): Promise<void> {
    const since = await recorded();
    if (since !== null && since < border) corrections += 1;
    if (seen_seq !== null && seen_seq !== seq && (await reader.hasChanged(CORRECTING, seen_seq)))
      corrections += 1;
    seen_seq = seq;
  }

  /** Loads all components for some days, which end at `to`. */
  async function loadDays(days: readonly Day[], to: EpochMs): Promise<DaysOf> {
    const from = days[0]?.from ?? to;
    const [transitions, excluded, gaps, counts] = await Promise.all([
      reader.transitions(from, to),
      reader.excludedTimes(from, to),
      reader.gaps(from, to),
      loadCounts(reader, configuration.checks, days),
    ]);
    const by_component = Map.groupBy(transitions, (it) => it.component);
    const known = memoizePerComponent<DaysKnown>();
    return (component, until) => {
      const known_until = Math.min(until, to);
      return known(component, known_until, () =>
        dayViews({
          component,
          transitions: by_component.get(component) ?? [],
          excluded: excluded.filter((it) => it.components.includes(component)),
          gaps,
          counts: counts.get(component) ?? new Map(),
          days,
          known_until,
        }),
      );
    };
  }
}

/** Some days of a component, unknown after `until`. */
type DaysOf = (component: ComponentId, until: EpochMs) => DaysKnown;

/** Combines the history of each component from its parts, earlier days first. */
function historyOf(
  parts: readonly DaysOf[],
  configuration: Configuration,
  now: EpochMs,
): HistoryOf {
  const known = memoizePerComponent<ComponentHistory>();
  return (component) => {
    const until = knownUntil(component, now);
    return known(component.id, until, () =>
      joinHistory(
        parts.map((daysOf) => daysOf(component.id, until)),
        promiseOf(component, configuration),
      ),
    );
  };
}

/** An expired component is known until its expiry, even without a transition. */
function knownUntil({ state, valid_until }: ComponentView, now: EpochMs): EpochMs {
  return state === 'unknown' && valid_until !== null ? Math.min(now, valid_until) : now;
}

/** Sync is judged by the promised time. */
function promiseOf(
  { id, function: fn }: ComponentView,
  { policies }: Configuration,
): number | null {
  return fn === 'sync' ? (policies[id] ?? DEFAULT_POLICY).visible_within_ms : null;
}
