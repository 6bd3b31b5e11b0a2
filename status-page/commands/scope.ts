import type { SystemScope } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import {
  type ComponentId,
  componentId,
  FUNCTIONS,
  type InvoiceFunction,
  type Localized,
} from '../../model/vocabulary.ts';

/** A system and the functions in possible scope of a maintenance, in the order of FUNCTIONS. */
export interface ScopeGroup {
  system: string;
  system_name: Localized;
  components: { id: ComponentId; function: InvoiceFunction }[];
}

export function scopeGroups({ systems, checks }: Configuration): ScopeGroup[] {
  return systems
    .filter(({ neutral }) => !neutral)
    .map(({ id: system, name: system_name }) => ({
      system,
      system_name,
      components: FUNCTIONS.filter((fn) =>
        checks.some((check) => check.system === system && check.function === fn),
      ).map((fn) => ({ id: componentId(system, fn), function: fn })),
    }))
    .filter(({ components }) => components.length > 0);
}

/** The selected functions of the groups, for display. */
export function chosenScope(
  groups: readonly ScopeGroup[],
  chosen: readonly ComponentId[],
): SystemScope[] {
  return groups
    .map(({ system_name, components }) => ({
      system_name,
      functions: components.filter(({ id }) => chosen.includes(id)).map((it) => it.function),
    }))
    .filter(({ functions }) => functions.length > 0);
}
