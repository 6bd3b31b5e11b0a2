import type { Note } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { toldTime } from '../../model/maintenance/as-told.ts';
import { isUnderWay, statusesIn } from '../../model/maintenance/life-cycle.ts';
import type { MaintenanceWithUpdates } from '../../model/maintenance.ts';
import { scopeOf } from '../../model/names.ts';
import type {
  ComponentMaintenance,
  MaintenanceView,
  StatusOverview,
} from '../../model/overview.ts';
import { DAY } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';

/** Announced maintenance is shown from this long before its start. */
const NEAR_MS = 14 * DAY;

/** Exceeds any real number; past maintenance is limited as in the v2 API. */
const CURRENT_LIMIT = 200;
const OVER_LIMIT = 50;

type Maintenances = Pick<StatusOverview, 'current_maintenances' | 'recent_maintenances'>;

/** Whether it was published: not a draft, nor a cancelled draft. */
export function isPublic({ status, published_at }: MaintenanceWithUpdates): boolean {
  return status !== 'draft' && published_at !== null;
}

/** Announced and current maintenance, and maintenance that ended since `since`. */
export async function loadMaintenances(
  reader: StoreReader,
  configuration: Configuration,
  since: EpochMs,
): Promise<Maintenances> {
  const current = await reader.maintenances({
    statuses: statusesIn('announced', 'under_way'),
    limit: CURRENT_LIMIT,
  });
  const over = await reader.maintenances({ statuses: statusesIn('over'), limit: OVER_LIMIT });
  const viewsOf = (maintenances: MaintenanceWithUpdates[]) =>
    maintenances.filter(isPublic).map((it) => maintenanceView(it, configuration));
  return {
    current_maintenances: viewsOf(current).sort(
      (a, b) =>
        Number(isUnderWay(b)) - Number(isUnderWay(a)) || a.announced_from - b.announced_from,
    ),
    recent_maintenances: viewsOf(over).filter((it) => toldTime(it).until >= since),
  };
}

/** A maintenance with its scope by system; removed systems are shown by id. */
export function maintenanceView(
  maintenance: MaintenanceWithUpdates,
  configuration: Configuration,
): MaintenanceView {
  return { ...maintenance, scope: scopeOf(maintenance.components, configuration) };
}

/** Maintenance under way, or starting within the coming days. */
export function nearMaintenances(
  current: readonly MaintenanceView[],
  now: EpochMs,
): MaintenanceView[] {
  return current.filter((it) => isUnderWay(it) || it.announced_from - now <= NEAR_MS);
}

/**
 * The maintenance to mention at a component: the one that is why it is in its state, else the first
 * under way in its time, else the next, else one that is past its end.
 */
export function maintenanceOf(
  component: ComponentId,
  notes: readonly Note[],
  maintenances: readonly MaintenanceView[],
): ComponentMaintenance | null {
  const own = maintenances.filter((it) => it.components.includes(component));
  const named = notes.find((note) => note.code === 'maintenance')?.maintenance_id;
  const found =
    own.find(({ id }) => id === named) ??
    own.find(({ status }) => status === 'in_progress') ??
    own.find(({ status }) => status === 'scheduled') ??
    own[0];
  if (found === undefined) return null;
  const { id, status, announced_from, announced_until, actual_from, actual_until } = found;
  return { id, status, announced_from, announced_until, actual_from, actual_until };
}
