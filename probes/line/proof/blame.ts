import type { Contact } from '../../../model/proof.ts';
import { isOnlyIpv6 } from './way.ts';

/** The one host in all that is blamed although nothing proves the line, for each kind of doubt. */
export interface Blame {
  /** Who is blamed, if not this one; it is, where nobody was yet and it may be. */
  of(contact: Contact, may_be: boolean): string | null;
  /** Who is blamed for failing with the line. */
  current(): string | null;
  /** A host answered; whether it is neutral, and whether that ends a doubt of the line. */
  answered(host: string, by: { is_neutral: boolean; ends_doubt: boolean }): void;
}

export function createBlame(): Blame {
  let blamed: string | null = null;
  /** Somebody between may have redirected us. */
  let between: string | null = null;
  /** Our clock may be wrong. */
  let by_dates: string | null = null;
  return {
    of(contact, may_be) {
      const { host, reach, by_dates: is_by_dates } = contact;
      if (is_by_dates === true) {
        by_dates ??= host;
        return by_dates;
      }
      if (reach === 'redirected') {
        between ??= host;
        return between;
      }
      if (contact.family === 6) return blamed;
      // It is ours that this machine has no IPv6: that keeps nobody else from being told.
      if (contact.no_route === true && isOnlyIpv6(contact)) {
        if (blamed === host) blamed = null;
        return blamed;
      }
      if (may_be && reach !== 'unresolved') blamed ??= host;
      return blamed;
    },
    current: () => blamed,
    answered(host, { is_neutral, ends_doubt }) {
      if (host === by_dates) by_dates = null;
      if (host === between || is_neutral) between = null;
      if (ends_doubt) blamed = null;
    },
  };
}
