import type { HourlyCounts, UsualTraffic } from '../../model/usual-traffic.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks, parseJson } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface UsualTrafficReads {
  /** What was determined in [from, to), oldest first. */
  usualTraffic(from: EpochMs, to: EpochMs): Promise<UsualTraffic[]>;
}

export interface UsualTrafficWrites {
  /** What is known of the same check from the same instant on stays. */
  saveUsualTraffic(usual: readonly UsualTraffic[]): Promise<void>;
}

export function usualTrafficReads(db: Db, checkIds: CheckIds): UsualTrafficReads {
  return {
    async usualTraffic(from, to) {
      const rows = await db
        .selectFrom('usual_traffic')
        .selectAll()
        .where('from_at', '>=', from)
        .where('from_at', '<', to)
        .orderBy('from_at')
        .orderBy('check_id')
        .execute();
      const ids = [...new Set(rows.map(({ check_id }) => check_id))];
      const nameOf = await checkIds.namesOf(db, ids);
      return rows.map(({ check_id, from_at, working, other }) => ({
        check: nameOf(check_id),
        from: from_at,
        working: parseJson<HourlyCounts>(working),
        other: parseJson<HourlyCounts>(other),
      }));
    },
  };
}

export function usualTrafficWrites(db: Db, checkIds: CheckIds): UsualTrafficWrites {
  return {
    saveUsualTraffic: (usual) =>
      db.transaction().execute(async (trx) => {
        const idOf = await checkIds.idsOf(
          trx,
          usual.map(({ check }) => check),
        );
        const rows = usual.map(({ check, from, working, other }) => ({
          from_at: from,
          check_id: idOf(check),
          working: JSON.stringify(working),
          other: JSON.stringify(other),
        }));
        for (const values of inChunks(rows))
          await trx
            .insertInto('usual_traffic')
            .values(values)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
      }),
  };
}
