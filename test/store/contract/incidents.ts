import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { anIncident, anIncidentUpdate, QUERY, SYNC, T0 } from './samples.ts';

export function incidentContract(open: () => Promise<OpenDatabase>): void {
  describe('incidents', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('come newest first with updates in the order they were written', async () => {
      const opened = anIncidentUpdate({ id: 'z-opened' });
      const joined = anIncidentUpdate({
        id: 'a-joined',
        code: 'joined',
        affected: [{ component: QUERY.component, from: 'operational', to: 'major_outage' }],
      });
      const said = anIncidentUpdate({
        id: 'said',
        code: 'text',
        text: '正在处理',
        created_at: T0 - 1,
      });
      await store.record({ incidents: [anIncident({})], updates: [opened, joined, said] });
      await store.record({ incidents: [anIncident({ id: 'newer0000000', created_at: T0 + 1 })] });
      const found = await store.incidents({ limit: 10 });
      expect(found.map(({ id }) => id)).toEqual(['newer0000000', 'incident0000']);
      expect(found[1]?.updates).toEqual([said, opened, joined]);
      expect(await store.incidents({ limit: 1 })).toHaveLength(1);
      expect((await store.incident('incident0000'))?.updates).toHaveLength(3);
      expect(await store.incident('nothing')).toBeNull();
    });

    test('are found by when they ended, and the last resolved of each system', async () => {
      const resolved = (
        id: string,
        resolved_at: number | null,
        system = 'bureau',
        created_at = T0,
      ) => {
        const status = resolved_at ? 'resolved' : 'investigating';
        return anIncident({ id, system, resolved_at, status, created_at });
      };
      await store.record({
        incidents: [
          resolved('first', T0 + 10),
          resolved('second', T0 + 20),
          resolved('lasting', null),
          resolved('other', T0 + 5, 'shop'),
          resolved('newest', T0 + 5, 'shop', T0 + 1),
        ],
      });
      const ids = (found: { id: string }[]) => found.map(({ id }) => id).toSorted();
      expect(ids(await store.incidents({ lasting_after: T0 + 10 }))).toEqual(['lasting', 'second']);
      expect(ids(await store.incidents({ lasting_after: T0 + 9 }))).toHaveLength(3);
      expect(ids(await store.incidents({}))).toHaveLength(5);
    });

    test('are replaced, and leave the unresolved when resolved or in postmortem', async () => {
      await store.record({ incidents: [anIncident({})] });
      const unresolved = () => store.incidents({ unresolved: true, limit: 10 });
      expect(await unresolved()).toHaveLength(1);
      const resolved = anIncident({
        status: 'resolved',
        impact: 'critical',
        components: [QUERY.component, SYNC.component],
        functions: ['query', 'sync'],
        updated_at: T0 + 3,
        monitoring_at: T0 + 2,
        resolved_at: T0 + 3,
        taken_over: true,
      });
      await store.record({ incidents: [resolved] });
      expect(await unresolved()).toEqual([]);
      expect(await store.incident(resolved.id)).toEqual({ ...resolved, updates: [] });
      await store.record({ incidents: [{ ...resolved, status: 'postmortem' }] });
      expect(await unresolved()).toEqual([]);
    });
  });
}
