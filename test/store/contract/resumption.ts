import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aComponent, aJourney, aJudgement, aSpecimen, aTransition, T0 } from './samples.ts';

export function resumptionContract(open: () => Promise<OpenDatabase>): void {
  describe('resuming', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('gives nothing on an empty database', async () => {
      expect(await store.resume()).toEqual({
        judgements: [],
        specimens: [],
        components: [],
        alerts: [],
        waiting: [],
        heartbeat_at: null,
        rolled_up: null,
      });
    });

    test('gives the last of everything', async () => {
      const component = aComponent({ state: 'major_outage', since: T0 + 2 });
      const waiting = aJourney({});
      await store.record({
        judgements: [aJudgement({ bad_run: 1 })],
        specimens: [aSpecimen({})],
        transitions: [
          aTransition({ from: 'unknown', to: 'operational', since: T0 }),
          aTransition({ from: 'operational', to: 'major_outage', since: T0 + 2 }),
        ],
        components: [component],
        journeys: [waiting, aJourney({ id: 'b'.repeat(32), state: 'arrived' })],
      });
      await store.record({
        judgements: [aJudgement({ bad_run: 2 })],
        specimens: [aSpecimen({ downloads: 2 })],
      });
      expect(await store.resume()).toEqual({
        judgements: [aJudgement({ bad_run: 2 })],
        specimens: [aSpecimen({ downloads: 2 })],
        components: [component],
        alerts: [],
        waiting: [waiting],
        heartbeat_at: null,
        rolled_up: null,
      });
    });
  });
}
