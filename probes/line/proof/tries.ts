import type { Contact } from '../../../model/proof.ts';
import { SECOND } from '../../../model/time.ts';
import type { LineLedger } from './ledger.ts';
import type { Heard } from './neutrals.ts';
import { ownerOf } from './owners.ts';
import { type Shared, shared } from './shared.ts';
import { undelayed } from './undelayed.ts';

/** A host of the line that may be tried: connected to, and asked nothing that its checks do not. */
export interface TriedHost {
  /** As the ledger tells hosts. */
  host: string;
  /** Connects to it, within so many ms. Never rejects. */
  connect: (limit_ms: number) => Promise<Contact | null>;
}

/** Tries the other hosts of the line when nothing else proves that it carries anything. */
export interface Tries {
  /** Until one has answered, or all have failed; those tried lately are not tried again. */
  round(failing: string): Promise<void>;
}

/** Twice, within the 10 s that a result waits for its proof. */
const LIMIT_MS = 2 * SECOND;
/** Trying a host disturbs it less often than its checks do. */
const AGAIN_AFTER_MS = 10 * SECOND;
/** Hosts that are tried: those that answered last, then the others. */
const FIRST = 2;
const MOST = 16;

export interface TriesParts {
  hosts: readonly TriedHost[];
  ledger: LineLedger;
  heard: Heard;
  monotonic: () => number;
}

export function createTries({ hosts, ledger, heard, monotonic }: TriesParts): Tries {
  const targets = hosts.map(({ host, connect }) => ({
    host,
    shared: shared({
      ask: async () => {
        const tried = await undelayed({
          ask: () => connect(LIMIT_MS),
          isGood: (contact) => contact?.reach === 'answered',
          monotonic,
        });
        if (tried === null) return null;
        return tried.answer !== null && heard(host, tried.answer);
      },
      isGood: (answered) => answered,
      keep_bad_ms: AGAIN_AFTER_MS,
      monotonic,
    }),
  }));

  /**
   * Those first that answered last: they are the likeliest to answer. Of each domain one, then the
   * others: a host that is well proves the line, though its neighbours are not.
   */
  function chosen(failing: string) {
    const last = (host: string) => ledger.answeredBy(host) ?? Number.NEGATIVE_INFINITY;
    const others = targets
      .filter(({ host }) => host !== failing)
      .toSorted((a, b) => last(b.host) - last(a.host));
    const domains = new Set<string>();
    const firsts = new Set(
      others.filter(({ host }) => {
        const { domain } = ownerOf({ ...NOWHERE, host });
        return domains.size < domains.add(domain).size;
      }),
    );
    return [...firsts, ...others.filter((it) => !firsts.has(it))].slice(0, MOST);
  }

  return {
    async round(failing) {
      const order = chosen(failing);
      if (await someAnswers(order.slice(0, FIRST))) return;
      await someAnswers(order.slice(FIRST));
    },
  };
}

/** Resolves as soon as one has answered, or all have failed. */
function someAnswers(targets: readonly { shared: Shared<boolean> }[]): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const asked = targets.map(({ shared: it }) => it.ask());
  for (const it of asked) void it.then((answered) => answered === true && resolve(true));
  void Promise.all(asked).then((all) => resolve(all.includes(true)));
  return promise;
}

const NOWHERE: Contact = { host: '', address: null, reach: 'silent', resolver_differs: false };
