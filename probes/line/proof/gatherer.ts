import type { ScheduledCheck } from '../../../model/configuration.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Contact, Proof } from '../../../model/proof.ts';
import type { Result } from '../../../model/result.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { watchConditions } from './conditions.ts';
import { createDoubt, type LineFacts } from './doubt.ts';
import type { Hosts } from './hosts.ts';
import { ANSWER_WITHIN_MS, createLineLedger } from './ledger.ts';
import { createNeutrals, type NeutralAnswer, type NeutralHost } from './neutrals.ts';
import { shared } from './shared.ts';
import type { Lane, SystemLookup } from './system-lookup.ts';
import { createTries, type TriedHost } from './tries.ts';
import { undelayed } from './undelayed.ts';

/** A run that has ended. */
export interface EndedRun {
  check: ScheduledCheck;
  /** As measured, without a proof. */
  result: Result;
  /** When it ended, by the monotonic clock. */
  ended_at_ms: number;
  /** The sum of the delays above 20 ms of a timer of 50 ms from its start to its end. */
  loop_delay_ms: number;
}

/** Knows who answered and who failed on a line, and gathers what it takes to blame a host. */
export interface ProofGatherer {
  /** Notes a run of the line, at its end and before its proof is asked for. */
  note(run: EndedRun): void;
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
  system_lookup: SystemLookup;
  /** The longest distance between two slots of a check of the line. */
  longest_distance_ms: number;
  clock: Clock;
  /** Receives the changes of the condition of the line and of its neutral hosts. */
  changed: (condition: LineCondition) => void;
}

/** The window in which hosts of the line were tried: the longest distance, within these. */
const WINDOW_AT_LEAST_MS = MINUTE;
const WINDOW_AT_MOST_MS = 5 * MINUTE;
/** So many neutral hosts, or hosts of the line, show the line to be ours (model/judge/proof.ts). */
const NEUTRAL_HOSTS = 2;
const LINE_HOSTS = 3;
/** Asking for a name again that did not resolve. */
const CONTROL_AGAIN_AFTER_MS = 10 * SECOND;
const NO_TRIES = { failed: 0, answered: 0, blamed: null };

