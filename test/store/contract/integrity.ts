import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import {
  aBadResult,
  aComponent,
  aJourney,
  aNotice,
  anIncident,
  anIncidentUpdate,
  aReachedStage,
  aTransition,
  SYNC,
  T0,
  UPLOAD,
} from './samples.ts';

export function integrityContract(open: () => Promise<OpenDatabase>): void {
  describe('integrity', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('is sound when a disturbance is recorded whole', async () => {
      await store.record({
        results: [aBadResult({})],
        components: [aComponent({ state: 'major_outage', since: T0 })],
        transitions: [aTransition({ from: 'unknown', to: 'major_outage', since: T0 })],
        incidents: [anIncident({})],
        updates: [anIncidentUpdate({})],
        notices: [aNotice({})],
      });
      expect(await store.integrityProblems()).toEqual([]);
    });

    test('names a component that disagrees with its transitions', async () => {
      await store.record({
        components: [
          aComponent({ state: 'operational', since: T0 }),
          aComponent({ component: 'a.query', state: 'operational' }),
          aComponent({ component: 'b.query', state: 'unknown' }),
        ],
        transitions: [aTransition({ from: 'unknown', to: 'major_outage', since: T0 })],
      });
      expect(await store.integrityProblems()).toEqual([
        'component a.query is operational without a transition',
        `component beijing.query is operational since ${T0}, ` +
          `but its last transition is to major_outage since ${T0}`,
      ]);
    });

    test('names a transition that is there twice or follows from nothing', async () => {
      const transition = aTransition({ from: 'unknown', to: 'major_outage', since: T0 });
      await store.record({
        components: [aComponent({ state: 'major_outage', since: T0 })],
        transitions: [transition, transition],
      });
      expect(await store.integrityProblems()).toEqual([
        `the transition of beijing.query since ${T0} starts from unknown, ` +
          'but the one before ended in major_outage',
      ]);
    });

    test('names stages that belong to another check than their journey', async () => {
      const sound = aReachedStage({ check: SYNC.check });
      await store.record({ journeys: [aJourney({ check: SYNC.check })], reached_stages: [sound] });
      expect(await store.integrityProblems()).toEqual([]);
      // Of a journey that is not kept any more nothing can be said.
      const alone = aReachedStage({ journey: 'b'.repeat(32), check: UPLOAD.check });
      const wrong = aReachedStage({ check: UPLOAD.check, stage: 'sealed' });
      await store.record({ reached_stages: [alone, wrong] });
      expect(await store.integrityProblems()).toEqual([
        expect.stringMatching(
          /^stages of journey a{32} refer to check \d+, which does not follow it$/,
        ),
      ]);
    });

    test('names an incident without transition, notice or update, and a second', async () => {
      await store.record({
        incidents: [anIncident({}), anIncident({ id: 'second000000', created_at: T0 - 1 })],
        updates: [anIncidentUpdate({ incident: 'second000000' })],
        notices: [aNotice({ ref: 'second000000' })],
      });
      expect(await store.integrityProblems()).toEqual([
        `incident incident0000 is open, but no transition of its components is since ${T0}`,
        'incident incident0000 is open without a notice',
        'incident incident0000 is open without an update',
        `incident second000000 is open, but no transition of its components is since ${T0}`,
      ]);
    });
  });
}
