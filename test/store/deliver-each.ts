import type { ClaimedDelivery } from '../../store/ports/claims.ts';
import type { OperatorKey } from '../../store/ports/fan-out.ts';
import type { Store } from '../../store/store.ts';

/** Delivers notice after notice, so that none is overtaken; resolves to what is delivered. */
export async function deliverEach(
  store: Store,
  now: number,
  operators: OperatorKey[] = [],
): Promise<ClaimedDelivery[]> {
  const delivered: ClaimedDelivery[] = [];
  while (await store.fanOut({ now, limit: 100, operators })) {
    const claimed = await store.claimDeliveries({ owner: 'test', now, limit: 1_000 });
    for (const { id } of claimed) await store.settleDelivery(id, { status: 'sent', at: now });
    delivered.push(...claimed);
  }
  return delivered;
}
