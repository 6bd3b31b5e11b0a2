import { MAINTENANCE_NOTICES } from '../model/maintenance/life-cycle.ts';
import { MAINTENANCE_UPDATE_CODES } from '../model/maintenance.ts';
import { incidentReads } from './ports/incidents.ts';
import { maintenanceReads } from './ports/maintenances.ts';
import { readLastTransitions, stateReads } from './ports/states.ts';
import type { Db } from './rows/schema.ts';

/** Violated invariants, one sentence each; empty when sound. Engine-neutral part. */
export async function findProblems(db: Db): Promise<string[]> {
  return [
    ...(await inconsistentComponents(db)),
    ...(await brokenTransitionChains(db)),
    ...(await incidentsWithoutCause(db)),
    ...(await inconsistentMaintenances(db)),
    ...(await resultsOfUnknownChecks(db)),
    ...(await stagesOfOtherChecks(db)),
    ...(await stuckDeliveries(db)),
  ];
}

async function inconsistentComponents(db: Db): Promise<string[]> {
  const lastByComponent = new Map(
    (await readLastTransitions(db)).map((transition) => [transition.component, transition]),
  );
  return (await stateReads(db).components()).flatMap(({ component, state, since }) => {
    const last = lastByComponent.get(component);
    // A component starts as unknown without a transition.
    if (last === undefined) {
      return state === 'unknown' ? [] : [`component ${component} is ${state} without a transition`];
    }
    // What is measured meanwhile changes without the state.
    const is_since = last.since === since || (last.from === last.to && last.since > since);
    if (last.to !== state || !is_since) {
      return [
        `component ${component} is ${state} since ${since}, ` +
          `but its last transition is to ${last.to} since ${last.since}`,
      ];
    }
    return [];
  });
}

/** Each transition starts in the state that the one recorded before it left. */
async function brokenTransitionChains(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom((chain) =>
      chain
        .selectFrom('transition')
        .select(['component', 'since', 'seq', 'from_state'])
        .select((select) =>
          select.fn
            .agg<string | null>('lag', ['to_state'])
            .over((over) => over.partitionBy('component').orderBy('seq'))
            .as('before'),
        )
        .as('chain'),
    )
    .select(['component', 'since', 'seq', 'from_state', 'before'])
    .where('before', 'is not', null)
    .whereRef('before', '<>', 'from_state')
    .orderBy('component')
    .orderBy('seq')
    .execute();
  return rows.map(
    ({ component, since, from_state, before }) =>
      `the transition of ${component} since ${since} starts from ${from_state}, ` +
      `but the one before ended in ${before}`,
  );
}

async function incidentsWithoutCause(db: Db): Promise<string[]> {
  const problems: string[] = [];
  const open = await incidentReads(db).incidents({ unresolved: true });
  for (const incident of open) {
    const transition = await db
      .selectFrom('transition')
      .select('seq')
      .where('component', 'in', incident.components)
      .where('since', '=', incident.started_at)
      .limit(1)
      .executeTakeFirst();
    if (transition === undefined) {
      problems.push(
        `incident ${incident.id} is open, ` +
          `but no transition of its components is since ${incident.started_at}`,
      );
    }
    const notice = await db
      .selectFrom('notice')
      .select('id')
      .where('ref', '=', incident.id)
      .limit(1)
      .executeTakeFirst();
    if (notice === undefined) problems.push(`incident ${incident.id} is open without a notice`);
    if (incident.updates.length === 0)
      problems.push(`incident ${incident.id} is open without an update`);
  }
  return problems;
}

/** The last published status is the current one, and every update has a notice. */
async function inconsistentMaintenances(db: Db): Promise<string[]> {
  const all = await maintenanceReads(db).maintenances({ limit: Number.MAX_SAFE_INTEGER });
  return [
    ...all.flatMap(({ id, status, updates }) => {
      const last = updates.at(-1)?.status ?? status;
      return last === status
        ? []
        : [`maintenance ${id} is ${status}, but its last update states ${last}`];
    }),
    ...(await updatesWithoutNotice(db)),
  ];
}

const TOLD = MAINTENANCE_UPDATE_CODES.filter((code) => MAINTENANCE_NOTICES[code] !== null);

/** Notices of closed maintenance may have been pruned, oldest first. */
async function updatesWithoutNotice(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('maintenance_update as published')
    .innerJoin('maintenance', 'maintenance.id', 'published.maintenance')
    .leftJoin('notice', 'notice.update_id', 'published.id')
    .select(['published.id', 'published.maintenance'])
    .where('notice.id', 'is', null)
    .where('published.code', 'in', TOLD)
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('maintenance.status', 'not in', ['completed', 'cancelled']),
        exists(
          selectFrom('maintenance_update as earlier')
            .innerJoin('notice', 'notice.update_id', 'earlier.id')
            .select('earlier.id')
            .whereRef('earlier.maintenance', '=', 'published.maintenance')
            .whereRef('earlier.seq', '<', 'published.seq'),
        ),
      ]),
    )
    .orderBy('published.seq')
    .execute();
  return rows.map(
    ({ id, maintenance }) => `update ${id} of maintenance ${maintenance} has no notice`,
  );
}

/** Of what waits for one recipient, channel and matter, one is next: else nothing of it is sent. */
async function stuckDeliveries(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('delivery')
    .select(['recipient', 'matter', ({ fn }) => fn.sum<number>('is_next').as('next')])
    .where('status', '=', 'pending')
    .groupBy(['recipient', 'channel', 'matter'])
    .having(({ fn }) => fn.sum('is_next'), '<>', 1)
    .execute();
  return rows.map(
    ({ recipient, matter, next }) => `of ${matter} to ${recipient} ${next} deliveries are next`,
  );
}

async function resultsOfUnknownChecks(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom((all) =>
      all
        .selectFrom('result')
        .select('check_id')
        .unionAll(all.selectFrom('result_before_0020').select('check_id'))
        .unionAll(all.selectFrom('own_result').select('check_id'))
        .as('any_result'),
    )
    .leftJoin('registered_check', 'registered_check.id', 'any_result.check_id')
    .select('check_id')
    .distinct()
    .where('registered_check.id', 'is', null)
    .orderBy('check_id')
    .execute();
  return rows.map(({ check_id }) => `results refer to check ${check_id}, which is not registered`);
}

/** What an invoice reached belongs to the check that follows it. */
async function stagesOfOtherChecks(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('reached_stage')
    .innerJoin('journey', 'journey.id', 'reached_stage.journey')
    .select(['reached_stage.journey', 'reached_stage.check_id'])
    .distinct()
    .whereRef('reached_stage.check_id', '<>', 'journey.check_id')
    .orderBy('reached_stage.journey')
    .execute();
  return rows.map(
    ({ journey, check_id }) =>
      `stages of journey ${journey} refer to check ${check_id}, which does not follow it`,
  );
}
