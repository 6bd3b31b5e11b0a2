import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { storeContract } from './contract.ts';

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-store-'));
  const path = join(folder, 'test.db');
  const store = await openStore({ path });
  return {
    store,
    openReader: () => openStoreReader({ path }),
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
