import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { T0 } from './samples.ts';

export function installationContract(open: () => Promise<OpenDatabase>): void {
  describe('installation', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('has an id made on first use and kept', async () => {
      const id = await store.installation();
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(await store.installation()).toBe(id);
    });

    test('keeps its id through heartbeats, whichever comes first', async () => {
      await store.record({ heartbeat_at: T0 });
      const id = await store.installation();
      await store.record({ heartbeat_at: T0 + 5_000 });
      expect(await store.installation()).toBe(id);
      expect((await store.resume()).heartbeat_at).toBe(T0 + 5_000);
      expect(await store.heartbeat()).toBe(T0 + 5_000);
    });
  });
}
