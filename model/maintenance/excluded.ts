import type { ExcludedTime } from '../figures.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

/** The announced part of one revision of a maintenance. */
export interface MaintenanceRevision {
  /** null: a draft, not published. */
  published_at: EpochMs | null;
  announced_from: EpochMs;
  announced_until: EpochMs;
  components: ComponentId[];
}

/** Actual start and end; null while pending. */
export interface MaintenanceActual {
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
}

/**
 * The time excluded from availability, or null. The plan is that of the last revision published at
 * least `notice_ms` before its own start, limited to the time in which the maintenance actually ran
 * or still may run, and not before the last published start. Overrun, late extensions and
 * unannounced maintenance therefore count as down.
 */
export function excludedTime(
  revisions: MaintenanceRevision[],
  { notice_ms, actual_from, actual_until }: MaintenanceActual & { notice_ms: number },
): ExcludedTime | null {
  const announced = revisions.findLast(
    ({ published_at, announced_from }) =>
      published_at !== null && announced_from - published_at >= notice_ms,
  );
  const expected = revisions.findLast(({ published_at }) => published_at !== null);
  if (announced === undefined || expected === undefined) return null;
  const from = Math.max(announced.announced_from, actual_from ?? expected.announced_from);
  const to = Math.min(announced.announced_until, actual_until ?? announced.announced_until);
  return from < to ? { from, to, components: announced.components } : null;
}
