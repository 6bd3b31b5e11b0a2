import type { Clock } from '../../../model/ports.ts';
import type { Contact, DateWitnesses } from '../../../model/proof.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
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

/** A clock that is this near is as right as ours; Date has seconds, and answers take some. */
const AGREES_WITHIN_MS = MINUTE;
const KEPT_MS = HOUR;
/** One host whose clock is wrong says nothing of ours. */
const SEVERAL = 2;
/** The wall clock was set, or the machine slept, since: what was compared means nothing now. */
const STEP_MS = SECOND;
const MOST = 100;
/** Zones are whole quarters of an hour from UTC, and at most so much. */
const ZONE_STEP_MS = 15 * MINUTE;
const MOST_OF_ZONE_MS = 14 * HOUR + AGREES_WITHIN_MS;

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

  /** What still holds, of each host the last. */
  function valid(): Said[] {
    const offset_ms = offsetMs();
    const oldest_at = clock.monotonic() - KEPT_MS;
    return [...said.values()].filter(
      (it) => it.at >= oldest_at && Math.abs(it.offset_ms - offset_ms) <= STEP_MS,
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
      if (ownersOf(differing) < Math.max(SEVERAL, agreeing + 1)) return null;
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
  const off_ms = Math.abs(ahead_ms);
  const rest_ms = off_ms % ZONE_STEP_MS;
  const is_whole = Math.min(rest_ms, ZONE_STEP_MS - rest_ms) <= AGREES_WITHIN_MS;
  return is_whole && off_ms >= ZONE_STEP_MS - AGREES_WITHIN_MS && off_ms <= MOST_OF_ZONE_MS;
}

/**
 * Clocks that are wrong are so each in its own way: those of the most owners that say the same, to
 * a minute from one of them.
 */
function alike(differing: readonly Said[]): Said[] {
  const sorted = differing.toSorted((a, b) => Number(a.ahead_ms) - Number(b.ahead_ms));
  const at = (i: number) => Number(sorted[i]?.ahead_ms);
  const owners = createTally();
  let best = { from: 0, to: 0, owners: 0 };
  let from = 0;
  let to = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    while (to < sorted.length && at(to) <= at(i) + AGREES_WITHIN_MS) owners.add(sorted[to++]);
    while (at(from) < at(i) - AGREES_WITHIN_MS) owners.remove(sorted[from++]);
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
  return clock_ahead_ms !== undefined && Math.abs(clock_ahead_ms) > AGREES_WITHIN_MS;
}

function agrees({ ahead_ms }: Said): boolean {
  return ahead_ms !== 'invalid' && Math.abs(ahead_ms) <= AGREES_WITHIN_MS;
}

function differs({ ahead_ms }: Said): boolean {
  return ahead_ms !== 'invalid' && Math.abs(ahead_ms) > AGREES_WITHIN_MS;
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
