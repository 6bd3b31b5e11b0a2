import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import {
  aComponent,
  aJudgement,
  anIncidentUpdate,
  aResult,
  aTransition,
  QUERY,
  T0,
} from './samples.ts';

export function recordingContract(open: () => Promise<OpenDatabase>): void {
  describe('a recording', () => {
    let store: Store;
    let openReader: OpenDatabase['openReader'];

    beforeEach(async () => {
      ({ store, openReader } = await open());
    });

    test('is written whole or not at all', async () => {
      const unregistered = aResult({ check: 'nobody-knows' });
      const recording = {
        components: [aComponent({})],
        transitions: [aTransition({})],
        changes: [{ kind: 'state' as const, ref: QUERY.component, at: T0 }],
      };
      await expect(
        store.record({ ...recording, judgements: [aJudgement({ check: 'nobody-knows' })] }),
      ).rejects.toThrow('check nobody-knows is not registered');
      await expect(
        store.record({ ...recording, results: [aResult({}), unregistered] }),
      ).rejects.toThrow('check nobody-knows is not registered');
      await expect(
        store.record({ ...recording, updates: [anIncidentUpdate({ incident: 'not-there' })] }),
      ).rejects.toThrow();
      expect(await store.components()).toEqual([]);
      expect(await store.transitions(0, T0 * 2)).toEqual([]);
      expect(await store.changeSeq()).toBe(0);
      expect(await store.results({ from: 0, to: T0 * 2, limit: 10 })).toEqual([]);
    });

    test('of many thousand rows is one recording', async () => {
      const results = Array.from({ length: 5_000 }, (_, n) => aResult({ slot_at: T0 + n }));
      await store.record({ results });
      const found = await store.results({ from: T0, to: T0 + MINUTE, limit: 10_000 });
      expect(found).toHaveLength(5_000);
    });

    test('may be one of several at the same time', async () => {
      await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          store.record({ results: [aResult({ slot_at: T0 + n })], judgements: [aJudgement({})] }),
        ),
      );
      expect(await store.results({ from: T0, to: T0 + MINUTE, limit: 100 })).toHaveLength(50);
    });

    test('is seen by another reader, whose data version moves', async () => {
      const reader = await openReader();
      const before = await reader.dataVersion();
      expect(await reader.dataVersion()).toBe(before);
      await store.record({ components: [aComponent({})] });
      expect(await reader.dataVersion()).not.toBe(before);
      expect(await reader.components()).toEqual([aComponent({})]);
      await reader.close();
    });
  });
}
