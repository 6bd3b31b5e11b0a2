import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import { patient } from '../../store/patience.ts';
import { createKysely, openWritable } from '../../store/sqlite/connection.ts';
import { createGuard } from '../../store/sqlite/guard.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { createWriter, type Store } from '../../store/store.ts';
import { temporaryPath } from '../store/temporary.ts';
import { configuration } from './configuration.ts';

/** A real database that can refuse to be written and whose lock can be held, without patience. */
export async function openFailingStore(settings = configuration(), path = temporaryPath()) {
  const reading = await openStore({ path, patience_ms: 0 });
  await reading.register(registeredChecks(siteOf(settings)));
  const writing = openWritable(path);
  const { guarded } = createGuard(path);
  const other = new Database(path);
  const store: Store = { ...reading, ...patient(createWriter(createKysely(writing, guarded)), 0) };
  onTestFinished(async () => {
    other.close();
    writing.close();
    await reading.close();
  });
  return {
    path,
    store,
    /** As on a disk that the system made read-only after an error: every write is refused. */
    fail: () => void writing.pragma('query_only = 1'),
    mend: () => void writing.pragma('query_only = 0'),
    lock: () => void other.exec('begin immediate'),
    unlock: () => void other.exec('rollback'),
  };
}
