import type { Selectable } from 'kysely';
import type { Journey, Look } from '../../model/journey.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { outcomes, reasons } from '../rows/codes.ts';
import type { Db, JourneyTable, LookTable } from '../rows/schema.ts';
import { bit, inChunks } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface JourneyReads {
  /** Oldest acceptance first. */
  journeys(filter: JourneyFilter): Promise<Journey[]>;
  /** When those of a component that were accepted in [from, to) arrived, in no order. */
  arrivals(accepted: AcceptedBetween): Promise<Arrived[]>;
  /** Looks of a journey, oldest first. */
  looks(journey: string): Promise<Look[]>;
}

export interface JourneyFilter {
  /** At most a thousand. */
  ids?: readonly string[];
  component?: ComponentId;
  state?: Journey['state'];
  accepted_from?: EpochMs;
  /** Those that waited at the instant, as far as is known, and were not withdrawn. */
  waiting_at?: EpochMs;
  limit: number;
}

export interface Arrived {
  accepted_at: EpochMs;
  at: EpochMs;
}

export interface AcceptedBetween {
  component: ComponentId;
  from: EpochMs;
  to: EpochMs;
}

export function journeyReads(db: Db, checkIds: CheckIds): JourneyReads {
  return {
    async journeys({ ids, component, state, accepted_from, waiting_at, limit }) {
      let select = db.selectFrom('journey').selectAll();
      if (ids !== undefined) select = select.where('id', 'in', ids);
      if (component !== undefined) select = select.where('component', '=', component);
      if (state !== undefined) select = select.where('state', '=', state);
      if (accepted_from !== undefined) select = select.where('accepted_at', '>=', accepted_from);
      if (waiting_at !== undefined)
        select = select
          .where('accepted_at', '<=', waiting_at)
          .where('state', 'in', ['waiting', 'arrived', 'lost'])
          .where(({ eb, or }) =>
            or([eb('first_present_at', 'is', null), eb('first_present_at', '>', waiting_at)]),
          );
      const rows = await select.orderBy('accepted_at').orderBy('id').limit(limit).execute();
      const nameOf = await checkIds.namesOf(
        db,
        rows.map((row) => row.check_id),
      );
      return rows.map((row) => toJourney(row, nameOf(row.check_id)));
    },
    async arrivals({ component, from, to }) {
      const rows = await db
        .selectFrom('journey')
        .select(['accepted_at', 'first_present_at'])
        .where('component', '=', component)
        .where('accepted_at', '>=', from)
        .where('accepted_at', '<', to)
        .where('first_present_at', 'is not', null)
        .where('simulated', '=', 0)
        .execute();
      return rows.flatMap(({ accepted_at, first_present_at: at }) =>
        at === null ? [] : { accepted_at, at },
      );
    },
    async looks(journey) {
      const rows = await db
        .selectFrom('look')
        .selectAll()
        .where('journey', '=', journey)
        .orderBy('started_at')
        .execute();
      return rows.map(toLook);
    },
  };
}

/**
 * Replaces journeys of the same id, except that an ended one never returns to waiting or gets a
 * number, and that what was submitted is kept where nothing else was.
 */
export async function saveJourneys(db: Db, checkIds: CheckIds, journeys: Journey[]): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    journeys.map((journey) => journey.check),
  );
  const rows = journeys.map((journey) => journeyRow(journey, idOf(journey.check)));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('journey')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((row) => ({
            number: row.ref('excluded.number'),
            accepted_at: row.ref('excluded.accepted_at'),
            state: row.ref('excluded.state'),
            last_absent_at: row.ref('excluded.last_absent_at'),
            first_present_at: row.ref('excluded.first_present_at'),
            last_answered_at: row.ref('excluded.last_answered_at'),
            next_look_at: row.ref('excluded.next_look_at'),
            looks: row.ref('excluded.looks'),
            submitted: row.fn.coalesce('excluded.submitted', 'journey.submitted'),
          }))
          .where((row) =>
            row.or([row('journey.state', '=', 'waiting'), row('excluded.state', '<>', 'waiting')]),
          ),
      )
      .execute();
  }
}

/** Ignores existing looks. */
export async function insertLooks(db: Db, looks: Look[]): Promise<void> {
  for (const values of inChunks(looks.map(lookRow))) {
    await db
      .insertInto('look')
      .values(values)
      .onConflict((conflict) => conflict.columns(['journey', 'started_at']).doNothing())
      .execute();
  }
}

/** The number is stored only while the journey waits. */
function journeyRow(journey: Journey, check_id: number): Selectable<JourneyTable> {
  return {
    id: journey.id,
    component: journey.component,
    check_id,
    number: journey.state === 'waiting' ? journey.number : null,
    issued: journey.issued,
    accepted_at: journey.accepted_at,
    accepted_at_latest: bit(journey.accepted_at_latest ?? false),
    state: journey.state,
    last_absent_at: journey.last_absent_at,
    first_present_at: journey.first_present_at,
    last_answered_at: journey.last_answered_at,
    next_look_at: journey.next_look_at,
    looks: journey.looks,
    simulated: bit(journey.simulated),
    submitted: journey.submitted === undefined ? null : JSON.stringify(journey.submitted),
  };
}

function toJourney(row: Selectable<JourneyTable>, check: string): Journey {
  return {
    id: row.id,
    component: row.component,
    check,
    number: row.number,
    issued: row.issued,
    accepted_at: row.accepted_at,
    state: row.state,
    last_absent_at: row.last_absent_at,
    first_present_at: row.first_present_at,
    last_answered_at: row.last_answered_at,
    next_look_at: row.next_look_at,
    looks: row.looks,
    simulated: row.simulated === 1,
    ...(row.accepted_at_latest === 1 && { accepted_at_latest: true }),
    ...(row.submitted !== null && { submitted: JSON.parse(row.submitted) }),
  };
}

function lookRow(look: Look): Selectable<LookTable> {
  return {
    journey: look.journey,
    started_at: Math.round(look.started_at),
    duration_ms: Math.round(look.duration_ms),
    finding: look.finding,
    outcome: outcomes.code(look.outcome),
    reason: look.reason === null ? null : reasons.code(look.reason),
  };
}

function toLook(row: Selectable<LookTable>): Look {
  return {
    journey: row.journey,
    started_at: row.started_at,
    duration_ms: row.duration_ms,
    finding: row.finding,
    outcome: outcomes.word(row.outcome),
    reason: row.reason === null ? null : reasons.word(row.reason),
  };
}
