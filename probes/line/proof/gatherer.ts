import type { ScheduledCheck } from '../../../model/configuration.ts';
import { isBad } from '../../../model/judge/bad.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Contact, Proof } from '../../../model/proof.ts';
import type { Result } from '../../../model/result.ts';
import { watchConditions } from './conditions.ts';
import { rememberDates } from './dates.ts';
import { rememberHere } from './here.ts';
import type { Hosts } from './hosts.ts';
import { createLineLedger } from './ledger.ts';
import { createLineProofs } from './line-proofs.ts';
import { type AskedName, createNameProofs } from './names.ts';
import type { NeutralHost } from './neutrals.ts';
import { rememberRefusals } from './refusals.ts';
import type { SystemLookup } from './system-lookup.ts';
import type { TriedHost } from './tries.ts';

/** A run that has ended. */
export interface EndedRun {
  check: ScheduledCheck;
  /** As measured, without a proof. */
  result: Result;
  /** When it ended, by the monotonic clock. */
  ended_at_ms: number;
  /** The sum of the delays above 20 ms of a timer of 50 ms from its start to its end. */
  loop_delay_ms: number;
  /** Of a slot at which the run before it hung: that run, whose fault decides. */
  waited_for?: EndedRun;
}

/** Knows who answered and who failed on a line, and gathers what it takes to blame a host. */
export interface ProofGatherer {
  /**
   * Notes a run of the line, at its end and before its proof is asked for. Returns whether what
   * answered is somebody else, on our side: its name leads here, and nothing of it was recognised.
   */
  note(run: EndedRun): boolean;
  /**
   * What is known of our own side of a bad run, after asking for it; null where nothing was sent.
   * Resolves within 10 s, never rejects.
   */
  proofFor(run: EndedRun): Promise<Proof | null>;
}

export interface ProofGathererParts {
  line: string;
  hosts: Hosts;
  neutrals: readonly NeutralHost[];
  /** The hosts of the line that may be tried, once something fails. */
  others: readonly TriedHost[];
  /** A name that is always there, and whether it resolves now; null: none. Never rejects. */
  control: { name: string; resolves: () => Promise<boolean> } | null;
  /** The names of the line's hosts. */
  names: readonly AskedName[];
  system_lookup: SystemLookup;
  /** Whether this machine has a route to an address. Never rejects. */
  hasRoute: (address: string) => Promise<boolean>;
  /** The longest distance between two slots of a check of the line. */
  longest_distance_ms: number;
  clock: Clock;
  /** Receives the changes of the condition of the line and of its neutral hosts. */
  changed: (condition: LineCondition) => void;
}

