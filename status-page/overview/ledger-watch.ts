import type { EpochMs } from '../../model/vocabulary.ts';
import type { StateReads } from '../../store/ports/states.ts';

/**
 * Creates the function that says from when on the ledger may say something else than when it was
 * last asked: the earliest `since` of what was recorded meanwhile; null: nothing was. What it has
 * said once it does not say again.
 */
export function createLedgerWatch(
  reader: Pick<StateReads, 'recordedAfter'>,
): () => Promise<EpochMs | null> {
  let seen_seq = 0;
  return async () => {
    const { seq, since } = await reader.recordedAfter(seen_seq);
    seen_seq = seq;
    return since;
  };
}
