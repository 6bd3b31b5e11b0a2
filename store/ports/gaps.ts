import type { Gap } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface GapReads {
  /** Gaps that overlap [from, to), oldest first. */
  gaps(from: EpochMs, to: EpochMs): Promise<Gap[]>;
}

export function gapReads(db: Db): GapReads {
  return {
    gaps: (from, to) =>
      db
        .selectFrom('gap')
        .select(['from_at as from', 'to_at as to', 'cause'])
        .where('to_at', '>', from)
        .where('from_at', '<', to)
        .orderBy('from_at')
        .execute(),
  };
}

/** Keeps the longest gap of each start. Ignores those that end before they begin. */
export async function insertGaps(db: Db, gaps: Gap[]): Promise<void> {
  const rows = gaps
    .filter(({ from, to }) => from < to)
    .map(({ from, to, cause }) => ({ from_at: from, to_at: to, cause }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('gap')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .column('from_at')
          .doUpdateSet((row) => ({
            to_at: row.ref('excluded.to_at'),
            cause: row.ref('excluded.cause'),
          }))
          .whereRef('excluded.to_at', '>', 'gap.to_at'),
      )
      .execute();
  }
}