export function createProofGatherer(parts: ProofGathererParts): ProofGatherer {
  const { hosts, control, system_lookup, clock } = parts;
  const { monotonic } = clock;
  const ledger = createLineLedger(hosts.isLocal);
  const heard = (host: string, contact: Contact) => hear(host, contact, monotonic());
  const neutrals = createNeutrals({ hosts: parts.neutrals, ledger, heard, monotonic });
  const tries = createTries({ hosts: parts.others, ledger, heard, monotonic });
  const doubt = createDoubt();
  const conditions = watchConditions({ ...parts, ledger });
  const controlled = shared({
    ask: async () => {
      const resolves = async () => (await control?.resolves()) ?? false;
      const asked = await undelayed({ ask: resolves, isGood: (it) => it, monotonic });
      return asked?.answer ?? null;
    },
    isGood: (it) => it,
    // Asking costs next to nothing, and who answers again tells nobody.
    keep_bad_ms: CONTROL_AGAIN_AFTER_MS,
    monotonic,
  });
  const neutral_hosts = new Map(parts.neutrals.map(({ system, host }) => [system, host]));
  const is_neutral = new Set(neutral_hosts.values());
  const longest_ms = Math.max(WINDOW_AT_LEAST_MS, parts.longest_distance_ms);
  const window_ms = Math.min(WINDOW_AT_MOST_MS, longest_ms);
  /** The one host that is blamed although nothing proves the line. */
  let blamed: string | null = null;
  /** The one that is blamed although somebody between may have redirected us; likewise. */
  let blamed_between: string | null = null;
  let control_failed_at = Number.NEGATIVE_INFINITY;

  return {
    note({ check, result, ended_at_ms }) {
      const { contact, outcome } = result;
      // A failure of this machine says nothing about a host.
      if (contact === null || outcome === 'self') return;
      const host = hostOf(check, contact);
      if (outcome === 'throttled') ledger.refused(host, ended_at_ms, check.id);
      else if (contact.reach === 'answered') ledger.served(host, ended_at_ms, check.id);
      hear(host, contact, ended_at_ms, askedFirst(check) ?? host);
    },
    async proofFor({ check, result, ended_at_ms, loop_delay_ms }) {
      const { contact, reason } = result;
      if (contact === null) return null;
      const failure = {
        check: check.id,
        contact: { ...contact, host: hostOf(check, contact) },
        started_at: ended_at_ms - result.duration_ms,
        at: ended_at_ms,
      };
      const is_local = hosts.isLocal(contact);
      const facts =
        is_local || contact.reach === 'answered'
          ? unasked(failure, is_local)
          : await askedAbout(
              failure,
              contact.host,
              reason === 'timeout_resolve' ? 'hung' : 'denied',
            );
      return { ...facts, loop_delay_ms };
    },
  };

  /** Wherever a redirect leads, it is the neutral host that answers. */
  function hostOf({ system }: ScheduledCheck, contact: Contact): string {
    return neutral_hosts.get(system) ?? hosts.nameOf(system, contact);
  }

  function askedFirst({ system }: ScheduledCheck): string | null {
    return neutral_hosts.get(system) ?? hosts.askedOf(system);
  }

  function hear(host: string, contact: Contact, at: number, asked = host): boolean {
    ledger.note(host, contact, at, asked);
    const proves = contact.reach === 'answered' && !hosts.isLocal(contact);
    if (proves && (host === blamed_between || is_neutral.has(host))) blamed_between = null;
    if (proves && doubt.answered(contact)) lineAnswers();
    conditions.noted(host);
    return proves;
  }

  /** Whoever fell silent with the line may answer again, and nobody is blamed. */
  function lineAnswers(): void {
    neutrals.doubt();
    controlled.doubt();
    blamed = null;
    conditions.lineAnswers();
  }

  function unasked({ contact }: Failed, is_local: boolean): Facts {
    return { contact, is_local, other_answer: null, neutrals: [], control: null, line: NO_TRIES };
  }

  async function askedAbout(failure: Failed, name: string, lane: Lane): Promise<Facts> {
    const is_unresolved = failure.contact.reach === 'unresolved';
    const [answers, control_says, resolver_differs] = await Promise.all([
      neutrals.ask(failure.contact, conditions.lineFailsSince()),
      is_unresolved ? askControl(name, failure.started_at) : null,
      is_unresolved && system_lookup.finds(name, lane),
    ]);
    if (!isProvedNow(failure, answers)) {
      await tries.round(failure.contact.host);
    }
    const ago = ledger.refusedMsAgo(failure.contact.host, failure.at, failure.check);
    return {
      contact: { ...failure.contact, resolver_differs },
      is_local: false,
      control: control_says,
      ...(ago === null ? {} : { refused_us_ms_ago: ago }),
      ...(doubt.since(failure.contact, failure.started_at) ?? lineFacts(failure, answers)),
    };
  }

  /** A control name that is the failing one proves nothing, nor one that failed meanwhile. */
  async function askControl(failing: string, started_at: number): Promise<Proof['control']> {
    if (control === null || control.name === failing) return null;
    const resolves = await controlled.ask();
    if (resolves === null) return null;
    if (!resolves) control_failed_at = monotonic();
    return resolves && control_failed_at < started_at ? 'resolved' : 'failed';
  }

  function nearest({ contact, at }: Failed) {
    return ledger.nearestAnswer(contact.host, contact, at);
  }

  /** What anybody between may have sent is proved by a neutral host only. */
  function isProved(failure: Failed, answers: readonly NeutralAnswer[]): boolean {
    if (someAnswer(answers)) return true;
    return failure.contact.reach !== 'redirected' && nearest(failure) !== null;
  }

  /** An answer from before the failure proves nothing of a line that failed with it. */
  function isProvedNow(failure: Failed, answers: readonly NeutralAnswer[]): boolean {
    if (!isProved(failure, answers)) return false;
    return someAnswer(answers) || (nearest(failure)?.after_ms ?? -1) >= 0;
  }

  function lineFacts(failure: Failed, answers: NeutralAnswer[]): LineFacts {
    const { contact } = failure;
    // What answered before says nothing of a line that may have failed since.
    const counted = ledger.tries(contact, monotonic(), window_ms, ANSWER_WITHIN_MS);
    const facts = { other_answer: nearest(failure), neutrals: answers };
    if (isProved(failure, answers)) return { ...facts, line: { ...counted, blamed } };
    const fails = allFail(answers) || (counted.failed >= LINE_HOSTS && counted.answered === 0);
    const doubtful = { ...facts, line: { ...counted, blamed: blame(contact, fails) } };
    doubt.feed(contact, doubtful, monotonic());
    if (fails) conditions.lineFails(answers, counted);
    return doubtful;
  }

  /** Without any proof, one host in all is blamed, unless the line is shown to be ours. */
  function blame({ host, reach }: Contact, line_fails: boolean): string | null {
    if (reach === 'redirected') {
      blamed_between ??= host;
      return blamed_between;
    }
    if (!line_fails && reach !== 'unresolved') blamed ??= host;
    return blamed;
  }
}

/** A proof but for what the run brings: how long its thread was delayed. */
type Facts = Omit<Proof, 'loop_delay_ms'>;

interface Failed {
  check: string;
  /** Its host as the ledger tells hosts. */
  contact: Contact;
  started_at: number;
  /** When it ended. */
  at: number;
}

function someAnswer(answers: readonly NeutralAnswer[]): boolean {
  return answers.some((it) => it.answered);
}

function allFail(answers: readonly NeutralAnswer[]): boolean {
  return answers.length >= NEUTRAL_HOSTS && !someAnswer(answers);
}
