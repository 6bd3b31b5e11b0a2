import type { Configuration } from '../../model/configuration.ts';
import { FIGURE_NUMBERS } from '../../model/figure-numbers.ts';
import { nearestRank } from '../../model/nearest-rank.ts';
import type { ComponentView } from '../../model/overview.ts';
import {
  STAGES_OVER_MS,
  type StageDelays,
  type StageFigure,
  type StagesView,
  TOLD_STAGES,
} from '../../model/stage.ts';
import { HOUR, SECOND } from '../../model/time.ts';
import { type ComponentId, type EpochMs, systemOf } from '../../model/vocabulary.ts';
import type { ReachedStageReads } from '../../store/ports/reached-stages.ts';

/** Says how far the invoices came that a component follows; null: that is known of none. */
export type StagesOf = (component: ComponentId) => StagesView | null;

/** What was reached in the last day is read again this often. */
const READ_EVERY_MS = 10 * SECOND;
/** As many that wait are read with every overview. */
const FEW_WAIT = 1_000;

/** Creates the function that reads the stages of all components as of `now`. */
export function createStages(
  reader: ReachedStageReads,
  { checks, systems }: Configuration,
): (now: EpochMs) => Promise<StagesOf> {
  const is_followed = checks.some((it) => it.function === 'sync');
  const readReached = sparingly(
    READ_EVERY_MS,
    (now) => reachedUntil(reader, now),
    (reached) => sum(reached.flatMap(({ figures }) => figures)),
  );
  const readWaiting = sparingly(
    0,
    () => reader.waitingAtStages(),
    (waiting) => sum(waiting) - FEW_WAIT,
  );
  return async (now) => {
    if (!is_followed) return () => null;
    const reached = await readReached(now);
    const all_waiting = await readWaiting(now);
    return (component) => {
      const { figures = [], simulated = false } =
        reached.find((it) => it.component === component) ?? {};
      const waiting = all_waiting.filter((it) => it.component === component);
      if (figures.length === 0 && waiting.every(({ stage }) => stage === 'accepted')) return null;
      const system = systems.find(({ id }) => id === systemOf(component));
      return {
        reached: figures,
        waiting: waiting.map(({ component: _, ...its }) => its),
        simulated: simulated || system?.environment === 'simulator',
      };
    };
  };
}

/** Without those that wait, where nobody knows which do. */
export function withKnownStages<T extends Pick<ComponentView, 'sync' | 'stages'>>(view: T): T {
  const { sync, stages } = view;
  if (sync !== null || stages === null) return view;
  return { ...view, stages: stages.reached.length === 0 ? null : { ...stages, waiting: null } };
}

/** What a component's invoices reached. */
interface Reached {
  component: ComponentId;
  figures: StageFigure[];
  simulated: boolean;
}

/** Hour by hour: readers are not kept waiting by all of a day. */
async function reachedUntil(reader: ReachedStageReads, now: EpochMs): Promise<Reached[]> {
  const all: StageDelays[] = [];
  for (let from = now - STAGES_OVER_MS; from < now; from += HOUR) {
    all.push(...(await reader.stageDelays(from, Math.min(from + HOUR, now))));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return [...Map.groupBy(all, (it) => it.component)].map(([component, its]) => ({
    component,
    figures: TOLD_STAGES.flatMap((stage) =>
      figureOf(
        stage,
        its.filter((it) => it.stage === stage).flatMap(({ delays_ms }) => delays_ms),
      ),
    ),
    simulated: its.some(({ simulated }) => simulated),
  }));
}

/** Values that were observed: of few there is none, and of not many no 95th percentile. */
function figureOf(stage: StageFigure['stage'], delays_ms: readonly number[]): StageFigure[] {
  const n = delays_ms.length;
  if (n === 0) return [];
  const values = Float64Array.from(delays_ms);
  const median_ms = n < FIGURE_NUMBERS.median_from ? null : nearestRank(values, 0.5);
  const p95_ms = n < FIGURE_NUMBERS.p95_from ? null : nearestRank(values, 0.95);
  return [{ stage, n, median_ms, p95_ms }];
}

/** A row takes 4 µs to read: this is a fiftieth of the time. */
const MS_PER_ROW = 0.2;

/** Reads again once so long has passed, later where there is much to read. */
function sparingly<T>(
  least_ms: number,
  read: (now: EpochMs) => Promise<T>,
  rowsOf: (value: T) => number,
): (now: EpochMs) => Promise<T> {
  let last: { from: EpochMs; until: EpochMs; value: T } | null = null;
  return async (now) => {
    if (last === null || now < last.from || now >= last.until) {
      const value = await read(now);
      const kept_ms = Math.max(least_ms, rowsOf(value) * MS_PER_ROW);
      last = { from: now, until: now + kept_ms, value };
    }
    return last.value;
  };
}

function sum(counts: readonly { n: number }[]): number {
  return counts.reduce((total, { n }) => total + n, 0);
}
