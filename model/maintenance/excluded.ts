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

/** How the time of a maintenance counts. */
export type Accounting =
  | { excluded: ExcludedTime; because: null }
  /** What is bad in it counts, and why. */
  | { excluded: null; because: NotExcused };

/**
 * Why nothing is excused: no revision was published in time; the last one was not, and leaves
 * nothing of the one that was; it ran while nothing of that was announced.
 */
export type NotExcused = 'announced_late' | 'revised_late' | 'ran_otherwise';

/**
 * The time in which bad minutes are excused: what both the last revision published at least
 * `notice_ms` before its own start and the last published one cover, while the maintenance actually
 * ran or still may run. Nothing excuses an overrun, a late extension, or what nobody announced.
 */
export function accountingOf(
  revisions: MaintenanceRevision[],
  { notice_ms, actual_from, actual_until }: MaintenanceActual & { notice_ms: number },
): Accounting {
  const announced = revisions.findLast(
    ({ published_at, announced_from }) =>
      published_at !== null && announced_from - published_at >= notice_ms,
  );
  const expected = revisions.findLast(({ published_at }) => published_at !== null);
  if (announced === undefined || expected === undefined) return counted('announced_late');
  const window = {
    from: Math.max(announced.announced_from, expected.announced_from),
    until: Math.min(announced.announced_until, expected.announced_until),
  };
  const components = announced.components.filter((it) => expected.components.includes(it));
  if (window.from >= window.until || components.length === 0) return counted('revised_late');
  const from = Math.max(window.from, actual_from ?? 0);
  const to = Math.min(window.until, actual_until ?? window.until);
  if (from >= to) return counted('ran_otherwise');
  return { excluded: { from, to, components }, because: null };
}

function counted(because: NotExcused): Accounting {
  return { excluded: null, because };
}
