import { SECOND } from '../model/time.ts';
import type { EngineReads } from './store.ts';

const DISTANCE_MS = SECOND;

export interface DatabaseWatch {
  /** Settles once the database is damaged, deleted or replaced. */
  lost: Promise<Error>;
  stop(): void;
}

/** Watches, once a second, whether the open database is still the one at its path. */
export function watchDatabase(store: Pick<EngineReads, 'lost'>): DatabaseWatch {
  const { promise: lost, resolve } = Promise.withResolvers<Error>();
  const timer = setInterval(() => {
    const loss = store.lost();
    if (loss !== null) resolve(loss);
  }, DISTANCE_MS);
  timer.unref();
  return { lost, stop: () => clearInterval(timer) };
}
