import type { EpochMs } from '../../model/vocabulary.ts';
import type { ChangeKind, Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface ChangeReads {
  /** Highest seq of `change`; 0 without changes. */
  changeSeq(): Promise<number>;
  /** Whether anything of these kinds has changed since the seq. */
  hasChanged(kinds: readonly ChangeKind[], since_seq: number): Promise<boolean>;
}

/** A public change, on which the page rebuilds. */
export interface Change {
  kind: ChangeKind;
  ref: string;
  at: EpochMs;
}

export function changeReads(db: Db): ChangeReads {
  return {
    async changeSeq() {
      const row = await db
        .selectFrom('change')
        .select((select) => select.fn.max('seq').as('seq'))
        .executeTakeFirst();
      return row?.seq ?? 0;
    },
    async hasChanged(kinds, since_seq) {
      const row = await db
        .selectFrom('change')
        .select('seq')
        .where('seq', '>', since_seq)
        .where('kind', 'in', kinds)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

export async function insertChanges(db: Db, changes: Change[]): Promise<void> {
  const rows = changes.map(({ kind, ref, at }) => ({ kind, ref, at }));
  for (const values of inChunks(rows)) {
    await db.insertInto('change').values(values).execute();
  }
}
