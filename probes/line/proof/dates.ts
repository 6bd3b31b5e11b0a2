import { NUMBERS } from '../../../model/numbers.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Contact, DateWitnesses } from '../../../model/proof.ts';
import { registrableDomain } from '../../exchange/registrable-domain.ts';

/** What hosts say of the time, by the Date of their answers and the dates of their certificates. */
export interface Dates {
  /** A host was asked, and this came of it. */
  note(contact: Contact): void;
  /** What the owners of others say of our clock now; its own one, that it is right only. */
  witnesses(failing: Contact): DateWitnesses;
  /** By how much our clock is ahead, as several owners say alike; 0: it is right; null: unknown. */
  aheadMs(): number | null;
}

const MOST = 100;

interface Said {
  host: string;
  owner?: string;
  ahead_ms: number | 'invalid';
  at: number;
  /** Our clock, less the monotonic one. */
  offset_ms: number;
}

export function rememberDates(clock: Pick<Clock, 'now' | 'monotonic'>): Dates {
  const said = new Map<string, Said>();
  const offsetMs = () => clock.now() - clock.monotonic();

  /**
   * What still holds, of each host the last. Once the wall clock was set, or the machine slept,
   * what was compared before means nothing.
   */
  function valid(): Said[] {
    const offset_ms = offsetMs();
    const oldest_at = clock.monotonic() - NUMBERS.dates.said_within_ms;
    const step_ms = NUMBERS.own.clock_step_ms;
    return [...said.values()].filter(
      (it) => it.at >= oldest_at && Math.abs(it.offset_ms - offset_ms) <= step_ms,
    );
  }

  return {
    note(contact) {
      const { host, by_dates, clock_ahead_ms } = contact;
      const ahead_ms = by_dates === true ? ('invalid' as const) : clock_ahead_ms;
      if (ahead_ms === undefined) return;
      const at = clock.monotonic();
      said.delete(host);
      said.set(host, { host, ahead_ms, at, offset_ms: offsetMs() });
      if (said.size > MOST) said.delete(said.keys().next().value ?? '');
    },
    witnesses(failing) {
      const owner = registrableDomain(failing.host);
      const all = valid();
      const others = all.filter(({ host }) => registrableDomain(host) !== owner);
      // That its own other hosts have the time of ours is no chance either.
      const agreeing = all.filter((it) => it.host !== failing.host && agrees(it));
      return {
        agreeing: ownersOf(agreeing),
        differing: ownersOf(alike(believable(others.filter(differs), agreeing))),
        invalid: ownersOf(others.filter(({ ahead_ms }) => ahead_ms === 'invalid')),
      };
    },
    aheadMs() {
      const all = valid();
      const as_ours = all.filter(agrees);
      const others = all.filter(differs);
      const agreeing = ownersOf(as_ours);
      if (agreeing > ownersOf(alike(others))) return 0;
      const differing = alike(believable(others, as_ours));
      if (ownersOf(differing) < Math.max(NUMBERS.dates.owners, agreeing + 1)) return null;
      const aheads = differing.map(({ ahead_ms }) => Number(ahead_ms)).sort((a, b) => a - b);
      return Math.round(aheads[Math.floor(aheads.length / 2)] ?? 0);
    },
  };
}

/**
 * Local time that is called GMT is a mistake that many make alike, off by a zone: beside one clock
 * that is as ours it says nothing.
 */
function believable(differing: readonly Said[], agreeing: readonly Said[]): Said[] {
  if (agreeing.length === 0) return [...differing];
  return differing.filter((it) => !isOffByZone(Number(it.ahead_ms)));
}

function isOffByZone(ahead_ms: number): boolean {
  const { zone_step_ms, furthest_zone_ms, agrees_within_ms } = NUMBERS.dates;
  const off_ms = Math.abs(ahead_ms);
  const rest_ms = off_ms % zone_step_ms;
  const is_whole = Math.min(rest_ms, zone_step_ms - rest_ms) <= agrees_within_ms;
  const is_near = off_ms < zone_step_ms - agrees_within_ms;
  return is_whole && !is_near && off_ms <= furthest_zone_ms + agrees_within_ms;
}

/**
 * Clocks that are wrong are so each in its own way: those of the most owners that say the same, to
 * a minute from one of them.
 */
function alike(differing: readonly Said[]): Said[] {
  const sorted = differing.toSorted((a, b) => Number(a.ahead_ms) - Number(b.ahead_ms));
  const at = (i: number) => Number(sorted[i]?.ahead_ms);
  const within_ms = NUMBERS.dates.agrees_within_ms;
  const owners = createTally();
  let best = { from: 0, to: 0, owners: 0 };
  let from = 0;
  let to = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    while (to < sorted.length && at(to) <= at(i) + within_ms) owners.add(sorted[to++]);
    while (at(from) < at(i) - within_ms) owners.remove(sorted[from++]);
    if (owners.count() > best.owners) best = { from, to, owners: owners.count() };
  }
  return sorted.slice(best.from, best.to);
}

/** Counts owners of what is within a window that moves. */
function createTally() {
  const hosts = new Map<string, number>();
  return {
    add(said: Said | undefined) {
      if (said) hosts.set(ownerOf(said), (hosts.get(ownerOf(said)) ?? 0) + 1);
    },
    remove(said: Said | undefined) {
      if (!said) return;
      const left = (hosts.get(ownerOf(said)) ?? 0) - 1;
      if (left > 0) hosts.set(ownerOf(said), left);
      else hosts.delete(ownerOf(said));
    },
    count: () => hosts.size,
  };
}

/** Whether the clock of a host is another than ours, by its answer. */
export function differsBy({ clock_ahead_ms }: Pick<Contact, 'clock_ahead_ms'>): boolean {
  return clock_ahead_ms !== undefined && !isNear(clock_ahead_ms);
}

function agrees({ ahead_ms }: Said): boolean {
  return ahead_ms !== 'invalid' && isNear(ahead_ms);
}

function differs({ ahead_ms }: Said): boolean {
  return ahead_ms !== 'invalid' && !isNear(ahead_ms);
}

function isNear(ahead_ms: number): boolean {
  return Math.abs(ahead_ms) <= NUMBERS.dates.agrees_within_ms;
}

/** Hosts of one domain may share a clock. */
function ownersOf(said: readonly Said[]): number {
  return new Set(said.map(ownerOf)).size;
}

/** Asked for only where clocks differ: the list of public suffixes is large. */
function ownerOf(said: Said): string {
  said.owner ??= registrableDomain(said.host);
  return said.owner;
}
