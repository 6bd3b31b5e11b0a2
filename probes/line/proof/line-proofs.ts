import { NUMBERS } from '../../../model/numbers.ts';
import type { Contact, LineTries, Proof } from '../../../model/proof.ts';
import { createBlame } from './blame.ts';
import type { ConditionWatch } from './conditions.ts';
import { createDoubt, type LineFacts } from './doubt.ts';
import type { LineLedger } from './ledger.ts';
import { createNeutrals, type Heard, type NeutralAnswer, type NeutralHost } from './neutrals.ts';
import { createTries, type TriedHost } from './tries.ts';

/** Proves that the line carries answers when a host failed, or that it does not. */
export interface LineProofs {
  /**
   * Asks neutral hosts, then others; what is known then, given what was found of the host and of
   * the clock meanwhile. Resolves within 10 s, never rejects.
   */
  about(failure: FailedHost): Promise<(known: KnownOfFailure) => Partial<Proof> & LineFacts>;
  /**
   * Whether a run that began then was under way while nothing proved the line, and something does
   * now.
   */
  wasInDoubt(started_at: number): boolean;
  /** This machine has no route to a host. */
  noRoute(failure: FailedHost): void;
  /** The facts of a failure about which nobody is asked. */
  unasked(contact: Contact, is_local: boolean): Omit<Proof, 'loop_delay_ms'>;
  /** A host answered; whether that ended a doubt. */
  answered(host: string, contact: Contact): boolean;
}

export interface FailedHost {
  /** Its host as the ledger tells hosts. */
  contact: Contact;
  started_at: number;
  /** When it ended. */
  at: number;
}

type KnownOfFailure = Pick<Proof, 'contact' | 'dates'>;

export interface LineProofsParts {
  neutrals: readonly NeutralHost[];
  others: readonly TriedHost[];
  ledger: LineLedger;
  conditions: ConditionWatch;
  heard: Heard;
  /** The longest distance between two slots of a check of the line. */
  longest_distance_ms: number;
  monotonic: () => number;
}

const NO_TRIES: LineTries = { failed: 0, answered: 0, blamed: null };

export function createLineProofs(parts: LineProofsParts): LineProofs {
  const { ledger, conditions, heard, monotonic } = parts;
  const neutrals = createNeutrals({ hosts: parts.neutrals, ledger, heard, monotonic });
  const tries = createTries({ hosts: parts.others, ledger, heard, monotonic });
  const doubt = createDoubt();
  const blame = createBlame();
  const is_neutral = new Set(parts.neutrals.map(({ host }) => host));

  return {
    async about(failure) {
      const answers = await neutrals.ask(failure.contact, conditions.lineFailsSince());
      if (!isProvedNow(failure, answers)) await tries.round(failure.contact.host);
      return ({ dates, contact }) => {
        const past = doubt.since(failure.contact, failure.started_at);
        const facts = past ?? factsOf({ ...failure, contact }, answers, dates);
        return { ...(dates === undefined ? {} : { dates }), ...facts };
      };
    },
    wasInDoubt: doubt.anySince,
    noRoute({ contact, at }) {
      // Whoever answers does so by another way.
      const answered_at = ledger.lastAnswerAt() ?? Number.NEGATIVE_INFINITY;
      if (answered_at >= at - NUMBERS.proof.answer_within_ms) return;
      conditions.lineFails({ code: 'no_route' }, contact);
      doubt.feed(contact, { other_answer: null, neutrals: [], line: NO_TRIES }, monotonic());
    },
    unasked: (contact, is_local) => ({
      contact,
      is_local,
      other_answer: null,
      neutrals: [],
      control: null,
      line: NO_TRIES,
    }),
    answered(host, contact) {
      const ends_doubt = doubt.answered(contact);
      blame.answered(host, { is_neutral: is_neutral.has(host), ends_doubt });
      conditions.lineAnswers(host, contact);
      // Whoever fell silent with the line may answer again.
      if (ends_doubt) neutrals.doubt();
      return ends_doubt;
    },
  };

  function nearest({ contact, at }: FailedHost) {
    return ledger.nearestAnswer(contact.host, contact, at);
  }

  /** What anybody between may have sent is proved by a neutral host only. */
  function isProved(failure: FailedHost, answers: readonly NeutralAnswer[]): boolean {
    if (someAnswer(answers)) return true;
    return failure.contact.reach !== 'redirected' && nearest(failure) !== null;
  }

  /** An answer from before the failure proves nothing of a line that failed with it. */
  function isProvedNow(failure: FailedHost, answers: readonly NeutralAnswer[]): boolean {
    if (!isProved(failure, answers)) return false;
    return someAnswer(answers) || (nearest(failure)?.after_ms ?? -1) >= 0;
  }

  /** Nothing proves the way to a host of IPv6 alone, but by IPv4 the line carries answers. */
  function carriesAnyhow({ contact, at }: FailedHost): boolean {
    return contact.reach !== 'redirected' && ledger.carriedTo(contact, at);
  }

  function factsOf(
    failure: FailedHost,
    answers: NeutralAnswer[],
    dates: Proof['dates'],
  ): LineFacts {
    const { contact } = failure;
    // What answered before says nothing of a line that may have failed since.
    const counted = ledger.tries(
      contact,
      monotonic(),
      triedWithinMs(parts.longest_distance_ms),
      NUMBERS.proof.answer_within_ms,
    );
    const facts = { other_answer: nearest(failure), neutrals: answers };
    if (isProved(failure, answers)) {
      const is_of_clock = dates !== undefined && dates.agreeing === 0;
      const blamed = is_of_clock ? blame.of(contact, true) : blame.current();
      return { ...facts, line: { ...counted, blamed } };
    }
    const fails = allFail(answers) || isLine(counted);
    const doubtful = { ...facts, line: { ...counted, blamed: blame.of(contact, !fails) } };
    doubt.feed(contact, doubtful, monotonic());
    if (fails && !carriesAnyhow(failure))
      conditions.lineFails(trouble(answers, counted.failed), contact);
    return doubtful;
  }
}

function trouble(answers: readonly NeutralAnswer[], failed: number) {
  return answers.length > 0
    ? ({ code: 'neutrals_silent', n: answers.length } as const)
    : ({ code: 'hosts_silent', n: failed } as const);
}

/** The time in which hosts of the line were tried lately. */
function triedWithinMs(longest_distance_ms: number): number {
  const { tried_within_at_least_ms, tried_within_at_most_ms } = NUMBERS.proof;
  return Math.min(tried_within_at_most_ms, Math.max(tried_within_at_least_ms, longest_distance_ms));
}

function isLine({ failed, answered }: Omit<LineTries, 'blamed'>): boolean {
  return failed >= NUMBERS.proof.line_hosts && answered === 0;
}

function someAnswer(answers: readonly NeutralAnswer[]): boolean {
  return answers.some((it) => it.answered);
}

function allFail(answers: readonly NeutralAnswer[]): boolean {
  return answers.length >= NUMBERS.proof.neutrals && !someAnswer(answers);
}
