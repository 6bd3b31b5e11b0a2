import type { Store, StoreReader } from '../../../store/store.ts';

/** A fresh database of the engine under test, which goes away with the running test. */
export interface OpenDatabase {
  store: Store;
  /** Another reader of the same database, as another process would have. */
  openReader: () => Promise<StoreReader>;
}
