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
 * The time in which bad minutes are excused, or null: what both the last revision published at
 * least `notice_ms` before its own start and the last published one cover, while the maintenance
 * actually ran or still may run. Nothing excuses an overrun, a late extension, or what nobody
 * announced.
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
  const from = Math.max(announced.announced_from, expected.announced_from, actual_from ?? 0);
  const until = Math.min(announced.announced_until, expected.announced_until);
  const to = Math.min(until, actual_until ?? until);
  const components = announced.components.filter((it) => expected.components.includes(it));
  return from < to && components.length > 0 ? { from, to, components } : null;
}
