import { onTestFinished } from 'vitest';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { storeContract } from './contract/index.ts';
import { temporaryPath } from './temporary.ts';

storeContract('SQLite', async () => {
  const path = temporaryPath();
  const store = await openStore({ path });
  onTestFinished(() => store.close());
  return { store, openReader: () => openStoreReader({ path }) };
});
