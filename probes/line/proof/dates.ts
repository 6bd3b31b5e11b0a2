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

interface Said {
  host: string;
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
      return {
        // That its own other hosts have the time of ours is no chance either.
        agreeing: ownersOf(all.filter((it) => it.host !== failing.host && agrees(it))),
        differing: ownersOf(alike(others.filter(differs))),
        invalid: ownersOf(others.filter(({ ahead_ms }) => ahead_ms === 'invalid')),
      };
    },
    aheadMs() {
      const all = valid();
      const differing = alike(all.filter(differs));
      if (differing.length === 0) return all.some(agrees) ? 0 : null;
      const agreeing = ownersOf(all.filter(agrees));
      if (agreeing > ownersOf(differing)) return 0;
      if (ownersOf(differing) < Math.max(SEVERAL, agreeing + 1)) return null;
      const aheads = differing.map(({ ahead_ms }) => Number(ahead_ms)).sort((a, b) => a - b);
      return Math.round(aheads[Math.floor(aheads.length / 2)] ?? 0);
    },
  };
}

/** Clocks that are wrong are so each in its own way: those of the most owners that say the same. */
function alike(differing: readonly Said[]): Said[] {
  const groups = differing.map((it) => differing.filter((other) => isAlike(it, other)));
  return groups.toSorted((a, b) => ownersOf(b) - ownersOf(a))[0] ?? [];
}

function isAlike(a: Said, b: Said): boolean {
  return Math.abs(Number(a.ahead_ms) - Number(b.ahead_ms)) <= AGREES_WITHIN_MS;
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
  return new Set(said.map(({ host }) => registrableDomain(host))).size;
}
