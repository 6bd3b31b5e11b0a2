import nodeCron from 'node-cron';
import { type Configuration, isScheduled, type System } from '../../model/configuration.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import type { Clock } from '../../model/ports.ts';
import type { Contact } from '../../model/proof.ts';
import { SECOND } from '../../model/time.ts';
import { shortestDistanceMs } from '../../model/times-of-day.ts';
import { literalAddress } from '../exchange/connection/resolve.ts';
import { answersControl, nameResolves } from '../exchange/control-name.ts';
import type { Names } from '../exchange/names/names.ts';
import { tryHost } from '../exchange/try-host.ts';
import { SYSTEMS } from '../systems/index.ts';
import type { CheckRunner } from './check-runner.ts';
import { createProofGatherer, type ProofGatherer } from './proof/gatherer.ts';
import { type Hosts, LOOPBACK, tellHosts } from './proof/hosts.ts';
import { answerWithin } from './proof/in-time.ts';
import type { AskedName } from './proof/names.ts';
import type { NeutralHost } from './proof/neutrals.ts';
import { hasRoute } from './proof/route.ts';
import { createSystemLookup, type SystemLookup } from './proof/system-lookup.ts';
import type { TriedHost } from './proof/tries.ts';

export interface GatherProofParts {
  configuration: Configuration;
  /** Asks neutral hosts as their checks do. */
  checks: Pick<CheckRunner, 'run'>;
  names: Names;
  clock: Clock;
  /** Receives the changes of the condition of the line and of its neutral hosts. */
  changed: (condition: LineCondition) => void;
  /** The ranges of addresses that are this machine. */
  loopback?: readonly string[];
  system_lookup?: SystemLookup;
  /** Whether this machine has a route to an address; absent: as the kernel says. */
  hasRoute?: typeof hasRoute;
  /** How long an answer about a name is waited for; absent: 5 s the control name, 3 s others. */
  name_limit_ms?: number;
}

const CONTROL_LIMIT_MS = 5 * SECOND;
/** Twice, within the 10 s that a result waits for its proof. */
const NAME_LIMIT_MS = 3 * SECOND;

/** Gathers proofs for the line of a configuration, from its own hosts. */
export function gatherProof(parts: GatherProofParts): ProofGatherer {
  const { configuration, names, clock, loopback = LOOPBACK } = parts;
  const hosts = tellHosts({ configuration, loopback });
  const [line] = configuration.lines;
  const neutrals = neutralsOf(parts, hosts);
  const control_name = line?.control_name ?? nameOf(configuration, neutrals[0]);
  return createProofGatherer({
    line: line?.id ?? '',
    hosts,
    neutrals,
    others: othersOf(parts, hosts),
    control:
      control_name === null
        ? null
        : {
            name: control_name,
            resolves: () =>
              answersControl({
                names,
                name: control_name,
                limit_ms: parts.name_limit_ms ?? CONTROL_LIMIT_MS,
                clock,
              }),
          },
    names: namesOf(parts),
    system_lookup: parts.system_lookup ?? createSystemLookup(),
    hasRoute: parts.hasRoute ?? hasRoute,
    longest_distance_ms: longestDistanceMs(configuration),
    clock,
    changed: parts.changed,
  });
}

function neutralsOf({ configuration, checks, clock }: GatherProofParts, hosts: Hosts) {
  return configuration.systems
    .filter(({ neutral }) => neutral)
    .flatMap((system): NeutralHost[] => {
      const check = configuration.checks.find((it) => it.system === system.id && isScheduled(it));
      if (check === undefined) return [];
      return [
        {
          system: system.id,
          host: hosts.nameOf(system.id, contactOf(system)),
          ask: async () => {
            const { outcome, contact } = await checks.run(check.id, clock.now());
            return outcome === 'self' ? null : contact;
          },
        },
      ];
    });
}

/** The names of the hosts that are measured; asking for one disturbs nobody. */
function namesOf(parts: GatherProofParts): AskedName[] {
  const { configuration, names, clock, name_limit_ms: limit_ms = NAME_LIMIT_MS } = parts;
  const measured = new Set(configuration.checks.map(({ system }) => system));
  const hosts = configuration.systems
    .filter(({ id }) => measured.has(id))
    .map(({ url }) => new URL(url).hostname)
    .filter((hostname) => literalAddress(hostname) === null);
  return [...new Set(hosts)].map((name) => ({
    name,
    resolves: () => nameResolves({ names, name, limit_ms, clock }),
  }));
}

/** The hosts that may be tried; those that ask us to be sparing are left in peace. */
function othersOf(parts: GatherProofParts, hosts: Hosts): TriedHost[] {
  const { configuration, names, clock } = parts;
  const measured = new Set(configuration.checks.map(({ system }) => system));
  const proxy = configuration.lines[0]?.proxy ?? null;
  const tried = configuration.systems
    .filter(({ id, driver }) => measured.has(id) && SYSTEMS[driver]?.sparing === undefined)
    // A neutral host of plain HTTP has just been asked for its page.
    .filter(({ neutral, url }) => !neutral || new URL(url).protocol === 'https:')
    .map((system) => {
      const url = new URL(system.url);
      const connect = (limit_ms: number) =>
        tryHost({ url, names, proxy, ca: system.ca, limit_ms, clock });
      return {
        host: hosts.nameOf(system.id, contactOf(system)),
        connect: url.protocol === 'https:' ? connect : asked(parts, system.id, connect),
      };
    });
  return [...new Map(tried.map((it) => [it.host, it])).values()];
}

/**
 * Anybody between may take a connection of plain HTTP: such a host is asked for its page, as its
 * check `reach` does, and without one only its silence says something.
 */
function asked(
  { configuration, checks, clock }: GatherProofParts,
  system: string,
  connect: TriedHost['connect'],
): TriedHost['connect'] {
  const check = configuration.checks.find(
    (it) => it.system === system && it.function === 'reach' && isScheduled(it),
  );
  return async (limit_ms) => {
    if (check !== undefined) {
      const run = await answerWithin(limit_ms, checks.run(check.id, clock.now()), clock.monotonic);
      if (run !== null) return run.outcome === 'self' ? null : run.contact;
    }
    const contact = await connect(limit_ms);
    return contact?.reach === 'answered' ? null : contact;
  };
}

function contactOf({ url }: System): Contact {
  const { hostname } = new URL(url);
  const host = literalAddress(hostname) ?? hostname;
  return { host, address: null, reach: 'silent', resolver_differs: false };
}

/** The name of the first neutral host; null for none, and for an address. */
function nameOf({ systems }: Configuration, neutral: NeutralHost | undefined): string | null {
  const system = systems.find(({ id }) => id === neutral?.system);
  const hostname = system === undefined ? null : new URL(system.url).hostname;
  return hostname === null || literalAddress(hostname) !== null ? null : hostname;
}

function longestDistanceMs({ checks }: Configuration): number {
  const schedules = new Set(checks.filter(isScheduled).map(({ schedule }) => schedule));
  const distances = [...schedules].map((it) => shortestDistanceMs(nodeCron.parse(it)));
  return distances.reduce((longest, it) => Math.max(longest, it), 0);
}
