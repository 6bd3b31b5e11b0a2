import type { StorageCause } from '../../model/process-trouble.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { StoreTrouble } from '../../store/errors.ts';

/** A time in which nothing can be recorded. */
export interface Outage {
  cause: StorageCause;
  /** The last commit. */
  since: EpochMs;
  /** For operators: the error of the store. */
  detail: string;
}

/** Nothing can be recorded now; what is refused for it is not kept. */
export class Unrecordable extends Error {
  override name = 'Unrecordable';
  constructor({ cause, detail }: Outage) {
    super(`Nothing can be recorded at present (${cause}): ${detail}`);
  }
}

/** The outage that an error of the store shows; null: the error is about what was written. */
export function outageFrom(error: unknown, since: EpochMs): Outage | null {
  if (!(error instanceof StoreTrouble)) return null;
  return { cause: error.gap_cause, since, detail: error.message };
}
