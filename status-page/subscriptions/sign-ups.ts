import { createHash } from 'node:crypto';
import type { Clock } from '../../model/ports.ts';
import { HOUR } from '../../model/time.ts';

/** Sign-ups in any hour. */
const LIMITS = {
  /** Of one address: nobody's mailbox is flooded. */
  address: 3,
  /** From one client; offices share one. */
  client: 20,
  /** In all: the mail server keeps its good name, and memory is bounded. */
  all: 500,
};

export interface SignUp {
  channel: string;
  address: string;
  /** Network address. */
  client: string;
}

/** Counts sign-ups, so that a flood of them stays a trickle of messages. */
export interface SignUpCounter {
  /** Counts it and returns 0, or returns in how many ms it may be tried again. */
  take(sign_up: SignUp): number;
}

/** Keeps the last hour in memory, and of each address only a hash. */
export function createSignUpCounter(clock: Clock): SignUpCounter {
  let taken: { at: number; client: string; address: string }[] = [];

  return {
    take({ channel, address, client }) {
      const now = clock.monotonic();
      taken = taken.filter(({ at }) => now - at < HOUR);
      const hash = createHash('sha256').update(`${channel} ${address}`).digest('base64url');
      const full = [
        { among: taken.filter((it) => it.address === hash), limit: LIMITS.address },
        { among: taken.filter((it) => it.client === client), limit: LIMITS.client },
        { among: taken, limit: LIMITS.all },
      ].filter(({ among, limit }) => among.length >= limit);
      if (full.length === 0) {
        taken.push({ at: now, client, address: hash });
        return 0;
      }
      return Math.max(...full.map(({ among }) => (among[0]?.at ?? now) + HOUR - now));
    },
  };
}
