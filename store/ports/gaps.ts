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

/** Ignores existing gaps. */
export async function insertGaps(db: Db, gaps: Gap[]): Promise<void> {
  const rows = gaps.map(({ from, to, cause }) => ({ from_at: from, to_at: to, cause }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('gap')
      .values(values)
      .onConflict((conflict) => conflict.column('from_at').doNothing())
      .execute();
  }
}
