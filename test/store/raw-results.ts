import type { Store } from '../../store/store.ts';
import { sampleChecks, sampleResults } from './bulk.ts';
import { HISTORY_END } from './history.ts';

const INTERVAL_MS = 30_000;
const CHUNK = 10_000;

interface RawResults {
  count: number;
  components: number;
  seed: number;
  /** Hears how many are written, ten times. */
  told?(written: number): void;
}

/**
 * Writes the last results before the end of the history, in their order, of the checks of
 * `writeHistory` in turn; returns the seconds it took.
 */
export async function writeRawResults(store: Store, wanted: RawResults): Promise<number> {
  const { count, components, seed, told = () => undefined } = wanted;
  const checks = sampleChecks(components);
  const begun = performance.now();
  for (let written = 0; written < count; written += CHUNK) {
    const results = sampleResults({
      checks,
      count: Math.min(CHUNK, count - written),
      first_slot_at: HISTORY_END - ((count - written) / components) * INTERVAL_MS,
      interval_ms: INTERVAL_MS,
      seed: seed + written,
    });
    await store.record({ results });
    if (written % (count / 10) === 0) told(written);
  }
  return (performance.now() - begun) / 1_000;
}
