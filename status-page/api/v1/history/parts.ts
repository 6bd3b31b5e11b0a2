import { type Configuration, isOwnTraffic } from '../../../../model/configuration.ts';
import type { Period } from '../../../../model/history/periods.ts';
import type { Clock } from '../../../../model/ports.ts';
import type { ComponentId, EpochMs } from '../../../../model/vocabulary.ts';
import type { StoreReader } from '../../../../store/store.ts';
import type { HistoryQuery } from './query.ts';

export interface HistoryParts {
  reader: StoreReader;
  configuration: Configuration;
  clock: Clock;
  /** Runs one read of a few ms. */
  inTurn<T>(read: () => Promise<T>): Promise<T>;
}

/** A line of the answer, by column. */
export type HistoryRow = Record<string, string | number | boolean | null>;

/** What is asked of one component. */
export interface ComponentQuery extends Period {
  component: ComponentId;
  /** Of the configuration. */
  checks: readonly string[];
  grain: HistoryQuery['grain'];
  now: EpochMs;
}

/** The checks of the component of which own traffic tells. */
export function ownChecksOf(
  { configuration }: Pick<HistoryParts, 'configuration'>,
  { checks }: Pick<ComponentQuery, 'checks'>,
): ReadonlySet<string> {
  const own = configuration.checks.filter((it) => isOwnTraffic(it) && checks.includes(it.id));
  return new Set(own.map(({ id }) => id));
}
