import { replayLedger } from '../../collector/replay/replay.ts';
import { siteOf } from '../../collector/state/site.ts';
import { type StateSpan, spansOf } from '../../model/ledger.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { type DriveParts, liveThroughMonth } from './drive.ts';
import { type Difference, differences, expectedStates, expectedThen } from './expected.ts';
import { isUnjudged, type Lived } from './lived.ts';
import { blindness, type TrueOutage, trueOutages } from './near-truth.ts';
import type { OracleSpan } from './oracle/component.ts';
import { COMPONENTS_OF_MONTH, HOUR_MS, monthConfiguration } from './site.ts';
import type { Truth } from './truth.ts';

/** Days that were lived through, what is told of them, and what the oracle says. */
export interface LivedMonth {
  truth: Truth;
  lived: Lived;
  store: Store;
  told: ReadonlyMap<string, StateSpan[]>;
  expected: ReadonlyMap<string, OracleSpan[]>;
}

/** Lives through a truth; the store is open until somebody closes it. */
export async function readMonth(parts: DriveParts): Promise<LivedMonth> {
  const { truth } = parts;
  const lived = await liveThroughMonth(parts);
  const store = await openStore({ path: lived.path });
  const [from, to] = [truth.from, lived.ended_at];
  const transitions = await store.transitions(from, to);
  const told = new Map(
    COMPONENTS_OF_MONTH.map(({ component }) => [
      component,
      spansOf({ transitions, component: component as ComponentId, from, to }),
    ]),
  );
  const expected = new Map(
    COMPONENTS_OF_MONTH.map((facts) => [facts.component, expectedStates(lived, facts, { from })]),
  );
  return { truth, lived, store, told, expected };
}

/** Where the ledger says something else than the oracle. */
export function ledgerDifferences({ told, expected }: LivedMonth): Difference[] {
  return [...expected].flatMap(([component, spans]) =>
    differences(component, spans, told.get(component) ?? []),
  );
}

/** Of so many instants, evenly: where another state was published than what was known then. */
export function falseSamples({ lived }: LivedMonth, count: number): Difference[] {
  const every = Math.max(1, Math.floor(lived.samples.length / count));
  return lived.samples
    .filter((_, i) => i % every === 0)
    .flatMap((sample) =>
      COMPONENTS_OF_MONTH.flatMap((facts): Difference[] => {
        const { component } = facts;
        const told = sample.states.get(component) ?? 'none';
        const expected = expectedThen(lived, facts, sample);
        const { at } = sample;
        const is_well = told === expected || (told === 'unknown' && isUnjudged(lived, at));
        return is_well ? [] : [{ component, from: at, to: at, expected, told }];
      }),
    );
}

/** The true outages that are not told within the distance of two slots. */
export function farFromTruth({ truth, lived, told }: LivedMonth): {
  n: number;
  far: TrueOutage[];
} {
  const outages = trueOutages(truth, lived, told);
  const far = outages.filter(
    (it) => it.told === null || isFar(it.told.from - it.from, it) || isFar(it.told.to - it.to, it),
  );
  return { n: outages.length, far };
}

function isFar(by_ms: number, { slot_ms }: TrueOutage): boolean {
  return Math.abs(by_ms) > slot_ms;
}

/** Where the judge says something else than it did, if it judges what was recorded again. */
export async function replayDifferences({
  truth,
  lived,
  store,
}: LivedMonth): Promise<Difference[]> {
  const configuration = monthConfiguration();
  const kept_from = lived.ended_at - configuration.retention.results_ms + HOUR_MS;
  const { differences } = await replayLedger({
    store,
    site: siteOf(configuration),
    from: Math.max(truth.from, kept_from),
    to: lived.ended_at,
    judged_since: 0,
    compare_until: lived.ended_at,
    pause: async () => {},
  });
  return differences.map(({ recorded: told, derived: expected, ...it }) => ({
    ...it,
    told,
    expected,
  }));
}

export function unknownAndBlind({ lived, told }: LivedMonth) {
  return blindness(lived, told);
}
