import { NUMBERS } from '../../../model/numbers.ts';
import type { Contact } from '../../../model/proof.ts';
import type { ResultNote } from '../../../model/vocabulary.ts';

/** Which hosts of public names are on this machine, as they were recognised there. */
export interface Here {
  /** A check of a host was well. */
  well(host: string, found: WellRun): void;
  /** It was recognised at this address again and again, and nowhere else since. */
  isAt(host: string, address: string | null): boolean;
}

export interface WellRun {
  contact: Contact;
  notes: readonly ResultNote[];
  /** Over valid TLS it is itself, whatever it says. */
  is_secure: boolean;
}

const MOST_HOSTS = 1_000;

export function rememberHere(isLocal: (contact: Contact) => boolean): Here {
  const hosts = new Map<string, { address: string | null; times: number }>();
  return {
    well(host, { contact, notes, is_secure }) {
      const { address } = contact;
      const before = hosts.get(host);
      if (!isLocal(contact)) {
        hosts.delete(host);
        return;
      }
      if (!is_secure && notes.includes('answered_only')) return;
      hosts.delete(host);
      const times = before?.address === address ? before.times : 0;
      hosts.set(host, { address, times: times + 1 });
      if (hosts.size > MOST_HOSTS) hosts.delete(hosts.keys().next().value ?? '');
    },
    isAt(host, address) {
      const it = hosts.get(host);
      if (it?.address !== address) return false;
      // A name that leads astray is not recognised; by chance, once.
      return it.times >= NUMBERS.proof.recognised_here;
    },
  };
}
