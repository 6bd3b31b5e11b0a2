import type { OwnResult } from '../../../../model/event.ts';
import type { Period } from '../../../../model/history/periods.ts';
import type { HistoryParts } from './parts.ts';

/** A few ms. */
const AT_A_TIME = 1_000;

/** Those of a check of own traffic in the range, oldest first, in slices. */
export async function* readOwnResults(
  { reader, inTurn }: Pick<HistoryParts, 'reader' | 'inTurn'>,
  check: string,
  { from, to }: Period,
): AsyncGenerator<OwnResult[]> {
  for (let after: OwnResult | undefined; ; ) {
    const rows = { check, from, to, after, limit: AT_A_TIME };
    const found = await inTurn(() => reader.ownResults(rows));
    yield found;
    after = found.at(-1);
    if (found.length < AT_A_TIME) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
