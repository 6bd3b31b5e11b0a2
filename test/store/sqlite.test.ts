import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { alertContract } from './alert-contract.ts';
import { type OpenDatabase, storeContract } from './contract.ts';
import { maintenanceContract } from './maintenance-contract.ts';
import { subscriberContract } from './subscriber-contract.ts';

storeContract('SQLite', openDatabase);
maintenanceContract('SQLite', openDatabase);
subscriberContract('SQLite', openDatabase);
alertContract('SQLite', openDatabase);

async function openDatabase(): Promise<OpenDatabase> {
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
}
