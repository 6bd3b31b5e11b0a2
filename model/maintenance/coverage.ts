import type { Maintenance } from '../maintenance.ts';
import { latest } from '../time.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

type Covering = Pick<
  Maintenance,
  'actual_from' | 'actual_until' | 'announced_until' | 'components' | 'plans_before'
>;

export interface Coverage {
  from: EpochMs;
  to: EpochMs;
}

/**
 * When a maintenance covers a component, in order: from its actual start to the earlier of its
 * actual and announced ends. What it covered before it was changed under way stays so: what lies
 * between an announced end and an extension after that was an overrun, and a function is covered
 * from when it was added on. Empty: it has not begun, or nobody saw it.
 */
export function coverageOf(maintenance: Covering, component: ComponentId): Coverage[] {
  const { actual_from, actual_until, announced_until, components, plans_before } = maintenance;
  if (actual_from === null) return [];
  const changed_at = actual_until ?? Number.POSITIVE_INFINITY;
  const spans: Coverage[] = [];
  let from = actual_from;
  for (const plan of [...plans_before, { components, announced_until, changed_at }]) {
    const to = Math.min(plan.changed_at, plan.announced_until);
    if (plan.components.includes(component)) append(spans, { from, to });
    from = plan.changed_at;
  }
  return spans;
}

/** What goes on without a pause is one. */
function append(spans: Coverage[], next: Coverage): void {
  if (next.from >= next.to) return;
  const last = spans.at(-1);
  if (last?.to === next.from) last.to = next.to;
  else spans.push(next);
}

/** Start of the coverage in which the instant lies; null when the component is not covered then. */
export function coversSince(
  maintenance: Covering,
  component: ComponentId,
  at: EpochMs,
): EpochMs | null {
  const spans = coverageOf(maintenance, component);
  return spans.find(({ from, to }) => from <= at && at < to)?.from ?? null;
}

/** The last end of what these cover of the component that has passed; null: none has. */
export function uncoveredAt(
  maintenances: readonly Covering[],
  component: ComponentId,
  now: EpochMs,
): EpochMs | null {
  const ends = maintenances.flatMap((it) => coverageOf(it, component).map(({ to }) => to));
  return latest(ends.filter((it) => it <= now));
}
