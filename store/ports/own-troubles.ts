import type { Selectable } from 'kysely';
import type { OwnTrouble } from '../../model/own-trouble.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db, OwnTroubleTable } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface OwnTroubleReads {
  /** What is wrong with ourselves now, oldest first. */
  openOwnTroubles(): Promise<OwnTrouble[]>;
  /** Own troubles that overlap [from, to), oldest first. */
  ownTroubles(from: EpochMs, to: EpochMs): Promise<OwnTrouble[]>;
}

export function ownTroubleReads(db: Db): OwnTroubleReads {
  const select = () =>
    db.selectFrom('own_trouble').selectAll().orderBy('since').orderBy('kind').orderBy('line');
  return {
    async openOwnTroubles() {
      return (await select().where('until', 'is', null).execute()).map(toOwnTrouble);
    },
    async ownTroubles(from, to) {
      const rows = await select()
        .where('since', '<', to)
        .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', from)]))
        .execute();
      return rows.map(toOwnTrouble);
    },
  };
}

/** Replaces those of the same kind, line and start. */
export async function saveOwnTroubles(db: Db, troubles: OwnTrouble[]): Promise<void> {
  for (const values of inChunks(troubles.map(ownTroubleRow))) {
    await db
      .insertInto('own_trouble')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['kind', 'line', 'since']).doUpdateSet((row) => ({
          until: row.ref('excluded.until'),
          detail: row.ref('excluded.detail'),
          is_end_unseen: row.ref('excluded.is_end_unseen'),
        })),
      )
      .execute();
  }
}

function ownTroubleRow({ line, is_end_unseen = false, ...rest }: OwnTrouble): OwnTroubleTable {
  return { ...rest, line: line ?? '', is_end_unseen: Number(is_end_unseen) };
}

function toOwnTrouble({ line, is_end_unseen, ...rest }: Selectable<OwnTroubleTable>): OwnTrouble {
  const unseen = is_end_unseen === 1 ? { is_end_unseen: true } : {};
  return { ...rest, line: line === '' ? null : line, ...unseen };
}
