import type { Contact } from '../../../model/proof.ts';

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
    of({ host, reach, by_dates: is_by_dates }, may_be) {
      if (is_by_dates === true) {
        by_dates ??= host;
        return by_dates;
      }
      if (reach === 'redirected') {
        between ??= host;
        return between;
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
