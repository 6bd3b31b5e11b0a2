import { withDependencies } from '../../model/dependencies.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import { hint } from './issues.ts';
import type { Report } from './report.ts';
import type { Entries } from './sections.ts';

/** What each component depends on; reports what nobody measures, and circles. */
export function readDependencies(
  entries: Entries<ComponentId[]>,
  components: readonly ComponentId[],
  report: Report,
): Record<ComponentId, ComponentId[]> {
  const depends_on: Record<ComponentId, ComponentId[]> = {};
  for (const [component, needed] of entries) {
    requireMeasured(component, ['depends_on', component]);
    for (const [i, it] of (needed ?? []).entries())
      requireMeasured(it, ['depends_on', component, i]);
    depends_on[component] = needed ?? [];
  }
  for (const [component, needed] of Object.entries(depends_on)) {
    if (withDependencies(needed, depends_on).includes(component))
      report.problem(['depends_on', component], 'depends on itself; expected no circle');
  }
  return depends_on;

  function requireMeasured(component: ComponentId, path: (string | number)[]): void {
    if (components.includes(component)) return;
    report.problem(path, `no check measures "${component}"${hint(component, components)}`);
  }
}
