import {
  type Check,
  type Configuration,
  type FollowingCheck,
  isScheduled,
  type Policy,
} from '../model/configuration.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { type ComponentId, componentId, type InvoiceFunction } from '../model/vocabulary.ts';
import type { RegisteredCheck } from '../store/store.ts';

/** A component as the configuration measures it. */
export interface MeasuredComponent {
  id: ComponentId;
  system: string;
  function: InvoiceFunction;
  checks: Check[];
  policy: Policy;
}

/** What is measured here: the configuration, indexed the way results ask for it. Never changes while we run. */
export interface Site {
  checks: ReadonlyMap<string, Check>;
  /** Without those of neutral hosts, which are nobody's component. */
  components: ReadonlyMap<ComponentId, MeasuredComponent>;
  systems: ReadonlyMap<string, MeasuredComponent[]>;
  /** The scheduled checks of each line; `neutral` are those of hosts that only tell our faults from theirs. */
  lines: ReadonlyMap<string, { measuring: string[]; neutral: string[] }>;
  /** The checks that follow what a system accepted. */
  followers: ReadonlyMap<string, FollowingCheck[]>;
}

export function siteOf(configuration: Configuration): Site {
  const neutral = new Set(configuration.systems.filter((it) => it.neutral).map((it) => it.id));
  const components = [
    ...Map.groupBy(
      configuration.checks.filter((check) => !neutral.has(check.system)),
      (check) => componentId(check.system, check.function),
    ),
  ].map(([id, checks]) => measuredComponent(id, checks, configuration));
  const scheduled = configuration.checks.filter(isScheduled);
  const lines = [...Map.groupBy(scheduled, (check) => check.line)].map(([line, checks]) => {
    const ids = Map.groupBy(checks, (check) => neutral.has(check.system));
    const named = (is_neutral: boolean) => (ids.get(is_neutral) ?? []).map((check) => check.id);
    return [line, { measuring: named(false), neutral: named(true) }] as const;
  });
  return {
    checks: new Map(configuration.checks.map((check) => [check.id, check])),
    components: new Map(components.map((component) => [component.id, component])),
    systems: Map.groupBy(components, (component) => component.system),
    lines: new Map(lines),
    followers: Map.groupBy(
      configuration.checks.filter((check) => !isScheduled(check)),
      (check) => check.follows,
    ),
  };
}

/** The component a check measures; undefined for a neutral host. */
export function componentOf(site: Site, check: Check): MeasuredComponent | undefined {
  return site.components.get(componentId(check.system, check.function));
}

/** The component a following check measures. Throws for a neutral host, which nobody follows. */
export function followedComponent(site: Site, check: FollowingCheck): MeasuredComponent {
  const component = componentOf(site, check);
  if (!component) throw new Error(`check ${check.id}: a neutral host has nothing to follow`);
  return component;
}

/** The checks of a configuration as the store wants to know them. */
export function registeredChecks(site: Site): RegisteredCheck[] {
  return [...site.checks.values()].map((check) => ({
    check: check.id,
    component: componentId(check.system, check.function),
    system: check.system,
    function: check.function,
    line: check.line,
  }));
}

/** The rules for a system's incident, which has several components: of each time, the longest. */
export function incidentPolicy(components: readonly MeasuredComponent[]): Policy {
  const longest = (pick: (policy: Policy) => number) =>
    Math.max(...components.map((component) => pick(component.policy)));
  return {
    ...(components[0]?.policy ?? DEFAULT_POLICY),
    resolve_after_ms: longest((it) => it.resolve_after_ms),
    degraded_opens_after_ms: longest((it) => it.degraded_opens_after_ms),
    reopen_within_ms: longest((it) => it.reopen_within_ms),
  };
}

function measuredComponent(
  id: ComponentId,
  checks: readonly Check[],
  { policies }: Configuration,
): MeasuredComponent {
  const [first] = checks;
  if (!first) throw new Error(`component ${id} has no check`);
  return {
    id,
    system: first.system,
    function: first.function,
    checks: [...checks],
    policy: policies[id] ?? DEFAULT_POLICY,
  };
}
