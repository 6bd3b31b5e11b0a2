import { NUMBERS } from '../../../model/numbers.ts';
import type { Contact } from '../../../model/proof.ts';
import { SECOND } from '../../../model/time.ts';
import { anyOrAll } from './any-or-all.ts';
import { answerWithin } from './in-time.ts';
import type { LineLedger } from './ledger.ts';
import { type Owner, ownerOf } from './owners.ts';
import { shared } from './shared.ts';
import { undelayed } from './undelayed.ts';
import { provesWayTo } from './way.ts';

/** A neutral host of a line. */
export interface NeutralHost {
  /** The id of its system. */
  system: string;
  /** As the ledger tells hosts. */
  host: string;
  /** Asks it now, as its check does. Never rejects. */
  ask: () => Promise<Contact | null>;
}

/** Notes what came of asking a host; returns whether it answered, and not from this machine. */
export type Heard = (host: string, contact: Contact) => boolean;

/** The neutral hosts of a line, asked when something fails. */
export interface Neutrals {
  /**
   * Whether each but the failing host answers now, of those that count: it answers, or had answered
   * within 10 minutes before it fell silent. An answer counts where it proves the way to the
   * failing host, and those that fail count once per owner. Ends early once one has answered: the
   * others are left out then.
   */
  ask(failing: Contact, line_fails_since: number | null): Promise<NeutralAnswer[]>;
  /** Some host of the line has answered: those that failed may answer again. */
  doubt(): void;
}

export interface NeutralAnswer {
  host: string;
  answered: boolean;
}

/** Of the 10 s that a result waits for its proof. */
const LIMIT_MS = 5 * SECOND;

export interface NeutralsParts {
  hosts: readonly NeutralHost[];
  ledger: LineLedger;
  /** Notes what came of asking; whether it proves that the line carries answers. */
  heard: Heard;
  monotonic: () => number;
}

export function createNeutrals({ hosts, ledger, heard, monotonic }: NeutralsParts): Neutrals {
  const asked = hosts.map((neutral) => ({
    neutral,
    shared: shared({ ask: () => askOne(neutral), isGood: (answered) => answered, monotonic }),
  }));

  async function askOne({ host, ask }: NeutralHost): Promise<boolean | null> {
    const asked_now = await undelayed({
      ask: () => answerWithin(LIMIT_MS, ask(), monotonic),
      isGood: (contact) => contact?.reach === 'answered',
      monotonic,
    });
    if (asked_now === null) return null;
    return asked_now.answer !== null && heard(host, asked_now.answer);
  }

  /** Whether its silence says something: it was there not long before. */
  function counts(host: string, line_fails_since: number | null): boolean {
    const answered_at = ledger.lastOf(host)?.answered_at ?? null;
    const from = Math.min(monotonic(), line_fails_since ?? Number.POSITIVE_INFINITY);
    return answered_at !== null && answered_at >= from - NUMBERS.proof.neutral_answered_within_ms;
  }

  /** The way to a host without an address is not known: its name decides. */
  function isOnWay(host: string, to: Contact): boolean {
    const by = ledger.lastOf(host)?.contact;
    return to.address === null || (by !== undefined && provesWayTo(by, to));
  }

  function isFirstOfOwner({ host }: NeutralAnswer, n: number, all: NeutralAnswer[]): boolean {
    const owner = ownerIn(host);
    return all.slice(0, n).every((it) => {
      const { domain, network } = ownerIn(it.host);
      return domain !== owner.domain && (network === null || network !== owner.network);
    });
  }

  function ownerIn(host: string): Owner {
    const address = ledger.lastOf(host)?.contact.address ?? null;
    return ownerOf({ host, address, reach: 'silent', resolver_differs: false });
  }

  return {
    async ask(failing, line_fails_since) {
      const settled: NeutralAnswer[] = [];
      const others = asked.filter(({ neutral: { host } }) => host !== failing.host);
      const all = others.map(async ({ neutral: { host }, shared: { ask } }) => {
        const answered = await ask();
        if (answered === null || (answered && !isOnWay(host, failing))) return false;
        if (answered || counts(host, line_fails_since)) settled.push({ host, answered });
        return answered;
      });
      await anyOrAll(all);
      const has_answer = settled.some(({ answered }) => answered);
      return has_answer ? [...settled] : settled.filter(isFirstOfOwner);
    },
    doubt() {
      for (const { shared: it } of asked) it.doubt();
    },
  };
}
