import { type RawBuilder, sql } from 'kysely';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Db, Schema } from './rows/schema.ts';

export interface PruneWrites {
  /**
   * Deletes at most `limit` rows older than `before`, oldest first; returns their number, so that
   * upkeep can work in slices. Rows still in use are exempt: waiting journeys, pending deliveries,
   * notices not fanned out, open alerts and own troubles, and the newest change.
   */
  prune(what: Prunable, before: EpochMs, limit: number): Promise<number>;
}

/** Retention rule of a table. */
type Rule = {
  [Table in keyof Schema]: {
    table: Table;
    /** The primary key. */
    key: readonly (keyof Schema[Table])[];
    /** The column with the age of a row. */
    age: keyof Schema[Table];
    /** Condition for deletion; absent: all old rows. */
    where?: RawBuilder<unknown>;
  };
}[keyof Schema];

const ROLLUP_KEY = ['grain', 'from_at', 'check_id'] as const;

const RULES = {
  results: [
    { table: 'result_before_0020', key: ['slot_at', 'check_id'], age: 'slot_at' },
    { table: 'result', key: ['slot_at', 'check_id'], age: 'slot_at' },
    { table: 'own_result', key: ['check_id', 'slot_at', 'event'], age: 'slot_at' },
    {
      table: 'reached_stage',
      key: ['journey', 'stage'],
      age: 'at',
      // Of those that wait, it is told at which stage.
      where: sql`
        not exists (
          select 1 from journey
          where journey.id = reached_stage.journey and journey.state = 'waiting'
        )`,
    },
  ],
  evidence: { table: 'evidence', key: ['slot_at', 'check_id'], age: 'slot_at' },
  usual_delays: { table: 'usual_delay', key: ['from_at', 'check_id'], age: 'from_at' },
  usual_traffic: { table: 'usual_traffic', key: ['from_at', 'check_id'], age: 'from_at' },
  hourly: { table: 'rollup', key: ROLLUP_KEY, age: 'from_at', where: sql`grain = 'hour'` },
  daily: { table: 'rollup', key: ROLLUP_KEY, age: 'from_at', where: sql`grain = 'day'` },
  gaps: { table: 'gap', key: ['from_at'], age: 'from_at' },
  // Open ones have no end, and are exempt.
  own_troubles: { table: 'own_trouble', key: ['kind', 'line', 'since'], age: 'until' },
  // The newest change is exempt: pages compare with its seq.
  changes: {
    table: 'change',
    key: ['seq'],
    age: 'at',
    where: sql`seq < (select max(seq) from change)`,
  },
  specimens: { table: 'specimen', key: ['check_id', 'invoice'], age: 'last_seen_at' },
  specimen_changes: {
    table: 'specimen_change',
    key: ['check_id', 'at', 'invoice'],
    age: 'at',
  },
  looks: { table: 'look', key: ['journey', 'started_at'], age: 'started_at' },
  journeys: { table: 'journey', key: ['id'], age: 'accepted_at', where: sql`state <> 'waiting'` },
  events: { table: 'ingested_event', key: ['id'], age: 'received_at' },
  unconfirmed: {
    table: 'subscriber',
    key: ['id'],
    age: 'created_at',
    where: sql`status = 'pending'`,
  },
  // Pending deliveries are exempt.
  deliveries: {
    table: 'delivery',
    key: ['id'],
    age: 'settled_at',
    where: sql`status <> 'pending'`,
  },
  // Exempt: notices with deliveries, of open incidents or maintenance, and those with an earlier
  // notice of the same subject, because notices are deleted oldest first.
  notices: {
    table: 'notice',
    key: ['id'],
    age: 'fanned_out_at',
    where: sql`
      not exists (select 1 from delivery where delivery.notice = notice.id)
      and not exists (
        select 1 from notice as earlier
        where earlier.ref = notice.ref and earlier.created_at < notice.created_at
      )
      and not exists (
        select 1 from incident
        where incident.id = notice.ref and incident.resolved_at is null
      )
      and not exists (
        select 1 from maintenance
        where maintenance.id = notice.ref and maintenance.status not in ('completed', 'cancelled')
      )`,
  },
  // Open alerts and those with notices are exempt.
  alerts: {
    table: 'alert',
    key: ['id'],
    age: 'resolved_at',
    where: sql`not exists (select 1 from notice where notice.ref = alert.id)`,
  },
} as const satisfies Record<string, Rule | readonly Rule[]>;

export type Prunable = keyof typeof RULES;

export const PRUNABLES = Object.keys(RULES) as Prunable[];

export function pruneWrites(db: Db): PruneWrites {
  return {
    async prune(what, before, limit) {
      const rules: readonly Rule[] = [RULES[what]].flat();
      let deleted = 0;
      for (const rule of rules) deleted += await pruneTable(db, rule, before, limit - deleted);
      return deleted;
    },
  };
}

async function pruneTable(db: Db, rule: Rule, before: EpochMs, limit: number): Promise<number> {
  if (limit === 0) return 0;
  const { table, key, age, where = sql`true` } = rule;
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)}
    where (${columns}) in (
      select ${columns}
      from ${sql.table(table)}
      where ${sql.ref(age)} < ${before} and ${where}
      order by ${sql.ref(age)}
      limit ${limit}
    )`.execute(db);
  return Number(numAffectedRows);
}
