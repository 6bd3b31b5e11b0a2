import { sql } from 'kysely';
import type { OwnResult } from '../../model/event.ts';
import { isBad } from '../../model/judge/bad.ts';
import { SECOND } from '../../model/time.ts';
import { TOLD_WITHIN_MS, type TrafficCount } from '../../model/traffic.ts';
import { type EpochMs, OUTCOMES } from '../../model/vocabulary.ts';
import { outcomes } from '../rows/codes.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface OwnResultReads {
  /**
   * Events of own traffic of a check in [from, to) that came in time, counted by the second and by
   * what they said, oldest first.
   */
  trafficCounts(query: Omit<OwnResultQuery, 'after' | 'limit'>): Promise<TrafficCount[]>;
  /** When the last of them happened. */
  lastTrafficAt(query: Omit<OwnResultQuery, 'after' | 'limit'>): Promise<EpochMs | null>;
  /** All of them, one by one, by time and id; at most `limit`, those after `after`. */
  ownResults(query: OwnResultQuery): Promise<OwnResult[]>;
}

export interface OwnResultQuery {
  check: string;
  from: EpochMs;
  to: EpochMs;
  after?: Pick<OwnResult, 'at' | 'event'> | undefined;
  limit: number;
}

const GOOD = outcomes.code('ok');
const BAD = OUTCOMES.filter(isBad).map((it) => outcomes.code(it));
const inTime = sql<boolean>`coalesce(received_at - slot_at, 0) <= ${sql.lit(TOLD_WITHIN_MS)}`;

export function ownResultReads(db: Db): OwnResultReads {
  return {
    async trafficCounts({ check, from, to }) {
      const second = sql<EpochMs>`slot_at - slot_at % ${sql.lit(SECOND)}`;
      const rows = await rowsOf(check, from, to)
        .select([second.as('at'), 'outcome', 'code', sql<number>`count(*)`.as('n')])
        .where('outcome', 'in', [GOOD, ...BAD])
        .where(inTime)
        .groupBy([second, 'outcome', 'code'])
        .orderBy('at')
        .execute();
      return rows.map(({ at, outcome, code, n }) =>
        outcome === GOOD
          ? { at, good: n, bad: 0, cause: null }
          : { at, good: 0, bad: n, cause: { outcome: outcomes.word(outcome), code } },
      );
    },
    async lastTrafficAt({ check, from, to }) {
      const row = await rowsOf(check, from, to)
        .select('slot_at')
        .where('outcome', 'in', [GOOD, ...BAD])
        .where(inTime)
        .orderBy('slot_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.slot_at ?? null;
    },
    async ownResults({ check, from, to, after, limit }) {
      const rows = await rowsOf(check, after?.at ?? from, to)
        .select(['slot_at', 'event', 'outcome', 'duration_ms', 'code', 'received_at'])
        .$if(after !== undefined, (select) =>
          select.where(({ or, eb }) =>
            or([
              eb('slot_at', '>', after?.at ?? from),
              eb('event', '>', Buffer.from(after?.event ?? '', 'hex')),
            ]),
          ),
        )
        .orderBy('slot_at')
        .orderBy('event')
        .limit(limit)
        .execute();
      return rows.map(({ slot_at: at, event, outcome, ...row }) => ({
        ...row,
        check,
        at,
        event: Buffer.from(event).toString('hex'),
        outcome: outcomes.word(outcome),
      }));
    },
  };

  function rowsOf(check: string, from: EpochMs, to: EpochMs) {
    return db
      .selectFrom('own_result')
      .where('slot_at', '>=', from)
      .where('slot_at', '<', to)
      .where('check_id', 'in', (select) =>
        select.selectFrom('registered_check').select('id').where('name', '=', check),
      );
  }
}

/** Ignores existing ones. */
export async function insertOwnResults(
  db: Db,
  checkIds: CheckIds,
  results: OwnResult[],
): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    results.map(({ check }) => check),
  );
  const rows = results.map(({ check, at, event, outcome, ...row }) => ({
    ...row,
    slot_at: at,
    check_id: idOf(check),
    event: Buffer.from(event, 'hex'),
    outcome: outcomes.code(outcome),
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('own_result')
      .values(values)
      .onConflict((conflict) => conflict.columns(['check_id', 'slot_at', 'event']).doNothing())
      .execute();
  }
}

/**
 * After the clock was set back to the instant: those of later seconds are deleted. The second is
 * that in which events are counted. Requires a transaction.
 */
export async function deleteOwnResultsAfter(db: Db, at: EpochMs): Promise<void> {
  const next_second = at - (at % SECOND) + SECOND;
  await db.deleteFrom('own_result').where('slot_at', '>=', next_second).execute();
}
