import type { EpochMs } from '../model/vocabulary.ts';
import { dropPendingDeliveries } from './ports/deliveries.ts';
import { dropPendingNotices } from './ports/notices.ts';
import type { Db } from './rows/schema.ts';

export interface RestoreWrites {
  /**
   * Makes a copy of the database go on as its installation: whatever waited to be sent when it was
   * copied may have been sent since by the one that was copied, and is dropped. What was measured
   * since is not in it.
   */
  markRestored(at: EpochMs): Promise<Dropped>;
}

/** How many messages, and notices whose messages were not all made yet. */
export interface Dropped {
  deliveries: number;
  notices: number;
}

export function restoreWrites(db: Db): RestoreWrites {
  return {
    markRestored: (at) =>
      db.transaction().execute(async (trx) => {
        await trx.updateTable('installation').set({ restored_at: at }).execute();
        return {
          deliveries: await dropPendingDeliveries(trx, at),
          notices: await dropPendingNotices(trx, at),
        };
      }),
  };
}
