import { randomId } from '../../model/ids.ts';
import { applyCommand, createMaintenance } from '../../model/maintenance/apply-command.ts';
import { type MaintenanceChange, maintenanceNotice } from '../../model/maintenance/change.ts';
import type {
  ChangeCommand,
  CommandContext,
  CreateCommand,
} from '../../model/maintenance/commands.ts';
import { isRefused, type MaintenanceProblem } from '../../model/maintenance/problems.ts';
import type { MaintenanceUpdate, MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { type MaintenanceReads, StaleMaintenance } from '../../store/ports/maintenances.ts';
import type { RecordWrites } from '../../store/record.ts';
import { type NewId, seededIds } from './ids.ts';

/** The result of a command. */
export type CommandOutcome =
  | {
      /** `same`: already executed, so nothing was written. */
      result: 'done' | 'same';
      maintenance: MaintenanceWithUpdates;
    }
  | { result: 'refused'; problems: MaintenanceProblem[] }
  | { result: 'missing' }
  /** Not as the caller saw it. */
  | { result: 'stale'; current: MaintenanceWithUpdates };

/** The result of a creation, which nobody can have seen before. */
export type CreationOutcome = Exclude<CommandOutcome, { result: 'stale' }>;

/** Preconditions of a command on an existing maintenance. */
export interface Preconditions {
  /** Whether the maintenance is still as the caller saw it; null: it need not be. */
  isAsSeen?: ((now: MaintenanceWithUpdates) => boolean) | null;
  /** Idempotency key. */
  key?: string | null;
}

/** Commands on maintenance for administrators, shared by API and forms. */
export interface MaintenanceCommands {
  create(
    command: CreateCommand,
    preconditions?: Pick<Preconditions, 'key'>,
  ): Promise<CreationOutcome>;
  execute(
    id: string,
    command: ChangeCommand,
    preconditions?: Preconditions,
  ): Promise<CommandOutcome>;
}

export interface MaintenanceCommandsParts {
  store: MaintenanceReads & RecordWrites;
  clock: Clock;
  /** Configured components. */
  components: ReadonlySet<ComponentId>;
  log: Log;
}

/** The collector may change a maintenance between read and write; the command is then retried. */
const MAX_ATTEMPTS = 5;

/**
 * Reads, applies the rules, and writes their result in one transaction, with optimistic locking.
 */
export function createMaintenanceCommands(parts: MaintenanceCommandsParts): MaintenanceCommands {
  const { store, clock, components, log } = parts;

  return {
    async create(command, { key = null } = {}) {
      const existing = key === null ? null : await store.maintenance(creationIds(key)());
      if (existing) return { result: 'same', maintenance: existing };
      const newId = key === null ? randomId : creationIds(key);
      const decided = createMaintenance(command, contextWith(newId));
      if (isRefused(decided)) return { result: 'refused', problems: decided.problems };
      try {
        return await write(decided, null);
      } catch (error) {
        // A concurrent request with the same key wrote it.
        const other = error instanceof StaleMaintenance && key !== null;
        const maintenance = other ? await store.maintenance(decided.maintenance.id) : null;
        if (maintenance === null) throw error;
        return { result: 'same', maintenance };
      }
    },

    async execute(id, command, { isAsSeen = null, key = null } = {}) {
      for (let tried = 1; ; tried += 1) {
        const before = await store.maintenance(id);
        if (before === null) return { result: 'missing' };
        if (key !== null && hasUpdate(before, updateIds(id, key)()))
          return { result: 'same', maintenance: before };
        if (isAsSeen?.(before) === false) return { result: 'stale', current: before };
        const newId = key === null ? randomId : updateIds(id, key);
        const decided = applyCommand(before, command, contextWith(newId));
        if (decided === null) return { result: 'same', maintenance: before };
        if (isRefused(decided)) return { result: 'refused', problems: decided.problems };
        try {
          return await write(decided, before.updated_at);
        } catch (error) {
          if (!(error instanceof StaleMaintenance) || tried === MAX_ATTEMPTS) throw error;
        }
      }
    },
  };

  function contextWith(newId: NewId): CommandContext {
    return { now: clock.now(), newId, components };
  }

  async function write(
    { maintenance, update }: MaintenanceChange,
    expected_updated_at: EpochMs | null,
  ): Promise<CreationOutcome> {
    const { id, status, revision } = maintenance;
    await store.record({
      maintenances: [{ maintenance, expected_updated_at }],
      ...(update && publication(update)),
    });
    const published = update?.code ?? null;
    log.info(
      { maintenance: id, status, revision, published },
      'maintenance written by administrator',
    );
    const written = await store.maintenance(id);
    return written === null ? { result: 'missing' } : { result: 'done', maintenance: written };
  }
}

/** The rows that publish an update: update, notice and change. */
function publication(update: MaintenanceUpdate) {
  const { maintenance, created_at } = update;
  const notice = maintenanceNotice(update, randomId());
  return {
    maintenance_updates: [update],
    notices: notice === null ? [] : [notice],
    changes: [{ kind: 'maintenance' as const, ref: maintenance, at: created_at }],
  };
}

function creationIds(key: string): NewId {
  return seededIds(`create|${key}`);
}

function updateIds(maintenance: string, key: string): NewId {
  return seededIds(`update|${maintenance}|${key}`);
}

function hasUpdate({ updates }: MaintenanceWithUpdates, update: string): boolean {
  return updates.some(({ id }) => id === update);
}
