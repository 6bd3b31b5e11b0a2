import { type ExpressionBuilder, sql } from 'kysely';
import {
  KNOWN_STAGES,
  type KnownStage,
  type ReachedStage,
  type StageDelays,
  type WaitingAtStage,
  type WaitingOfComponent,
} from '../../model/stage.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { stages } from '../rows/codes.ts';
import type { Db, Schema } from '../rows/schema.ts';
import { bit, inChunks } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface ReachedStageReads {
  /** Those that these journeys reached. */
  reachedStages(journeys: readonly string[]): Promise<ReachedStage[]>;
  /** How long those took that were reached in (from, to] after their acceptance. */
  stageDelays(from: EpochMs, to: EpochMs): Promise<StageDelays[]>;
  /** The invoices that wait now, by the last stage that is known of each, in their order. */
  waitingAtStages(): Promise<WaitingOfComponent[]>;
  /** Those of a component that waited at an instant, as far as is known. */
  waitedAtStages(asked: WaitedQuery): Promise<WaitingAtStage[]>;
}

export interface WaitedQuery {
  component: ComponentId;
  at: EpochMs;
  /** Of those that have arrived since. */
  accepted_from: EpochMs;
}

export function reachedStageReads(db: Db, checkIds: CheckIds): ReachedStageReads {
  return {
    async reachedStages(journeys) {
      const reached: ReachedStage[] = [];
      for (const chunk of inChunks(journeys.map((id) => ({ id })))) {
        const asked = chunk.map(({ id }) => id);
        const rows = await db
          .selectFrom('reached_stage')
          .selectAll()
          .where('journey', 'in', asked)
          .orderBy('journey')
          .orderBy('stage')
          .execute();
        const nameOf = await checkIds.namesOf(
          db,
          rows.map((row) => row.check_id),
        );
        for (const { check_id, stage, at_latest, simulated, ...row } of rows)
          reached.push({
            ...row,
            check: nameOf(check_id),
            stage: stages.word(stage),
            at_latest: at_latest === 1,
            simulated: simulated === 1,
          });
      }
      return reached;
    },
    async stageDelays(from, to) {
      const rows = await db
        .selectFrom('reached_stage')
        .innerJoin('registered_check', 'registered_check.id', 'reached_stage.check_id')
        .select(['component', 'stage', 'delay_ms', 'simulated'])
        .where('at', '>', from)
        .where('at', '<=', to)
        .where('delay_ms', 'is not', null)
        .execute();
      const of_each = Map.groupBy(rows, ({ component, stage }) => `${component} ${stage}`);
      return [...of_each.values()].flatMap((its) =>
        its.slice(0, 1).map(({ component, stage }) => ({
          component,
          stage: stages.word(stage),
          delays_ms: its.flatMap(({ delay_ms }) => delay_ms ?? []),
          simulated: its.some((row) => row.simulated === 1),
        })),
      );
    },
    async waitingAtStages() {
      const rows = await db
        .selectFrom((from) =>
          from
            .selectFrom('journey')
            .select(['component', 'accepted_at'])
            .select((select) => lastStage(select, Number.MAX_SAFE_INTEGER).as('stage'))
            .where('state', '=', 'waiting')
            .as('waiting'),
        )
        .select(['component', 'stage', sql<number>`count(*)`.as('n')])
        .select((select) => select.fn.min('accepted_at').as('oldest_accepted_at'))
        .groupBy(['component', 'stage'])
        .execute();
      return inOrder(rows);
    },
    async waitedAtStages({ component, at, accepted_from }) {
      const rows = await db
        .selectFrom((from) =>
          from
            .selectFrom('journey')
            .select('accepted_at')
            .select((select) => lastStage(select, at).as('stage'))
            .where('state', '=', 'waiting')
            // By the index of those that wait, who are few.
            .where(sql`+component`, '=', component)
            .where('accepted_at', '<=', at)
            .unionAll(
              from
                .selectFrom('journey')
                .select('accepted_at')
                .select((select) => lastStage(select, at).as('stage'))
                .where('component', '=', component)
                .where('accepted_at', '>=', accepted_from)
                .where('accepted_at', '<=', at)
                .where('state', '=', 'arrived')
                .where('first_present_at', '>', at),
            )
            .as('waited'),
        )
        .select(['stage', sql<number>`count(*)`.as('n')])
        .select((select) => select.fn.min('accepted_at').as('oldest_accepted_at'))
        .groupBy('stage')
        .execute();
      return inOrder(rows);
    },
  };
}

/**
 * The last stage that a journey had reached by the instant, since its acceptance; null: none. Of
 * one that was reached at the latest then, nobody knows whether that was after another: it is the
 * last only where it follows all others in their order, too.
 */
function lastStage({ selectFrom }: ExpressionBuilder<Schema, 'journey'>, by: EpochMs) {
  return selectFrom('reached_stage')
    .select('reached_stage.stage')
    .whereRef('reached_stage.journey', '=', 'journey.id')
    .whereRef('reached_stage.at', '>=', 'journey.accepted_at')
    .where('reached_stage.at', '<=', by)
    .where(({ or, eb, not, exists, selectFrom: from }) =>
      or([
        eb('reached_stage.at_latest', '=', 0),
        not(
          exists(
            from('reached_stage as exact')
              .select('exact.stage')
              .whereRef('exact.journey', '=', 'journey.id')
              .whereRef('exact.at', '>=', 'journey.accepted_at')
              .where('exact.at', '<=', by)
              .where('exact.at_latest', '=', 0)
              .where((its) =>
                its.or([
                  its('exact.stage', '>', its.ref('reached_stage.stage')),
                  its('exact.at', '>', its.ref('reached_stage.at')),
                ]),
              ),
          ),
        ),
      ]),
    )
    .orderBy('reached_stage.at_latest', 'desc')
    .orderBy(
      ({ eb }) =>
        eb.case().when('reached_stage.at_latest', '=', 0).then(eb.ref('reached_stage.at')).end(),
      'desc',
    )
    .orderBy('reached_stage.stage', 'desc')
    .limit(1);
}

/** With the words of their stages, in the order of these. */
function inOrder<Row extends { stage: number | null }>(
  rows: readonly Row[],
): (Omit<Row, 'stage'> & Pick<WaitingAtStage, 'stage'>)[] {
  return rows
    .map(({ stage, ...row }) => ({ ...row, stage: knownStage(stage) }))
    .sort((a, b) => KNOWN_STAGES.indexOf(a.stage) - KNOWN_STAGES.indexOf(b.stage));
}

function knownStage(code: number | null): KnownStage {
  return code === null ? 'accepted' : stages.word(code);
}

/** The first of each journey and stage stays, unless it said only when at the latest. */
export async function insertReachedStages(
  db: Db,
  checkIds: CheckIds,
  reached: ReachedStage[],
): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    reached.map(({ check }) => check),
  );
  const rows = reached.map(({ check, stage, at_latest, simulated, ...row }) => ({
    ...row,
    check_id: idOf(check),
    stage: stages.code(stage),
    at_latest: bit(at_latest),
    simulated: bit(simulated),
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('reached_stage')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['journey', 'stage'])
          .doUpdateSet((row) => ({
            at: row.ref('excluded.at'),
            at_latest: row.ref('excluded.at_latest'),
            delay_ms: row.ref('excluded.delay_ms'),
          }))
          .where('reached_stage.at_latest', '=', 1)
          .where('excluded.at_latest', '=', 0)
          .whereRef('excluded.at', '<=', 'reached_stage.at'),
      )
      .execute();
  }
}
