import { createHash } from 'node:crypto';
import type { Clock } from '../../model/ports.ts';
import { HOUR } from '../../model/time.ts';

/** Sign-ups per hour. */
const LIMITS = {
  /** Per receiver, so that no mailbox is flooded. */
  receiver: 3,
  /** Per client; offices share one. */
  client: 20,
  /** In total, to protect the mail server's reputation and bound memory. */
  all: 500,
};

export interface SignUp {
  channel: string;
  /** However its address was spelt. */
  receiver: string;
  /** Network address. */
  client: string;
}

/** Rate limiter of sign-ups. */
export interface SignUpLimiter {
  /** Counts the sign-up and returns 0, or returns the ms until a retry is allowed. */
  take(sign_up: SignUp): number;
}

/** Stores the last hour in memory, receivers as hashes. */
export function createSignUpLimiter(clock: Clock): SignUpLimiter {
  let taken: { at: number; client: string; receiver: string }[] = [];

  return {
    take({ channel, receiver, client }) {
      const now = clock.monotonic();
      taken = taken.filter(({ at }) => now - at < HOUR);
      const hash = createHash('sha256').update(`${channel} ${receiver}`).digest('base64url');
      const full = [
        { among: taken.filter((it) => it.receiver === hash), limit: LIMITS.receiver },
        { among: taken.filter((it) => it.client === client), limit: LIMITS.client },
        { among: taken, limit: LIMITS.all },
      ].filter(({ among, limit }) => among.length >= limit);
      if (full.length === 0) {
        taken.push({ at: now, client, receiver: hash });
        return 0;
      }
      return Math.max(...full.map(({ among }) => (among[0]?.at ?? now) + HOUR - now));
    },
  };
}
