import { createHash } from 'node:crypto';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';

export interface EndedSessionReads {
  /** Whether an administrator signed out of the session. */
  isSessionEnded(session: string): Promise<boolean>;
}

export interface EndedSessionWrites {
  /** Ends a session for good; forgets those that have expired at `now`. */
  endSession(session: string, times: { expires_at: EpochMs; now: EpochMs }): Promise<void>;
}

export function endedSessionReads(db: Db): EndedSessionReads {
  return {
    async isSessionEnded(session) {
      const ended = db.selectFrom('ended_session').select('hash');
      return (await ended.where('hash', '=', hashOf(session)).executeTakeFirst()) !== undefined;
    },
  };
}

export function endedSessionWrites(db: Db): EndedSessionWrites {
  return {
    endSession: (session, { expires_at, now }) =>
      db.transaction().execute(async (trx) => {
        await trx.deleteFrom('ended_session').where('expires_at', '<=', now).execute();
        await trx
          .insertInto('ended_session')
          .values({ hash: hashOf(session), expires_at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
  };
}

/** So that a copy of the database opens no session. */
function hashOf(session: string): string {
  return createHash('sha256').update(session).digest('hex');
}
