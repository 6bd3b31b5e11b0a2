import type { Period } from '../../../../model/history/periods.ts';
import type { Result } from '../../../../model/result.ts';
import { MINUTE } from '../../../../model/time.ts';
import type { ComponentQuery, HistoryParts } from './parts.ts';

const AT_A_TIME = 2_000;
/** What one read may keep other readers waiting. */
const SLICE_TAKES_MS = 5;
const LONGEST_SLICE_MS = 60 * 24 * MINUTE;

/**
 * The results of the component's checks in the range, oldest first, in slices of a few ms: results
 * of all checks lie side by side, so that a slice of an idle site may be a day, of a busy one a
 * minute.
 */
export async function* readResults(
  { reader, clock, inTurn }: Pick<HistoryParts, 'reader' | 'clock' | 'inTurn'>,
  { component, checks }: Pick<ComponentQuery, 'component' | 'checks'>,
  { from, to }: Period,
): AsyncGenerator<Result[]> {
  let slice_ms = MINUTE;
  for (let next = from; next < to; ) {
    const end = Math.min(to, next + slice_ms);
    const query = { component, from: next, to: end, limit: AT_A_TIME };
    const { found, took_ms } = await inTurn(async () => {
      const begun = clock.monotonic();
      const read = await reader.results(query);
      return { found: read, took_ms: clock.monotonic() - begun };
    });
    const last = found.at(-1);
    const is_cut = found.length === AT_A_TIME && last !== undefined && last.slot_at > next;
    const whole = is_cut ? found.filter((it) => it.slot_at < last.slot_at) : found;
    yield whole.filter(({ check }) => checks.includes(check));
    next = is_cut ? last.slot_at : end;
    slice_ms = Math.min(
      LONGEST_SLICE_MS,
      Math.max(MINUTE, took_ms > SLICE_TAKES_MS ? slice_ms / 2 : slice_ms * 2),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}
