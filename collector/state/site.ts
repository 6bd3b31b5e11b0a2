import {
  type Check,
  type Configuration,
  type FollowingCheck,
  isFollowing,
  isOwnTraffic,
  isScheduled,
  type OwnTrafficCheck,
  type Policy,
} from '../../model/configuration.ts';
import { withDependencies } from '../../model/dependencies.ts';
import type { OwnFunction } from '../../model/event.ts';
import type { Causes } from '../../model/incident/common-cause.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { type ComponentId, componentId, type InvoiceFunction } from '../../model/vocabulary.ts';
import { ANNOUNCED_YEARS, type WorkingDays, workingDaysIn } from '../../model/working-days.ts';
import type { RegisteredCheck } from '../../store/ports/checks.ts';

/** A component as the configuration measures it. */
export interface MeasuredComponent {
  id: ComponentId;
  system: string;
  function: InvoiceFunction;
  checks: Check[];
  policy: Policy;
}

/** A system on the page; its incident concerns all its components. */
export interface MeasuredSystem {
  components: MeasuredComponent[];
  /** Policy of its incident: the longest of each duration in its components' policies. */
  incident_policy: Policy;
}

/** The configuration, indexed for judging. Immutable. */
export interface Site {
  /** IANA name of the time zone of the page, in which days are counted. */
  zone: string;
  checks: ReadonlyMap<string, Check>;
  /** Without neutral hosts, which have no component. */
  components: ReadonlyMap<ComponentId, MeasuredComponent>;
  /** The component each check measures; a check of a neutral host measures none. */
  measured_by: ReadonlyMap<string, MeasuredComponent>;
  systems: ReadonlyMap<string, MeasuredSystem>;
  /** The scheduled checks of each line; `neutral` are those of neutral hosts. */
  lines: ReadonlyMap<string, { measuring: string[]; neutral: string[] }>;
  /** What each component is declared to fail by. */
  causes: Causes;
  /** Names of the domains that are asked for. */
  domains: ReadonlySet<string>;
  /** Ids of the callbacks. */
  callbacks: ReadonlySet<string>;
  /** The checks that follow what a system accepted. */
  followers: ReadonlyMap<string, FollowingCheck[]>;
  /** The checks that look for them in a system. */
  arriving: ReadonlyMap<string, FollowingCheck[]>;
  /** By component: the check that own traffic tells of; one of several is as good as any. */
  own_traffic: ReadonlyMap<ComponentId, OwnTrafficCheck>;
  /** Which days are worked in China. */
  calendar: WorkingDays;
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
  const following = configuration.checks.filter(isFollowing);
  return {
    zone: configuration.page.zone,
    checks: new Map(configuration.checks.map((check) => [check.id, check])),
    components: new Map(components.map((component) => [component.id, component])),
    measured_by: new Map(
      components.flatMap((component) => component.checks.map(({ id }) => [id, component] as const)),
    ),
    systems: new Map(
      [...Map.groupBy(components, (component) => component.system)].map(
        ([system, its]) => [system, { components: its, incident_policy: longest(its) }] as const,
      ),
    ),
    lines: new Map(lines),
    causes: new Map(components.map((it) => [it.id, causesOf(it, configuration)])),
    domains: new Set(configuration.domains?.map(({ name }) => name)),
    callbacks: new Set(configuration.callbacks?.map(({ id }) => id)),
    followers: Map.groupBy(following, (check) => check.follows),
    arriving: Map.groupBy(following, (check) => check.looks_at),
    own_traffic: new Map(
      configuration.checks
        .filter(isOwnTraffic)
        .map((check) => [componentId(check.system, check.function), check]),
    ),
    calendar: workingDaysIn({ ...ANNOUNCED_YEARS, ...configuration.working_days }),
  };
}

/** The checks of functions of which nothing but own traffic tells. */
export function ownAlone({ own_traffic, components }: Site): OwnTrafficCheck[] {
  return [...own_traffic].flatMap(([id, check]) =>
    components.get(id)?.checks.every(isOwnTraffic) ? [check] : [],
  );
}

/** The id of the line, if everything is measured from one. */
export function onlyLine({ lines }: Site): string | null {
  const [line, second] = lines.keys();
  return line !== undefined && second === undefined ? line : null;
}

/** The component a following check measures. Throws for neutral hosts. */
export function followedComponent(site: Site, check: FollowingCheck): MeasuredComponent {
  const component = site.measured_by.get(check.id);
  if (!component) throw new Error(`check ${check.id}: a neutral host has nothing to follow`);
  return component;
}

/** The functions of which own traffic tells in a system. */
export function toldFunctions({ own_traffic }: Site, system: string): OwnFunction[] {
  return [...own_traffic.values()]
    .filter((check) => check.system === system)
    .map((check) => check.function);
}

/** The checks of a configuration, for registration in the store. */
export function registeredChecks(site: Site): RegisteredCheck[] {
  return [...site.checks.values()].map((check) => ({
    check: check.id,
    component: componentId(check.system, check.function),
    system: check.system,
    function: check.function,
    line: check.line,
  }));
}

/** What it depends on, the systems that it looks at, and the server of its own. */
function causesOf(
  { id, system, checks }: MeasuredComponent,
  { depends_on, systems }: Configuration,
): Set<string> {
  const { hostname, host } = new URL(systems.find((it) => it.id === system)?.url ?? 'about:blank');
  const looked_at = checks.flatMap((check) => (isFollowing(check) ? check.looks_at : []));
  return new Set([
    ...withDependencies([id], depends_on),
    ...[system, ...looked_at].map((it) => `system ${it}`),
    // What is simulated on this machine shares a server for no cause.
    ...(host === '' || LOOPBACK.includes(hostname) ? [] : [`server ${host}`]),
  ]);
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function longest(components: readonly MeasuredComponent[]): Policy {
  const most = (pick: (policy: Policy) => number) =>
    Math.max(...components.map((component) => pick(component.policy)));
  return {
    ...(components[0]?.policy ?? DEFAULT_POLICY),
    settle_ms: most((it) => it.settle_ms),
    resolve_after_ms: most((it) => it.resolve_after_ms),
    degraded_opens_after_ms: most((it) => it.degraded_opens_after_ms),
    reopen_within_ms: most((it) => it.reopen_within_ms),
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
