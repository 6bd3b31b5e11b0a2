import { sql } from 'kysely';
import type { OwnResult } from '../../model/event.ts';
import { isBad } from '../../model/judge/bad.ts';
import { SECOND } from '../../model/time.ts';
import type { TrafficCount } from '../../model/traffic.ts';
import { type EpochMs, OUTCOMES } from '../../model/vocabulary.ts';
import { outcomes } from '../rows/codes.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface OwnResultReads {
  /** Events of own traffic of a check in [from, to), counted by the second, oldest first. */
  trafficCounts(query: Omit<OwnResultQuery, 'after' | 'limit'>): Promise<TrafficCount[]>;
  /**
   * When the last of them happened. Of a check that is silent while others are not, it takes as
   * long as to pass over the rows of those.
   */
  lastTrafficAt(query: Omit<OwnResultQuery, 'after' | 'limit'>): Promise<EpochMs | null>;
  /** The same, one by one, by time and id; at most `limit`, those after `after`. */
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

export function ownResultReads(db: Db): OwnResultReads {
  return {
    async trafficCounts({ check, from, to }) {
      const second = sql<EpochMs>`slot_at - slot_at % ${sql.lit(SECOND)}`;
      return await rowsOf(check, from, to)
        .select([
          second.as('at'),
          sql<number>`sum(outcome = ${GOOD})`.as('good'),
          sql<number>`sum(outcome in (${sql.join(BAD)}))`.as('bad'),
        ])
        .groupBy(second)
        .having(sql<boolean>`good > 0 or bad > 0`)
        .orderBy('at')
        .execute();
    },
    async lastTrafficAt({ check, from, to }) {
      const row = await rowsOf(check, from, to)
        .select('slot_at')
        .where('outcome', 'in', [GOOD, ...BAD])
        .orderBy('slot_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.slot_at ?? null;
    },
    async ownResults({ check, from, to, after, limit }) {
      const rows = await rowsOf(check, after?.at ?? from, to)
        .select(['slot_at', 'event', 'outcome', 'duration_ms', 'code'])
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
  const rows = results.map(({ check, at, event, outcome, duration_ms, code }) => ({
    slot_at: at,
    check_id: idOf(check),
    event: Buffer.from(event, 'hex'),
    outcome: outcomes.code(outcome),
    duration_ms,
    code,
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('own_result')
      .values(values)
      .onConflict((conflict) => conflict.columns(['slot_at', 'check_id', 'event']).doNothing())
      .execute();
  }
}