export function createProofGatherer(parts: ProofGathererParts): ProofGatherer {
  const { hosts, clock, neutrals } = parts;
  const { monotonic } = clock;
  const ledger = createLineLedger(hosts.isLocal);
  const refusals = rememberRefusals();
  const here = rememberHere(hosts.isLocal);
  const dates = rememberDates(clock);
  const names = createNameProofs({ ...parts, monotonic });
  const conditions = watchConditions({ ...parts, ledger });
  const line = createLineProofs({
    ...parts,
    ledger,
    conditions,
    heard: (host, contact) => hear(host, contact, monotonic()),
    monotonic,
  });
  const neutral_hosts = new Map(neutrals.map(({ system, host }) => [system, host]));

  return {
    note({ check, result, ended_at_ms }) {
      const { contact, outcome } = result;
      // A failure of this machine says nothing about a host.
      if (contact === null || outcome === 'self') return false;
      if (isBad(outcome) && isMisled(check, contact)) return false;
      if (outcome === 'ok' && isElsewhere(check, result, contact)) return true;
      const host = hostOf(check, contact);
      const is_secure = hosts.isSecure(check.system);
      if (outcome === 'ok') here.well(contact.host, { contact, notes: result.notes, is_secure });
      if (outcome === 'throttled') refusals.refused(host, ended_at_ms, check.id);
      else if (contact.reach === 'answered') refusals.served(host, ended_at_ms, check.id);
      hear(host, contact, ended_at_ms, askedFirst(check, contact) ?? host);
      return false;
    },
    async proofFor({ check, result, ended_at_ms, loop_delay_ms }) {
      const { contact } = result;
      if (contact === null) return null;
      const about = {
        contact: { ...contact, host: hostOf(check, contact) },
        started_at: ended_at_ms - result.duration_ms,
        at: ended_at_ms,
      };
      return { ...(await factsOf({ check, result, about, contact })), loop_delay_ms };
    },
  };

  async function factsOf({ check, result, about, contact }: Asked): Promise<Facts> {
    const is_local = hosts.isLocal(contact);
    const is_misled = isMisled(check, contact);
    if (is_misled || contact.reach === 'answered')
      return line.unasked({ ...about.contact, ...(is_misled ? { misled: true } : {}) }, is_local);
    if (is_local) return { ...line.unasked(about.contact, true), ...datesOf(about.contact) };
    const [says, has_route, line_facts] = await Promise.all([
      contact.reach === 'unresolved'
        ? names.about({ ...about, name: contact.host, reason: result.reason })
        : null,
      hasRoute(result),
      line.about(about),
    ]);
    const { names: others, resolver_differs = false } = says ?? {};
    // It may resolve now because the line carries answers again.
    const is_late = says?.control === 'resolved' && line.wasInDoubt(about.started_at);
    const control = is_late ? 'failed' : (says?.control ?? null);
    const failing: Contact = {
      ...about.contact,
      resolver_differs,
      ...(has_route ? {} : { no_route: true }),
    };
    if (!has_route) line.noRoute(about);
    const ago = refusals.refusedMsAgo(failing.host, about.at, check.id);
    return {
      contact: failing,
      is_local: false,
      control,
      ...(others === undefined ? {} : { names: others }),
      ...(ago === null ? {} : { refused_us_ms_ago: ago }),
      ...line_facts({ contact: failing, ...datesOf(failing) }),
    };
  }

  /** What has answered us meanwhile says what time it is. */
  function datesOf(failing: Contact): Pick<Proof, 'dates'> {
    return failing.by_dates === true ? { dates: dates.witnesses(failing) } : {};
  }

  async function hasRoute({ reason, contact }: Result): Promise<boolean> {
    if (contact?.no_route === true) return false;
    await lookForRoute();
    if (reason !== 'host_unreachable' || typeof contact?.address !== 'string') return true;
    return await parts.hasRoute(contact.address);
  }

  /** Where there is one again, the line is not to blame, be there an answer or not. */
  async function lookForRoute(): Promise<void> {
    const to = conditions.lacksRouteTo();
    if (to !== null && (await parts.hasRoute(to))) conditions.routeIsBack();
  }

  function isMisled({ system }: ScheduledCheck, contact: Contact): boolean {
    if (here.isAt(contact.host, contact.address)) return false;
    const answered_at = ledger.lastOf(contact.host)?.answered_address ?? null;
    return hosts.isMisled(system, contact, answered_at);
  }

  /** A company's own name that has moved is what it is: only where it cannot be at all. */
  function isElsewhere({ system }: ScheduledCheck, { notes }: Result, contact: Contact): boolean {
    if (here.isAt(contact.host, contact.address)) return false;
    return notes.includes('answered_only') && hosts.isMisled(system, contact, null);
  }

  /** Wherever a redirect leads, it is the neutral host that answers. */
  /** By IPv4 and by IPv6 alone it is a host apart: one of both may be away. */
  function hostOf({ system }: ScheduledCheck, contact: Contact): string {
    return neutral_hosts.get(system) ?? byFamily(hosts.nameOf(system, contact), contact);
  }

  function askedFirst({ system }: ScheduledCheck, contact: Contact): string | null {
    const host = hosts.askedOf(system);
    return neutral_hosts.get(system) ?? (host === null ? null : byFamily(host, contact));
  }

  function hear(host: string, contact: Contact, at: number, asked = host): boolean {
    ledger.note(host, contact, at, asked);
    // Whoever is on this machine tells our own time.
    if (!hosts.isLocal(contact)) dates.note(contact);
    if (contact.address !== null) names.resolved(contact.host);
    const proves = contact.reach === 'answered' && !hosts.isLocal(contact);
    if (proves && line.answered(host, contact)) names.doubt();
    conditions.noted(host);
    conditions.clockAhead(contact, dates.aheadMs);
    return proves;
  }
}

function byFamily(host: string, { family }: Contact): string {
  return family === undefined ? host : `${host} (IPv${family})`;
}

/** A proof but for what the run brings: how long its thread was delayed. */
type Facts = Omit<Proof, 'loop_delay_ms'>;

interface Asked {
  check: ScheduledCheck;
  result: Result;
  /** Its contact by the host as the ledger tells hosts. */
  about: { contact: Contact; started_at: number; at: number };
  contact: Contact;
}
