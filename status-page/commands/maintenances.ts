import { randomId } from '../../model/ids.ts';
import {
  type MaintenancePlan,
  type MaintenanceProblem,
  type Problems,
  planOf,
} from '../../model/maintenance/plan.ts';
import {
  announce,
  type CommandContext,
  comment,
  draft,
  isRefused,
  type MaintenanceStep,
  noticeKindOf,
  revise,
  type WithText,
} from '../../model/maintenance/rules.ts';
import type {
  MaintenanceStatus,
  MaintenanceUpdate,
  MaintenanceWithUpdates,
} from '../../model/maintenance.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { ComponentId, EpochMs, Localized } from '../../model/vocabulary.ts';
import { StaleMaintenance } from '../../store/ports/maintenances.ts';
import type { Store } from '../../store/store.ts';
import { type Command, execute } from './actions.ts';
import { idsOf, type NewId } from './ids.ts';

/** What became of a command. */
export type CommandOutcome =
  | {
      /** `same`: it had been done before, so nothing was written. */
      result: 'done' | 'same';
      maintenance: MaintenanceWithUpdates;
    }
  | { result: 'refused'; problems: MaintenanceProblem[] }
  | { result: 'missing' }
  /** It is not as the one who asked had seen it. */
  | { result: 'stale' };

/** How a command on what exists is to be taken. */
export interface Preconditions {
  /** `updated_at` of what the asker saw; null: whatever it is now. */
  seen?: EpochMs | null;
  /** Asking again with the same key does nothing more. */
  key?: string | null;
}

/**
 * Everything an administrator may do with maintenance; API and form differ only in how they ask.
 */
export interface Maintenances {
  /** Newest start first. */
  list(filter: {
    statuses?: MaintenanceStatus[];
    limit: number;
  }): Promise<MaintenanceWithUpdates[]>;
  find(id: string): Promise<MaintenanceWithUpdates | null>;
  /** Of its time, what does not count as down because it was announced in time. */
  excludedTime(id: string): Promise<{ from: EpochMs; to: EpochMs } | null>;
  create(
    plan: MaintenancePlan & WithText,
    manner: { announced: boolean; key?: string | null },
  ): Promise<CommandOutcome>;
  revise(
    id: string,
    plan: MaintenancePlan & WithText,
    manner: Preconditions & { announced?: boolean },
  ): Promise<CommandOutcome>;
  act(id: string, order: Command, manner: Preconditions): Promise<CommandOutcome>;
  comment(id: string, text: Localized, manner: Preconditions): Promise<CommandOutcome>;
}

/**
 * The collector may move a maintenance between our reading and our writing; then it is read again.
 */
const TRIES = 5;

/**
 * Reads, lets the rules decide, and writes what they decided in one transaction, unless somebody
 * was quicker.
 */
