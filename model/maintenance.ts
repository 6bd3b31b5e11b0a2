import type { ComponentId, EpochMs } from './vocabulary.ts';

/** What was announced of a maintenance; every edit is a revision of its own. */
export interface MaintenanceRevision {
  /** null: a draft, not announced. */
  published_at: EpochMs | null;
  announced_from: EpochMs;
  announced_until: EpochMs;
  components: ComponentId[];
}

/** When it really ran; null where it has not started or ended yet. */
export interface MaintenanceActual {
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
}

/**
 * The time in which down time does not count, or null. It is what the last revision says that was published at least
 * `notice_ms` before its own start; of that, only while the maintenance really ran (or is still expected to). So overrun,
 * a late extension and unannounced maintenance count as down.
 */
export function excludedWindow(
  revisions: MaintenanceRevision[],
  { notice_ms, actual_from, actual_until }: MaintenanceActual & { notice_ms: number },
): { from: EpochMs; to: EpochMs; components: ComponentId[] } | null {
  const announced = revisions.findLast(
    ({ published_at, announced_from }) =>
      published_at !== null && announced_from - published_at >= notice_ms,
  );
  if (announced === undefined) return null;
  const from = Math.max(announced.announced_from, actual_from ?? announced.announced_from);
  const to = Math.min(announced.announced_until, actual_until ?? announced.announced_until);
  return from < to ? { from, to, components: announced.components } : null;
}
