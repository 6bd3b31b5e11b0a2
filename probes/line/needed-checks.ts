import type { ScheduledCheck } from '../../model/configuration.ts';
import { type Dependencies, withDependencies } from '../../model/dependencies.ts';
import { type ComponentId, componentId, type InvoiceFunction } from '../../model/vocabulary.ts';

/** A component that is needed, with its checks on the line. */
export interface Needed {
  id: ComponentId;
  function: InvoiceFunction;
  checks: string[];
}

/** What each check needs to succeed, directly or not, as far as this line measures it. */
export function neededByCheck(
  checks: readonly ScheduledCheck[],
  depends_on: Dependencies,
): Map<string, Needed[]> {
  const idOf = (check: ScheduledCheck) => componentId(check.system, check.function);
  const measured = Map.groupBy(checks, idOf);
  return new Map(
    checks.flatMap((check) => {
      const needed = withDependencies([idOf(check)], depends_on)
        .slice(1)
        .flatMap((id) => {
          const its = measured.get(id) ?? [];
          return its[0] ? [{ id, function: its[0].function, checks: its.map((it) => it.id) }] : [];
        });
      return needed.length === 0 ? [] : [[check.id, needed] as const];
    }),
  );
}