export function createMaintenances({
  store,
  clock,
  components,
  log,
}: {
  store: Pick<Store, 'maintenances' | 'maintenance' | 'windows' | 'record'>;
  clock: Clock;
  /** Those that exist. */
  components: ReadonlySet<ComponentId>;
  log: Log;
}): Maintenances {
  const contextWith = (newId: NewId): CommandContext => ({ now: clock.now(), newId, components });

  async function change(
    id: string,
    { seen = null, key = null }: Preconditions,
    decide: (
      before: MaintenanceWithUpdates,
      context: CommandContext,
    ) => MaintenanceStep | Problems | null,
  ): Promise<CommandOutcome> {
    for (let tried = 1; ; tried += 1) {
      const before = await store.maintenance(id);
      if (before === null) return { result: 'missing' };
      const repeated = key !== null && isToldBy(before, updateIds(id, key)());
      if (repeated) return { result: 'same', maintenance: before };
      if (seen !== null && seen !== before.updated_at) return { result: 'stale' };
      const newId = key === null ? randomId : updateIds(id, key);
      const decided = decide(before, contextWith(newId));
      if (decided === null) return { result: 'same', maintenance: before };
      if (isRefused(decided)) return { result: 'refused', problems: decided.problems };
      try {
        return await write(decided, before.updated_at);
      } catch (error) {
        if (!(error instanceof StaleMaintenance) || tried === TRIES) throw error;
      }
    }
  }

  async function write(
    { maintenance, update }: MaintenanceStep,
    expected_updated_at: EpochMs | null,
  ): Promise<CommandOutcome> {
    await store.record({
      maintenances: [{ maintenance, expected_updated_at }],
      ...(update ? publicPart(update) : {}),
    });
    const { id, status, revision } = maintenance;
    const told = update?.code ?? null;
    log.info({ maintenance: id, status, revision, told }, 'an administrator wrote a maintenance');
    return written(maintenance.id);
  }

  async function written(id: string): Promise<CommandOutcome> {
    const maintenance = await store.maintenance(id);
    return maintenance === null ? { result: 'missing' } : { result: 'done', maintenance };
  }

  return {
    list: (filter) => store.maintenances(filter),
    find: (id) => store.maintenance(id),

    async excludedTime(id) {
      const windows = await store.windows(0, Number.MAX_SAFE_INTEGER);
      return windows.find(({ maintenance }) => maintenance === id) ?? null;
    },

    async create(plan, { announced, key = null }) {
      const newId = key === null ? randomId : idsOf(`create|${key}`);
      const existing = key === null ? null : await store.maintenance(idsOf(`create|${key}`)());
      if (existing) return { result: 'same', maintenance: existing };
      const context = contextWith(newId);
      const decided = announced ? announce(null, plan, context) : draft(plan, context);
      if (isRefused(decided)) return { result: 'refused', problems: decided.problems };
      try {
        return await write(decided, null);
      } catch (error) {
        // The same key at the same time: the other one wrote it.
        const other = error instanceof StaleMaintenance && key !== null;
        const maintenance = other ? await store.maintenance(decided.maintenance.id) : null;
        if (maintenance === null) throw error;
        return { result: 'same', maintenance };
      }
    },

    revise: (id, plan, { announced = false, ...manner }) =>
      change(id, manner, (before, context) => {
        if (announced && before.status === 'draft') return announce(before, plan, context);
        return isPlannedLike(before, plan) ? null : revise(before, plan, context);
      }),

    act: (id, order, manner) =>
      change(id, manner, (before, context) => execute(order, before, context)),

    comment: (id, text, manner) =>
      change(id, manner, (before, context) => comment(before, { text }, context)),
  };
}

function publicPart(update: MaintenanceUpdate) {
  const { id, maintenance, created_at } = update;
  return {
    maintenance_updates: [update],
    notices: [
      { id: randomId(), kind: noticeKindOf(update), ref: maintenance, update: id, created_at },
    ],
    changes: [{ kind: 'maintenance' as const, ref: maintenance, at: created_at }],
  };
}

function updateIds(maintenance: string, key: string): NewId {
  return idsOf(`update|${maintenance}|${key}`);
}

function isToldBy({ updates }: MaintenanceWithUpdates, update: string): boolean {
  return updates.some(({ id }) => id === update);
}

/** Whether it would change nothing and says nothing. */
function isPlannedLike(
  before: MaintenanceWithUpdates,
  { text, ...plan }: MaintenancePlan & WithText,
) {
  const said = text ? Object.values(text).some((it) => it.trim() !== '') : false;
  return !said && JSON.stringify(inOrder(planOf(before))) === JSON.stringify(inOrder(plan));
}

function inOrder({ components, texts, ...times }: MaintenancePlan) {
  const { title, description, stays_open, workaround } = texts;
  return [
    [...components].sort(),
    [title, description, stays_open, workaround].map((it) => it && [it['zh-CN'], it.en]),
    [times.announced_from, times.announced_until, times.expected_recovery_at],
  ];
}
