import { HOUR } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { bit, inChunks } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface UsualDelayReads {
  /** Those that hold at some time in [from, to), oldest first. */
  usualDelays(from: EpochMs, to: EpochMs): Promise<UsualDelay[]>;
}

export interface UsualDelayWrites {
  /** Each is of one hour; what is known of the same check from the same instant on stays. */
  saveUsualDelays(delays: readonly UsualDelay[]): Promise<void>;
}

export function usualDelayReads(db: Db, checkIds: CheckIds): UsualDelayReads {
  return {
    async usualDelays(from, to) {
      const rows = await db
        .selectFrom('usual_delay')
        .selectAll()
        .where('from_at', '>', from - HOUR)
        .where('from_at', '<', to)
        .where('to_at', '>', from)
        .orderBy('from_at')
        .orderBy('check_id')
        .execute();
      const ids = [...new Set(rows.map(({ check_id }) => check_id))];
      const nameOf = await checkIds.namesOf(db, ids);
      return rows.map(
        ({ check_id, from_at, to_at, median_ms, p99_ms, apart_ms, of_all_hours }) => ({
          check: nameOf(check_id),
          from: from_at,
          to: to_at,
          median_ms,
          p99_ms,
          apart_ms,
          hours: of_all_hours === 1 ? 'all' : 'same',
        }),
      );
    },
  };
}

export function usualDelayWrites(db: Db, checkIds: CheckIds): UsualDelayWrites {
  return {
    saveUsualDelays: (delays) =>
      db.transaction().execute(async (trx) => {
        const idOf = await checkIds.idsOf(
          trx,
          delays.map(({ check }) => check),
        );
        const rows = delays.map(({ check, from, to, median_ms, p99_ms, apart_ms, hours }) => ({
          from_at: from,
          check_id: idOf(check),
          to_at: to,
          median_ms,
          p99_ms,
          apart_ms,
          of_all_hours: bit(hours === 'all'),
        }));
        for (const values of inChunks(rows))
          await trx
            .insertInto('usual_delay')
            .values(values)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
      }),
  };
}
