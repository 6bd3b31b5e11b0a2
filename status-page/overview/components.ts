import { type ComponentStatus, saidNotes } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { neededNames, noteNames } from '../../model/names.ts';
import type { ComponentView, MaintenanceView } from '../../model/overview.ts';
import { isTaxEntry } from '../../model/tax-entry.ts';
import { unknownNotes } from '../../model/unknown.ts';
import {
  type ComponentId,
  componentId,
  type EpochMs,
  FUNCTIONS,
  type State,
} from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';
import { maintenanceOf } from './maintenances.ts';
import { type StagesOf, withKnownStages } from './stages.ts';

export interface ComponentsParts {
  system: string;
  configuration: Configuration;
  statuses: ReadonlyMap<string, ComponentStatus>;
  /** Maintenances to mention, in order of their start. */
  maintenances: readonly MaintenanceView[];
  stagesOf: StagesOf;
  now: EpochMs;
}

/** The components of a system in the order of FUNCTIONS, as of `now`. */
export function componentsOf(parts: ComponentsParts): ComponentView[] {
  const { system, configuration, now } = parts;
  const own = configuration.checks.filter((check) => check.system === system);
  const configured = configuration.systems.find((it) => it.id === system);
  if (!configured) return [];
  return FUNCTIONS.flatMap((fn) => {
    const checks = own.filter((check) => check.function === fn);
    if (checks.length === 0) return [];
    const id = componentId(system, fn);
    const status = currentStatusOf(parts.statuses.get(id), now);
    return withKnownStages({
      ...status,
      stages: parts.stagesOf(id),
      id,
      system,
      system_name: configured.name,
      function: fn,
      names: { ...noteNames(checks, configuration), ...neededNames(status.notes, configuration) },
      maintenance: maintenanceOf(id, status.notes, parts.maintenances),
      is_tax_entry: isTaxEntry(configured.url),
      recovered: null,
    });
  });
}

/** The current status of a component. */
type CurrentStatus = Pick<
  ComponentView,
  'state' | 'since' | 'notes' | 'measured_at' | 'valid_until' | 'recent' | 'sync' | 'last'
>;

/**
 * The status as of `now`: "unknown" after its `valid_until`. Evaluated by the page, so that a dead
 * collector turns it grey.
 */
export function expire<T extends CurrentStatus>(status: T, now: EpochMs): T {
  const { state, valid_until, measured_at } = status;
  if (state === 'unknown' || valid_until === null || now < valid_until) return status;
  return {
    ...status,
    state: 'unknown',
    since: valid_until,
    notes: unknownNotes(
      [{ code: 'expired', last_slot_at: measured_at ?? valid_until }],
      status.last,
      measured_at,
    ),
    sync: null,
    last: null,
  };
}

/** The state of each measured component as of `now`. */
export async function loadStates(
  reader: Pick<StoreReader, 'components'>,
  now: EpochMs,
): Promise<Pick<ComponentView, 'id' | 'state' | 'notes'>[]> {
  const statuses = await reader.components();
  return statuses.map((it) => {
    const { state, notes } = expire(it, now);
    return { id: it.component, state, notes };
  });
}

/** The same, the states alone. */
export async function loadStatesById(
  reader: Pick<StoreReader, 'components'>,
  now: EpochMs,
): Promise<Map<ComponentId, State>> {
  const all = await loadStates(reader, now);
  return new Map(all.map(({ id, state }) => [id, state]));
}

function currentStatusOf(status: ComponentStatus | undefined, now: EpochMs): CurrentStatus {
  if (status) {
    const { component: _, course: _not_public, ...known } = status;
    const current = { ...known, notes: saidNotes(known.notes) };
    const { state, notes, last, measured_at } = current;
    return state === 'unknown'
      ? { ...current, notes: unknownNotes(notes, last, measured_at) }
      : expire(current, now);
  }
  return {
    state: 'unknown',
    since: null,
    notes: [{ code: 'never_measured' }],
    measured_at: null,
    valid_until: null,
    recent: null,
    sync: null,
    last: null,
  };
}
